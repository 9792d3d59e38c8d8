/** What a person waits for, such as the file that they attached, is asked for again a few times where that may help. */
import { backoff, type Clock } from '../../core/time.ts';

export interface RetriedOptions {
  signal: AbortSignal;
  clock: Pick<Clock, 'sleep'>;
  /** False: asking again is of no use. */
  passing: (error: unknown) => boolean;
}

const TRIES = 4;
const BASE_MS = 400;
const CAP_MS = 4000;

/** Rejects with the last error; with the signal's reason when it is aborted between two tries. */
export async function retried<T>(
  work: () => Promise<T>,
  { signal, clock, passing }: RetriedOptions,
): Promise<T> {
  for (let attempt = 0; ; attempt += 1)
    try {
      return await work();
    } catch (error) {
      if (attempt + 1 >= TRIES || !passing(error)) throw error;
      await clock.sleep(backoff(attempt, BASE_MS, CAP_MS), signal);
    }
}
