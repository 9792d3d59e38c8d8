/** What holds jobs back: one breaker for the backend, remembered over restarts, and one for each chat platform. */
import { EaselError } from '../../core/errors.ts';
import type { Job } from '../../core/job.ts';
import type { Hold } from '../../core/standing.ts';
import { createBreaker, type Breaker } from './breaker.ts';
import type { Intake } from '../intake/intake.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';

export interface Holds {
  breaker: Breaker;
  desk: (platform: string) => Breaker;
  /** Takes up the hold that a process before this one left. */
  start(): Promise<void>;
  /** Resolves once the present hold, or none, is written down. */
  settled(): Promise<void>;
}

type HoldDeps = Pick<JobDeps, 'backend' | 'store' | 'audience' | 'clock' | 'timing' | 'log' | 'halt'>;

/** Final replies on one platform at once: its own pace decides, and each holds its files in memory. */
const AT_ONCE = 32;

interface Waiting {
  /** The jobs of this process. */
  live: () => Iterable<LiveJob>;
  /** Ends one that the backend has held for too long. */
  giveUp: (job: LiveJob, error: EaselError) => void;
  /** What is being found out of jobs that people may have been told of. */
  claims: () => Pick<Intake, 'abandon'>;
}

export function createHolds(
  { backend, store, audience, clock, timing, log, halt }: HoldDeps,
  { live, giveUp, claims }: Waiting,
): Holds {
  const desks = new Map<string, Breaker>();
  const shared = { timing: timing.breaker, clock, log, signal: halt };
  let stored: Hold | undefined;
  let writing = Promise.resolve();

  const breaker = createBreaker({
    ...shared,
    name: backend.name,
    probe: (signal) => backend.check(signal),
    get silence() {
      return { code: 'backend-unreachable', backend: backend.name } as const;
    },
    onStill: expire,
  });
  breaker.listen(() => {
    if (breaker.hold === stored) return;
    stored = breaker.hold;
    const hold = stored;
    writing = writing
      .then(() => store.saveHold(hold))
      .catch((error: unknown) => {
        log.error({ err: error }, 'the hold was not stored');
      });
  });

  /** Ends those that it has held for too long. */
  function expire({ since }: Hold, askedMs: number): void {
    const { holdMs, stretchMs } = timing;
    if (askedMs < stretchMs || clock.now() - since < holdMs) return;
    const hours = Math.max(1, Math.round(holdMs / 3600_000));
    for (const job of live()) {
      if (clock.now() - Math.max(since, waitsSince(job.job)) < holdMs) continue;
      giveUp(job, new EaselError({ code: 'held-too-long', backend: backend.name, hours }));
    }
  }

  /** Gives up what a platform was not told by then. */
  function abandon(platform: string, before: number): void {
    for (const { job, undeliverable } of live())
      if (job.platform === platform && (job.times.done ?? Infinity) <= before) undeliverable.abort();
    claims().abandon(platform, before);
  }

  function createDesk(platform: string): Breaker {
    return createBreaker({
      ...shared,
      name: platform,
      probe: (signal) => audience.check(platform, signal),
      silence: { code: 'chat-away', platform },
      most: AT_ONCE,
      onStill({ since }, askedMs) {
        const { deliverForMs, stretchMs } = timing;
        const before = clock.now() - deliverForMs;
        // away for longer than replies are tried again
        if (askedMs >= stretchMs && since <= before) abandon(platform, before);
      },
    });
  }

  return {
    breaker,
    desk(platform) {
      const desk = desks.get(platform) ?? createDesk(platform);
      desks.set(platform, desk);
      return desk;
    },
    async start() {
      const hold = await store.loadHold();
      stored = hold;
      if (hold) breaker.resume(hold);
    },
    settled: () => writing,
  };
}

/** A job that asked again for the backend, to fetch what it made, has waited since then. */
function waitsSince({ times }: Job): number {
  return times.done ?? times.queued;
}
