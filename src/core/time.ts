/** Time, injected: production uses `systemClock`, tests may hold a clock of their own. */
import { setTimeout as delay } from 'node:timers/promises';

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when aborted. Keeps the process alive until then. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
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

/** A signal that aborts with `parent` or after `ms` (reason: a TimeoutError), whichever is first. */
export function deadline(ms: number, parent?: AbortSignal): AbortSignal {
  const timeout = AbortSignal.timeout(Math.ceil(ms)); // it takes whole numbers only
  return parent ? AbortSignal.any([parent, timeout]) : timeout;
}
