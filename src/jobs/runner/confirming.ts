/**
 * Who cancels while the backend is away is told so at once. The job goes on unseen until the backend has been asked what
 * became of its run; its end is then told already.
 */
import type { Delivery } from '../../core/audience.ts';
import { within } from '../../core/time.ts';
import { emptyDelivery } from '../delivery/delivery.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';
import { post } from '../delivery/post.ts';

/** Does `work`, and meanwhile confirms a cancel as soon as there is a hold. Settles as `work` does, once nothing is being told. */
export async function confirming<T>(
  live: LiveJob,
  deps: JobDeps,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const { breaker } = deps;
  const { job, cancelled } = live;
  const over = new AbortController();
  let telling: Promise<void> | undefined;
  const look = (): void => {
    const { hold } = breaker;
    // a backend that answers is asked to stop the run, and then the end is told
    const waits = hold && (hold.kind === 'away' || job.state !== 'running');
    if (job.cancelledBy !== undefined && waits && job.delivered === 0)
      telling ??= confirm(live, deps, hold.kind === 'away', over.signal, signal);
  };
  const stop = breaker.listen(look);
  cancelled.signal.addEventListener('abort', look, { once: true });
  look();
  try {
    return await work();
  } finally {
    stop();
    cancelled.signal.removeEventListener('abort', look);
    over.abort();
    await telling;
  }
}

/** Never rejects: where it could not be told, the end of the job is. */
async function confirm(
  live: LiveJob,
  deps: JobDeps,
  away: boolean,
  ...signals: AbortSignal[]
): Promise<void> {
  const { job } = live;
  const words = emptyDelivery(live);
  job.end = { kind: 'cancelled', ...(away && { away }) };
  try {
    const collect = async (): Promise<Delivery> => words;
    await within(Infinity, (until) => post(live, collect, deps, until), ...signals);
  } catch (error) {
    deps.log.debug({ ...live.facts(), err: error }, 'the cancel was not confirmed early');
  }
}
