/** The promise, counted: every acknowledged order has one end, in the message that it began with, and its own picture. */
import {
  isFinal,
  isFinalText,
  isOf,
  PICTURES,
  picturesOf,
  succeeded,
  type Order,
  type Seen,
} from './orders.ts';
import type { Servers } from './servers.ts';

export interface Verdict {
  orders: number;
  /** Heard, and without an end. */
  lost: string[];
  /** With more than one message that tells the end, or with a live state after it. */
  notOne: string[];
  /** Told in another message than the first one. */
  elsewhere: string[];
  /** Ended with a clear sentence instead of pictures. */
  failed: string[];
  /** Pictures that are missing, somebody else's, or there twice. */
  wrong: string[];
  doubled: string[];
  /** Never acknowledged, and the chat said so. */
  unheard: number;
  /** "Got it…" for ever. */
  hanging: string[];
  /** Orders that were run more than once. */
  twice: string[];
}

/** How often the backend has begun with each order's prompt, read where it reads the prompt. */
export type Runs = Map<string, number>;

export function watchRuns({ sandbox }: Servers): Runs {
  const runs: Runs = new Map();
  const encode = sandbox.nodes.get('CLIPTextEncode');
  if (!encode) throw new Error('the sandbox encodes no prompts');
  sandbox.nodes.set('CLIPTextEncode', {
    ...encode,
    run(inputs, run) {
      const text = inputs.text('text');
      runs.set(text, (runs.get(text) ?? 0) + 1);
      return encode.run(inputs, run);
    },
  });
  return runs;
}

export function judge(orders: readonly Order[], servers: Servers, runs: Runs): Verdict {
  const verdict: Verdict = {
    orders: 0,
    lost: [],
    notOne: [],
    elsewhere: [],
    failed: [],
    wrong: [],
    doubled: [],
    unheard: 0,
    hanging: [],
    twice: [...runs].filter(([, times]) => times > 1).map(([key, times]) => `${key}: ${times} runs`),
  };
  for (const order of orders) judgeOne(order, order.messages(), verdict);
  for (const { ts, deleted, text, user } of servers.slack.messages)
    if (!deleted && user.isBot && text === 'Got it…') verdict.hanging.push(`slack ${ts}`);
  return verdict;
}

function judgeOne(order: Order, messages: Seen[], verdict: Verdict): void {
  const { key, heard, template } = order;
  if (heard !== 'acknowledged') {
    verdict.unheard += 1;
    return;
  }
  verdict.orders += 1;
  const ends = messages.filter(isFinal);
  const done = messages.filter(succeeded);
  if (ends.length === 0) return void verdict.lost.push(`${key}: ${tell(messages)}`);
  const ran = done.length > 0;
  if (!ran) verdict.failed.push(`${key}: ${tell(messages)}`);
  // what does not fit into the reply follows it in messages of its own
  const replies = ran ? done.filter(({ texts }) => texts.length > 1 || done.length === 1) : ends;
  if (replies.length !== 1 || messages.some(wentBack)) verdict.notOne.push(`${key}: ${tell(messages)}`);
  if (replies[0] !== messages[0]) verdict.elsewhere.push(`${key}: ${tell(messages)}`);
  if (!ran) return;
  // a reply that was given up may still show a preview
  const pictures = picturesOf(
    messages.filter(({ texts }) => texts.at(-1) === '' || isFinalText(texts.at(-1) ?? '')),
  );
  const distinct = new Set(pictures.map((bytes) => Buffer.from(bytes).toString('base64'))).size;
  if (pictures.length > PICTURES[template])
    verdict.doubled.push(`${key} (${order.chat}): ${pictures.length} pictures`);
  if (distinct < PICTURES[template] || !pictures.every((bytes) => isOf(order, bytes)))
    verdict.wrong.push(`${key}: ${distinct} pictures, ${tell(messages)}`);
}

/** A live state after the end. */
function wentBack({ texts }: Seen): boolean {
  const first = texts.findIndex((text) => text.includes('Done in'));
  return first !== -1 && texts.slice(first).some((text) => !isFinalText(text));
}

function tell(messages: Seen[]): string {
  return (
    messages
      .map(({ id, texts, pictures }) => `[${id} ${JSON.stringify(texts.at(-1))} ${pictures.length}]`)
      .join(' ') || 'nothing'
  );
}
