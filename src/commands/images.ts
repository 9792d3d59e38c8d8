/** The border for pictures that people attach: judged by their content, not by their name or declared type. */
import { EaselError } from '../core/errors.ts';
import { MAX_PIXELS, type PictureFormat, type PictureJudge } from '../core/pictures.ts';
import type { MediaFile } from '../core/run.ts';
import { orAborted } from '../core/time.ts';
import type { Attachment } from '../templates/values.ts';
import { bare } from './bare/index.ts';

/** Bytes. Comfy Cloud takes 50 MB; a chat's pictures are far below this. */
export const MAX_IMAGE_BYTES = 25 * 1024 * 1024;
/** Comfy Cloud's, as is that of all pixels, which protect a small server's memory too. */
const MAX_EDGE = 16_384;

const EXTENSIONS = { png: 'png', jpeg: 'jpg', webp: 'webp', gif: 'gif' } as const;
type Format = keyof typeof EXTENSIONS & PictureFormat;
const FORMATS: readonly Format[] = ['png', 'jpeg', 'webp', 'gif'];

/** What can be refused before the download; throws EaselError. */
export function checkAttachment(slot: string, { size = 0 }: Attachment): void {
  if (size > MAX_IMAGE_BYTES)
    throw new EaselError({ code: 'image-too-large', slot, size, maxSize: MAX_IMAGE_BYTES });
}

/**
 * Downloads and checks it. The file is renamed to `SLOT.EXTENSION`, so nobody's file name reaches the backend, and loses
 * what is not the picture. Rejects
 * with EaselError: what does not come, or not before the signal aborts, is `image-unreachable`.
 */
export async function loadImage(
  slot: string,
  attachment: Attachment,
  signal: AbortSignal,
  pictures: PictureJudge,
): Promise<MediaFile> {
  const bytes = await fetched(slot, attachment, signal);
  checkAttachment(slot, { ...attachment, size: bytes.length });
  const { format, cut } = bared(slot, attachment.name, bytes);
  await requireWhole(slot, attachment.name, { format, cut }, pictures, signal);
  return { name: `${slot}.${EXTENSIONS[format]}`, type: `image/${format}`, bytes: cut };
}

async function fetched(slot: string, attachment: Attachment, signal: AbortSignal): Promise<Uint8Array> {
  try {
    // some can only be left, not ended
    return await orAborted(attachment.load(signal), signal);
  } catch (error) {
    throw error instanceof EaselError
      ? error
      : new EaselError({ code: 'image-unreachable', slot, name: attachment.name }, { cause: error });
  }
}

/** Every reader knows its own format by how it begins. Throws EaselError `not-an-image`. */
function bared(slot: string, name: string, bytes: Uint8Array): { format: Format; cut: Uint8Array } {
  for (const format of FORMATS) {
    const cut = bare(format, bytes);
    if (cut) return { format, cut };
  }
  throw new EaselError({ code: 'not-an-image', slot, name });
}

/** Decodes what will go up, outside of this process. */
async function requireWhole(
  slot: string,
  name: string,
  { format, cut }: { format: Format; cut: Uint8Array },
  pictures: PictureJudge,
  signal: AbortSignal,
): Promise<void> {
  const found = await pictures.inspect(cut, signal).catch((error: unknown) => {
    if (!signal.aborted) throw error;
    throw new EaselError({ code: 'image-unreachable', slot, name }, { cause: error });
  });
  if ('trouble' in found)
    throw new EaselError({ code: 'not-an-image', slot, name }, { cause: new Error(found.trouble) });
  const { width, height, whole } = found;
  if (found.format === format && (width * height > MAX_PIXELS || Math.max(width, height) > MAX_EDGE))
    throw new EaselError({ code: 'image-too-many-pixels', slot, width, height, maxPixels: MAX_PIXELS });
  if (found.format !== format || !whole) throw new EaselError({ code: 'not-an-image', slot, name });
}
