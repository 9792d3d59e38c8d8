/**
 * HEIC, of which sharp's libraries read the header and no pixel: by libheif compiled to WebAssembly. What that has taken of
 * memory it gives back only with its process, so it is used in one that soon goes.
 */
import { readFile } from 'node:fs/promises';
import { Refused } from '../core/errors.ts';
import { MAX_PIXELS } from '../core/pictures.ts';

/** Eight bits a channel: red, green, blue and how much covers. Which way up it is is done. */
export interface Pixels {
  data: Uint8ClampedArray<ArrayBuffer>;
  width: number;
  height: number;
}

/** Rejects with `Refused` where it is none, damaged, or there is not enough memory for it. */
export async function heicPixels(path: string): Promise<Pixels> {
  // 4 MB that most pictures do not need
  const { default: libheif } = await import('libheif-js/wasm-bundle.js');
  const images = new libheif.HeifDecoder().decode(await readFile(path));
  try {
    // a burst has several
    const image = images.find((one) => one.is_primary()) ?? images[0];
    const width = image?.get_width() ?? 0;
    const height = image?.get_height() ?? 0;
    if (!image || width * height === 0 || width * height > MAX_PIXELS) throw new Refused('no picture in it');
    const shown = Promise.withResolvers<Pixels | null>();
    image.display({ data: new Uint8ClampedArray(width * height * 4), width, height }, shown.resolve);
    const pixels = await shown.promise;
    if (!pixels) throw new Refused('its pixels cannot be read');
    return pixels;
  } finally {
    for (const image of images) image.free();
  }
}
