/** Deliveries over HTTP: signed requests to the bot's address, as Slack's Events and interactions servers send them. */
import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import type { FakeAct } from './act.ts';
import { asObject, parseJson } from '../http/bodies.ts';
import type { World } from './world.ts';
import { PATIENCE_MS } from '../patience.ts';

export interface BotAnswer {
  readonly status: number;
  readonly text: string;
  /** The bot does not want this event again (`x-slack-no-retry`). */
  readonly noRetry: boolean;
}

interface Body {
  readonly type: string;
  readonly text: string;
}

const FORM = 'application/x-www-form-urlencoded';

/** Commands are form fields, interactions a form with one field of JSON, events JSON. */
export function bodyOf(act: FakeAct): Body {
  const { kind } = act.facts;
  if (kind === 'event') return { type: 'application/json', text: JSON.stringify(act.payload) };
  const fields: Record<string, string> =
    kind === 'command'
      ? Object.fromEntries(Object.entries(act.payload).map(([key, value]) => [key, String(value)]))
      : { payload: JSON.stringify(act.payload) };
  return { type: FORM, text: new URLSearchParams(fields).toString() };
}

/** Rejects when the bot cannot be reached, or when `hangUp` says so. */
export function post(
  world: World,
  url: string,
  body: Body,
  extra: Readonly<Record<string, string>> = {},
  hangUp: AbortSignal = new AbortController().signal,
): Promise<BotAnswer> {
  const { badSignature } = world.faults;
  const seconds = Math.floor(Date.now() / 1000) - (badSignature === 'stale' ? 600 : 0);
  const secret = badSignature === 'wrong' ? 'not the secret' : world.signingSecret;
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${body.text}`).digest('hex');
  const headers = {
    'content-type': body.type,
    'content-length': String(Buffer.byteLength(body.text)),
    'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${signature}`,
    ...extra,
  };
  const stopped = new AbortController();
  const stop = (): void => stopped.abort(new Error('the fake Slack was stopped'));
  world.changes.once('stop', stop);
  const signal = AbortSignal.any([stopped.signal, hangUp]);
  return new Promise<BotAnswer>((resolve, reject) => {
    // a connection of its own, so that nothing keeps the bot's server from closing
    const call = request(url, { method: 'POST', headers, agent: false, signal }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(chunks).toString('utf8'),
          noRetry: response.headers['x-slack-no-retry'] !== undefined,
        });
      });
    });
    call.on('error', reject);
    call.end(body.text);
  }).finally(() => world.changes.off('stop', stop));
}

/** What a body of an acknowledgement says; a command may be answered with bare text. */
export function payloadOf(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.trim() === '') return undefined;
  const json = asObject(parseJson(text)) ?? { text };
  return Object.keys(json).length > 0 ? json : undefined;
}

/** Slack's question to a new events address; throws unless the bot gives the challenge back. */
export async function verifyUrl(world: World, url: string): Promise<void> {
  const challenge = 'aFakeChallenge';
  const text = JSON.stringify({ token: 'legacy', challenge, type: 'url_verification' });
  const answer = await post(
    world,
    url,
    { type: 'application/json', text },
    {},
    AbortSignal.timeout(PATIENCE_MS),
  );
  const said = asObject(parseJson(answer.text))?.['challenge'] ?? answer.text;
  if (answer.status === 200 && said === challenge) return;
  throw new Error(`Slack would not accept ${url}: ${answer.status} ${answer.text.slice(0, 200)}`);
}
