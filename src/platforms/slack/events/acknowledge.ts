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
  work: (heard: () => Promise<void>) => Promise<void>,
): Promise<void> {
  let told: Promise<void> | undefined;
  const heard = (): Promise<void> => (told ??= ack());
  const over = new AbortController();
  // a refused acknowledgement is met by whoever waits for it below
  const late = clock.sleep(LATEST_MS, over.signal).then(heard);
  late.catch(() => undefined);
  try {
    await work(heard);
  } finally {
    over.abort();
    await heard();
  }
}
