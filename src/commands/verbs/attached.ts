/** The border for files that people attach: judged by their content, not by their name or declared type. */
import { EaselError } from '../../core/errors.ts';
import type { Shrunk } from '../../core/job.ts';
import type { PictureJudge } from '../../core/pictures.ts';
import type { MediaFile } from '../../core/run.ts';
import type { Slot } from '../../core/template.ts';
import { orAborted } from '../../core/time.ts';
import type { FileRule } from '../../templates/slots/definition.ts';
import { typeOf } from '../../templates/slots/index.ts';
import type { Attachment } from '../../templates/values.ts';
import { foreignPicture } from './foreign-picture.ts';
import { takenPicture } from './pictures.ts';

/** A file that was given for the slot called `slot`, as its type takes it. */
export interface Attached {
  slot: string;
  rule: FileRule;
  file: Attachment;
}

export interface Loaded extends MediaFile {
  /** It had more pixels than is taken. */
  shrunk?: Shrunk | undefined;
}

/** Undefined for a slot that takes no file. What can be refused before the download throws EaselError. */
export function attachedTo(slot: string, to: Slot, file: Attachment): Attached | undefined {
  const { file: rule } = typeOf(to);
  if (!rule) return undefined;
  checkSize({ slot, rule, file }, file.size ?? 0);
  return { slot, rule, file };
}

/**
 * Downloads and checks it. The file is renamed to `SLOT.ENDING`, so nobody's file name reaches the backend, and a picture
 * loses what is not the picture. Rejects with EaselError, also for what does not come, or not before the signal aborts.
 */
export async function loadAttached(
  attached: Attached,
  signal: AbortSignal,
  pictures: PictureJudge,
): Promise<Loaded> {
  const { slot, rule, file } = attached;
  const bytes = await fetched(attached, signal);
  checkSize(attached, bytes.length);
  const foreign = rule.picture && foreignPicture(bytes);
  const format = foreign ? undefined : rule.formats.find((one) => one.is(bytes));
  if (!format) throw new EaselError(rule.problems.unlike(slot, file.name, foreign));
  const taken = rule.picture ? await takenPicture(attached, format, bytes, signal, pictures) : undefined;
  const { type = format.type } = taken ?? {};
  const [ending] = rule.formats.find((one) => one.type === type)?.endings ?? format.endings;
  const loaded = { name: `${slot}.${ending}`, type, bytes: taken?.bytes ?? bytes };
  return { ...loaded, ...(taken?.shrunk && { shrunk: { slot, ...taken.shrunk } }) };
}

function checkSize({ slot, rule }: Attached, size: number): void {
  if (size > rule.maxBytes) throw new EaselError(rule.problems.tooLarge(slot, size));
}

async function fetched({ slot, rule, file }: Attached, signal: AbortSignal): Promise<Uint8Array> {
  try {
    // some can only be left, not ended
    return await orAborted(file.load(signal), signal);
  } catch (error) {
    const problem = error instanceof EaselError ? error.problem : undefined;
    // a platform knows no types: it says these of every file
    if (problem?.code === 'image-too-large')
      throw new EaselError(rule.problems.tooLarge(slot, problem.size), { cause: error });
    if (problem && problem.code !== 'image-unreachable') throw error;
    const cause = error instanceof EaselError ? error.cause : error;
    throw new EaselError(rule.problems.unreachable(slot, file.name), { cause });
  }
}
