/** The one thing of an Exif block that a picture needs: which way up it is. */
import { u16, u32 } from '../../../core/bytes.ts';

const TAG = 0x0112;
const SHORT = 3;
/** Real ones have some dozens. */
const MAX_ENTRIES = 1000;

/** 2 to 8 of a TIFF structure, as Exif has it; undefined: as it is, or not to be read. */
export function orientationIn(tiff: Uint8Array): number | undefined {
  const little = tiff[0] === 0x49;
  if (u16(tiff, 0) !== (little ? 0x4949 : 0x4d4d) || u16(tiff, 2, little) !== 42) return undefined;
  const directory = u32(tiff, 4, little);
  const count = Math.min(u16(tiff, directory, little), MAX_ENTRIES);
  for (let entry = directory + 2; entry < directory + 2 + count * 12; entry += 12) {
    if (u16(tiff, entry, little) !== TAG || u16(tiff, entry + 2, little) !== SHORT) continue;
    const value = u16(tiff, entry + 8, little);
    return value >= 2 && value <= 8 ? value : undefined;
  }
  return undefined;
}

/** A TIFF structure that says nothing else. */
export function tiffOf(orientation: number): Uint8Array {
  const head = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8];
  const entry = [0x01, 0x12, 0, SHORT, 0, 0, 0, 1, 0, orientation, 0, 0];
  return Uint8Array.from([...head, 0, 1, ...entry, 0, 0, 0, 0]);
}
