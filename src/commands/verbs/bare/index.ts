/**
 * Takes out of a person's picture what is not the picture: where and when it was taken, with what, by whom. Cut, never
 * drawn anew, so that it arrives pixel for pixel; which way up it is stays.
 */
import { bareGif } from './gif.ts';
import { bareJpeg } from './jpeg.ts';
import { barePng } from './png.ts';
import { bareWebp } from './webp.ts';

const READERS: Record<string, (bytes: Uint8Array) => Uint8Array | undefined> = {
  jpeg: bareJpeg,
  png: barePng,
  webp: bareWebp,
  gif: bareGif,
};

/** `format`: as sharp names it. Undefined: it is none of that format. Linear, and never throws. */
export function bare(format: string, bytes: Uint8Array): Uint8Array | undefined {
  return Object.hasOwn(READERS, format) ? READERS[format]?.(bytes) : undefined;
}
