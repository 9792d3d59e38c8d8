/** A WebP without what is not the picture: Exif, XMP, unknown chunks, and what follows its end. */
import { letters, u32 } from '../../../core/bytes.ts';
import { orientationIn, tiffOf } from './orientation.ts';

const HEAD = 12;
const KEPT = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
/** Bits of the first byte of `VP8X`: what else the file has. */
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

/** Linear, and never throws: what is cut off is copied as far as it goes. Undefined: no WebP. */
export function bareWebp(bytes: Uint8Array): Uint8Array | undefined {
  if (letters(bytes, 0) !== 'RIFF' || letters(bytes, 8) !== 'WEBP') return undefined;
  const chunks: Uint8Array[] = [];
  let orientation: number | undefined;
  let extended: Uint8Array | undefined;
  const whole = Math.min(bytes.length, 8 + u32(bytes, 4, true));
  for (let at = HEAD; at + 8 <= whole;) {
    const size = u32(bytes, at + 4, true);
    // chunks are of even length
    const end = Math.min(at + 8 + size + (size % 2), whole);
    const type = letters(bytes, at);
    if (type === 'EXIF') orientation ??= orientationIn(withoutName(bytes.subarray(at + 8, at + 8 + size)));
    if (type === 'VP8X') {
      extended = Uint8Array.from(bytes.subarray(at, end));
      chunks.push(extended);
    } else if (KEPT.has(type)) chunks.push(bytes.subarray(at, end));
    at = end;
  }
  // a simple file has no place to say that there is more
  const turned = extended && orientation !== undefined ? [chunkOf('EXIF', tiffOf(orientation))] : [];
  if (extended && extended.length > 8) {
    const flags = (extended[8] ?? 0) & ~(HAS_EXIF | HAS_XMP);
    extended[8] = turned.length > 0 ? flags | HAS_EXIF : flags;
  }
  const body = Buffer.concat([...chunks, ...turned]);
  const head = Buffer.from('RIFF\0\0\0\0WEBP', 'latin1');
  head.writeUInt32LE(body.length + 4, 4);
  return Buffer.concat([head, body]);
}

/** Some writers put the name before it that JPEG wants. */
function withoutName(exif: Uint8Array): Uint8Array {
  return letters(exif, 0, 6) === 'Exif\0\0' ? exif.subarray(6) : exif;
}

function chunkOf(type: string, data: Uint8Array): Uint8Array {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(data.length, 4);
  return Buffer.concat([head, data, new Uint8Array(data.length % 2)]);
}
