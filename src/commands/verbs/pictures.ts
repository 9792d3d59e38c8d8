/** Pictures that people attach, as they go up: decoded once to see that they are whole, and without what is not the picture. */
import { EaselError } from '../../core/errors.ts';
import { MAX_PIXELS, type PictureJudge } from '../../core/pictures.ts';
import type { FileFormat, FileRule } from '../../templates/slots/definition.ts';
import { bare } from './bare/index.ts';

/** Comfy Cloud's, as is that of all pixels, which protect a small server's memory too. */
const MAX_EDGE = 16_384;

/** Decodes what will go up, outside of this process. Rejects with EaselError, also once the signal has aborted. */
export async function barePicture(
  { slot, rule, file: { name } }: { slot: string; rule: FileRule; file: { name: string } },
  { type }: FileFormat,
  bytes: Uint8Array,
  signal: AbortSignal,
  pictures: PictureJudge,
): Promise<Uint8Array> {
  const format = type.replace('image/', '');
  const unlike = rule.problems.unlike(slot, name);
  const cut = bare(format, bytes);
  if (!cut) throw new EaselError(unlike);
  const found = await pictures.inspect(cut, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
    throw new EaselError(rule.problems.unreachable(slot, name), { cause: error });
  });
  if ('trouble' in found) throw new EaselError(unlike, { cause: new Error(found.trouble) });
  const { width, height, whole } = found;
  if (found.format === format && (width * height > MAX_PIXELS || Math.max(width, height) > MAX_EDGE))
    throw new EaselError({ code: 'image-too-many-pixels', slot, width, height, maxPixels: MAX_PIXELS });
  if (found.format !== format || !whole) throw new EaselError(unlike);
  return cut;
}
