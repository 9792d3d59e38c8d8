import { describe, expect, it } from 'vitest';
import type { FakeInteraction, FakeMessage } from '../fakes/discord/index.ts';
import { discordBench } from '../world/bench.ts';
import { adminOf } from '../world/discord-admin.ts';

const FOREVER = 1000;

describe('The settings of a Discord server', () => {
  const bench = discordBench({ stepMs: 20 });
  const admin = adminOf(() => bench.discord);
  const done = ({ content }: FakeMessage) => content.includes('Done in');
  const running = ({ content }: FakeMessage) => /KSampler · \d+\//.test(content);
  const sketch = (prompt: string, more: object = {}, steps = 2) =>
    bench.discord.slash({ name: 'sketch', options: { prompt, steps }, ...more });
  const refused = async (asked: FakeInteraction, words: string) => {
    const refusal = await asked.waitFor(({ content }) => content.includes(words));
    expect(refusal.ephemeral).toBe(true);
  };

  it('change limits at once, and say what is wrong with which', async () => {
    await bench.start({ COMFY_CONCURRENCY: '3', USER_CONCURRENCY_MAX: '2' });
    const panel = await admin.ask('settings', 'show');
    expect(panel.text).toContain('**Jobs at once, per person:** 1 (default)');
    const first = await sketch('first', {}, FOREVER);
    await first.waitFor(running);
    const second = await sketch('second', {}, FOREVER);
    await second.waitFor(({ content }) => content.includes('you already have one running'));
    await admin.fill(panel, 'Limits…', { userJobs: '2' });
    await second.waitFor(({ content }) => /Starting…| %|backend’s own queue/.test(content));
    expect(panel.text).toContain('**Jobs at once, per person:** 2\n');
    await admin.fill(panel, 'Limits…', { userJobs: '100' });
    expect(panel.text).toContain('⛔ Jobs at once, per person can be 2 at most here');

    await admin.fill(panel, 'Limits…', { guildJobs: 'many' });
    expect(panel.text).toMatch(/\*\*Jobs at once, in total:\*\* .*\n⛔ Jobs at once, in total must be/);
    // what was refused is not lost
    expect(await admin.form(panel, 'Limits…')).toMatchObject({ guildJobs: 'many', userJobs: '100' });
    await admin.fill(panel, 'Limits…', { guildJobs: '', userJobs: '2' });
    expect(await admin.form(panel, 'Limits…')).toMatchObject({ guildJobs: '', userJobs: '2' });
    await admin.fill(panel, 'Limits…', { userJobs: '' });
    expect(panel.text).toContain('**Jobs at once, per person:** 1 (default)');
  });

  it('that two admins change at once are merged, or the second is told', async () => {
    await bench.start({ USER_CONCURRENCY_MAX: '9' });
    const [eve, mallory] = [bench.discord.addUser(), bench.discord.addUser()];
    const first = await admin.ask('settings', 'show');
    const second = await admin.ask('settings', 'show');
    await admin.pick(first, 'Banned people', eve.id);
    await admin.pick(second, 'Banned people', mallory.id);
    expect(second.text).toContain(`**Banned people:** <@${eve.id}> <@${mallory.id}>`);
    // each takes away whom they see
    await admin.pick(first, 'Banned people');
    expect(first.text).toContain(`**Banned people:** <@${mallory.id}>`);

    const limits = await admin.press(first, 'Limits…');
    const words = await admin.press(first, 'Blocked words…');
    await admin.fill(second, 'Limits…', { userJobs: '3' });
    await admin.fill(second, 'Blocked words…', { blockedWords: 'gore' });
    const send = async (interaction: FakeInteraction, values: Record<string, string>) => {
      const edits = first.edits.length;
      await bench.discord.submitModal({ interaction, values });
      await bench.discord.until(() => first.edits.length > edits);
    };
    await send(limits, { userJobs: '4', guildWaiting: '7' });
    expect(first.text).toMatch(
      /per person:\*\* 3\n⛔ Somebody else has just changed Jobs at once, per person: it is "3" now/,
    );
    await send(words, { blockedWords: 'blood' });
    expect(first.text).toMatch(/words:\*\* 1 word\n⛔ Somebody else has just changed Blocked words/);
    await admin.fill(first, 'Limits…', { userJobs: '4', guildWaiting: '7' });
    expect(first.text).toContain('per person:** 4\n');
  });

  it('keep out who is banned, whose role or channel is not named, and blocked words', async () => {
    await bench.start();
    const { person } = bench.discord;
    const friend = bench.discord.addUser();
    const role = bench.discord.addRole();
    const place = bench.discord.addChannel();
    const panel = await admin.ask('settings', 'show');
    await admin.pick(panel, 'Banned people', friend.id);
    await refused(await sketch('x', { user: friend.id }), 'You can’t use me here');
    await admin.pick(panel, 'Banned people');
    await admin.pick(panel, 'Roles that may use me; none: everybody', role.id);
    await refused(await sketch('x'), 'Your roles don’t allow that here');
    await admin.pick(panel, 'Channels where I may be used; none: everywhere', place.id);
    await refused(await sketch('x', { roles: [role.id] }), 'Not in this channel');
    const asked = await sketch('fine', { roles: [role.id], channel: place.id });
    await asked.waitFor(done);
    await admin.pick(panel, 'Roles that may use me; none: everybody');
    await admin.pick(panel, 'Channels where I may be used; none: everywhere');

    await admin.fill(panel, 'Blocked words…', { blockedWords: 'Clown\nred nose' });
    expect(panel.text).toContain('**Blocked words:** 2 words');
    await refused(await sketch('a CLOWN, laughing'), '"prompt" has a word that is not allowed here');
    await (await sketch('clowning around')).waitFor(done);
    // a menu shows whom it names
    const menus = JSON.stringify(panel.components);
    expect(menus).not.toContain(friend.id);
    expect(menus).not.toContain(person.id);
    expect(panel.pings).toEqual([]);
  });

  it('name the template that plain words go to', async () => {
    await bench.start();
    const say = (what: string) => bench.discord.slash({ name: 'easel', options: { what } });
    // the first one that needs nothing but words, which is broken
    await (await say('a red fox in the snow')).waitFor(({ content }) => content.includes('not-installed'));
    const panel = await admin.ask('settings', 'show');
    expect(panel.text).toMatch(/\*\*Default template:\*\* \/imagine, or the first that takes text\n/);
    await admin.pick(panel, 'Runs when no template is named: absent, halves, or sketch', '/sketch');
    expect(panel.text).toMatch(/\*\*Default template:\*\* \/sketch\n/);
    const reply = await (await say('a red fox in the snow --steps 3')).waitFor(done);
    expect(reply.content).toMatch(/^\*\*a red fox in the snow\*\*[^]*steps \*\*3\*\*/);
    const slipped = async () =>
      (await say('sketch a fox --stepz 3')).waitFor(({ text }) => text.includes('Did you mean steps:3?'));
    const slip = await slipped();
    expect(slip).toMatchObject({ ephemeral: true });
    expect(slip.text).toContain('a fox --stepz 3');
    const meant = await (await admin.press(slip, 'Yes')).waitFor(done);
    expect(meant.content).toMatch(/^\*\*a fox\*\*[^]*steps \*\*3\*\*/);
    expect(meant.ephemeral).toBe(false);
    expect(slip.text).toContain('You chose “Yes”.');
    expect(slip.buttons).toEqual([]);
    const words = await (await admin.press(await slipped(), 'No, it’s part of the prompt')).waitFor(done);
    expect(words.content).toMatch(/^\*\*a fox --stepz 3\*\*/);
    // what is needed is asked for
    const asked = await say('sketch');
    const form = await asked.waitFor(({ loading }) => !loading);
    expect(form.ephemeral).toBe(true);
    await admin.fill(form, 'Run', { steps: '3' });
    expect(form.text).toContain('**prompt:** —\n⛔ "prompt" is required');
    const sent = await admin.fill(form, 'Run', { prompt: 'a *red* fox' });
    const drawn = await sent.waitFor(done);
    expect(drawn.ephemeral).toBe(false);
    expect(drawn.content).toContain('`a *red* fox`');
  });

  it('are written down with who changed what', async () => {
    await bench.start();
    const panel = await admin.ask('settings', 'show');
    expect((await admin.ask('settings', 'audit')).text).toBe('### Nobody has changed anything yet.');
    const friend = bench.discord.addUser();
    await admin.pick(panel, 'Admins, in addition to server managers', friend.id);
    expect(panel.text).toContain(`**Admins, in addition to server managers:** <@${friend.id}>`);
    const second = adminOf(() => bench.discord, { user: friend.id });
    await second.ask('template', 'disable', { name: 'sketch' });
    const audit = await second.ask('settings', 'audit');
    expect(audit.text).toMatch(
      new RegExp(
        `^### The latest changes:\\n<t:\\d+:R> — <@${friend.id}> — switched /sketch off\\n<t:\\d+:R> — <@${bench.discord.person.id}> — changed Admins`,
      ),
    );
    expect(audit.pings).toEqual([]);
  });
});
