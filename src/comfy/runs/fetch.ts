/** Fetches an output as a stream, over redirects and small outages, within a size and a time. */
import { EaselError, type ProblemCode } from '../../core/errors.ts';
import type { Save } from '../../core/backend.ts';
import type { StoredFile } from '../../core/files.ts';
import type { Output } from '../../core/run.ts';
import { backoff } from '../../core/time.ts';
import { transfers } from '../../core/transfers.ts';
import { errorOfAnswer, errorOfSilence } from '../wire/refusals.ts';
import { shownFileName } from './file-name.ts';
import { Unanswered, Unkept, type Answer } from '../wire/transport.ts';
import { mediaTypeOf } from './media-type.ts';
import { isRedirect, MAX_HOPS, nextHop } from '../wire/redirect.ts';
import type { Server } from './deps.ts';
import { uncut } from '../wire/cut-off.ts';

export async function fetchOutput(
  server: Server,
  output: Output,
  save: Save,
  signal: AbortSignal,
): Promise<StoredFile> {
  const { timing, clock } = server;
  for (let attempt = 0; ; attempt += 1) {
    try {
      // its size is not known before
      return await transfers.run(LANE, Infinity, signal, () => once(server, output, save, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof EaselError) || attempt + 1 >= timing.fetchAttempts || !isPassing(error))
        throw error;
      const { retryAfterMs = 0 } = error;
      // Whoever asked may wait that long; here nobody else is served meanwhile.
      if (retryAfterMs > timing.reconnectCapMs) throw error;
      server.log.debug({ backend: server.address, attempt, err: error }, 'output not fetched, trying again');
      const pause = backoff(attempt, timing.reconnectBaseMs / 2, timing.reconnectCapMs);
      await clock.sleep(Math.max(pause, retryAfterMs), signal);
    }
  }
}

const LANE = 'backend';

const PASSING: ReadonlySet<ProblemCode> = new Set(['backend-unreachable', 'backend-timeout', 'backend-busy']);

function isPassing({ problem }: EaselError): boolean {
  if (PASSING.has(problem.code)) return true;
  // A storage's 429 too: behind a redirect it is not the backend's.
  return problem.code === 'backend-broken' && ((problem.status ?? 0) >= 500 || problem.status === 429);
}

async function once(server: Server, output: Output, save: Save, signal: AbortSignal): Promise<StoredFile> {
  const { maxFileBytes: maxBytes, fetchMs: totalMs, fetchIdleMs: idleMs } = server.timing;
  const { filename: name, subfolder, type } = output;
  const query = new URLSearchParams({ filename: name, subfolder, type });
  const path = `api/view?${query.toString()}`;
  const pace = { totalMs, idleMs, bytesPerSecond: server.timing.fetchBytesPerSecond };
  const keep = (contentType: string, body: AsyncIterable<Uint8Array>) =>
    isWanted(output, contentType) ? keepAs(server, output, contentType, body, save) : undefined;
  const ask = { signal, maxBytes, pace, keep };
  try {
    let url = new URL(path, server.base);
    let keyed = true;
    let answer = await server.http.ask(path, ask);
    for (let hop = 0; isRedirect(answer.status); hop += 1) {
      const next = hop < MAX_HOPS ? nextHop(answer.location, url, server.base, server.hosts) : undefined;
      if (!next) throw refused(server, answer, 'a redirect that must not be followed');
      url = next;
      keyed = false;
      answer = await server.http.get(url, ask);
    }
    return fileOf(server, answer, output, keyed);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Unanswered && error.reason === 'too-large') {
      throw new EaselError({ code: 'output-too-large', name, maxSize: maxBytes }, { cause: error });
    }
    if (error instanceof Unkept) throw error.cause;
    throw errorOfSilence(server, error);
  }
}

/** A page is somebody's error, whatever its status. */
function isWanted({ filename }: Output, contentType: string): boolean {
  return contentType !== 'text/html' || /\.html?$/i.test(filename);
}

/** Its type may show only in its first bytes. */
async function keepAs(
  server: Server,
  { filename }: Output,
  contentType: string,
  body: AsyncIterable<Uint8Array>,
  save: Save,
): Promise<StoredFile> {
  const cutOff = () => new EaselError({ code: 'backend-unreachable', backend: server.name });
  const pieces = uncut(body, cutOff);
  const first = await pieces.next();
  const head = first.done === true ? new Uint8Array() : first.value;
  const about = { name: shownFileName(filename), type: mediaTypeOf(filename, contentType, head) };
  async function* all(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* pieces;
  }
  return save(about, all());
}

function fileOf(server: Server, answer: Answer, { filename: name }: Output, keyed: boolean): StoredFile {
  const { status, file } = answer;
  // The storage behind a redirect answers 410 or 404; ComfyUI 404 for a file that was deleted or never written.
  if (status === 404 || status === 410) throw new EaselError({ code: 'output-gone', name });
  // Behind a redirect, a 401, 402 or 403 is about a signature, not about our key or credits: the key did not go along.
  // Nor is a pause that a storage wants one for the backend.
  if (status !== 200 && !keyed)
    throw new EaselError({ code: 'backend-broken', backend: server.name, status });
  if (!file) throw refused(server, answer, status === 200 ? 'a page, not a file' : undefined);
  return file;
}

function refused(server: Server, answer: Answer, detail?: string): EaselError {
  return errorOfAnswer(server, answer, 'view', { detail });
}
