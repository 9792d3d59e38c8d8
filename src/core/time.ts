/**
 * Time, injected: production uses `systemClock`, tests may hold a clock of their own. There are two: what paces, times
 * out or expires inside the process asks `monotonic`; `now` is for people, for what is stored, and for tokens.
 */
import { setTimeout as delay } from 'node:timers/promises';

export interface Clock {
  /** Wall clock, in milliseconds since 1970. It may jump, back too: somebody set it, or the machine slept. */
  now(): number;
  /** Milliseconds since some moment of this process; never goes back. */
  monotonic(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. Keeps the process alive until then. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    try {
      await delay(ms, undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/**
 * What a bounded memory (`lru-cache`) is told of time: an entry is over `ms` after it was set. It is to ask each time, takes
 * a clock's 0 for no time at all, and has an entry still in the millisecond in which it is over.
 */
export function expiring(
  clock: Pick<Clock, 'monotonic'>,
  ms: number,
): { ttl: number; ttlResolution: 0; perf: { now: () => number } } {
  return { ttl: ms - 1, ttlResolution: 0, perf: { now: () => clock.monotonic() + 1 } };
}

/** Exponential backoff with full jitter: between half and all of `base * 2^attempt`, at most `cap` ms. */
export function backoff(
  attempt: number,
  base: number,
  cap: number,
  random: () => number = Math.random,
): number {
  const full = Math.min(cap, base * 2 ** attempt);
  return full / 2 + (full / 2) * random();
}

/**
 * Runs `work` with a signal that aborts after `ms` (reason: a TimeoutError; `Infinity`: never) or with any of `parents`
 * (reason: theirs). Once `work` has settled neither timer nor listener is left, also on parents that live as long as the
 * process: `AbortSignal.any` and `AbortSignal.timeout` would stay on them.
 */
export async function within<T>(
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  ...parents: readonly (AbortSignal | undefined)[]
): Promise<T> {
  const scope = new AbortController();
  const late = () => scope.abort(new DOMException(`not within ${Math.round(ms)} ms`, 'TimeoutError'));
  const timer = ms === Infinity ? undefined : setTimeout(late, ms).unref();
  const leave = parents.map((parent) => {
    const follow = () => scope.abort(parent?.reason);
    if (parent?.aborted) follow();
    parent?.addEventListener('abort', follow, { once: true });
    return () => parent?.removeEventListener('abort', follow);
  });
  try {
    return await work(scope.signal);
  } finally {
    clearTimeout(timer);
    for (const each of leave) each();
  }
}

/** Settles as `work` does, or rejects with the signal's reason, whichever is first; nothing is left on the signal. */
export async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  work.catch(() => undefined); // whoever waits for it is told, or has been aborted
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const give = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', give, { once: true });
  try {
    return await Promise.race([work, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', give);
  }
}

/** Settles as `work` does, or to undefined when that takes longer than `ms` or a parent aborts. Leaves nothing behind. */
export async function soon<T>(
  ms: number,
  work: Promise<T>,
  clock: Pick<Clock, 'sleep'>,
  ...parents: readonly AbortSignal[]
): Promise<T | undefined> {
  work.catch(() => undefined); // whoever waits for it is told
  const answered = new AbortController();
  const late = within(Infinity, (signal) => clock.sleep(ms, signal), answered.signal, ...parents).then(
    () => undefined,
    () => undefined, // only ever aborted
  );
  try {
    return await Promise.race([work, late]);
  } finally {
    answered.abort();
  }
}
