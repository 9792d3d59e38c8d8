/** A picture as a PNG or JPEG that goes up in its place: its first page, upright, with nothing but the picture, within limits. */
import { stat } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { Refused } from '../core/errors.ts';
import { MAX_PIXELS, MAX_SHRUNK_PIXELS } from '../core/pictures.ts';
import { limitOver, type UploadLimits } from '../core/upload-limits.ts';
import { decoded, metadataOf } from './decoder.ts';
import { heicPixels } from './heic.ts';
import type { Refusal, Tasks, Value } from './tasks.ts';

/** What was lossy before stays small; nobody sees the difference. An optimal table would need all of it in memory once more. */
const JPEG = { quality: 95, chromaSubsampling: '4:4:4', optimizeCoding: false } as const;
/** What is to be smaller in bytes aims below that, and becomes so in a few steps. */
const AIM = 0.9;
const MAX_TRIES = 5;
/** Of what is made smaller and has no more than its colours, a PNG would be several times as large. */
const LOSSY = ['heif', 'jpeg'];

export async function convert({
  path,
  into,
  within = {},
}: Tasks['convert']): Promise<Value<'convert'> | Refusal> {
  const metadata = await metadataOf(path);
  if (!metadata) return { trouble: 'not-a-picture' };
  const size = metadata.autoOrient;
  const { width, height } = size;
  // what is made smaller as it is read needs no room for all of it
  const most = within.pixels === undefined || isHeic(metadata) ? MAX_PIXELS : MAX_SHRUNK_PIXELS;
  if (width * height > most) return { width, height, shrunk: false };
  let lossy = LOSSY.includes(metadata.format);
  try {
    let scale = scaleInto(size, within);
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const picture = await scaled(path, metadata, scale);
      await (lossy && !metadata.hasAlpha ? picture.flatten().jpeg(JPEG) : picture.png()).toFile(into);
      const made = await sharp(into).metadata();
      const { size: bytes } = await stat(into);
      if (!limitOver({ bytes: within.bytes }, { size: bytes })) {
        const type = made.format === 'jpeg' ? 'image/jpeg' : 'image/png';
        return { width: made.width, height: made.height, shrunk: scale < 1, made: { type, size: bytes } };
      }
      // fewer bytes before fewer pixels
      const wasWhole = !lossy && !metadata.hasAlpha;
      lossy = true;
      if (!wasWhole) scale *= Math.sqrt(((within.bytes ?? bytes) / bytes) * AIM);
    }
    return { trouble: 'cannot', detail: `more than ${within.bytes} bytes after ${MAX_TRIES} tries` };
  } catch (error) {
    if (error instanceof Refused) return { trouble: 'not-a-picture', detail: error.message };
    throw error;
  }
}

const isHeic = ({ format, compression }: Metadata): boolean => format === 'heif' && compression !== 'av1';

/** At most 1. */
function scaleInto({ width, height }: { width: number; height: number }, within: UploadLimits): number {
  const { edge = Infinity, pixels = Infinity } = within;
  return Math.min(1, edge / Math.max(width, height), Math.sqrt(pixels / (width * height)));
}

/** Rounded down: a pixel more may be one too many. */
async function scaled(path: string, metadata: Metadata, scale: number): Promise<Sharp> {
  const picture = await uprightOf(path, metadata);
  const { width, height } = metadata.autoOrient;
  const side = (length: number): number => Math.max(1, Math.floor(length * scale));
  const sized =
    scale === 1 ? picture : picture.resize({ width: side(width), height: side(height), fit: 'fill' });
  return sized.toColourspace('srgb');
}

async function uprightOf(path: string, metadata: Metadata): Promise<Sharp> {
  if (!isHeic(metadata)) return decoded(path, 1, MAX_SHRUNK_PIXELS);
  const { data, width, height } = await heicPixels(path);
  return sharp(data, { raw: { width, height, channels: 4 } });
}
