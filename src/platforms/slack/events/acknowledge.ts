/**
 * When Slack is told that a command or a form was heard: once the job is written down, so that a crash loses nothing
 * that was acknowledged; at the latest when the work is over, or shortly before Slack's three seconds are.
 */
import type { Clock } from '../../../core/time.ts';

/** Leaves time for the answer's own way, in ms. */
const LATEST_MS = 1500;

/** `work` may call what it is given as soon as nothing can be lost any more; it resolves when Slack has been told. */
export async function acknowledging(
  ack: () => Promise<void>,
  clock: Clock,
  work: (acknowledge: () => Promise<void>) => Promise<void>,
): Promise<void> {
  let acknowledged: Promise<void> | undefined;
  const acknowledge = (): Promise<void> => (acknowledged ??= ack());
  const over = new AbortController();
  // a refused acknowledgement is met by whoever waits for it below
  const late = clock.sleep(LATEST_MS, over.signal).then(acknowledge);
  late.catch(() => undefined);
  try {
    await work(acknowledge);
  } finally {
    over.abort();
    await acknowledge();
  }
}
