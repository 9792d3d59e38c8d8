/** The fake Slack while it is away. */
// the rule is about windows; Slack's method only has the same name
/* oxlint-disable unicorn/require-post-message-target-origin */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeSlack, startFakeSlack } from '../../fakes/slack/index.ts';
import { startBolt, webClient } from '../../fakes/slack/real-bolt.ts';

let slack: FakeSlack;

beforeEach(async () => {
  slack = await startFakeSlack();
});

afterEach(async () => {
  await slack.stop();
});

const post = () => ({ channel: slack.channel.id, text: 'hello' });

describe('an outage', () => {
  it.each([500, 503] as const)('answers a page with %d until it is ended', async (answer) => {
    const web = webClient(slack);
    const end = slack.faults.outage({ answer });
    await expect(web.chat.postMessage(post())).rejects.toMatchObject({ statusCode: answer });
    await expect(web.auth.test()).rejects.toMatchObject({ statusCode: answer });
    expect(slack.requests.map(({ fault, status }) => ({ fault, status }))).toEqual([
      { fault: true, status: answer },
      { fault: true, status: answer },
    ]);
    end();
    await web.chat.postMessage(post());
    expect(slack.requests.at(-1)?.fault).toBe(false);
    expect(slack.messagesIn(slack.channel.id)).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  it.each(['internal_error', 'service_unavailable', 'fatal_error'] as const)(
    'answers %s, and a page where there are no methods',
    async (answer) => {
      const web = webClient(slack);
      const { upload_url: address = '' } = await web.files.getUploadURLExternal({
        filename: 'a.png',
        length: 3,
      });
      const end = slack.faults.outage({ answer });
      await expect(web.chat.postMessage(post())).rejects.toMatchObject({
        data: { ok: false, error: answer },
      });
      const body = new FormData();
      body.append('body', new Blob(['abc']));
      expect((await fetch(address, { method: 'POST', body })).status).toBe(500);
      end();
      expect((await fetch(address, { method: 'POST', body })).status).toBe(200);
      expect(slack.violations).toEqual([]);
    },
  );

  it('resets connections, and hangs until the client gives up', async () => {
    const web = webClient(slack);
    const back = slack.faults.outage({ answer: 'reset' });
    await expect(web.chat.postMessage(post())).rejects.toThrow('fetch failed');
    back();
    const end = slack.faults.outage({ answer: 'hang' });
    const hasty = webClient(slack, { timeout: 300 });
    await expect(hasty.chat.postMessage(post())).rejects.toThrow('timeout');
    end();
    expect(slack.requests.map(({ fault }) => fault)).toEqual([true, true]);
    await web.chat.postMessage(post());
    expect(slack.violations).toEqual([]);
  });

  it('meets only the methods that are meant, and clearing the faults ends it', async () => {
    const web = webClient(slack);
    slack.faults.outage({ answer: 500, methods: /^chat\.update$/ });
    const { ts = '', channel = '' } = await web.chat.postMessage(post());
    const update = () => web.chat.update({ ts, channel, text: 'next' });
    await expect(update()).rejects.toMatchObject({ statusCode: 500 });
    slack.faults.clear();
    await update();
    expect(slack.violations).toEqual([]);
  });

  it('leaves people their bot: Socket Mode goes on, and new connections too unless they are meant', async () => {
    const bolt = await startBolt(slack, 'socket', (app) => {
      app.command(/./, async ({ ack }) => ack());
    });
    const end = slack.faults.outage({ answer: 500 });
    await slack.command({ command: '/imagine', text: 'fox' }).acknowledged;
    const headers = { authorization: `Bearer ${slack.appToken}` };
    const connect = async () =>
      (await fetch(`${slack.apiUrl}apps.connections.open`, { method: 'POST', headers })).status;
    expect(await connect()).toBe(200);
    end();
    const all = slack.faults.outage({ answer: 500, connections: true });
    expect(await connect()).toBe(500);
    all();
    await bolt.stop();
    expect(slack.violations).toEqual([]);
  });
});
