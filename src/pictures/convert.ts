/** A picture in a format that ComfyUI may not read, made one that it does: its first page, upright, with nothing but the picture. */
import { stat } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { Refused } from '../core/errors.ts';
import { MAX_PIXELS } from '../core/pictures.ts';
import { decoded, metadataOf } from './decoder.ts';
import { heicPixels } from './heic.ts';
import type { Refusal, Value } from './tasks.ts';

/** What was lossy before stays small; nobody sees the difference. An optimal table would need all of it in memory once more. */
const JPEG = { quality: 95, chromaSubsampling: '4:4:4', optimizeCoding: false } as const;

export async function convert({
  path,
  into,
}: {
  path: string;
  into: string;
}): Promise<Value<'convert'> | Refusal> {
  const metadata = await metadataOf(path);
  if (!metadata) return { trouble: 'not-a-picture' };
  const { width, height } = metadata.autoOrient;
  if (width * height > MAX_PIXELS) return { width, height };
  try {
    const upright = (await uprightOf(path, metadata)).toColourspace('srgb');
    const isLossy = metadata.format === 'heif';
    const isJpeg = isLossy && !metadata.hasAlpha;
    await (isJpeg ? upright.flatten().jpeg(JPEG) : upright.png()).toFile(into);
    const made = await sharp(into).metadata();
    const { size } = await stat(into);
    const type = isJpeg ? 'image/jpeg' : 'image/png';
    return { width: made.width, height: made.height, made: { type, size } };
  } catch (error) {
    if (error instanceof Refused) return { trouble: 'not-a-picture', detail: error.message };
    throw error;
  }
}

async function uprightOf(path: string, { format, compression }: Metadata): Promise<Sharp> {
  if (format !== 'heif' || compression === 'av1') return decoded(path);
  const { data, width, height } = await heicPixels(path);
  return sharp(data, { raw: { width, height, channels: 4 } });
}
