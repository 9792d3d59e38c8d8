/** Who may cancel a job, and until when. Pure. */
import type { Caller } from '../core/chat.ts';
import { EaselError } from '../core/errors.ts';
import { isEnded, type Job } from '../core/job.ts';

/** Their own, or any of their guild for its admins. Throws EaselError `not-your-job`. */
export function requireMayCancel(job: Job, { platform, guild, user, admin }: Caller): void {
  const mine = job.user === user && job.platform === platform;
  if (!mine && !(admin && job.guild === guild)) throw new EaselError({ code: 'not-your-job' });
}

/** Too late to cancel. A function, since the answer may change during an await, which the type checker does not see. */
export function endsOtherwise({ end }: Job): boolean {
  return end !== undefined && end.kind !== 'cancelled';
}

/** Why a job that is not here cannot be cancelled. `started`: the store has been read. */
export function whyAbsent(
  stored: Job | undefined,
  started: boolean,
): 'no-such-job' | 'already-ended' | 'shutting-down' {
  if (!stored) return 'no-such-job';
  // unfinished, but not taken up: the store has not been read yet
  return isEnded(stored.state) || started ? 'already-ended' : 'shutting-down';
}
