/**
 * A JPEG without what is not the picture: Exif, XMP, IPTC, comments, maker's blocks, and what follows its end (further
 * pictures, a film). Its pixels' bytes are copied as they are.
 */
import { letters, u16 } from '../../../core/bytes.ts';
import { orientationIn, tiffOf } from './orientation.ts';

const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;
const EXIF = 'Exif\0\0';

/** Linear, and never throws: what is damaged is copied as far as a decoder may want it. Undefined: no JPEG. */
export function bareJpeg(bytes: Uint8Array): Uint8Array | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) return undefined;
  const kept: Uint8Array[] = [];
  let orientation: number | undefined;
  /** How many pieces come before the orientation: none, or the JFIF block, which has to be the first. */
  let front = 0;
  let at = 2;
  while (at < bytes.length) {
    // decoders skip what is no marker, and fill bytes before one
    if (bytes[at] !== 0xff || bytes[at + 1] === 0xff || bytes[at + 1] === 0) {
      at += 1;
      continue;
    }
    const marker = bytes[at + 1];
    if (marker === undefined || marker === EOI) break;
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    const end = at + 2 + Math.max(2, u16(bytes, at + 2));
    const segment = bytes.subarray(at, end);
    if (marker === APP1 && letters(segment, 4, EXIF.length) === EXIF)
      orientation ??= orientationIn(segment.subarray(4 + EXIF.length));
    else if (isPicture(marker, segment)) {
      kept.push(segment);
      if (marker === APP0 && kept.length === 1) front = 1;
    }
    at = end;
    if (marker !== SOS) continue;
    const scan = endOfScan(bytes, at);
    kept.push(bytes.subarray(at, scan));
    at = scan;
  }
  const turned = orientation === undefined ? [] : [exifOf(orientation)];
  return Buffer.concat([
    Uint8Array.of(0xff, SOI),
    ...kept.slice(0, front),
    ...turned,
    ...kept.slice(front),
    Uint8Array.of(0xff, EOI),
  ]);
}

/** Markers without a length: restarts, TEM, a second beginning. */
function isBare(marker: number): boolean {
  return (marker >= 0xd0 && marker <= SOI) || marker === 0x01;
}

/** What a decoder needs: also JFIF, a colour profile, and Adobe's word on the colours. */
function isPicture(marker: number, segment: Uint8Array): boolean {
  if (marker === APP0) return letters(segment, 4, 5) === 'JFIF\0';
  if (marker === APP2) return letters(segment, 4, 12) === 'ICC_PROFILE\0';
  if (marker === APP14) return letters(segment, 4, 5) === 'Adobe';
  return marker !== COMMENT && (marker < APP0 || marker > APP15);
}

/** Where the next marker is that is no restart; in a scan, 0xFF 0x00 is a 0xFF. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

function exifOf(orientation: number): Uint8Array {
  const tiff = tiffOf(orientation);
  const length = 2 + EXIF.length + tiff.length;
  return Buffer.concat([Uint8Array.of(0xff, APP1, 0, length), Buffer.from(EXIF, 'latin1'), tiff]);
}
