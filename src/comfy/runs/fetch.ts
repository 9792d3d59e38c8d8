/** Fetches an output as a stream, over small outages, within a size and a time. */
import type { Save } from '../../core/backend.ts';
import { EaselError, type ProblemCode } from '../../core/errors.ts';
import type { StoredFile } from '../../core/files.ts';
import type { Output } from '../../core/run.ts';
import { backoff } from '../../core/time.ts';
import { transfers } from '../../core/transfers.ts';
import { uncut } from '../wire/cut-off.ts';
import { getView } from '../wire/view.ts';
import type { Connection } from './connection.ts';
import { shownFileName } from './file-name.ts';
import { mediaTypeOf } from './media-type.ts';

export async function fetchOutput(
  connection: Connection,
  output: Output,
  save: Save,
  signal: AbortSignal,
): Promise<StoredFile> {
  const { timing, clock } = connection;
  for (let attempt = 0; ; attempt += 1)
    try {
      // its size is not known before
      return await transfers.run(LANE, Infinity, signal, () => once(connection, output, save, signal));
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof EaselError) || attempt + 1 >= timing.fetchAttempts || !isPassing(error))
        throw error;
      const { retryAfterMs = 0 } = error;
      // whoever asked may wait that long; here nobody else is served meanwhile
      if (retryAfterMs > timing.reconnectCapMs) throw error;
      connection.log.debug(
        { backend: connection.server.address, attempt, err: error },
        'output not fetched, trying again',
      );
      const pause = backoff(attempt, timing.reconnectBaseMs / 2, timing.reconnectCapMs);
      await clock.sleep(Math.max(pause, retryAfterMs), signal);
    }
}

const LANE = 'backend';

const PASSING: ReadonlySet<ProblemCode> = new Set(['backend-unreachable', 'backend-timeout', 'backend-busy']);

function isPassing({ problem }: EaselError): boolean {
  if (PASSING.has(problem.code)) return true;
  // a storage's 429 too: behind a redirect it is not the backend's
  return problem.code === 'backend-broken' && ((problem.status ?? 0) >= 500 || problem.status === 429);
}

async function once(
  connection: Connection,
  output: Output,
  save: Save,
  signal: AbortSignal,
): Promise<StoredFile> {
  const { server, base, hosts, timing } = connection;
  const keep = (contentType: string, body: AsyncIterable<Uint8Array>) =>
    isWanted(output, contentType) ? keepAs(server.name, output, contentType, body, save) : undefined;
  const pace = {
    totalMs: timing.fetchMs,
    idleMs: timing.fetchIdleMs,
    bytesPerSecond: timing.fetchBytesPerSecond,
  };
  const maxBytes = timing.maxFileBytes;
  return getView(connection.http, output, { base, hosts, keep, maxBytes, pace, signal });
}

/** A page is somebody's error, whatever its status, and so is JSON for what is no text. */
function isWanted({ filename, kind }: Output, contentType: string): boolean {
  if (contentType === 'text/html') return /\.html?$/i.test(filename);
  return contentType !== 'application/json' || kind === 'file' || /json$/i.test(filename);
}

/** Its type may show only in its first bytes. */
async function keepAs(
  backend: string,
  { filename }: Output,
  contentType: string,
  body: AsyncIterable<Uint8Array>,
  save: Save,
): Promise<StoredFile> {
  const cutOff = () => new EaselError({ code: 'backend-unreachable', backend });
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
