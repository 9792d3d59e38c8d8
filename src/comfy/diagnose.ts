/**
 * Looks a little further, for who asks how it stands with a backend, where what came leaves two things open: is ComfyUI below
 * another path there, and does a port that hangs up speak TLS? Each question goes to the configured origin alone.
 */
import { z } from 'zod';
import { EaselError } from '../core/errors.ts';
import { within } from '../core/time.ts';
import type { Connection } from './runs/connection.ts';
import { speaksTls } from './wire/speaks-tls.ts';
import { askJson } from './wire/http.ts';

/** For all that is asked, in ms. */
const FURTHER_MS = 2000;
/** Paths above the configured one that are tried. */
const MAX_ABOVE = 4;
/** Of whatever kind it is, it has this. */
const STATS = 'api/system_stats';
const Ours = z.looseObject({ system: z.looseObject({}) });

type Deps = Pick<Connection, 'http' | 'base'>;

/** As `work`, but what it rejects with knows more, where more could be found out. */
export async function withDiagnosis<T>(deps: Deps, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw await knowingMore(error, deps, signal);
  }
}

async function knowingMore(error: unknown, deps: Deps, signal: AbortSignal): Promise<unknown> {
  if (!(error instanceof EaselError) || signal.aborted) return error;
  const { problem, retryAfterMs } = error;
  const about = { cause: error, retryAfterMs };
  try {
    return await within(
      FURTHER_MS,
      async (until) => {
        if (problem.code === 'backend-broken' && problem.fault === 'wrong-path') {
          const to = await rightPath(deps, until);
          return to === undefined ? error : new EaselError({ ...problem, to }, about);
        }
        const isOpen = problem.code === 'backend-unreachable' && problem.fault === 'hung-up';
        return isOpen && deps.base.protocol === 'http:' && (await speaksTls(deps.base, until))
          ? new EaselError({ ...problem, fault: 'plain-to-tls' }, about)
          : error;
      },
      signal,
    );
  } catch {
    return error; // nothing more was found out in time
  }
}

/** An address above the configured path where there is one of ours; undefined: there is none. */
async function rightPath({ http, base }: Deps, signal: AbortSignal): Promise<string | undefined> {
  const parts = base.pathname.split('/').filter(Boolean);
  for (let left = parts.length - 1; left >= Math.max(0, parts.length - MAX_ABOVE); left -= 1) {
    const path = parts
      .slice(0, left)
      .map((part) => `/${part}`)
      .join('');
    if (await isOurs(http, `${path}/${STATS}`, signal)) return `${base.origin}${path}`;
  }
  return undefined;
}

async function isOurs(http: Deps['http'], path: string, signal: AbortSignal): Promise<boolean> {
  try {
    await askJson(http, Ours, path, { signal });
    return true;
  } catch {
    signal.throwIfAborted();
    return false; // whatever it is
  }
}
