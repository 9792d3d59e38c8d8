/** sharp as strangers' pictures meet it: six formats, told by their content, and nothing that is kept for later. */
import { open } from 'node:fs/promises';
import sharp, { type Metadata, type Sharp } from 'sharp';
import { MAX_PIXELS, type PictureFormat } from '../core/pictures.ts';
import type { Refusal } from './tasks.ts';

sharp.cache(false);
sharp.concurrency(1);
// SVG, PDF, raw camera files and all that libvips ever learns to read
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: [
    'VipsForeignLoadPng',
    'VipsForeignLoadJpeg',
    'VipsForeignLoadWebp',
    'VipsForeignLoadNsgif',
    'VipsForeignLoadHeif',
    'VipsForeignLoadTiff',
  ],
});

const FORMATS: Record<string, PictureFormat> = {
  png: 'png',
  jpeg: 'jpeg',
  webp: 'webp',
  gif: 'gif',
  heif: 'avif',
};

export interface Header {
  format: PictureFormat;
  /** In pixels, of one page, as it is shown. */
  width: number;
  height: number;
  pages: number;
  metadata: Metadata;
}

/** As a file says it; undefined: nothing that sharp reads. */
export async function metadataOf(path: string): Promise<Metadata | undefined> {
  try {
    return await sharp(path, { limitInputPixels: false }).metadata();
  } catch (error) {
    if (isOutOfMemory(error)) throw error;
    return undefined;
  }
}

/** Undefined: no picture that is read here. */
export async function header(path: string): Promise<Header | undefined> {
  const metadata = await metadataOf(path);
  if (!metadata) return undefined;
  const format = FORMATS[metadata.format];
  if (!format || (metadata.format === 'heif' && metadata.compression !== 'av1')) return undefined;
  // a picture of many pages is one that plays; those of an AVIF are pictures of their own
  const pages = format === 'avif' ? 1 : (metadata.pages ?? 1);
  return { format, ...metadata.autoOrient, pages, metadata };
}

/** `pages`: how many of them. Which way up a still one is is done to the pixels, since a new file does not say it. */
export function decoded(path: string, pages = 1, limitInputPixels = MAX_PIXELS): Sharp {
  return sharp(path, { pages, autoOrient: pages === 1, limitInputPixels });
}

/** How libvips and its libraries say it. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && /memory|alloc|webpsave/i.test(error.message);
}

const MAX_DETAIL = 500;

export function refusalOf(error: unknown): Refusal {
  const detail = String(error).slice(0, MAX_DETAIL);
  return { trouble: isOutOfMemory(error) ? 'no-memory' : 'cannot', detail };
}

/** Where a text may be as long as it likes, and what says that it plays must come before the pixels. */
const MAX_CHUNKS = 1000;
const SIGNATURE_BYTES = 8;
const CHUNK_FRAME_BYTES = 12;

/** libvips sees the first picture only. */
export async function isAnimatedPng(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(8);
    let at = SIGNATURE_BYTES;
    for (let chunk = 0; chunk < MAX_CHUNKS; chunk += 1) {
      const { bytesRead } = await file.read(head, 0, head.length, at);
      const type = head.toString('latin1', 4);
      if (bytesRead < head.length || type === 'IDAT') return false;
      if (type === 'acTL') return true;
      at += CHUNK_FRAME_BYTES + head.readUInt32BE(0);
    }
    return false;
  } finally {
    await file.close();
  }
}
