/**
 * Who goes on while the disk has no room: who begins although what waits fills the budget, and how long a result waits
 * for the disk. Whatever holds files is brought to its end, one after the other.
 */
import type { Disk, DiskState } from '../../core/disk.ts';
import type { Clock } from '../../core/time.ts';
import type { JobTiming } from '../timing.ts';

/** As much of the disk as jobs ask for. */
export type JobDisk = Pick<Disk, 'full' | 'listen'> & {
  state(): Pick<DiskState, 'budget' | 'next'>;
};

export interface DiskTurns {
  /** Nobody is to begin now. Of the budget alone it is full for others only: what waits may be all that fills it. */
  readonly full: boolean;
  /** One has begun, and is over when `task` is, which must not reject; then `next` is called, if others may begin now. */
  work(task: Promise<void>, next: () => void): Promise<void>;
  /** How one job waits for room for what it has made. */
  wait(job: string): DiskWait;
}

export interface DiskWait {
  /**
   * The disk has refused a file of it. True: it goes on without, and always does from now on: it has waited for long, or
   * nothing that is in flight could make room. Of several, one at a time does, since its end makes room for the next.
   */
  refused(): boolean;
  /** It waits no longer. */
  over(): void;
}

interface DiskTurnDeps {
  /** Absent: there always is room. */
  disk?: JobDisk | undefined;
  clock: Pick<Clock, 'monotonic'>;
  timing: Pick<JobTiming, 'diskMs' | 'fetchForMs'>;
}

export function createDiskTurns({ disk, clock, timing }: DiskTurnDeps): DiskTurns {
  /** Have begun, and are not over. */
  let busy = 0;
  /** Those that wait for room, and since when; the first of them is the next to give up. */
  const waiting = new Map<string, number>();
  let gaveUpAt = -Infinity;

  /** Something is there that may go, or may end. */
  function mayGain(): boolean {
    const state = disk?.state();
    const goes = state?.budget !== undefined && state.next !== undefined;
    return goes || busy > waiting.size;
  }

  return {
    get full() {
      return disk?.full === 'disk' || (disk?.full === 'budget' && busy > 0);
    },
    async work(task, next) {
      busy += 1;
      await task;
      busy -= 1;
      if (busy === 0 && disk?.full === 'budget') next();
    },
    wait(job) {
      let hasGivenUp = false;
      return {
        refused() {
          if (hasGivenUp) return true;
          const now = clock.monotonic();
          waiting.set(job, waiting.get(job) ?? now);
          const [first] = waiting;
          const since = Math.max(first?.[1] ?? now, gaveUpAt);
          hasGivenUp = first?.[0] === job && now - since >= (mayGain() ? timing.fetchForMs : timing.diskMs);
          if (hasGivenUp) gaveUpAt = now;
          return hasGivenUp;
        },
        over: () => void waiting.delete(job),
      };
    },
  };
}
