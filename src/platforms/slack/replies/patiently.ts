/** A call that Slack limits is made again when Slack says; nothing else waits for it. */
import type { Clock } from '../../../core/time.ts';
import { slackError } from '../errors.ts';

/** How often a limited call is made. */
export const TRIES = 5;

/** Rejects with any other error at once, and with the limit's when Slack goes on limiting. */
export async function patiently<T>(call: () => Promise<T>, clock: Clock, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await call();
    } catch (error) {
      const { retryAfterMs } = slackError(error);
      if (retryAfterMs === undefined || attempt >= TRIES) throw error;
      await clock.sleep(retryAfterMs, signal);
    }
}
