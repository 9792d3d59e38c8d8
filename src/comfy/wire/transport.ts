/**
 * HTTP with one backend: deadlines, size caps and where the key may go. It knows no ComfyUI: a status is an answer here,
 * and only the lack of an answer is an error.
 */
import type { LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { Agent, request } from 'undici';
import type { ConnectionFault } from '../../core/connection-fault.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import type { StoredFile } from '../../core/files.ts';
import { writeJson } from '../../core/json.ts';
import type { Multipart } from '../../core/multipart.ts';
import { startPace, type Limits, type Pace } from '../../core/pace.ts';
import { within } from '../../core/time.ts';
import type { Timing } from '../timing.ts';
import { faultOfError, type Asked } from './connection-faults.ts';
import { LOOKUPS, type FileHosts, type Whose } from './file-hosts.ts';
import { readRetryAfter } from './retry-after.ts';
import { isSuccess } from './status.ts';

/** `unreached`: the request was never sent. `lost` and `timeout`: the server may have acted on it. */
export type UnansweredReason = 'unreached' | 'timeout' | 'lost' | 'too-large';

const PROBLEMS: Record<UnansweredReason, (backend: string, why: { fault?: ConnectionFault }) => Problem> = {
  unreached: (backend, why) => ({ code: 'backend-unreachable', backend, ...why }),
  lost: (backend, why) => ({ code: 'backend-unreachable', backend, ...why }),
  timeout: (backend, why) => ({ code: 'backend-timeout', backend, ...why }),
  'too-large': (backend) => ({ code: 'backend-broken', backend }),
};

/** No answer came. Carries no URL and no header, so that it can be logged whole. */
export class Unanswered extends EaselError {
  readonly reason: UnansweredReason;

  /** `backend`: its name, for people. */
  constructor(backend: string, reason: UnansweredReason, cause: unknown, fault?: ConnectionFault) {
    super(PROBLEMS[reason](backend, fault ? { fault } : {}), { cause, detail: `no answer: ${reason}` });
    this.reason = reason;
  }
}

export interface Ask {
  method?: 'GET' | 'POST';
  json?: unknown;
  form?: Multipart;
  /** Takes the body of a 200 as it comes; undefined: it does not want that type, which is then not read. */
  keep?: (contentType: string, body: AsyncIterable<Uint8Array>) => Promise<StoredFile> | undefined;
  /** For the whole answer. Default: `requestMs`. */
  timeoutMs?: number;
  /** Instead of `timeoutMs`, for what may be large. */
  pace?: Limits;
  /** Of a success; default: `maxJsonBytes`. What is longer is `too-large`; of anything else the beginning is enough. */
  maxBytes?: number;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  /** Below the backend's URL, as it was asked for; undefined elsewhere. */
  path?: string;
  /** Of a 401: which kind of login is wanted. */
  challenge?: string | undefined;
  /** What signs it. */
  signature?: string | undefined;
  /** Lower case, without parameters; empty if the server named none. */
  contentType: string;
  location: string | undefined;
  /** Of a 429 or 5xx: in how many ms to come again, at most an hour. */
  retryAfterMs?: number | undefined;
  /** Empty where there was a `keep`, but for the words of an error; of what is no success the first 4 MB. */
  bytes: Uint8Array;
  file?: StoredFile;
}

/**
 * Whatever ends a request but its caller's `signal`, which rejects with its own reason, is `Unanswered`; but what `keep`
 * rejects with, such as a full disk, comes as it is.
 */
export interface Transport {
  /** Asks the backend itself, with our credentials. `path` is relative to the configured URL. Never follows a redirect. */
  ask(path: string, ask: Ask): Promise<Answer>;
  /** GETs what `hosts` lets pass, without credentials; anything else is `unreached`. Never follows a redirect. */
  get(url: URL, ask: Omit<Ask, 'method' | 'json' | 'form'>): Promise<Answer>;
  close(): Promise<void>;
}

const NO_BYTES = new Uint8Array();
/** An error may name, for each node, all files that there are to choose from. In bytes. */
const WORDS = 4 * 1024 * 1024;
/** Read to the end so that the connection can be used again, where that is cheaper than another one. In bytes. */
const UNREAD = 64 * 1024;

/** Inside of a request only: what it failed for, where the network was not it. */
class TooLarge extends Error {}
class Unkept extends Error {}

export interface TransportOptions {
  server: { readonly name: string };
  base: URL;
  credentials: Readonly<Record<string, string>>;
  hosts: FileHosts;
  timing: Timing;
  inContainer?: boolean | undefined;
}

export function createTransport(options: TransportOptions): Transport {
  const { server, base, credentials, hosts, timing, inContainer } = options;
  const connect = { timeout: timing.connectMs };
  const agentWith = (more: { lookup?: LookupFunction }) =>
    new Agent({ connect: { ...connect, ...more }, connectTimeout: timing.connectMs });
  const agents: Record<Whose, Agent> = {
    own: agentWith({}),
    named: agentWith({ lookup: LOOKUPS.named }),
    foreign: agentWith({ lookup: LOOKUPS.foreign }),
  };

  async function send(
    url: URL,
    whose: Whose,
    ask: Ask,
    headers: Readonly<Record<string, string>>,
    about?: Asked,
  ): Promise<Answer> {
    const { signal, timeoutMs = timing.requestMs } = ask;
    signal.throwIfAborted();
    const pace = startPace(ask.pace ?? { totalMs: timeoutMs, idleMs: timeoutMs, bytesPerSecond: 0 });
    try {
      return await within(
        Infinity,
        async (until) => exchange(url, agents[whose], ask, headers, pace, until),
        signal,
        pace.signal,
      );
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Unkept) throw error.cause;
      throw new Unanswered(server.name, reasonOf(error), error, about && faultOfError(error, about));
    } finally {
      pace.stop();
    }
  }

  async function exchange(
    url: URL,
    dispatcher: Agent,
    { method = 'GET', json, form, keep, maxBytes = timing.maxJsonBytes }: Ask,
    headers: Readonly<Record<string, string>>,
    pace: Pace,
    signal: AbortSignal,
  ): Promise<Answer> {
    const answer = await request(url, {
      dispatcher,
      method,
      headers: { ...headers, ...described(json, form) },
      // undici's types do not know that it takes iterables
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as its documentation says
      body: json === undefined ? ((form?.read() ?? null) as Readable | null) : writeJson(json),
      signal,
      // the pace is what counts
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    // who has left it does not wait for how it ends
    answer.body.on('error', () => undefined);
    try {
      const { statusCode: status } = answer;
      const header = (name: string) => first(answer.headers[name]);
      const contentType = header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
      const refused = status === 429 || status >= 500;
      const about = {
        status,
        contentType,
        location: header('location'),
        challenge: status === 401 ? header('www-authenticate') : undefined,
        signature: header('server'),
        retryAfterMs: refused ? readRetryAfter(header('retry-after'), header('date')) : undefined,
      };
      const isFile = status === 200 && keep;
      if (!isFile && (keep || !isSuccess(status)))
        return { ...about, bytes: await beginning(answer.body, status < 400 ? UNREAD : WORDS, pace) };
      const body = bounded(answer.body, header('content-length'), maxBytes, pace);
      if (!isFile) return { ...about, bytes: await whole(body.pieces) };
      const file = await kept(body, (pieces) => keep(contentType, pieces));
      if (file) return { ...about, bytes: NO_BYTES, file };
      // an error in JSON under a good status has words
      const isJson = contentType === 'application/json';
      return { ...about, bytes: isJson ? await beginning(answer.body, WORDS, pace) : NO_BYTES };
    } finally {
      // also where nobody read it, or not all of it
      answer.body.destroy();
    }
  }

  return {
    async ask(path, ask) {
      const answer = await send(new URL(path, base), 'own', ask, credentials, { base, inContainer });
      return { ...answer, path };
    },
    async get(url, ask) {
      const whose = hosts.whose(url);
      if (!whose) throw new Unanswered(server.name, 'unreached', undefined);
      return send(url, whose, ask, {});
    },
    close: async () => {
      await Promise.all(Object.values(agents).map((agent) => agent.destroy()));
    },
  };
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

function described(json: unknown, form: Multipart | undefined): Record<string, string> {
  if (json !== undefined) return { 'content-type': 'application/json' };
  return form ? { 'content-type': form.contentType, 'content-length': String(form.size) } : {};
}

interface Body {
  pieces: AsyncIterable<Uint8Array>;
  /** Why no more came of it: the network's fault, or too large. */
  failed: () => unknown;
}

function bounded(
  body: AsyncIterable<unknown>,
  contentLength: string | undefined,
  maxBytes: number,
  pace: Pace,
): Body {
  let failure: unknown;
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let size = 0;
    try {
      if (Number(contentLength ?? 0) > maxBytes) throw new TooLarge();
      for await (const chunk of paced(body, pace)) {
        size += chunk.byteLength;
        if (size > maxBytes) throw new TooLarge();
        yield chunk;
      }
    } catch (error) {
      failure = error;
      throw error;
    }
  }
  return { pieces: pieces(), failed: () => failure };
}

async function* paced(body: AsyncIterable<unknown>, pace: Pace): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body chunk that is not bytes');
    pace.got(chunk.byteLength);
    yield chunk;
  }
}

/** At most so many bytes; the rest is not read. */
async function beginning(body: AsyncIterable<unknown>, most: number, pace: Pace): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let left = most;
  for await (const piece of paced(body, pace)) {
    parts.push(piece.subarray(0, left));
    left -= piece.byteLength;
    if (left <= 0) break;
  }
  return new Uint8Array(Buffer.concat(parts));
}

async function kept(
  { pieces, failed }: Body,
  keep: (pieces: AsyncIterable<Uint8Array>) => Promise<StoredFile> | undefined,
): Promise<StoredFile | undefined> {
  try {
    return await keep(pieces);
  } catch (error) {
    throw failed() ?? new Unkept('', { cause: error });
  }
}

async function whole(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(Buffer.concat(await Array.fromAsync(pieces)));
}

/** Errors of the connection's making: nothing of the request was written. */
const UNREACHED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_[\w/]+|UND_ERR_INVALID_ARG)$/;

function reasonOf(error: unknown): UnansweredReason {
  if (error instanceof TooLarge) return 'too-large';
  if (!(error instanceof Error)) return 'lost';
  if (error.name === 'TimeoutError') return 'timeout';
  // an aggregate: all addresses of a name failed (localhost as ::1 and 127.0.0.1)
  if (error instanceof AggregateError || ('syscall' in error && error.syscall === 'connect'))
    return 'unreached';

  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return UNREACHED.test(code) ? 'unreached' : 'lost';
}
