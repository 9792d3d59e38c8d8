/** In HTTP mode only Slack is heard: by its signature, over these very bytes, and not for longer than five minutes. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { App } from '@slack/bolt';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { httpConnection } from '../../src/platforms/slack/connection.ts';
import { SLACK_PATH } from '../../src/platforms/slack/name.ts';
import { boltLogger } from '../../src/platforms/slack/log.ts';
import { listen } from '../fakes/http/listen.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';

const SECRET = 'an-hmac-secret';
const BODY = new URLSearchParams({
  command: '/imagine',
  text: 'a fox',
  team_id: 'T1',
  user_id: 'U1',
}).toString();
const now = () => Math.floor(Date.now() / 1000);

let acknowledge: string[];
let url: string;
let close: () => Promise<void>;

beforeEach(async () => {
  acknowledge = [];
  const log = createRecordingLog();
  const connection = httpConnection(SECRET, log);
  const app = new App({
    receiver: connection.receiver,
    authorize: async () => ({ botToken: 'xoxb', botId: 'B1', botUserId: 'U0' }),
    logger: boltLogger(log),
  });
  app.command(/.*/, async ({ command, ack }) => {
    acknowledge.push(command.text);
    await ack();
  });
  await connection.start();
  const server = createServer((request, response) => connection.requests?.(request, response));
  const listening = await listen(server);
  url = `${listening.url}${SLACK_PATH}`;
  ({ close } = listening);
});
afterEach(() => close());

const sign = (seconds: number | string, body = BODY, secret = SECRET): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')}`;

async function post(headers: Record<string, string>, body = BODY): Promise<number> {
  const type = { 'content-type': 'application/x-www-form-urlencoded' };
  return (await fetch(url, { method: 'POST', headers: { ...type, ...headers }, body })).status;
}
const stamped = (seconds: number | string, signature: string) => ({
  'x-slack-request-timestamp': String(seconds),
  'x-slack-signature': signature,
});

it('hears what is signed and fresh', async () => {
  expect(await post(stamped(now(), sign(now())))).toBe(200);
  const almostOld = now() - 290;
  expect(await post(stamped(almostOld, sign(almostOld)))).toBe(200);
  expect(acknowledge).toEqual(['a fox', 'a fox']);
});

it.each([
  ['replayed after more than five minutes', () => stamped(now() - 301, sign(now() - 301)), BODY],
  ['with a fresh stamp put on an old signature', () => stamped(now(), sign(now() - 400)), BODY],
  ['whose body was altered', () => stamped(now(), sign(now())), BODY.replace('fox', 'wolf')],
  ['with more behind its body', () => stamped(now(), sign(now())), `${BODY}&user_id=U2`],
  ['signed by somebody else', () => stamped(now(), sign(now(), BODY, 'another')), BODY],
  ['signed with nothing', () => stamped(now(), sign(now(), BODY, ' ')), BODY],
  ['with an empty signature', () => stamped(now(), ''), BODY],
  ['with half a signature', () => stamped(now(), sign(now()).slice(0, 20)), BODY],
  ['with a stamp that is no number', () => stamped('soon', sign('soon')), BODY],
  ['without a stamp', () => ({ 'x-slack-signature': sign(now()) }), BODY],
  ['without a signature', () => ({ 'x-slack-request-timestamp': String(now()) }), BODY],
])('does not hear a post %s', async (_what, headers, body) => {
  expect(await post(headers(), body)).toBe(401);
  expect(acknowledge).toEqual([]);
});
