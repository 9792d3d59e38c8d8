/** A GIF without what is not the picture: comments, XMP and other programs' blocks, and what follows its end. */
import { letters } from '../../../core/bytes.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const APPLICATION = 0xff;
const CONTROL = 0xf9;
const HEAD = 13;

/** Linear, and never throws: what is cut off is copied as far as it goes. Undefined: no GIF. */
export function bareGif(bytes: Uint8Array): Uint8Array | undefined {
  if (!/^GIF8[79]a$/.test(letters(bytes, 0, 6))) return undefined;
  let at = HEAD + tableSize(bytes[10] ?? 0);
  const kept: Uint8Array[] = [bytes.subarray(0, at)];
  while (at < bytes.length) {
    const kind = bytes[at];
    // the end, or nothing that a decoder knows
    if (kind !== EXTENSION && kind !== IMAGE) break;
    const body = kind === EXTENSION ? at + 2 : at + 11 + tableSize(bytes[at + 9] ?? 0);
    const end = endOfBlocks(bytes, body);
    if (kind === IMAGE || isPicture(bytes, at)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, Uint8Array.of(0x3b)]);
}

/** How long a frame stands, and how often all are shown. */
function isPicture(bytes: Uint8Array, at: number): boolean {
  const label = bytes[at + 1];
  if (label === APPLICATION) return /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(letters(bytes, at + 3, 11));
  return label === CONTROL;
}

/** In bytes, of a colour table as its flags say. */
function tableSize(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Blocks go on until an empty one. */
function endOfBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  for (let size = bytes[at]; size !== undefined && size !== 0; size = bytes[at]) at += size + 1;
  return Math.min(at + 1, bytes.length);
}
