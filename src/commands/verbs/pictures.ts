/** Pictures that people attach, as they go up: decoded once to see that they are whole, and without what is not the picture. */
import { EaselError } from '../../core/errors.ts';
import { MAX_PIXELS, type PictureJudge } from '../../core/pictures.ts';
import type { FileFormat, FileRule } from '../../templates/slots/definition.ts';
import { bare } from './bare/index.ts';

/** Comfy Cloud's, as is that of all pixels, which protect a small server's memory too. */
const MAX_EDGE = 16_384;

interface Given {
  slot: string;
  rule: FileRule;
  file: { name: string };
}

/** A picture as it goes up. */
export interface Taken {
  type: string;
  bytes: Uint8Array;
}

/**
 * What will go up, decoded outside of this process: as it is, pixel for pixel; where no backend reads its format, or it
 * plays, its first page as a PNG or JPEG. Rejects with EaselError, also once the signal has aborted.
 */
export async function takenPicture(
  given: Given,
  { name, type, converted }: FileFormat,
  bytes: Uint8Array,
  signal: AbortSignal,
  pictures: PictureJudge,
): Promise<Taken> {
  if (converted) return convertedPicture(given, name, bytes, signal, pictures);
  const { slot, rule, file } = given;
  const format = type.replace('image/', '');
  const unlike = rule.problems.unlike(slot, file.name);
  const cut = bare(format, bytes);
  if (!cut) throw new EaselError(unlike);
  const found = await judged(given, pictures.inspect(cut, signal), signal);
  if ('trouble' in found) throw new EaselError(unlike, { cause: new Error(found.trouble) });
  if (found.format === format) requireSize(slot, found);
  if (found.format !== format || !found.whole) throw new EaselError(unlike);
  // ComfyUI would make a picture of each of its frames
  return found.pages > 1 ? convertedPicture(given, undefined, cut, signal, pictures) : { type, bytes: cut };
}

/** `found`: what is said that it is, where it cannot be read. */
async function convertedPicture(
  given: Given,
  found: string | undefined,
  bytes: Uint8Array,
  signal: AbortSignal,
  pictures: PictureJudge,
): Promise<Taken> {
  const { slot, rule, file } = given;
  const answer = await judged(given, pictures.convert(bytes, signal), signal);
  if ('trouble' in answer)
    throw new EaselError(rule.problems.unlike(slot, file.name, found), { cause: new Error(answer.trouble) });
  requireSize(slot, answer);
  const { made } = answer;
  if (!made) throw new EaselError(rule.problems.unlike(slot, file.name, found));
  return made;
}

/** Rejects as unreachable once the signal has aborted. */
async function judged<T>({ slot, rule, file }: Given, asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return asked.catch((error: unknown) => {
    if (!signal.aborted) throw error;
    throw new EaselError(rule.problems.unreachable(slot, file.name), { cause: error });
  });
}

function requireSize(slot: string, { width, height }: { width: number; height: number }): void {
  if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_EDGE)
    throw new EaselError({ code: 'image-too-many-pixels', slot, width, height, maxPixels: MAX_PIXELS });
}
