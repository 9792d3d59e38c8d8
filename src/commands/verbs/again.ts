/** Once more, with another seed: which jobs can be repeated, by whom, and with what. Pure. */
import type { Caller } from '../../core/caller.ts';
import { EaselError, mayPass } from '../../core/errors.ts';
import type { EndedJob } from '../../core/job.ts';
import type { SlotValues, Template } from '../../core/template.ts';
import { isLeftOut } from '../../jobs/delivery/crowd-size.ts';
import type { PreparedPost } from './run.ts';
import { fileProblems, typeOf } from '../../templates/slots/index.ts';
import type { Attachment } from '../../templates/values.ts';
import { variantsOf } from '../../templates/variants.ts';

/** Its pictures are forgotten when it ends, unless it may go well another time; a test run is only for who edits the template. */
export function isRepeatable({ trial, images, end }: EndedJob): boolean {
  const kept = end?.kind === 'failed' && mayPass(end.problem);
  return trial !== true && (images.length === 0 || kept);
}

/**
 * Throws EaselError `no-such-job`: also for what the caller does not see, which is another guild's, and another
 * channel's when it is not theirs. Throws `again-needs-picture` or `again-needs-file`.
 */
export function requireRepeatable(job: EndedJob | undefined, caller: Caller): EndedJob {
  if (!job?.end || job.trial === true || !isSeen(job, caller)) throw new EaselError({ code: 'no-such-job' });
  const [file] = job.images;
  if (file && !isRepeatable(job)) throw new EaselError(fileProblems(file.type).notKept(file.slot));
  return job;
}

/** What was not posted of it. Throws EaselError `no-such-job` as above, and for one of which everything was. */
export function requireLeftOut(job: EndedJob | undefined, caller: Caller): PreparedPost {
  const outputs = job?.end?.kind === 'succeeded' ? (job.end.outputs ?? []) : [];
  const isLeft = job?.all !== true && isLeftOut(outputs);
  if (!job || !isLeft || job.trial === true || !isSeen(job, caller))
    throw new EaselError({ code: 'no-such-job' });
  return { caller, of: job, outputs };
}

function isSeen(job: EndedJob, { platform, guild, user, channel, admin }: Caller): boolean {
  if (job.platform !== platform || job.guild !== guild) return false;
  return job.place === channel || job.user === user || admin;
}

/** The files that it was given, for as long as they are kept: `load` resolves to one's bytes. */
export function filesAgain(
  { images, values }: EndedJob,
  load: (slot: string) => Promise<Uint8Array | undefined>,
): Record<string, Attachment> {
  const files = images.map(({ slot, type }): [string, Attachment] => [
    slot,
    {
      name: String(values[slot] ?? slot),
      async load() {
        const bytes = await load(slot);
        if (!bytes) throw new EaselError(fileProblems(type).notKept(slot));
        return bytes;
      },
    },
  ]);
  return Object.fromEntries(files);
}

/**
 * What stands for itself is left out: seeds are drawn anew, and a default is not something that was typed, nor is what
 * was taken in its place. One that failed has made no picture with its seed, and keeps it.
 */
export function valuesAgain(
  { values, taken = [], end, template: ran }: EndedJob,
  template: Template,
): SlotValues {
  const { slots } = variantsOf(template).find(({ variant }) => variant === ran.variant) ?? template;
  const kept = Object.entries(values).filter(([name, value]) => {
    if (taken.includes(name)) return false;
    const slot = Object.hasOwn(slots, name) ? slots[name] : undefined;
    if (slot && typeOf(slot).drawn) return end?.kind === 'failed';
    return slot === undefined || !('default' in slot) || slot.default !== value;
  });
  return Object.fromEntries(kept);
}
