/** Forms on Slack that lie on one another, that come from an older version, and what is typed instead of them. */
import type { types } from '@slack/bolt';
import { beforeEach, describe, expect, it } from 'vitest';
import { webClient } from '../fakes/slack/real-bolt.ts';
import { createSlackAdmin } from '../world/slack-admin.ts';
import { slackBench } from '../world/slack-bench.ts';

describe('Screens on Slack', () => {
  const bench = slackBench('socket');
  const done = (message: { visible: string }) => message.visible.includes('Done in');
  let admin: ReturnType<typeof createSlackAdmin>;
  beforeEach(async () => {
    await bench.start();
    admin = createSlackAdmin(bench, bench.slack.addUser({ name: 'root', isAdmin: true }));
  });
  const item = (view: Parameters<typeof admin.menu>[0], key: string) =>
    bench.slack.click({ view, actionId: 'item', blockId: `item:${key}` });

  it('lie on one another, and what is beneath shows what was done', async () => {
    await admin.publishes('fox');
    const list = await admin.opens('template list');
    const fox = await item(list, 'fox').waitForView();
    expect(fox.previous).toBe(list);
    expect(fox.body).toMatchObject({ submit: { text: 'Rename…' }, close: { text: 'Back' } });
    bench.slack.click({ view: fox, actionId: 'act:disable' });
    await admin.shows(fox, '✅ /fox is switched off here.');
    await admin.shows(list, 'version 1 · switched off');
    const history = await admin.pushed(fox, 'history');
    item(history, '1');
    await admin.shows(history, 'that is version 2 now');
    await admin.shows(fox, 'version 2');
    await admin.shows(list, 'version 2');
    bench.slack.closeView(history);

    bench.slack.click({ view: fox, actionId: 'act:export' });
    await admin.shows(fox, 'in your direct messages');
    bench.slack.closeView(fox);
    const again = await item(list, 'fox').waitForView(({ closed }) => !closed);
    const taken = await admin.submits(again, { to: 'wolf' });
    expect(taken.errors).toEqual({});
    await admin.shows(list, '*/wolf*');
    const other = await item(list, 'wolf').waitForView(({ closed }) => !closed);
    expect((await admin.submits(other, { to: 'cancel' })).errors['to']).toContain('my own commands');
    const access = await admin.pushed(other, 'access');
    await admin.submits(access, { channels: [bench.slack.channel.id] });
    expect(access.closed).toBe(true);
    await admin.shows(other, 'only in 1 channel');
    const question = await admin.pushed(other, 'remove');
    bench.slack.click({ view: question, actionId: 'act:remove' });
    await admin.shows(question, '/wolf is removed');
    await admin.shows(other, '/wolf is removed');
    await bench.slack.until(() => !list.visible.includes('wolf'));
  });

  it('are put in the place of one another where Slack does not take a third', async () => {
    const { view } = await admin.adds('fox.json');
    for (const error of ['push_limit_reached', 'expired_trigger_id']) {
      bench.slack.faults.refuse({ method: 'views.push', error });
      admin.menu(view, 'steps', 'change');
      await bench.slack.until(() => view.title === 'Slot steps');
      await admin.submits(view, { max: '7' });
      await admin.shows(view, '1 to 7');
    }
    bench.slack.faults.refuse({ method: 'views.push', error: 'expired_trigger_id' });
    bench.slack.click({ view, actionId: 'act:discard' });
    await admin.shows(view, 'Discard this draft?');
    bench.slack.click({ view, actionId: 'act:back' });
    await admin.shows(view, 'Ready to publish.');
  });

  it('are done without where a line says it all', async () => {
    await admin.says('settings guildJobs:1 blockedWords:"gore, blood"', '✅ Saved.');
    await admin.says('settings guildJobs:0', 'Jobs at once, in total');
    await admin.says('settings nonsense:0', 'nonsense');
    const view = await admin.opens('settings');
    const initial = (block: string) => view.controls.find(({ blockId }) => blockId === block)?.initial_value;
    expect([initial('guildJobs'), initial('blockedWords')]).toEqual(['1', 'gore\nblood']);
    await admin.says('template', '/easel template rollback NAME VERSION');
    await admin.says('template show nothing', 'There is no template');
    expect(await admin.says('help', 'Commands:')).toContain('/easel template — ');
  });

  /** A form as an older version has opened it. */
  async function oldForm(callback: string, memory: object, blocks: types.KnownBlock[] = []) {
    const asked = bench.slack.command({ command: '/easel', text: 'queue', user: admin.user.id });
    const input: types.KnownBlock = {
      type: 'input',
      block_id: 'name',
      label: { type: 'plain_text', text: 'Name' },
      element: { type: 'plain_text_input', action_id: 'value' },
      optional: true,
    };
    const view: types.ModalView = {
      type: 'modal',
      callback_id: callback,
      private_metadata: JSON.stringify({ channel: bench.slack.channel.id, ...memory }),
      title: { type: 'plain_text', text: 'Old' },
      submit: { type: 'plain_text', text: 'Send' },
      blocks: [input, ...blocks],
    };
    await webClient(bench.slack).views.open({ trigger_id: asked.triggerId ?? '', view });
    return asked.waitForView();
  }

  it('come anew where somebody sends or uses a form of a version before', async () => {
    await admin.publishes('fox');
    const { view: editor } = await admin.adds('owl.json');
    const draft = /draft\/([\w-]+)/.exec(editor.privateMetadata)?.[1];
    const titles: [string, object, string][] = [
      ['editor', { draft }, 'Template'],
      ['slot-form', { draft, slot: 'steps', type: 'integer' }, 'Slot steps'],
      ['settings', {}, 'Settings'],
      ['add', {}, 'New template'],
      ['limit', { template: 'fox' }, '/fox'],
      ['run', { template: 'sketch' }, '/sketch'],
    ];
    for (const [callback, memory, title] of titles) {
      const view = await oldForm(callback, memory);
      const sent = await admin.submits(view, { name: 'typed' });
      expect([sent.responseAction, view.title]).toEqual(['update', title]);
      expect(view.visible).toContain('Here’s the current one');
    }
    const test: types.KnownBlock = {
      type: 'actions',
      elements: [{ type: 'button', action_id: 'test', text: { type: 'plain_text', text: 'Test run' } }],
    };
    const old = await oldForm('editor', { draft }, [test]);
    bench.slack.click({ view: old, actionId: 'test' });
    await admin.shows(old, 'Here’s the current one');
    // and they work
    await admin.submits(old, { name: 'owl' });
    await admin.shows(old, 'Published: /owl');
    const gone = await oldForm('editor', { draft });
    await admin.submits(gone);
    expect(gone.visible).toContain('/easel template edit');
  });

  it('open from the buttons in messages of a version before', async () => {
    await admin.publishes('fox');
    const { view: editor } = await admin.adds('owl.json');
    const draft = /draft\/([\w-]+)/.exec(editor.privateMetadata)?.[1] ?? '';
    const buttons: [string, string, string][] = [
      ['open-add', 'wolf', 'New template'],
      ['open-draft', draft, 'Template'],
      ['open-limit', 'fox', '/fox'],
      ['open-settings', '-', 'Settings'],
      ['remove-template', 'fox', '/fox'],
    ];
    for (const [action, value, title] of buttons) {
      const text = { type: 'plain_text', text: 'Press' } as const;
      await webClient(bench.slack).chat.postEphemeral({
        channel: bench.slack.channel.id,
        user: admin.user.id,
        text: action,
        blocks: [{ type: 'actions', elements: [{ type: 'button', action_id: action, text, value }] }],
      });
      const message = await bench.slack.waitForMessage((one) => one.text === action);
      const view = await bench.slack.click({ message, actionId: action }).waitForView();
      expect([action, view.title]).toEqual([action, title]);
    }
    expect(await admin.reads('template list')).toContain('/fox');
  });

  it('of a template run once, however often Slack delivers', async () => {
    const view = await bench.slack.command({ command: '/sketch' }).waitForView();
    const sent = bench.slack.submitView({ view, values: { prompt: 'a fox' } });
    await sent.acknowledged;
    expect(view.closed).toBe(true);
    await bench.slack.redeliver(sent);
    await bench.slack.waitForMessage(done);
    expect(bench.sandbox.stats.submitted).toBe(1);
  });
});
