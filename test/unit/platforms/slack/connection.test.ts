import { App } from '@slack/bolt';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  httpConnection,
  socketConnection,
  type Connection,
} from '../../../../src/platforms/slack/connection.ts';
import { SLACK_PATH } from '../../../../src/platforms/slack/name.ts';
import { createManualClock, type ManualClock } from '../../../fakes/manual-clock.ts';
import { createRecordingLog, type RecordingLog } from '../../../fakes/recording-log.ts';
import { startFakeSlack, type FakeSlack } from '../../../fakes/slack/index.ts';
import { settleDown, until } from '../../../fakes/until.ts';

const OPEN = 'apps.connections.open';

let slack: FakeSlack;
let clock: ManualClock;
let log: RecordingLog;
let connection: Connection;
/** Text of the commands that arrived. */
let acknowledge: string[];
const closing: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  slack = await startFakeSlack();
  clock = createManualClock();
  log = createRecordingLog();
  acknowledge = [];
});
afterEach(async () => {
  await connection.stop();
  for (const close of closing.splice(0)) await close();
  await slack.stop();
  if (slack.violations.length > 0) throw new Error(slack.violations.join('\n'));
});

async function listen(): Promise<void> {
  const app = new App({
    token: slack.botToken,
    receiver: connection.receiver,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig: { retries: 0 } },
    deferInitialization: true,
  });
  app.command(/.*/, async ({ ack, command }) => {
    await ack();
    acknowledge.push(command.text);
  });
  await app.init();
}

describe('Socket Mode', () => {
  const problemText = (message: string): number =>
    log.lines.filter((line) => line.message === message).length;
  /** A failed attempt is logged, then its pause begins. */
  async function failed(attempts: number, message = 'slack not reached'): Promise<void> {
    await until(() => problemText(message) >= attempts && clock.sleeping === 1);
  }

  beforeEach(async () => {
    const clientOptions = {
      slackApiUrl: slack.apiUrl,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
    };
    connection = socketConnection({ appToken: slack.appToken, clientOptions, clock, log });
    await listen();
  });

  async function hears(text: string): Promise<void> {
    const act = slack.command({ command: '/imagine', text });
    await act.acknowledged;
    await until(() => acknowledge.includes(text));
  }

  it('is ready once it is connected, and keeps no timer then', async () => {
    expect(connection.ready()).toBe(false);
    await connection.start();
    expect(connection.ready()).toBe(true);
    expect(clock.sleeping).toBe(0);
    expect(connection.requests).toBeUndefined();
    await hears('a red fox');
  });

  it.each(['refresh_requested', 'warning', 'link_disabled'] as const)(
    'connects again when Slack says %s, and hears what comes then',
    async (reason) => {
      await connection.start();
      for (let n = 2; n <= 4; n += 1) {
        slack.socket.disconnect(reason);
        await slack.until(() => slack.counts.connections === n && slack.socket.open === 1);
        await until(() => connection.ready());
        await hears(`after ${n}`);
      }
      expect(problemText('slack connected again')).toBe(3);
    },
  );

  it('connects again when the connection breaks', async () => {
    await connection.start();
    slack.socket.drop();
    await slack.until(() => slack.counts.connections === 2);
    await until(() => connection.ready());
    await hears('a red fox');
  });

  it('is told to reconnect in the moment in which it connects, and does', async () => {
    const starting = connection.start();
    await slack.connected();
    slack.socket.disconnect('refresh_requested');
    await starting;
    await slack.until(() => slack.counts.connections === 2 && slack.socket.open === 1);
    await until(() => connection.ready());
    slack.socket.disconnect('refresh_requested');
    await slack.until(() => slack.counts.connections === 3);
    slack.socket.disconnect('refresh_requested');
    await slack.until(() => slack.counts.connections === 4 && slack.socket.open === 1);
    await until(() => connection.ready());
    await hears('a red fox');
  });

  it('goes on asking while Slack is down, ever more seldom, and is not ready meanwhile', async () => {
    await connection.start();
    slack.faults.httpError({ method: OPEN, times: 8 });
    slack.socket.drop();
    for (let n = 1; n <= 8; n += 1) {
      await failed(n);
      expect(connection.ready()).toBe(false);
      clock.advance(30_000);
    }
    await until(() => connection.ready());
    const pauses = clock.sleeps.filter((ms) => ms < 30_000);
    expect(pauses).toHaveLength(8);
    pauses.forEach((ms, n) => {
      const full = Math.min(30_000, 500 * 2 ** n);
      expect(ms).toBeGreaterThanOrEqual(full / 2);
      expect(ms).toBeLessThanOrEqual(full);
    });
    await hears('a red fox');
  });

  it('survives a rate limit and cut requests on its way back', async () => {
    await connection.start();
    slack.faults.rateLimit({ method: OPEN, retryAfter: 30 });
    slack.faults.cutConnection({ method: OPEN });
    slack.socket.drop();
    for (let n = 1; n <= 2; n += 1) {
      await failed(n);
      clock.advance(30_000);
    }
    await until(() => connection.ready());
  });

  it('says so when its token is refused, and comes back when it is given back', async () => {
    await connection.start();
    slack.faults.appRevoked = 'token_revoked';
    slack.socket.drop();
    await failed(1, 'slack refuses the app token');
    expect(connection.ready()).toBe(false);
    expect(clock.sleeps.at(-1)).toBe(60_000);
    slack.faults.clear();
    clock.advance(60_000);
    await until(() => connection.ready());
    await hears('a red fox');
  });

  it('does not start with a token that Slack refuses', async () => {
    slack.faults.appRevoked = 'invalid_auth';
    await expect(connection.start()).rejects.toMatchObject({ data: { error: 'invalid_auth' } });
    expect(connection.ready()).toBe(false);
    expect(clock.sleeping).toBe(0);
  });

  it('gives up a start that comes to nothing', async () => {
    slack.faults.hang({ method: OPEN });
    const starting = connection.start();
    await slack.until(() => slack.requestsTo(OPEN).length === 1);
    clock.advance(30_000);
    await expect(starting).rejects.toThrow('no Socket Mode connection within 30000 ms');
    expect(connection.ready()).toBe(false);
  });

  it('stops, more than once, and does not come back', async () => {
    await connection.start();
    await Promise.all([connection.stop(), connection.stop()]);
    await connection.stop();
    expect(connection.ready()).toBe(false);
    await slack.until(() => slack.socket.open === 0);
    await settleDown();
    expect(slack.counts.connections).toBe(1);
    expect(problemText('slack disconnected')).toBe(0);
  });

  it('stops at once in the pause before the next attempt', async () => {
    await connection.start();
    slack.faults.httpError({ method: OPEN, times: Infinity });
    slack.socket.drop();
    await failed(1);
    await connection.stop();
    expect(clock.sleeping).toBe(0);
    expect(slack.requestsTo(OPEN)).toHaveLength(2);
  });

  it('stops at once while Slack lets it wait, and what still opens is closed', async () => {
    await connection.start();
    slack.faults.latencyMs = 100;
    slack.socket.drop();
    await slack.until(() => slack.requestsTo(OPEN).length === 2);
    await connection.stop();
    expect(slack.requestsTo(OPEN)[1]?.status).toBe(0);
    expect(clock.sleeping).toBe(0);
    expect(connection.ready()).toBe(false);
    await slack.until(() => slack.counts.connections === 2 && slack.socket.open === 0);
    expect(connection.ready()).toBe(false);
    expect(problemText('slack connected again')).toBe(0);
  });

  it('stops while it starts', async () => {
    slack.faults.latencyMs = 50;
    const starting = connection.start();
    await slack.until(() => slack.requestsTo(OPEN).length === 1);
    await connection.stop();
    await expect(starting).rejects.toThrow('abort');
    await slack.until(() => slack.counts.connections === 1 && slack.socket.open === 0);
    expect(connection.ready()).toBe(false);
  });
});

describe('HTTP mode', () => {
  let origin: string;

  beforeEach(async () => {
    connection = httpConnection(slack.signingSecret, log);
    await listen();
    const server = createServer((request, response) => connection.requests?.(request, response));
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    closing.push(
      () =>
        new Promise((resolve) => {
          server.close(resolve);
          server.closeAllConnections();
        }),
    );
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await connection.start();
    await slack.useHttp(`${origin}${SLACK_PATH}`);
  });

  it('is ready between start and stop, and hears what Slack posts', async () => {
    expect(connection.ready()).toBe(true);
    await slack.command({ command: '/imagine', text: 'a red fox' }).acknowledged;
    await until(() => acknowledge.includes('a red fox'));
    await connection.stop();
    expect(connection.ready()).toBe(false);
  });

  it.each(['wrong', 'stale'] as const)('refuses a post with a %s signature', async (kind) => {
    slack.faults.badSignature = kind;
    const act = slack.command({ command: '/imagine', text: 'forged' });
    await expect(act.acknowledged).rejects.toThrow('401');
    expect(act.deliveries.map(({ status }) => status)).toEqual([401]);
    await settleDown();
    expect(acknowledge).toEqual([]);
  });

  it.each([
    ['a post without a signature', 'POST', SLACK_PATH, 401],
    ['a get', 'GET', SLACK_PATH, 404],
    ['another path', 'POST', '/elsewhere', 404],
    ['a path that is none', 'GET', '//', 404],
  ])('refuses %s', async (_what, method, path, status) => {
    const answer = await fetch(`${origin}${path}`, { method });
    expect(answer.status).toBe(status);
    expect(await answer.text()).toBe('');
  });
});
