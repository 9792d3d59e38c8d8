/** The fake Slack and the real Bolt, in both modes: commands, forms, shortcuts, mentions, and stopping. */
// the rule is about windows; Slack's method only has the same name
/* oxlint-disable unicorn/require-post-message-target-origin */
import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/index.ts';
import { type BoltOptions, type RealBolt, startBolt } from '../../fakes/slack/real-bolt.ts';
import { BAR, BYE, FORM } from '../../fakes/slack/samples.ts';

let slack: FakeSlack;
const bolts: RealBolt[] = [];

beforeEach(async () => {
  slack = await startFakeSlack();
});

afterEach(async () => {
  await Promise.all(bolts.splice(0).map((bolt) => bolt.stop()));
  await slack.stop();
});

describe.each(['socket', 'http'] as const)('over %s', (mode) => {
  async function start(listen: (app: App) => void, options: BoltOptions = {}): Promise<RealBolt> {
    const bolt = await startBolt(slack, mode, listen, options);
    bolts.push(bolt);
    return bolt;
  }

  it('a command is acknowledged, answered with a message, and the message updated', async () => {
    await start((app) => {
      app.command('/imagine', async ({ ack, client, command }) => {
        await ack();
        const posted = await client.chat.postMessage({
          channel: command.channel_id,
          text: `queued: ${command.text}`,
          blocks: BAR(10),
        });
        await client.chat.update({
          channel: command.channel_id,
          ts: posted.ts ?? '',
          text: 'half',
          blocks: BAR(50),
        });
      });
    });
    const act = slack.command({ command: '/imagine', text: 'a red fox' });
    await act.acknowledged;
    expect(act.ackMs).toBeLessThan(1000);
    const message = await act.waitFor((one) => one.visible.includes('50 %'));
    expect(message.edits.map((one) => one.text)).toEqual(['queued: a red fox', 'half']);
    expect(message.buttons.map((one) => one.action_id)).toEqual(['cancel']);
    const updates = slack.requestsTo('chat.update');
    await slack.until(() => updates[0]?.status === 200);
    expect(updates[0]?.args).toMatchObject({ text: 'half', ts: message.ts });
    expect(slack.violations).toEqual([]);
  });

  it('an answer in the acknowledgement is an ephemeral message', async () => {
    await start((app) => {
      app.command('/easel', async ({ ack, respond }) => {
        await ack('only for you');
        await respond({ text: 'for everybody', response_type: 'in_channel' });
      });
    });
    const act = slack.command({ command: '/easel', text: 'help' });
    const open = await act.waitFor((one) => one.text === 'for everybody');
    expect(act.ackText).toBe('only for you');
    expect(open.ephemeral).toBe(false);
    const [hidden] = slack.messagesIn(slack.channel.id);
    expect(hidden?.ephemeralTo).toBe(slack.person.id);
    expect(act.responses).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  it('a modal opens, says what is wrong at the field, and closes', async () => {
    const submitted: unknown[] = [];
    await start((app) => {
      app.command('/imagine', async ({ ack, client, body }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: FORM });
      });
      app.view('form', async ({ ack, view }) => {
        const { values } = view.state;
        if (values['prompt']?.['text']?.value === 'bad')
          return ack({ response_action: 'errors', errors: { prompt: 'no' } });
        submitted.push(values);
        return ack();
      });
    });
    const view = await slack.command({ command: '/imagine' }).waitForView();
    expect(view.title).toBe('Imagine');
    expect(() => slack.submitView({ view, values: {} })).toThrow('requires text');
    expect(() => slack.submitView({ view, values: { prompt: 'fox', steps: '61' } })).toThrow('too large');
    const refused = slack.submitView({ view, values: { prompt: 'bad' } });
    await refused.acknowledged;
    expect(refused.errors).toEqual({ prompt: 'no' });
    expect(view.closed).toBe(false);
    const image = slack.addFile({ name: 'start.png', bytes: Buffer.from('png') });
    const values = { prompt: 'fox', size: 'wide', image: [image], hires: ['yes'] };
    const accepted = slack.submitView({ view, values });
    await accepted.acknowledged;
    expect(accepted.errors).toEqual({});
    expect(view.closed).toBe(true);
    expect(submitted).toMatchObject([
      {
        prompt: { text: { value: 'fox' } },
        steps: { steps: { value: '20' } },
        size: { size: { selected_option: { value: 'wide' } } },
        hires: { hires: { selected_options: [{ value: 'yes' }] } },
        image: { image: { files: [{ id: image.id, url_private: image.urlPrivate }] } },
      },
    ]);
    expect(slack.violations).toEqual([]);
  });

  it('a modal is updated, another is pushed on it, and closing is told', async () => {
    const closed: string[] = [];
    await start((app) => {
      app.command('/easel', async ({ ack, client, body }) => {
        await ack();
        await client.views.open({ trigger_id: body.trigger_id, view: { ...FORM, notify_on_close: true } });
      });
      app.view('form', async ({ ack }) => {
        await ack({ response_action: 'push', view: { ...FORM, callback_id: 'second' } });
      });
      app.view('second', async ({ ack }) => ack({ response_action: 'clear' }));
      app.view({ callback_id: 'form', type: 'view_closed' }, async ({ ack, view }) => {
        await ack();
        closed.push(view.callback_id);
      });
    });
    const first = slack.command({ command: '/easel' });
    const view = await first.waitForView();
    const pushed = await slack.submitView({ view, values: { prompt: 'fox' } }).waitForView();
    expect(pushed.callbackId).toBe('second');
    expect(pushed.previous).toBe(view);
    await slack.submitView({ view: pushed, values: { prompt: 'fox' } }).acknowledged;
    expect(view.closed).toBe(true);
    const again = await slack.command({ command: '/easel' }).waitForView();
    await slack.closeView(again)?.acknowledged;
    expect(closed).toEqual(['form']);
    expect(slack.violations).toEqual([]);
  });

  it('a button is clicked, and its message replaced, then deleted', async () => {
    const values: (string | undefined)[] = [];
    await start((app) => {
      app.command('/imagine', async ({ ack, respond }) => {
        await ack();
        await respond({ text: 'going', blocks: BAR(1), response_type: 'in_channel' });
      });
      app.action('cancel', async ({ ack, action, respond }) => {
        await ack();
        if (action.type === 'button') values.push(action.value);
        await respond({ text: 'cancelled', blocks: [BYE], replace_original: true });
      });
      app.action('bye', async ({ ack, respond }) => {
        await ack();
        await respond({ delete_original: true });
      });
    });
    const message = await slack.command({ command: '/imagine' }).waitFor((one) => one.buttons.length === 1);
    await slack.click({ message, actionId: 'cancel' }).waitFor((one) => one.text === 'cancelled');
    expect(message.buttons.map((one) => one.action_id)).toEqual(['bye']);
    expect(values).toEqual(['job-1']);
    slack.click({ message, actionId: 'bye' });
    await slack.until(() => message.deleted);
    expect(slack.violations).toEqual([]);
  });

  it('a shortcut on a message opens a form', async () => {
    await start((app) => {
      app.shortcut('use-image', async ({ ack, client, shortcut }) => {
        await ack();
        if (shortcut.type !== 'message_action') return;
        const files: unknown = shortcut.message['files'];
        const view = { ...FORM, private_metadata: JSON.stringify(files) };
        await client.views.open({ trigger_id: shortcut.trigger_id, view });
      });
    });
    const file = slack.addFile({ name: 'cat.png', bytes: Buffer.from('cat') });
    const message = slack.say({ text: 'look', files: [file] });
    const view = await slack.messageShortcut({ callbackId: 'use-image', message }).waitForView();
    expect(view.privateMetadata).toContain(file.id);
    expect(slack.violations).toEqual([]);
  });

  it('a mention in a thread is answered in the thread, and once though it comes twice', async () => {
    const seen: string[] = [];
    const retries: unknown[] = [];
    await start((app) => {
      app.event('app_mention', async ({ event, body, say, context }) => {
        retries.push(context.retryNum);
        if (seen.includes(body.event_id)) return;
        seen.push(body.event_id);
        await say({ text: `heard ${event.text}`, thread_ts: event.thread_ts ?? event.ts });
      });
    });
    const root = slack.say({ text: 'any ideas?' });
    const act = slack.mention({ text: 'imagine a fox', threadTs: root.ts });
    const answer = await act.waitFor((one) => one.text.includes('imagine a fox'));
    await slack.redeliver(act);
    await slack.until(() => retries.length === 2);
    expect(answer.threadTs).toBe(root.ts);
    expect(slack.thread(root.ts)).toHaveLength(2);
    expect(retries).toEqual([mode === 'http' ? undefined : 0, 1]);
    expect(slack.violations).toEqual([]);
  });

  it('a direct message is heard', async () => {
    await start((app) => {
      app.message(async ({ message, say }) => {
        if (message.channel_type === 'im') await say('hello you');
      });
    });
    await slack.directMessage({ text: 'hi' }).waitFor((one) => one.text === 'hello you');
    expect(slack.directMessages(slack.person.id)).toHaveLength(2);
    expect(slack.violations).toEqual([]);
  });

  it('an acknowledgement that does not come in time is a violation', async () => {
    slack.settings.ackDeadlineMs = 50;
    await start((app) => {
      app.command('/slow', async () => undefined);
    });
    const act = slack.command({ command: '/slow' });
    await expect(act.acknowledged).rejects.toThrow('not acknowledged within 50 ms');
    expect(slack.violations).toEqual([expect.stringContaining('/slow')]);
  });

  it('leaves nothing running', async () => {
    const sockets = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP')).length;
    const before = sockets();
    const other = await startFakeSlack();
    const bolt = await startBolt(other, mode, () => undefined);
    const waiting = other.until(() => false).catch(String);
    await bolt.stop();
    await Promise.all([other.stop(), other.stop()]);
    expect(await waiting).toContain('was stopped');
    await expect.poll(sockets).toBeLessThanOrEqual(before);
    await expect(fetch(other.apiUrl)).rejects.toThrow('fetch failed');
  });
});
