/** Makes files fit a platform's limit. Nothing is lost silently. */
import sharp from 'sharp';
import { bytesOf, sizeOf } from '../core/multipart.ts';
import type { StoredFile } from '../core/files.ts';
import type { MediaFile } from '../core/run.ts';

type Attached = StoredFile | MediaFile;

export interface Fitted {
  files: Attached[];
  /** Attached, but not as the backend made them. */
  shrunk: { name: string; size: number }[];
  /** Not attached: no picture, or one that cannot be made small enough. */
  tooLarge: { name: string; size: number }[];
}

const QUALITIES = [90, 80, 65];
const SCALES = [1, 0.75, 0.5, 0.35, 0.25];

/** `limit` in bytes, for each file. */
export async function fitFiles(files: readonly Attached[], limit: number): Promise<Fitted> {
  const fitted: Fitted = { files: [], shrunk: [], tooLarge: [] };
  for (const file of files) {
    const size = sizeOf(file);
    const fits = size <= limit ? file : await shrink(file, limit);
    if (!fits) fitted.tooLarge.push({ name: file.name, size });
    else fitted.files.push(fits);
    if (fits && fits !== file) fitted.shrunk.push({ name: file.name, size });
  }
  return fitted;
}

async function shrink(file: Attached, limit: number): Promise<MediaFile | undefined> {
  if (!file.type.startsWith('image/')) return undefined;
  const name = `${file.name.replace(/\.[^.]*$/, '')}.webp`;
  try {
    const source = Buffer.concat(await Array.fromAsync(bytesOf(file)));
    const { width, pages = 1 } = await sharp(source).metadata();
    for (const scale of SCALES)
      for (const quality of QUALITIES) {
        const picture = sharp(source, { animated: pages > 1 });
        const sized =
          scale === 1 ? picture : picture.resize({ width: Math.max(1, Math.round(width * scale)) });
        const bytes = await sized.webp({ quality }).toBuffer();
        if (bytes.length <= limit) return { name, type: 'image/webp', bytes };
      }
  } catch {
    return undefined; // sharp cannot read it: it is told to be too large, which it is
  }
  return undefined;
}
