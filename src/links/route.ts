/**
 * Where links lead: a file, for whoever has its link, and nothing else. Neither session nor cookie, so it is open while the
 * page is closed; whatever is wrong with a link, the answer is the same.
 */
import { open, type FileHandle } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clients } from '../core/clients.ts';
import type { Files } from '../core/files.ts';
import type { Log } from '../core/log.ts';
import { answerTo, attachment, HARMLESS } from '../core/served-file.ts';
import { orAborted, within, type Clock } from '../core/time.ts';
import { catalogue } from '../i18n/index.ts';
import type { Addresses } from './addresses.ts';
import { linkedFile } from './index.ts';
import { createAdmission, type DownloadLimits } from './admission.ts';

export interface RouteDeps {
  addresses: Addresses;
  files: Pick<Files, 'get'>;
  clients: Clients;
  clock: Pick<Clock, 'now'>;
  log: Log;
  limits?: DownloadLimits | undefined;
  /** How long a reader may take for one piece, in ms. */
  stallMs?: number | undefined;
}

/** Far fewer than there may be connections, of one address too: the page answers while all are taken. */
const LIMITS: DownloadLimits = { all: 40, perClient: 10 };
/** In bytes: what a reader who does not read holds. */
const PIECE = 64 * 1024;
/** A system hands on what its buffers hold first, which may be megabytes. */
const STALL_MS = 120_000;
/** In s: when somebody who found no place may come again. */
const RETRY_S = 30;

const ALWAYS = {
  ...HARMLESS,
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-frame-options': 'DENY',
} as const;
const FILE = {
  ...ALWAYS,
  'content-type': 'application/octet-stream',
  'cache-control': 'private, no-cache, no-transform',
} as const;
const WORDS = {
  ...ALWAYS,
  'content-type': 'text/plain; charset=utf-8',
  'cache-control': 'no-store',
  vary: 'accept-language',
} as const;

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

export function linkRoute(deps: RouteDeps): Listener {
  const { addresses, files, clients, clock, log, limits = LIMITS, stallMs = STALL_MS } = deps;
  const admission = createAdmission(limits);

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const { files: words } = catalogue(/^[\w-]{1,35}/.exec(headers['accept-language'] ?? '')?.[0] ?? '');
    const say = (status: number, sentence: string, more: Record<string, string> = {}) => {
      const length = String(Buffer.byteLength(sentence));
      response.writeHead(status, { ...WORDS, 'content-length': length, ...more });
      response.end(method === 'HEAD' ? undefined : sentence);
    };
    if (method !== 'GET' && method !== 'HEAD')
      // whatever else comes is not waited for
      return say(405, words.linkGone(), { allow: 'GET, HEAD', connection: 'close' });
    const link = addresses.read(url);
    const found =
      link && link.until * 1000 > clock.now() ? await files.get(linkedFile(link.owner)) : undefined;
    const handle = found && (await open(found.path).catch(() => undefined)); // it has just gone
    if (!link || !found || !handle) return say(404, words.linkGone());
    try {
      const { size } = found;
      const asked = {
        method,
        range: headers.range,
        ifRange: headers['if-range']?.toString(),
        ifNoneMatch: headers['if-none-match'],
      };
      const { status, part, headers: rangeHeaders } = answerTo(asked, size, `"${link.owner}-${size}"`);
      const all = { ...FILE, ...rangeHeaders, 'content-disposition': attachment(found.name) };
      if (!part) return void response.writeHead(status, all).end();
      const leave = admission.take(clients.of(request.socket.remoteAddress ?? '', forwarded(request)));
      if (!leave) return say(503, words.linkBusy(), { 'retry-after': String(RETRY_S) });
      try {
        response.writeHead(status, all);
        await send(handle, part, response);
      } finally {
        leave();
      }
    } finally {
      await handle.close();
    }
  }

  /** Resolves once the reader has all. Rejects when they leave, and when nothing moves for too long. */
  async function send(
    handle: FileHandle,
    { start, end }: { start: number; end: number },
    response: ServerResponse,
  ): Promise<void> {
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const done = (work: () => Promise<void>) =>
      within(
        stallMs,
        async (signal) => {
          signal.throwIfAborted();
          await orAborted(work(), signal);
        },
        gone.signal,
      );
    const piece = Buffer.allocUnsafeSlow(Math.min(PIECE, end - start + 1));
    for (let at = start; at <= end;) {
      const { bytesRead } = await handle.read(piece, 0, Math.min(PIECE, end - at + 1), at);
      if (bytesRead === 0) throw new Error('a file is shorter than it was');
      at += bytesRead;
      // the same memory is filled again: not before the system has taken what is in it
      await done(() => written(response, piece.subarray(0, bytesRead)));
    }
    await done(() => ended(response));
  }

  return (request, response) => {
    answer(request, response).catch((error: unknown) => {
      // who leaves or stalls is cut off in the middle, and whoever fetches it learns by its length
      log.debug({ err: error }, 'a file was not fetched to its end');
      response.destroy();
    });
  };
}

function written(response: ServerResponse, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    response.write(piece, (error) => (error ? reject(error) : resolve()));
  });
}

function ended(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    response.end(resolve);
  });
}

function forwarded({ headers }: IncomingMessage): string | undefined {
  return headers['x-forwarded-for']?.toString();
}
