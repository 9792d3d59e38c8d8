/** A PNG without what is not the picture: texts (a workflow among them), Exif, the time, unknown chunks, and what follows its end. */
import { crc32 } from 'node:zlib';
import { letters, u32 } from '../../../core/bytes.ts';
import { orientationIn, tiffOf } from './orientation.ts';

const SIGNATURE = '\x89PNG\r\n\x1a\n';
const HEAD = SIGNATURE.length;
/** Besides those that a decoder must know: transparency, colours, size in print, and the pictures of an animation. */
const KEPT = new Set(
  'tRNS gAMA cHRM sRGB iCCP cICP mDCV cLLI sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT'.split(' '),
);

/** Linear, and never throws: what is cut off is copied as far as it goes. Undefined: no PNG. */
export function barePng(bytes: Uint8Array): Uint8Array | undefined {
  if (letters(bytes, 0, HEAD) !== SIGNATURE) return undefined;
  const kept: Uint8Array[] = [bytes.subarray(0, HEAD)];
  let orientation: number | undefined;
  for (let at = HEAD; at < bytes.length;) {
    const end = at + 12 + u32(bytes, at);
    const type = letters(bytes, at + 4);
    const chunk = bytes.subarray(at, end);
    if (type === 'eXIf') orientation ??= orientationIn(chunk.subarray(8, -4));
    // the first chunk is the header, before which nothing may be
    if (type === 'IEND' || type === 'IDAT') {
      if (orientation !== undefined) kept.push(pngChunk('eXIf', tiffOf(orientation)));
      orientation = undefined;
    }
    if (isCritical(type) || KEPT.has(type)) kept.push(chunk);
    if (type === 'IEND') break;
    at = end;
  }
  return Buffer.concat(kept);
}

/** A capital first letter: who does not know it cannot show the picture. */
function isCritical(type: string): boolean {
  return /^[A-Z]/.test(type);
}

/** With its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
