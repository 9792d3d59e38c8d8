/**
 * The one HTTP client of a backend: deadlines, size caps and where the key may go. It knows no ComfyUI; a status is
 * an answer here, and only the lack of an answer is an error (`Unanswered`).
 */
import { Agent, request, type FormData } from 'undici';
import { deadline } from '../core/time.ts';
import { writeJson, type Json } from '../core/json.ts';
import { readJson } from './json.ts';
import { lookupPublic } from './public-address.ts';
import type { Timing } from './timing.ts';

/** `unreached`: the request was never sent. `lost` and `timeout`: the server may have acted on it. */
export type UnansweredReason = 'unreached' | 'timeout' | 'lost' | 'too-large';

/** No answer came. Carries no URL and no header, so that it can be logged whole. */
export class Unanswered extends Error {
  readonly reason: UnansweredReason;

  constructor(reason: UnansweredReason, cause: unknown) {
    super(`no answer: ${reason}`, { cause });
    this.name = 'Unanswered';
    this.reason = reason;
  }
}

interface Ask {
  method?: 'GET' | 'POST';
  json?: unknown;
  form?: FormData;
  timeoutMs?: number;
  maxBytes?: number;
  signal: AbortSignal;
}

export interface Answer {
  status: number;
  /** Lower case, without parameters; empty if the server named none. */
  contentType: string;
  location: string | undefined;
  bytes: Uint8Array;
}

export interface Http {
  /** Asks the backend itself, with our credentials. `path` is relative to the configured URL. Never follows a redirect. */
  ask(path: string, ask: Ask): Promise<Answer>;
  /** GETs any URL, without credentials. Never follows a redirect. */
  get(url: URL, ask: Pick<Ask, 'timeoutMs' | 'maxBytes' | 'signal'>): Promise<Answer>;
  close(): Promise<void>;
}

export function createHttp(base: URL, credentials: Readonly<Record<string, string>>, timing: Timing): Http {
  const connect = { timeout: timing.connectMs };
  const agent = new Agent({ connect, connectTimeout: timing.connectMs });
  const abroad = new Agent({
    connect: { ...connect, lookup: lookupPublic },
    connectTimeout: timing.connectMs,
  });
  /** A backend in plain http is our own, and so may be the hosts that it names. */
  const agentFor = (url: URL) => (base.protocol === 'http:' || url.origin === base.origin ? agent : abroad);

  async function send(url: URL, ask: Ask, headers: Readonly<Record<string, string>>): Promise<Answer> {
    const { json, form, signal } = ask;
    const timeoutMs = ask.timeoutMs ?? timing.requestMs;
    signal.throwIfAborted();
    try {
      const answer = await request(url, {
        dispatcher: agentFor(url),
        method: ask.method ?? 'GET',
        headers: json === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        body: json === undefined ? (form ?? null) : writeJson(json),
        signal: deadline(timeoutMs, signal),
        headersTimeout: timeoutMs,
        bodyTimeout: timeoutMs,
      });
      const bytes = await readBody(
        answer.body,
        answer.headers['content-length'],
        ask.maxBytes ?? timing.maxJsonBytes,
      );
      const contentType = first(answer.headers['content-type'])?.split(';')[0]?.trim().toLowerCase() ?? '';
      return { status: answer.statusCode, contentType, location: first(answer.headers['location']), bytes };
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof Unanswered ? error : new Unanswered(reasonOf(error), error);
    }
  }

  return {
    ask: async (path, ask) => await send(new URL(path, base), ask, credentials),
    get: async (url, ask) => await send(url, ask, {}),
    close: async () => {
      await Promise.all([agent.destroy(), abroad.destroy()]);
    },
  };
}

/** The body as JSON, or undefined if it is none (an HTML page, an empty 404). */
export function jsonOf(answer: Answer): Json | undefined {
  return readJson(answer.bytes);
}

/** An id as one segment of a path. Never throws, also for half a character, which a backend may put into an id. */
export function segment(id: string): string {
  return encodeURIComponent(id.toWellFormed());
}

function first(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

async function readBody(
  body: AsyncIterable<unknown> & { destroy(): unknown },
  contentLength: string | string[] | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (Number(first(contentLength) ?? 0) > maxBytes) {
    body.destroy();
    throw new Unanswered('too-large', undefined);
  }
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body chunk that is not bytes');
    size += chunk.byteLength;
    if (size > maxBytes) throw new Unanswered('too-large', undefined);
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks, size));
}

/** Errors of the connection's making: nothing of the request was written. */
const UNREACHED =
  /^(ECONNREFUSED|ENOTFOUND|EAI_\w+|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|UND_ERR_CONNECT_TIMEOUT|CERT_\w+|DEPTH_ZERO_\w+|SELF_SIGNED_\w+|UNABLE_TO_\w+|ERR_TLS_\w+|ERR_SSL_\w+|UND_ERR_INVALID_ARG)$/;
const TIMEOUT = /^(UND_ERR_HEADERS_TIMEOUT|UND_ERR_BODY_TIMEOUT)$/;

function reasonOf(error: unknown): UnansweredReason {
  if (!(error instanceof Error)) return 'lost';
  if (error.name === 'TimeoutError') return 'timeout';
  // An aggregate: all addresses of a name failed (localhost as ::1 and 127.0.0.1).
  if (error instanceof AggregateError || ('syscall' in error && error.syscall === 'connect')) {
    return 'unreached';
  }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (UNREACHED.test(code)) return 'unreached';
  return TIMEOUT.test(code) ? 'timeout' : 'lost';
}
