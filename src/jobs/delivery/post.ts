/** One final reply on its way to its chat: tried for a day, through outages of the platform, in the order of age. */
import type { Delivery } from '../../core/audience.ts';
import { backoff, within } from '../../core/time.ts';
import { calm } from './heavy.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';
import { bodyAfter, isOwnFault } from './own-fault.ts';
import { createStretch } from '../outages/stretch.ts';

/**
 * True once the platform has accepted it; false when it is given up, because the platform refuses it or a day has passed.
 * `collect` is asked for what there is to send, before each try. Rejects when `until` is aborted, or at the end of the grace time.
 */
export async function post(
  live: LiveJob,
  collect: () => Promise<Delivery>,
  deps: JobDeps,
  until: AbortSignal,
): Promise<boolean> {
  const { job, undeliverable } = live;
  const { audience, heavy, clock, timing, kill, log } = deps;
  const desk = deps.desk(job.platform);
  const since = job.times.done ?? clock.now();
  const stretch = createStretch(clock, 2 * timing.deliverCapMs);
  let refusals = 0;
  let faults = 0;
  for (let failures = 0; ; failures += 1) {
    // before its turn: who fetches keeps nobody waiting
    const body = bodyAfter(faults);
    const delivery = { ...(await collect()), ...(body && body !== 'nothing' && { body }) };
    if (body === 'words' || body === 'note') delivery.files = [];
    if (desk.hold) await calm(live);
    await heavy.stepBack(live);
    const pass = await within(
      Infinity,
      (either) => desk.enter(since, either),
      until,
      undeliverable.signal,
    ).catch((error: unknown) => {
      until.throwIfAborted();
      if (undeliverable.signal.aborted) return undefined;
      throw error;
    });
    if (!pass) return false;
    try {
      const limitMs = timing.deliverMs + sizeOf(delivery) / timing.deliverBytesPerMs;
      const deliver = (limit: AbortSignal) => audience.deliver(job, delivery, limit);
      await heavy.run(live, () => within(limitMs, deliver, kill));
      pass.leave('well');
      return true;
    } catch (error) {
      const blame = kill.aborted ? undefined : await desk.blame(error);
      pass.leave(blame === 'final' ? 'well' : 'ill');
      kill.throwIfAborted();
      until.throwIfAborted();
      log.warn({ ...live.facts(), failures, blame, err: error }, 'reply failed, trying again');
      await calm(live);
      if (blame === 'final') refusals += 1;
      if (blame === 'own' && isOwnFault(error)) faults += 1;
      if (bodyAfter(faults) === 'nothing') return false;
      const tooLate = clock.now() - since >= timing.deliverForMs && stretch.asked() >= timing.stretchMs;
      if (tooLate || refusals >= timing.deliverTries) return false;
      if (job.end?.kind === 'succeeded') live.show({ kind: 'delivering', late: since });
      if (blame !== 'held')
        await clock.sleep(backoff(failures, timing.retryBaseMs, timing.deliverCapMs), until);
    }
  }
}

/** In bytes. */
function sizeOf({ files }: Delivery): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}
