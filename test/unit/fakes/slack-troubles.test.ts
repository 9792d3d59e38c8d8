/** The fake Slack when things go wrong: rate limits, dead tokens, lost connections, repeats, bad signatures. */
// the rule is about windows; Slack's method only has the same name
/* oxlint-disable unicorn/require-post-message-target-origin */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App, webApi } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type FakeAct, type FakeSlack, startFakeSlack } from '../../fakes/slack/index.ts';
import {
  type BoltOptions,
  type Mode,
  type RealBolt,
  startBolt,
  webClient,
} from '../../fakes/slack/real-bolt.ts';

let slack: FakeSlack;
const bolts: RealBolt[] = [];

beforeEach(async () => {
  slack = await startFakeSlack();
});

afterEach(async () => {
  await Promise.all(bolts.splice(0).map((bolt) => bolt.stop()));
  await slack.stop();
});

async function start(mode: Mode, listen: (app: App) => void = () => undefined, options: BoltOptions = {}) {
  const bolt = await startBolt(slack, mode, listen, options);
  bolts.push(bolt);
  return bolt;
}

const client = (options?: webApi.WebClientOptions) => webClient(slack, options);

/** A bot that acknowledges and does nothing else. */
function polite(app: App): void {
  app.command(/./, async ({ ack }) => ack());
}

const post = (text = 'hello') => ({ channel: slack.channel.id, text });

describe('rate limits', () => {
  it('answer 429 with Retry-After as often as asked', async () => {
    slack.faults.rateLimit({ method: 'chat.postMessage', retryAfter: 7, times: 2 });
    const web = client();
    await expect(web.chat.postMessage(post())).rejects.toMatchObject({
      code: 'slack_webapi_rate_limited_error',
      retryAfter: 7,
    });
    await expect(web.chat.postMessage(post())).rejects.toThrow('rate-limit');
    await web.chat.postMessage(post());
    expect(slack.messagesIn(slack.channel.id)).toHaveLength(1);
    expect(slack.counts.rateLimited).toBe(2);
    expect(slack.violations).toEqual([]);
  });

  it('give chat.update one budget for the whole workspace', async () => {
    slack.settings.updateBudget = { calls: 3, windowMs: 60_000 };
    const web = client();
    const other = slack.addChannel();
    const posted = [
      await web.chat.postMessage(post()),
      await web.chat.postMessage({ channel: other.id, text: 'a' }),
    ];
    const updates = await Promise.allSettled(
      [0, 1, 0, 1].map((at) => {
        const { channel = '', ts = '' } = posted[at] ?? {};
        return web.chat.update({ channel, ts, text: 'next' });
      }),
    );
    expect(updates.map((one) => one.status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
    expect(slack.counts.rateLimited).toBe(1);
  });

  it('give postMessage a budget per channel, with a window that passes', async () => {
    slack.settings.postBudget = { calls: 1, windowMs: 1000 };
    const web = client();
    await web.chat.postMessage(post());
    await expect(web.chat.postMessage(post())).rejects.toThrow('rate-limit');
    await web.chat.postMessage({ channel: slack.addChannel().id, text: 'elsewhere' });
    await expect
      .poll(
        () =>
          web.chat.postMessage(post()).then(
            () => true,
            () => false,
          ),
        { timeout: 8000 },
      )
      .toBe(true);
  });
});

describe('refusals and failures that a test asks for', () => {
  it.each(['not_in_channel', 'is_archived', 'msg_too_long', 'channel_not_found', 'missing_scope'])(
    '%s',
    async (error) => {
      const fields = { needed: 'chat:write', provided: 'commands' };
      slack.faults.refuse({ method: 'chat.postMessage', error, fields });
      await expect(client().chat.postMessage(post())).rejects.toMatchObject({
        code: 'slack_webapi_platform_error',
        data: { ok: false, error, ...fields },
      });
      expect(slack.violations).toEqual([]);
    },
  );

  it('5xx, a reset before and after, a hang', async () => {
    const web = client({ timeout: 50 });
    slack.faults.httpError({ method: 'chat.postMessage', status: 502 });
    await expect(web.chat.postMessage(post())).rejects.toMatchObject({ statusCode: 502 });
    slack.faults.cutConnection({ method: 'chat.postMessage' });
    await expect(web.chat.postMessage(post())).rejects.toMatchObject({ code: 'slack_webapi_request_error' });
    expect(slack.messages).toHaveLength(0);
    slack.faults.cutConnection({ method: 'chat.postMessage', after: true });
    await expect(web.chat.postMessage(post())).rejects.toThrow('fetch failed');
    expect(slack.messages).toHaveLength(1);
    slack.faults.hang({ method: 'chat.postMessage' });
    await expect(web.chat.postMessage(post())).rejects.toThrow('timeout');
    expect(slack.violations).toEqual([]);
  });

  it('a revoked token is refused everywhere, until it is not', async () => {
    const { app } = await start('socket', polite);
    slack.faults.revoked = 'token_revoked';
    await expect(app.client.chat.postMessage(post())).rejects.toMatchObject({
      data: { error: 'token_revoked' },
    });
    await expect(client().auth.test()).rejects.toThrow('token_revoked');
    slack.faults.clear();
    await app.client.chat.postMessage(post());
    expect(slack.violations).toEqual([]);
  });

  it('an uninstalled app is told, and its token is dead', async () => {
    const told: string[] = [];
    const { app } = await start('http', (bot) => {
      bot.event('app_uninstalled', async ({ event }) => void told.push(event.type));
    });
    await slack.uninstall().acknowledged;
    await expect(app.client.chat.postMessage(post())).rejects.toThrow('account_inactive');
    expect(told).toEqual(['app_uninstalled']);
  });

  it('a wrong token keeps the app from starting, and is a violation', async () => {
    await expect(start('socket', polite, { botToken: 'xoxb-wrong' })).rejects.toThrow('invalid_auth');
    await expect(start('socket', polite, { appToken: 'xapp-wrong' })).rejects.toThrow('invalid_auth');
    const kind = client().apps.connections.open();
    await expect(kind).rejects.toThrow('not_allowed_token_type');
    expect(slack.violations).toHaveLength(3);
  });
});

describe('Socket Mode connections', () => {
  it.each(['refresh_requested', 'warning', 'link_disabled', 'drop'] as const)(
    'come back after %s',
    async (how) => {
      await start('socket', polite, { clientPingTimeout: 50 });
      if (how === 'drop') slack.socket.drop();
      else slack.socket.disconnect(how);
      await slack.until(() => slack.counts.connections === 2 && slack.socket.open === 1);
      await slack.command({ command: '/imagine' }).acknowledged;
      expect(slack.violations).toEqual([]);
    },
  );

  it('are given up and made anew when Slack falls silent', async () => {
    await start('socket', polite, { clientPingTimeout: 50 });
    slack.socket.silence(true);
    await slack.until(() => slack.counts.connections === 2);
    slack.socket.silence(false);
    await slack.until(() => slack.socket.open === 1);
    await slack.command({ command: '/imagine' }).acknowledged;
    expect(slack.violations).toEqual([]);
  });

  it('are needed for a command', () => {
    expect(() => slack.command({ command: '/imagine' })).toThrow('no bot is connected');
  });
});

describe('deliveries', () => {
  it('of an event come again when they are not heard, over HTTP', async () => {
    slack.settings.retryDelaysMs = [0, 0, 0];
    slack.settings.ackDeadlineMs = 1000;
    const seen: unknown[] = [];
    await start('http', (app) => {
      app.use(async ({ context, next }) => {
        seen.push(context.retryNum);
        // Bolt acknowledges events before listeners run, so only a dead process leaves them unheard.
        await next();
      });
    });
    slack.faults.badSignature = 'wrong';
    const act = slack.mention({ text: 'hello' });
    await expect(act.acknowledged).rejects.toThrow('HTTP 401');
    slack.faults.badSignature = undefined;
    await slack.until(() => act.ackMs !== undefined);
    expect(seen).toEqual([act.deliveries.length - 1]);
    expect(slack.counts.retries).toBe(act.deliveries.length - 1);
    expect(slack.violations).toEqual([]);
  });

  it('of an event that is answered too late say so the next time', async () => {
    slack.settings.retryDelaysMs = [0];
    slack.settings.ackDeadlineMs = 40;
    const told: unknown[] = [];
    const server = createServer((request, response) => {
      const { 'x-slack-retry-num': number, 'x-slack-retry-reason': reason } = request.headers;
      // the first request asks for its challenge back
      if (told.push([number, reason]) === 1) request.pipe(response);
      else if (number !== undefined) response.end();
      // what is in time the next time is no question of how quick this machine is
      else slack.settings.ackDeadlineMs = 3000;
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await slack.useHttp(`http://127.0.0.1:${port}/`);
    const act = slack.mention({ text: 'hello' });
    await expect(act.acknowledged).rejects.toThrow('not acknowledged within 40 ms');
    await slack.until(() => act.ackMs !== undefined);
    expect(told.slice(1)).toEqual([
      [undefined, undefined],
      ['1', 'http_timeout'],
    ]);
    expect(slack.violations).toHaveLength(1);
    server.close();
  });

  it.each(['wrong', 'stale'] as const)('with a %s signature are refused by Bolt', async (badSignature) => {
    slack.settings.retryDelaysMs = [];
    const bolt = await start('http', polite);
    slack.faults.badSignature = badSignature;
    const act = slack.command({ command: '/imagine' });
    await expect(act.acknowledged).rejects.toThrow('HTTP 401');
    expect(act.deliveries[0]?.status).toBe(401);
    expect(bolt.logged.join()).toContain('Failed to');
    expect(slack.violations).toEqual([]);
  });

  it('of the same envelope twice are two calls for the bot', async () => {
    let calls = 0;
    await start('socket', (app) => {
      app.command('/imagine', async ({ ack }) => {
        calls += 1;
        await ack('working on it');
      });
    });
    const act: FakeAct = slack.command({ command: '/imagine' });
    await act.acknowledged;
    await slack.redeliver(act);
    await slack.until(() => calls === 2);
    expect(act.deliveries).toHaveLength(2);
    expect(slack.messagesIn(slack.channel.id)).toHaveLength(1);
    expect(slack.violations).toEqual([]);
  });

  it('acknowledged twice are a violation', async () => {
    const { app } = await start('socket', polite);
    const act = slack.command({ command: '/imagine' });
    await act.acknowledged;
    const receiver: unknown = Reflect.get(app, 'receiver');
    const { client: socket } = receiver as { client: { send(id: string): Promise<void> } };
    await socket.send(act.deliveries[0]?.id ?? '');
    await slack.until(() => slack.violations.length === 1);
    expect(slack.violations[0]).toContain('acknowledged twice');
  });
});
