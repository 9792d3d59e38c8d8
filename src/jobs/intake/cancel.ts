/** Who may cancel a job, and until when. Pure. */
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import { isEnded, type EndedJob, type Job } from '../../core/job.ts';

/** Their own, or any of their guild for its admins. Throws EaselError `not-your-job`; `no-such-job` for another guild's. */
export function requireMayCancel(job: Job, caller: Caller): void {
  if (!isSeen(job, caller)) throw new EaselError({ code: 'no-such-job' });
  if (job.user !== caller.user && !caller.admin) throw new EaselError({ code: 'not-your-job' });
}

/** Writes down who cancels, and their language of today where the job is their own. */
export function markCancelled(job: Job, { user, locale }: Caller): void {
  job.cancelledBy = user;
  if (user === job.user) job.locale = locale;
}

/** Theirs, or of the guild where they are: others are told of none that is elsewhere. */
function isSeen(job: EndedJob, { platform, guild, user }: Caller): boolean {
  return job.platform === platform && (job.guild === guild || job.user === user);
}

/** Too late to cancel. A function, since the answer may change during an await, which the type checker does not see. */
export function endsOtherwise({ end }: Job): boolean {
  return end !== undefined && end.kind !== 'cancelled';
}

/** Why a job that is not here cannot be cancelled. `started`: the store has been read. */
export function whyAbsent(
  stored: EndedJob | undefined,
  caller: Caller,
  started: boolean,
): 'no-such-job' | 'already-ended' | 'shutting-down' {
  if (!stored || !isSeen(stored, caller)) return 'no-such-job';
  // unfinished, but not taken up: the store has not been read yet
  return isEnded(stored.state) || started ? 'already-ended' : 'shutting-down';
}
