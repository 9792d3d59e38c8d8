/** Once more, with another seed: which jobs can be repeated, by whom, and with what. Pure. */
import type { Caller } from '../core/chat.ts';
import { EaselError } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import type { SlotValues, Template } from '../core/template.ts';

/** Its pictures are forgotten when it ends, and a test run is only for who edits the template. */
export function isRepeatable({ trial, images }: Job): boolean {
  return trial !== true && images.length === 0;
}

/**
 * Throws EaselError `no-such-job`: also for what the caller does not see, which is another guild's, and another
 * channel's when it is not theirs. Throws `again-needs-picture`.
 */
export function requireRepeatable(job: Job | undefined, caller: Caller): Job {
  if (!job?.end || job.trial === true || !isSeen(job, caller)) throw new EaselError({ code: 'no-such-job' });
  const [picture] = job.images;
  if (picture) throw new EaselError({ code: 'again-needs-picture', slot: picture.slot });
  return job;
}

function isSeen(job: Job, { platform, guild, user, place, admin }: Caller): boolean {
  if (job.platform !== platform || job.guild !== guild) return false;
  return job.place === place || job.user === user || admin;
}

/**
 * What stands for itself is left out: seeds are drawn anew, and a default is not something that was typed. One that
 * failed has made no picture with its seed, and keeps it.
 */
export function valuesAgain({ values, end }: Job, { slots }: Template): SlotValues {
  const kept = Object.entries(values).filter(([name, value]) => {
    const slot = Object.hasOwn(slots, name) ? slots[name] : undefined;
    if (slot?.type === 'seed') return end?.kind === 'failed';
    return slot === undefined || !('default' in slot) || slot.default !== value;
  });
  return Object.fromEntries(kept);
}
