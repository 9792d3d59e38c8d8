/**
 * Fetches what a person attached, only from the platform's own hosts, with bounds on size and time. A connection that
 * is cut, trickles or brings a server's momentary trouble is given up, and another one is tried.
 */
import { systemClock, within, type Clock } from '../../core/time.ts';
import { retried } from './retried.ts';

export interface DownloadOptions {
  /** Origins that may be asked, e.g. `https://cdn.discordapp.com`. */
  origins: readonly string[];
  maxBytes: number;
  /** As the platform states it; with fewer bytes the file is not whole. */
  size?: number | undefined;
  signal: AbortSignal;
  /** Only sent to those origins, since no redirect is followed. */
  headers?: Record<string, string>;
  clock?: Pick<Clock, 'sleep'> | undefined;
  /** Less than `bytes` in any `ms`, from the question on, is a connection that is not worth waiting for. */
  trickle?: { bytes: number; ms: number };
}

const TRICKLE = { bytes: 8 * 1024, ms: 6000 };
/** Worth another try, besides all of 5xx: timeout, too early, too many. */
const PASSING: readonly number[] = [408, 425, 429];

/** The answer is one, and another try would bring the same. */
class Refused extends Error {}

/** No redirect is followed. Throws Error (never naming the query, which may be signed) or the signal's reason. */
export async function download(address: string, options: DownloadOptions): Promise<Uint8Array> {
  const { origins, signal, clock = systemClock } = options;
  const url = new URL(address);
  const place = `${url.origin}${url.pathname}`;
  // a blob: has the origin that made it
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  if (!isWeb || !origins.includes(url.origin))
    throw new Error(`not one of the platform's own hosts: ${place}`);
  const passing = (error: unknown) => !(error instanceof Refused);
  return retried(() => once(url, place, options), { signal, clock, passing });
}

async function once(
  url: URL,
  place: string,
  { maxBytes, size = 0, signal, headers = {}, trickle = TRICKLE }: DownloadOptions,
): Promise<Uint8Array> {
  const slow = new AbortController();
  let got = 0;
  let before = 0;
  const watch = setInterval(() => {
    if (got - before < trickle.bytes)
      slow.abort(new Error(`${got - before} bytes in ${trickle.ms} ms from ${place}`));
    before = got;
  }, trickle.ms).unref();
  const read = async (either: AbortSignal): Promise<Uint8Array> => {
    // whoever is sent elsewhere does not go
    const response = await fetch(url, { redirect: 'manual', signal: either, headers });
    const { ok, status, body } = response;
    if (!ok || !body) {
      await body?.cancel();
      const why = `HTTP ${status} from ${place}`;
      throw status >= 500 || PASSING.includes(status) ? new Error(why) : new Refused(why);
    }
    const chunks: Uint8Array[] = [];
    for await (const chunk of body) {
      got += chunk.length;
      // leaving the loop cancels the download
      if (got > maxBytes) throw new Refused(`more than ${maxBytes} bytes from ${place}`);
      chunks.push(chunk);
    }
    if (got < size) throw new Error(`${got} of ${size} bytes from ${place}`);
    return Buffer.concat(chunks);
  };
  try {
    return await within(Infinity, read, signal, slow.signal);
  } finally {
    clearInterval(watch);
  }
}
