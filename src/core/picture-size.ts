/**
 * How large a picture is in pixels, from its header alone: nothing is decoded, so that a picture that a stranger's
 * workflow made costs no more than a few reads, whatever it is.
 */
import { open } from 'node:fs/promises';
import { letters, u16, u32 } from './bytes.ts';

export interface PictureSize {
  width: number;
  height: number;
}

/** Bytes from a place on; fewer where the file ends, or where as many may not be asked for. */
type Read = (at: number, count: number) => Promise<Uint8Array>;

/** What tells a format, and holds the sizes of all but JPEG and AVIF. */
const HEAD_BYTES = 32;
/** In which an AVIF has to say it. */
const META_BYTES = 64 * 1024;
/** In which it has to say that it is one. */
const BRANDS_BYTES = 256;
/** Of a JPEG before its sizes: a profile may take 255, Exif and previews some dozens. */
const MAX_SEGMENTS = 1000;

/**
 * As the file says it, before it is turned; told by the content, of PNG, JPEG, WebP, GIF and AVIF. Undefined for all
 * else, and where it is not said. Rejects as Node's `fs` does.
 */
export async function pictureSize(path: string): Promise<PictureSize | undefined> {
  const file = await open(path);
  try {
    return await sizeIn(async (at, count) => {
      const bytes = new Uint8Array(count);
      const { bytesRead } = await file.read(bytes, 0, count, at);
      return bytes.subarray(0, bytesRead);
    });
  } finally {
    await file.close();
  }
}

async function sizeIn(read: Read): Promise<PictureSize | undefined> {
  const head = await read(0, HEAD_BYTES);
  let size: PictureSize | undefined;
  if (letters(head, 0, 8) === '\x89PNG\r\n\x1a\n') size = pngSize(head);
  else if (/^GIF8[79]a$/.test(letters(head, 0, 6)))
    size = { width: u16(head, 6, true), height: u16(head, 8, true) };
  else if (letters(head, 0) === 'RIFF' && letters(head, 8) === 'WEBP') size = webpSize(head);
  else if (head[0] === 0xff && head[1] === 0xd8) size = await jpegSize(read);
  else if (letters(head, 4) === 'ftyp') size = avifSize(await read(0, META_BYTES));
  return size && size.width > 0 && size.height > 0 ? size : undefined;
}

function pngSize(head: Uint8Array): PictureSize | undefined {
  return letters(head, 12) === 'IHDR' && head.length >= 24
    ? { width: u32(head, 16), height: u32(head, 20) }
    : undefined;
}

/** Of the first chunk: the canvas, or the picture where there is nothing but one. */
function webpSize(head: Uint8Array): PictureSize | undefined {
  if (head.length < 30) return undefined;
  switch (letters(head, 12)) {
    case 'VP8X':
      return { width: 1 + u24(head, 24), height: 1 + u24(head, 27) };
    case 'VP8L': {
      const bits = u32(head, 21, true);
      return head[20] === 0x2f
        ? { width: 1 + (bits & 0x3f_ff), height: 1 + ((bits >>> 14) & 0x3f_ff) }
        : undefined;
    }
    case 'VP8 ':
      return letters(head, 23, 3) === '\x9d\x01\x2a'
        ? { width: u16(head, 26, true) & 0x3f_ff, height: u16(head, 28, true) & 0x3f_ff }
        : undefined;
    default:
      return undefined;
  }
}

const u24 = (bytes: Uint8Array, at: number): number =>
  u16(bytes, at, true) + (bytes[at + 2] ?? 0) * 0x1_00_00;

/** From one marker to the next, until the frame's. */
async function jpegSize(read: Read): Promise<PictureSize | undefined> {
  let at = 2;
  for (let segment = 0; segment < MAX_SEGMENTS; segment += 1) {
    const bytes = await read(at, 9);
    const marker = bytes[1] ?? 0;
    if (bytes.length < 9 || bytes[0] !== 0xff) return undefined;
    if (isFrame(marker)) return { width: u16(bytes, 7), height: u16(bytes, 5) };
    // the pixels begin, or it ends
    if (marker === 0xda || marker === 0xd9) return undefined;
    // fill bytes before a marker
    at += marker === 0xff ? 1 : 2 + Math.max(2, u16(bytes, 2));
  }
  return undefined;
}

/** SOF0 to SOF15, among which are tables and what was never used. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The largest that it names: one that is put together of tiles names these too, and previews are smaller. */
function avifSize(bytes: Uint8Array): PictureSize | undefined {
  const [type] = boxesIn(bytes, 0, bytes.length);
  const brands = type && letters(bytes, type.from, Math.min(type.to - type.from, BRANDS_BYTES));
  if (!/^(?:.{4})*?avi[fs]/s.test(brands ?? '')) return undefined;
  let largest: PictureSize | undefined;
  for (const meta of named('meta', boxesIn(bytes, 0, bytes.length)))
    for (const about of named('iprp', boxesIn(bytes, meta.from + 4, meta.to)))
      for (const list of named('ipco', boxesIn(bytes, about.from, about.to)))
        for (const { from } of named('ispe', boxesIn(bytes, list.from, list.to))) {
          const size = { width: u32(bytes, from + 4), height: u32(bytes, from + 8) };
          if (!largest || size.width * size.height > largest.width * largest.height) largest = size;
        }
  return largest;
}

interface Box {
  type: string;
  from: number;
  to: number;
}

const named = (type: string, boxes: Box[]): Box[] => boxes.filter((box) => box.type === type);

/** Those that are whole. */
function boxesIn(bytes: Uint8Array, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let at = from; at + 8 <= to;) {
    const end = at + u32(bytes, at);
    // of no size, of one that takes 64 bits, or cut off
    if (end < at + 8 || end > to) break;
    boxes.push({ type: letters(bytes, at + 4), from: at + 8, to: end });
    at = end;
  }
  return boxes;
}
