import { beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdmin, seen } from '../world/slack-admin.ts';
import { slackBench } from '../world/slack-bench.ts';

describe('Settings on Slack', () => {
  const bench = slackBench('socket', { stepMs: 5 });
  const done = (message: { visible: string }) => message.visible.includes('Done in');
  const withoutModel = ({ visible }: { visible: string }) => visible.includes('not-installed.safetensors');
  const saved = ({ text }: { text: string }) => text === '✅ Saved.';
  let admin: ReturnType<typeof createSlackAdmin>;
  beforeEach(async () => {
    await bench.start({ GUILD_CONCURRENCY_MAX: '7' });
    admin = createSlackAdmin(bench, bench.slack.addUser({ name: 'root', isAdmin: true }));
  });
  const set = async (values: Parameters<typeof bench.slack.fillIn>[1]) => {
    const view = await admin.opens('settings');
    const submitted = await admin.submits(view, values);
    expect(submitted.errors).toEqual({});
    await submitted.waitFor(saved);
    return view;
  };
  const refused = (asked: ReturnType<typeof bench.slack.command>, words: string) =>
    asked.waitFor(({ ephemeral, text }) => ephemeral && seen(text).includes(words));

  it('are checked at their fields, saved, and written down', async () => {
    const view = await admin.opens('settings');
    expect(view.visible).toContain('Empty: 1, the default. At most 1');
    const wrong = await admin.submits(view, { userJobs: '0' });
    expect(Object.keys(wrong.errors)).toEqual(['userJobs']);
    const above = await admin.submits(view, { userJobs: '', guildJobs: '8' });
    expect(above.errors).toEqual({ guildJobs: expect.stringContaining('can be 7 at most here') });
    const right = await admin.submits(view, { userJobs: '', guildJobs: '7', blockedWords: 'gore\nblood' });
    await right.waitFor(saved);
    expect(view.closed).toBe(true);
    const again = await admin.opens('settings');
    expect(again.controls.find(({ blockId }) => blockId === 'guildJobs')).toMatchObject({
      initial_value: '7',
    });
    expect(again.controls.find(({ blockId }) => blockId === 'blockedWords')?.initial_value).toBe(
      'gore\nblood',
    );
    const audit = await admin.says('settings audit', 'The latest changes');
    expect(audit).toMatch(/<!date\^\d+\^\{date_short_pretty\} \{time\}\|20.*Z> — <@U\w+> — changed .*: 7/);
  });

  it('that two admins change at once are merged, or the second is told', async () => {
    const [eve, mallory] = [bench.slack.addUser({ name: 'eve' }), bench.slack.addUser({ name: 'mallory' })];
    const stale = await admin.opens('settings');
    const other = await admin.opens('settings');
    await set({ guildJobs: '3', bannedUsers: [eve.id] });
    const merged = await admin.submits(other, { userWaiting: '5', bannedUsers: [mallory.id] });
    expect(merged.errors).toEqual({});
    await merged.waitFor(saved);
    const told = await admin.submits(stale, { guildJobs: '4', language: 'ja' });
    expect(told.errors).toEqual({
      guildJobs: expect.stringContaining('Somebody else has just changed Jobs at once, in total'),
    });
    const now = await admin.opens('settings');
    const initial = (block: string) => now.controls.find(({ blockId }) => blockId === block);
    expect(initial('bannedUsers')).toMatchObject({ initial_users: [eve.id, mallory.id] });
    expect([initial('guildJobs')?.initial_value, initial('userWaiting')?.initial_value]).toEqual(['3', '5']);
  });

  it('ban people and words', async () => {
    const banned = bench.slack.addUser({ name: 'eve' });
    await set({ bannedUsers: [banned.id], blockedWords: 'gore' });
    const eve = { command: '/sketch', user: banned.id };
    await refused(bench.slack.command({ ...eve, text: 'a fox' }), 'You can’t use me here');
    await refused(bench.slack.command({ ...eve, text: '' }), 'You can’t use me here');
    await refused(
      bench.slack.command({ command: '/sketch', text: 'a GORE fox' }),
      'a word that is not allowed',
    );
    const view = await bench.slack.command({ command: '/sketch', text: '' }).waitForView();
    const submitted = await admin.submits(view, { prompt: 'gore' });
    expect(submitted.errors['prompt']).toContain('not allowed');
    expect(bench.sandbox.stats.submitted).toBe(0);
  });

  it('hold thousands of blocked words, however long the list is', async () => {
    const words = Array.from({ length: 400 }, (_, index) => `forbidden-${index}`);
    await set({ blockedWords: words.slice(0, 180).join('\n') });
    await set({ blockedWords: words.slice(0, 200).join('\n') });
    const view = await admin.opens('settings');
    const fields = view.controls.filter(({ blockId }) => blockId.startsWith('blockedWords'));
    expect(fields.length).toBeGreaterThan(1);
    expect(fields.flatMap((field) => field.initial_value?.split('\n'))).toEqual(words.slice(0, 200));
    await admin.submits(view, {});
    await refused(bench.slack.command({ command: '/sketch', text: 'forbidden-199' }), 'not allowed');
  });

  it('give words without a template to the default one, in commands and mentions', async () => {
    // the first one that needs nothing but words, which is broken
    await bench.slack.command({ command: '/easel', text: 'a red fox' }).waitFor(withoutModel);
    await set({ defaultTemplate: 'sketch' });
    const asked = bench.slack.command({ command: '/easel', text: 'A red fox --seed 5' });
    const reply = await asked.waitFor(done);
    expect(reply.visible).toContain('A red fox');
    expect(reply.visible).toContain('seed *5*');
    const mention = bench.slack.mention({ text: `<@${bench.slack.botUserId}> two foxes` });
    expect((await mention.waitFor(done)).visible).toContain('two foxes');
    await admin.says('template disable sketch', 'switched off');
    await bench.slack.command({ command: '/easel', text: 'a red fox' }).waitFor(withoutModel);
  });

  it('make somebody an admin, and keep to channels', async () => {
    const deputy = bench.slack.addUser({ name: 'deputy' });
    const quiet = bench.slack.addChannel();
    await admin.says('template disable sketch', 'Only admins', deputy);
    await set({ adminUsers: [deputy.id], allowedChannels: [quiet.id] });
    await admin.says('template disable photo', 'switched off', deputy);
    await refused(bench.slack.command({ command: '/sketch', text: 'a fox' }), 'Not in this channel');
    await bench.slack.command({ command: '/sketch', text: 'a fox', channel: quiet.id }).waitFor(done);
    const view = await admin.opens('settings');
    expect(view.controls.find(({ blockId }) => blockId === 'adminUsers')).toMatchObject({
      initial_users: [deputy.id],
    });
  });

  it('say the language of what all read; what only one person reads is in their own', async () => {
    const minji = bench.slack.addUser({ name: 'minji', locale: 'ko-KR' });
    const asks = (text: string) => bench.slack.command({ command: '/sketch', text, user: minji.id });
    await asks('a fox').waitFor(({ visible }) => /\p{sc=Hangul}/u.test(visible));
    await set({ language: 'ja', blockedWords: 'gore' });
    const asked = asks('a red fox');
    const begun = await asked.waitFor(({ visible }) => /\p{sc=Katakana}|\p{sc=Hiragana}/u.test(visible));
    expect(begun.visible).not.toMatch(/\p{sc=Hangul}/u);
    await refused(asks('gore'), '금지어');
    const view = await admin.opens('settings');
    expect(view.title).toBe('Settings');
    await admin.submits(view, { ownLanguage: ['yes'] });
    await asks('two foxes').waitFor(({ visible }) => /\p{sc=Hangul}/u.test(visible));
  });

  it('open from a mention by a button', async () => {
    const asked = bench.slack.mention({ text: `<@${bench.slack.botUserId}> settings`, user: admin.user.id });
    const message = await asked.waitFor(({ ephemeral, text }) => ephemeral && text.includes('Settings'));
    const view = await bench.slack.click({ message, actionId: 'open' }).waitForView();
    expect(view.title).toBe('Settings');
  });
});

describe('Long lists in forms on Slack', () => {
  const bench = slackBench('socket', { stepMs: 1 });

  it('are searched while somebody types, also for names that are too long for Slack', async () => {
    await bench.start();
    const admin = createSlackAdmin(bench, bench.slack.addUser({ name: 'root', isAdmin: true }));
    const long = (end: string) => `animal 149, ${'very '.repeat(15)}${end}`;
    const choices = [
      ...Array.from({ length: 149 }, (_, index) => `animal ${index}`),
      long('old'),
      long('new'),
    ];
    const slots = { animal: { type: 'choice', into: [['6', 'text']], choices, default: long('old') } };
    const settings = JSON.stringify({ description: 'Animals', slots });
    await admin.publishes('zoo', undefined, Buffer.from(settings));

    const limit = await admin.opens('template limit zoo');
    await admin.submits(limit, { channels: [bench.slack.channel.id] });

    const view = await bench.slack.command({ command: '/easel', text: 'zoo' }).waitForView();
    const typing = bench.slack.suggest({ view, select: 'animal', typed: 'ANIMAL 14' });
    await typing.acknowledged;
    const found = typing.options.filter(({ text }) => text.text.startsWith('animal 14'));
    expect(found).toHaveLength(12);
    const value = found.at(-1)?.value ?? '';
    const submitted = bench.slack.submitView({ view, values: { animal: value } });
    await submitted.acknowledged;
    await bench.slack.waitForMessage(({ visible }) => visible.includes('Done in'));
    expect(bench.sandbox.stats.bodies.at(-1)).toMatchObject({
      prompt: { 6: { inputs: { text: long('new') } } },
    });
  });
});
