/** A channel that is shared with another company's workspace: its people have no rights here, and run what they are let. */
import { beforeEach, describe, expect, it } from 'vitest';
import { createSlackAdmin, seen } from '../world/slack-admin.ts';
import { slackBench } from '../world/slack-bench.ts';
import type { FakeMessage, FakeView, User } from '../fakes/slack/index.ts';
import { PNG } from '../unit/comfy/sandboxes.ts';

const OTHER = 'T0OTHER';
const SHUT_OUT = 'Only people from this workspace';

describe('Somebody of another workspace', () => {
  const bench = slackBench('socket', { stepMs: 5 });
  const done = (message: { visible: string }) => message.visible.includes('Done in');
  const told = (words: string) => (message: FakeMessage) =>
    message.ephemeral && seen(message.text).includes(words);
  let admin: ReturnType<typeof createSlackAdmin>;
  /** An admin, and an owner perhaps, of their own workspace. */
  let eve: User;
  let channel: string;
  beforeEach(async () => {
    await bench.start({ GUILD_CONCURRENCY_MAX: '100' });
    const { slack } = bench;
    admin = createSlackAdmin(bench, slack.addUser({ name: 'root', isAdmin: true }));
    eve = slack.addUser({ name: 'eve', teamId: OTHER, isAdmin: true });
    channel = slack.addChannel({ shared: true }).id;
  });
  const commands = (text: string, user = eve) =>
    bench.slack.command({ command: '/easel', text, user: user.id, channel });
  const mentions = (text: string, user = eve) => bench.slack.mention({ text, user: user.id, channel });
  const set = async (values: Parameters<typeof bench.slack.fillIn>[1]) => {
    const submitted = await admin.submits(await admin.opens('settings'), values);
    expect(submitted.errors).toEqual({});
    await submitted.waitFor(({ text }) => text === '✅ Saved.');
  };
  const trail = () => admin.says('settings audit', '');

  it.each([
    'template disable sketch',
    'template add',
    'template history sketch',
    'settings',
    'settings audit',
  ])('is no admin to %s, by command or mention, by name neither', async (text) => {
    const before = await trail();
    for (const asked of [commands(text), mentions(text)]) await asked.waitFor(told('Only admins'));
    await set({ adminUsers: [eve.id], outsiders: ['yes'] });
    for (const asked of [commands(text), mentions(text)]) {
      await asked.waitFor(told('Only admins'));
      expect(asked.views).toEqual([]);
    }
    expect((await trail()).split('\n')).toHaveLength(before.split('\n').length + 1);
    await bench.slack.command({ command: '/sketch', text: 'a fox' }).waitFor(done);
  });

  it.each([false, true])('gets nowhere with panels that are open (without a team: %s)', async (nullTeams) => {
    const { slack } = bench;
    const settings = await admin.opens('settings');
    const limit = await admin.opens('template limit sketch');
    const { view: editor } = await admin.adds('owl.json');
    const question = await bench.slack
      .command({ command: '/easel', text: 'template limit sketch', user: admin.user.id })
      .waitForView();
    expect(question.title).toBe(limit.title);
    slack.settings.nullTeams = nullTeams;
    const before = await trail();
    const forged = { user: eve.id, forged: true };
    slack.submitView({ view: settings, values: { guildJobs: '77' }, ...forged });
    slack.submitView({ view: limit, ...forged });
    slack.click({ view: editor, actionId: 'act:discard', ...forged });
    await slack
      .submitView({ view: editor, values: { name: 'evil' }, ...forged })
      .waitFor(told('Only admins'));
    // to whom it belongs, no team in the payload is no obstacle
    expect((await trail()).split('\n')).toHaveLength(before.split('\n').length);
    await set({ guildJobs: '7' });
    expect(await trail()).toContain(': 7');
    expect(await trail()).not.toContain(': 77');
  });

  const entries: [name: string, act: () => Promise<unknown>][] = [
    ['a command', async () => commands('sketch a fox').waitFor(told(SHUT_OUT))],
    ['a command that opens a form', async () => commands('sketch').waitFor(told(SHUT_OUT))],
    ['a mention', async () => mentions('sketch a fox').waitFor(told(SHUT_OUT))],
    [
      'the shortcut',
      async () => {
        const files = [bench.slack.addFile({ name: 'a.png', bytes: PNG, user: eve.id })];
        const message = bench.slack.say({ text: 'look', files, user: eve.id, channel });
        const asked = bench.slack.messageShortcut({ callbackId: 'use-image', message, user: eve.id });
        await asked.waitFor(told(SHUT_OUT));
        expect(asked.views).toEqual([]);
      },
    ],
    [
      'Again',
      async () => {
        const first = bench.slack.command({ command: '/sketch', text: 'a fox', channel });
        const message = await first.waitFor(done);
        await bench.slack.click({ message, actionId: 'again', user: eve.id }).waitFor(told(SHUT_OUT));
      },
    ],
    [
      "somebody else's form",
      async () => {
        const opened = bench.slack.command({ command: '/sketch', channel });
        const view = await opened.waitForView();
        const values = { prompt: 'a fox' };
        bench.slack.submitView({ view, values, user: eve.id, forged: true });
        await admin.shows(view, SHUT_OUT);
      },
    ],
  ];
  it.each(entries)('runs nothing by %s', async (name, act) => {
    await act();
    expect(bench.sandbox.stats.submitted).toBe(name === 'Again' ? 1 : 0);
  });

  it('is shown neither templates nor what is made elsewhere', async () => {
    const busy = bench.slack.command({ command: '/sketch', text: 'a secret fox --steps 40' });
    await busy.waitFor(({ visible }) => visible.includes('fox'));
    await commands('template show sketch').waitFor(told('There is no template'));
    for (const text of ['help', 'template list', 'queue']) {
      const answer = await commands(text).waitFor(({ ephemeral }) => ephemeral);
      expect(answer.visible).not.toMatch(/sketch|secret|Somewhere|<@/i);
    }
  });

  it('runs where the setting lets them, within the limits of this workspace', async () => {
    await set({ outsiders: ['yes'], blockedWords: 'gore' });
    const form: FakeView = await commands('sketch').waitForView();
    const refused = bench.slack.submitView({ view: form, values: { prompt: 'gore' } });
    await refused.acknowledged;
    expect(refused.errors['prompt']).toContain('not allowed');
    await mentions('sketch a fox of theirs').waitFor(done);
    await mentions('sketch gore').waitFor(told('not allowed'));
    await set({ bannedUsers: [eve.id] });
    await mentions('sketch a fox').waitFor(told('You can’t use me here'));
    await set({ bannedUsers: [], outsiders: [] });
    await mentions('sketch a fox').waitFor(told(SHUT_OUT));
  });
});
