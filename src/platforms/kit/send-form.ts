/**
 * Sends files from disk to a chat, without ever holding one. What a platform's own client does with files is to hold them
 * whole, several times; or to stream them in a way that ends the process when it is aborted (discord.js 14.28.1 on Node 24).
 */
import type { Readable } from 'node:stream';
import { request, type Dispatcher } from 'undici';
import type { Bytes } from '../../core/files.ts';
import { startPace } from '../../core/pace.ts';
import { within } from '../../core/time.ts';
import { transfers } from '../../core/transfers.ts';

export interface Sending {
  method: Dispatcher.HttpMethod;
  headers: Record<string, string>;
  /** In bytes; sent as `content-length`. */
  size: number;
  /** Read once; pieces as of `lentBytesOf` will do, since each is on its way before the next is asked for. */
  body: () => Bytes;
  /** Whose share of what may be on its way at once it takes. */
  lane: string;
  signal: AbortSignal;
}

export interface Sent {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** At most `MAX_ANSWER` bytes. */
  answer: Uint8Array;
}

/** How long one that does not go on is waited for. What was handed over may still be on this machine: its bytes buy time. */
export interface SendLimits {
  /** Between two pieces, beyond the time for what is held. In ms. */
  idleMs: number;
  /** From the last piece to the end of the answer, beyond the time for what is held. In ms. */
  answerMs: number;
  /** Who takes this or more is waited for, whatever the size. */
  bytesPerSecond: number;
}

const SEND_LIMITS: SendLimits = { idleMs: 30_000, answerMs: 120_000, bytesPerSecond: 16 * 1024 };
/** What the kernels on the way may hold of what was sent, when they say that it is gone. In bytes. */
const HELD = 8 * 1024 * 1024;
/** An answer of more is none. In bytes. */
const MAX_ANSWER = 1024 * 1024;

/**
 * Takes as long as it takes while bytes go. Rejects with the signal's reason, with a TimeoutError where nothing goes or no
 * answer comes within `limits`, and as the network or the disk does. A server that says `100 Continue` unasked is one of
 * these failures: undici takes no such answer.
 */
export async function sendForm(
  url: string | URL,
  sending: Sending,
  limits: SendLimits = SEND_LIMITS,
): Promise<Sent> {
  const { size, lane, signal } = sending;
  return transfers.run(lane, size, signal, async () => {
    let given = false;
    const idleMs = (sent: number) =>
      (given ? limits.answerMs : limits.idleMs) + (Math.min(sent, HELD) / limits.bytesPerSecond) * 1000;
    const pace = startPace({ totalMs: Infinity, idleMs, bytesPerSecond: 0 });
    // bytes of the answer buy no time: it is short, and not to trickle
    const went = (bytes: number) => pace.got(bytes);
    const wentAll = () => void (given = true);
    try {
      return await within(
        Infinity,
        (until) => exchange(url, sending, { went, wentAll }, until),
        signal,
        pace.signal,
      );
    } finally {
      pace.stop();
    }
  });
}

async function exchange(
  url: string | URL,
  { method, headers, size, body }: Sending,
  { went, wentAll }: { went: (bytes: number) => void; wentAll: () => void },
  signal: AbortSignal,
): Promise<Sent> {
  async function* pieces(): AsyncGenerator<Uint8Array> {
    for await (const piece of body()) {
      yield piece;
      // the network has asked for more
      went(piece.length);
    }
    wentAll();
  }
  const answer = await request(url, {
    method,
    headers: { ...headers, 'content-length': String(size) },
    // undici takes iterables, which its types do not know; unlike a stream, it asks for one piece at a time
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as its documentation says
    body: pieces() as unknown as Readable,
    signal,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    // leaving the loop ends the connection
    if (length > MAX_ANSWER) throw new Error(`more than ${MAX_ANSWER} bytes of an answer`);
    chunks.push(chunk);
  }
  return { status: answer.statusCode, headers: answer.headers, answer: Buffer.concat(chunks) };
}
