/** The border for pictures that people attach: judged by their content, not by their name or declared type. */
import sharp from 'sharp';
import { EaselError } from '../core/errors.ts';
import type { MediaFile } from '../core/run.ts';
import { orAborted } from '../core/time.ts';
import type { Attachment } from '../templates/values.ts';
import { bare } from './bare/index.ts';

/** Bytes. Comfy Cloud takes 50 MB; a chat's pictures are far below this. */
export const MAX_IMAGE_BYTES = 25 * 1024 * 1024;
/** Comfy Cloud's limits, which protect a small server's memory too. */
const MAX_PIXELS = 64_000_000;
const MAX_EDGE = 16_384;

const EXTENSIONS: Record<string, string> = { png: 'png', jpeg: 'jpg', webp: 'webp', gif: 'gif' };

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
): Promise<MediaFile> {
  const bytes = await fetched(slot, attachment, signal);
  checkAttachment(slot, { ...attachment, size: bytes.length });
  const { format, cut } = await inspect(slot, attachment.name, bytes);
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

async function inspect(
  slot: string,
  name: string,
  bytes: Uint8Array,
): Promise<{ format: string; cut: Uint8Array }> {
  try {
    const { format, width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
    const cut = Object.hasOwn(EXTENSIONS, format) ? bare(format, bytes) : undefined;
    if (cut) {
      if (width * height > MAX_PIXELS || Math.max(width, height) > MAX_EDGE)
        throw new EaselError({ code: 'image-too-many-pixels', slot, width, height, maxPixels: MAX_PIXELS });
      // a header alone proves little: decode what will go up to see that it is whole
      await sharp(cut).resize(16).toBuffer();
      return { format, cut };
    }
  } catch (error) {
    if (error instanceof EaselError) throw error;
    throw new EaselError({ code: 'not-an-image', slot, name }, { cause: error });
  }
  throw new EaselError({ code: 'not-an-image', slot, name });
}
