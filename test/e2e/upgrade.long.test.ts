import { describe, expect, it } from 'vitest';
import type { FakeMessage } from '../fakes/discord/index.ts';
import { adminOf, MANAGE } from '../world/discord-admin.ts';
import { createSlackAdmin } from '../world/slack-admin.ts';
import { upgradeStage, type UpgradeStage } from '../world/upgrade-stage.ts';
import { openWebPage } from '../world/web-page.ts';

const done = ({ content }: { content: string }) => content.includes('Done in');
const seenDone = ({ visible }: { visible: string }) => visible.includes('Done in');
const unfinished = ['running', 'submitting', 'queued', 'ownQueued', 'photoQueued', 'told'] as const;

function changed(message: FakeMessage, is: (message: FakeMessage) => boolean, stage: UpgradeStage) {
  return stage.discord.until(() => is(message) && message);
}

async function settled(stage: UpgradeStage): Promise<void> {
  await expect.poll(() => stage.rows()['active']).toEqual([]);
}

/** But for when Discord was last connected. */
function timeless(rows: Record<string, string[]>): Record<string, string[]> {
  return {
    ...rows,
    marks: rows['marks']?.map((row) => row.replace(/^(discord.starts .*"at":)\d+/, '$1')) ?? [],
  };
}

describe('What Easel 0.1.0 left behind', () => {
  it('is finished: one final reply for each job, with what was attached and what was sent already', async () => {
    const stage = await upgradeStage();
    const { chats, discord, slack, sandbox } = stage;
    const before = discord.messagesIn(chats.discord.channel).length;
    const slackBefore = slack.messagesIn(chats.slack.channel).length;
    const easel = await stage.start();
    await settled(stage);

    for (const name of unfinished) expect(done(stage.message(name)), name).toBe(true);
    for (const name of unfinished) expect(stage.message(name).attachments, name).toHaveLength(1);
    for (const name of ['slackRunning', 'slackPhotoQueued']) {
      const message = stage.slackMessage(name);
      expect(seenDone(message), name).toBe(true);
      expect(message.images, name).toHaveLength(1);
    }
    // the first of two messages had been sent, and nothing else is new
    expect(done(stage.message('delivering'))).toBe(true);
    const second = discord
      .messagesIn(chats.discord.channel)
      .filter(({ attachments }) => attachments.length === 2);
    expect(second).toHaveLength(1);
    expect(discord.messagesIn(chats.discord.channel)).toHaveLength(before + 1);
    expect(slack.messagesIn(chats.slack.channel)).toHaveLength(slackBefore);
    expect(discord.requestsTo('PATCH', /untold/)).toEqual([]);

    const page = await openWebPage(easel.app.link);
    const web = await page.until((all) => all.find(({ id }) => id === chats.names['webQueued']));
    expect(web.reply).toMatchObject({ tone: 'done', files: [{ type: 'image/png' }] });
    const old = await page.until((all) => all.find(({ id }) => id === chats.names['webSucceeded']));
    const url = old.reply?.files[0]?.url ?? '';
    expect((await page.get(url)).status).toBe(200);
    await page.close();

    // what was running is not run again; the pictures that were attached reached the backend
    const runs = Object.values(sandbox.stats.runs);
    expect(runs.every((times) => times === 1)).toBe(true);
    expect(runs).toHaveLength(10);
    const loaded = sandbox.stats.bodies.filter((body) => JSON.stringify(body).includes('LoadImage'));
    expect(loaded).toHaveLength(2);

    await easel.stop();
    const first = stage.rows();
    const told = discord.requests.length;
    const again = await stage.start();
    await again.stop();
    // graphs that the next job might have needed
    expect(timeless(stage.rows())).toEqual({ ...timeless(first), graphs: [] });
    expect(discord.requests.slice(told).filter(({ method }) => method === 'PATCH')).toEqual([]);
  });

  it('is in the hands of its people: the buttons on old messages answer', async () => {
    const stage = await upgradeStage(5);
    const { chats, discord, slack } = stage;
    await stage.start();
    const press = (message: FakeMessage, action: string) => {
      const button = message.buttons.find(({ custom_id: id }) => String(id).startsWith(action));
      return discord.click({ message, customId: String(button?.custom_id) });
    };
    // while it is running, in line or on its way
    for (const name of ['running', 'queued', 'submitting'] as const)
      await press(stage.message(name), 'cancel');
    for (const name of ['running', 'queued', 'submitting'] as const)
      await changed(stage.message(name), ({ content }) => content.includes('Cancelled'), stage);
    const { person: user } = chats.slack;
    slack.click({ message: stage.slackMessage('slackRunning'), actionId: 'cancel', user });
    await slack.until(() => stage.slackMessage('slackRunning').visible.includes('Cancelled'));

    await settled(stage);
    for (const name of ['succeeded', 'foxed', 'delivering']) {
      const pressed = await press(stage.message(name), 'again');
      await pressed.waitFor(done);
    }
    const again = slack.click({ message: stage.slackMessage('slackSucceeded'), actionId: 'again', user });
    await again.waitFor(
      (message) => message.ts !== chats.names['slackSucceeded'] && seenDone(message),
      10_000,
    );
  });

  it('goes on: drafts, versions, settings, bans and the history of changes', async () => {
    const stage = await upgradeStage();
    const { chats, discord, slack } = stage;
    const { guild, channel, person } = chats.discord;
    await stage.start();
    const admin = adminOf(() => discord, { guild, channel, user: person, memberPermissions: MANAGE });
    const panel = stage.message('draftPanel');
    // a button of the version before opens what it was about as it is now
    await admin.press(panel, 'Name and description');
    expect(await admin.form(panel, 'Name and description')).toMatchObject({
      description: 'Not published yet',
    });
    await admin.press(panel, 'Publish');
    expect(panel.text).toContain('version 3');
    const back = await admin.ask('template', 'rollback', { name: 'fox', version: 1 });
    expect(back.text).toContain('/fox is as it was in version 1; that is version 4 now.');

    const settings = await admin.ask('settings', 'show');
    // the operator has a maximum since
    expect(settings.text).toContain('**Jobs at once, in total:** 2 (9 is set');
    expect(settings.text).toContain('**Blocked words:** 2 words');
    const audit = await admin.ask('settings', 'audit');
    expect(audit.text).toContain('changed Jobs at once, in total: 9');
    const ask = (prompt: string, user: string) =>
      discord.slash({ name: 'sketch', options: { prompt, steps: 2 }, guild, channel, user });
    const refused = async (prompt: string, user: string, words: string) =>
      (await ask(prompt, user)).waitFor(({ content }) => content.includes(words));
    await refused('a fox', chats.names['banned'] ?? '', 'You can’t use me here');
    await refused('gore', person, 'has a word that is not allowed');

    const root = slack.addUser({ name: 'new root', isAdmin: true });
    const slackAdmin = createSlackAdmin({ slack } as never, root);
    const place = { channel: chats.slack.channel, user: chats.slack.person };
    const hare = slack.command({ command: '/easel', text: 'hare a grey one', ...place });
    await hare.waitFor(seenDone);
    expect((await slackAdmin.opens('settings')).controls).toContainEqual(
      expect.objectContaining({ blockId: 'guildJobs', initial_value: '9' }),
    );
    await settled(stage);
  });
});
