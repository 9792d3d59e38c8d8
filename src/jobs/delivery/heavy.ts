/**
 * Steps that may take the process with them: a file, or what is done with it, that no memory is large enough for. The
 * record says that one has begun, so that a job which ends Easel every time is known by it, and goes a plainer way.
 */
import { createTurns, type Turns } from '../../core/turns.ts';
import type { Heavy, JobDeps, LiveJob } from '../live-job.ts';

/** Found begun so often after a death: it ends, with words. */
const LAST = 3;
/** How much longer it steps back after the second death. */
const SLOWER = 4;

export function createHeavy({ clock, timing, halt }: Pick<JobDeps, 'clock' | 'timing' | 'halt'>): Heavy {
  const turns: Turns = createTurns();
  const waited = new WeakSet<LiveJob>();

  /** Others go first: whatever ends Easel again and again leaves them time between. */
  async function stepBack(live: LiveJob): Promise<void> {
    if (live.deaths === 0 || waited.has(live)) return;
    waited.add(live);
    await clock.sleep(timing.suspectMs * (live.deaths > 1 ? SLOWER : 1), halt);
  }

  return {
    stepBack,
    async run(live, work) {
      const marked = async () => {
        if (mark(live)) await live.trySave();
        return work();
      };
      if (live.deaths === 0) return marked();
      await stepBack(live);
      return turns('suspects', marked);
    },
  };
}

/** To be written with what is written anyway. False: it is marked already. */
export function mark({ job, deaths }: LiveJob): boolean {
  if (job.heavy === deaths + 1) return false;
  job.heavy = deaths + 1;
  return true;
}

/** A part of it went well: it is not what ended the processes before. To be written with what is written anyway. */
export function progressed(live: LiveJob): void {
  live.deaths = 0;
  live.job.heavy = undefined;
}

/** It waits, or has failed without ending anything else. */
export async function calm(live: LiveJob): Promise<void> {
  const { job, deaths } = live;
  if (job.heavy === undefined || job.heavy === deaths) return;
  job.heavy = deaths === 0 ? undefined : deaths;
  await live.trySave();
}

/** It has ended the process so often that nothing of it is tried again: `words` may be, and when these do too, nothing. */
export function leftFor({ deaths }: LiveJob): 'all' | 'words' | 'nothing' {
  if (deaths < LAST) return 'all';
  return deaths === LAST ? 'words' : 'nothing';
}
