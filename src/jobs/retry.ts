/** The one retry loop: capped, with backoff and jitter, and gone at once when the signal aborts. */
import { backoff, type Clock } from '../core/time.ts';
import type { JobTiming } from './timing.ts';

export interface RetryOptions {
  tries: number;
  timing: JobTiming;
  clock: Clock;
  signal: AbortSignal;
  /** False: the error is final. */
  retryable: (error: unknown) => boolean;
  onRetry?: (error: unknown, attempt: number) => void;
}

export async function retry<T>(work: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { tries, timing, clock, signal, retryable, onRetry } = options;
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (error) {
      signal.throwIfAborted();
      if (attempt + 1 >= tries || !retryable(error)) throw error;
      onRetry?.(error, attempt);
      await clock.sleep(backoff(attempt, timing.retryBaseMs, timing.retryCapMs), signal);
    }
  }
}
