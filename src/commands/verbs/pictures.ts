/** Pictures that people attach, as they go up: decoded once to see that they are whole, and without what is not the picture. */
import { EaselError, type Problem } from '../../core/errors.ts';
import type { PictureSize } from '../../core/picture-size.ts';
import { MAX_PIXELS, type PictureJudge } from '../../core/pictures.ts';
import { limitOver, type UploadLimits } from '../../core/upload-limits.ts';
import type { FileFormat, FileRule } from '../../templates/slots/definition.ts';
import { bare } from './bare/index.ts';

/** Comfy Cloud's, which protect a small server's memory too. What is over them is made smaller where that can be done. */
const MAX_EDGE = 16_384;
const WITHIN: UploadLimits = { bytes: 50 * 1024 * 1024, edge: MAX_EDGE, pixels: MAX_PIXELS };

interface Given {
  slot: string;
  rule: FileRule;
  file: { name: string };
}

/** A picture as it goes up. */
export interface Taken {
  type: string;
  bytes: Uint8Array;
  /** It was larger. */
  shrunk?: PictureSize | undefined;
}

/**
 * What will go up, decoded outside of this process: as it is, pixel for pixel; where no backend reads its format, it plays,
 * or it has too many pixels, its first page as a PNG or JPEG. Rejects with EaselError, also once the signal has aborted.
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
  if (found.format === format && limitOver(WITHIN, { size: 0, ...found }))
    return convertedPicture(given, undefined, cut, signal, pictures, found);
  if (found.format !== format || !found.whole) throw new EaselError(unlike);
  // ComfyUI would make a picture of each of its frames
  return found.pages > 1 ? convertedPicture(given, undefined, cut, signal, pictures) : { type, bytes: cut };
}

/** `found`: what is said that it is, where it cannot be read; `large`: its size, where that is too much. */
async function convertedPicture(
  given: Given,
  found: string | undefined,
  bytes: Uint8Array,
  signal: AbortSignal,
  pictures: PictureJudge,
  large?: PictureSize,
): Promise<Taken> {
  const { slot, rule, file } = given;
  const answer = await judged(given, pictures.convert(bytes, signal, WITHIN), signal);
  if ('trouble' in answer) {
    const problem = large ? tooMany(slot, large) : rule.problems.unlike(slot, file.name, found);
    throw new EaselError(problem, { cause: new Error(answer.trouble) });
  }
  const { made, shrunk, width, height } = answer;
  if (!made) throw new EaselError(tooMany(slot, answer));
  return { ...made, ...(shrunk && { shrunk: { width, height } }) };
}

/** Rejects as unreachable once the signal has aborted. */
async function judged<T>({ slot, rule, file }: Given, asked: Promise<T>, signal: AbortSignal): Promise<T> {
  return asked.catch((error: unknown) => {
    if (!signal.aborted) throw error;
    throw new EaselError(rule.problems.unreachable(slot, file.name), { cause: error });
  });
}

/** Where it cannot be made smaller: the first limit that it is over. */
function tooMany(slot: string, { width, height }: PictureSize): Problem {
  const isLong = limitOver(WITHIN, { size: 0, width, height })?.limit === 'edge';
  const most = { maxPixels: MAX_PIXELS, ...(isLong && { maxEdge: MAX_EDGE }) };
  return { code: 'image-too-many-pixels', slot, width, height, ...most };
}
