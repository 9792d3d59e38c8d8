/** The fake Discord while it is away, what is known of its traffic then, and to whom the bot belongs. */
import { Routes, Team, User } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { between, inOrder, perSecond } from '../../fakes/traffic.ts';
import { discord, imagineBot, login, useDiscord } from './discord-stage.ts';

useDiscord();

/** discord.js without its own four tries. */
async function impatient() {
  const { client, received } = await imagineBot();
  client.rest.options.retries = 0;
  return { client, rest: client.rest, received };
}

describe('an outage', () => {
  it.each([500, 502] as const)('answers %d everywhere until it is ended', async (answer) => {
    const { rest, received } = await impatient();
    const asked = await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    const command = await received();
    const begin = discord.requests.length;
    const end = discord.faults.outage({ answer });
    await expect(command.reply('hello')).rejects.toMatchObject({ status: answer });
    for (const route of [Routes.channel(discord.channel.id), Routes.user(), Routes.gatewayBot()] as const)
      await expect(rest.get(route)).rejects.toMatchObject({ status: answer });
    const met = discord.requests.slice(begin);
    expect(met.map(({ fault, status }) => ({ fault, status }))).toEqual(
      met.map(() => ({ fault: true, status: answer })),
    );
    expect(asked.message()).toBeUndefined();
    end();
    await command.reply('hello');
    expect(asked.message()?.content).toBe('hello');
    expect(discord.requests.at(-1)?.fault).toBe(false);
    expect(discord.violations).toEqual([]);
  });

  it('resets connections', async () => {
    const { rest } = await impatient();
    const end = discord.faults.outage({ answer: 'reset' });
    await expect(rest.get(Routes.user())).rejects.toMatchObject({ code: 'ECONNRESET' });
    end();
    await rest.get(Routes.user());
    expect(discord.violations).toEqual([]);
  });

  it('hangs until the client gives up, also beyond its end', async () => {
    const { rest } = await impatient();
    const { timeout } = rest.options;
    rest.options.timeout = 500;
    const end = discord.faults.outage({ answer: 'hang' });
    const late = rest.get(Routes.user()).catch(String);
    await discord.until(() => discord.requests.at(-1)?.fault);
    end();
    expect(await late).toContain('aborted');
    await discord.until(() => discord.requests.at(-1)?.status === 499);
    rest.options.timeout = timeout;
    await rest.get(Routes.user());
    expect(discord.violations).toEqual([]);
  });

  it('leaves the CDN, the gateway and routes that are not meant alone', async () => {
    const { rest, received } = await impatient();
    const file = discord.addAttachment({ name: 'a.png', contentType: 'image/png', bytes: Buffer.from('a') });
    const ends = [discord.faults.outage({ answer: 500, routes: /^\/users\// })];
    await expect(rest.get(Routes.user())).rejects.toMatchObject({ status: 500 });
    const asked = await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    await (await received()).reply('hello');
    await asked.acknowledged;
    expect((await fetch(file.url)).status).toBe(200);
    ends.push(discord.faults.outage({ answer: 502, cdn: true, routes: /^\/nothing/ }));
    const page = await fetch(file.url);
    expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html']);
    for (const end of ends) end();
    expect((await fetch(file.url)).status).toBe(200);
  });

  it('is over when the faults are cleared', async () => {
    const { rest } = await impatient();
    discord.faults.outage({ answer: 500 });
    discord.faults.clear();
    await rest.get(Routes.user());
  });
});

describe('traffic', () => {
  const at = (...moments: number[]) => moments.map((moment) => ({ at: moment }));

  it('is counted by the second', () => {
    const requests = at(900, 1000, 1999, 3000, 4000);
    expect(between(requests, 1000, 3000)).toEqual(at(1000, 1999));
    expect(perSecond(requests, 1000, 4000)).toEqual([2, 0, 1]);
    expect(perSecond([], 1000, 1000)).toEqual([0]);
  });

  it('tells which message was first what is looked for', async () => {
    const { received } = await imagineBot();
    const asked = [];
    const commands = [];
    for (const prompt of ['one', 'two', 'three']) {
      asked.push(await discord.slash({ name: 'imagine', options: { prompt } }));
      commands.push(await received());
    }
    for (const command of commands) await command.reply('later');
    for (const command of commands.slice(0, 2).toReversed()) {
      // in another millisecond
      await expect.poll(() => Date.now() > (discord.requests.at(-1)?.at ?? 0) + 1).toBe(true);
      await command.editReply('done');
    }
    const messages = discord.messagesIn(discord.channel.id);
    const ended = inOrder(messages, ({ content }) => content === 'done');
    expect(ended).toEqual([asked[1]?.message(), asked[0]?.message()]);
  });
});

describe('the application', () => {
  it('belongs to a person', async () => {
    const { application } = await login();
    const { owner } = await application.fetch();
    expect(owner).toBeInstanceOf(User);
    expect(owner?.id).toBe(discord.person.id);
    const maker = discord.addUser();
    discord.settings.ownership = { owner: maker };
    expect((await application.fetch()).owner?.id).toBe(maker.id);
    expect(discord.violations).toEqual([]);
  });

  it('belongs to a team', async () => {
    const { application, rest } = await login();
    const [lead, invited] = [discord.addUser(), discord.addUser()];
    discord.settings.ownership = {
      team: {
        name: 'Studio',
        ownerId: lead.id,
        members: [
          { user: lead, role: 'admin' },
          { user: invited, role: 'developer', invited: true },
        ],
      },
    };
    const { owner } = await application.fetch();
    if (!(owner instanceof Team)) throw new Error('no team');
    expect(owner.owner?.user.id).toBe(lead.id);
    expect(owner.members.map(({ role, membershipState }) => [role, membershipState])).toEqual([
      ['admin', 2],
      ['developer', 1],
    ]);
    expect(await rest.get(Routes.oauth2CurrentApplication())).toMatchObject({
      owner: { username: `team${discord.applicationId}` },
      team: { owner_user_id: lead.id },
    });
    expect(discord.violations).toEqual([]);
  });
});
