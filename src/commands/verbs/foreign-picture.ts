/** What cameras and programs write and nothing here reads: told by name, so that people know what to send instead. */
import { letters, u16, u32 } from '../../core/bytes.ts';
import { begins } from '../../templates/slots/begins.ts';

const KINDS: readonly [string, (head: Uint8Array) => boolean][] = [
  ['BMP', begins('BM')],
  ['JPEG 2000', begins('\0\0\0\x0cjP  ')],
  ['JPEG 2000', begins('\xff\x4f\xff\x51')],
  ['JPEG XL', begins('\xff\x0a')],
  ['JPEG XL', begins('\0\0\0\x0cJXL ')],
  ['PSD', begins('8BPS')],
  ['EXR', begins('\x76\x2f\x31\x01')],
  ['ICO', begins('\0\0\x01\0')],
  ['PDF', begins('%PDF')],
  ['SVG', (head) => /^\s*(<\?xml[^>]*>\s*)?(<!--|<!DOCTYPE svg|<svg)/.test(letters(head, 0, 256))],
  ['RAW', begins('FUJIFILMCCD-RAW')],
  ['RAW', begins('....ftypcrx ')],
  ['RAW', begins('IIRO')],
  ['RAW', begins('IIRS')],
  ['RAW', begins('IIU\0')],
  ['RAW', isRawTiff],
];

/** Undefined: nothing that has a name here. */
export function foreignPicture(bytes: Uint8Array): string | undefined {
  return KINDS.find(([, is]) => is(bytes))?.[0];
}

const SUBFILE = 0x00fe;
const MAKE = 0x010f;
const SUB_IFDS = 0x014a;
const PHOTOMETRIC = 0x0106;
const DNG_VERSION = 0xc612;
/** As the sensor saw it, and the like: nothing that TIFF itself knows. */
const SENSOR = [32803, 34892];
const MAX_ENTRIES = 512;

/**
 * DNG, NEF, ARW, CR2 and their kind begin with a TIFF's directory whose picture is a small preview: the large one is in a
 * directory below it, or as the sensor saw it.
 */
function isRawTiff(bytes: Uint8Array): boolean {
  const isLittle = begins('II*\0')(bytes);
  if (!isLittle && !begins('MM\0*')(bytes)) return false;
  if (letters(bytes, 8, 10) === 'CR') return true;
  const at = u32(bytes, 4, isLittle);
  if (at + 2 > bytes.length) return false;
  const tags = new Map<number, number>();
  for (let entry = 0; entry < Math.min(u16(bytes, at, isLittle), MAX_ENTRIES); entry += 1) {
    const from = at + 2 + entry * 12;
    if (from + 12 > bytes.length) break;
    const isShort = u16(bytes, from + 2, isLittle) === 3;
    const value = isShort ? u16(bytes, from + 8, isLittle) : u32(bytes, from + 8, isLittle);
    tags.set(u16(bytes, from, isLittle), value);
  }
  const isPreview = ((tags.get(SUBFILE) ?? 0) & 1) === 1;
  const isCameras = tags.has(MAKE) && tags.has(SUB_IFDS);
  return isPreview || isCameras || tags.has(DNG_VERSION) || SENSOR.includes(tags.get(PHOTOMETRIC) ?? 0);
}
