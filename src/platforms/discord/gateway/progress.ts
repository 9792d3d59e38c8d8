/** A wait that is over when nothing has moved for a while, however long it takes as long as something does. */
import { soon, type Clock } from '../../../core/time.ts';
import { unreachable } from './errors.ts';

export interface Progress {
  /** Something has moved. */
  step(): void;
  /** Settles as `wanted`. Rejects with `chat-unreachable` after a minute without a step, with the signal's reason. */
  until<T>(wanted: Promise<T>, signal: AbortSignal): Promise<T>;
  /** The next step; rejects as `until`. */
  next(signal: AbortSignal): Promise<void>;
}

/**
 * Without any progress, in ms: an answer, a login, a shard that is ready. Shards log in one window of 5 s after the other,
 * so a start takes as many of these as shards share `max_concurrency`, and each is a step.
 */
const STALLED_MS = 60_000;

export function createProgress(clock: Pick<Clock, 'sleep'>): Progress {
  let moved = Promise.withResolvers<void>();

  async function until<T>(wanted: Promise<T>, signal: AbortSignal): Promise<T> {
    const end = wanted.then((value) => ({ value }));
    for (;;) {
      const step = moved.promise.then(() => 'step' as const);
      const found = await soon(STALLED_MS, Promise.race([end, step]), clock, signal);
      signal.throwIfAborted();
      if (!found) throw unreachable();
      if (found !== 'step') return found.value;
    }
  }

  return {
    step() {
      moved.resolve();
      moved = Promise.withResolvers();
    },
    until,
    next: (signal) => until(moved.promise, signal),
  };
}
