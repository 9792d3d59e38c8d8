/** Pictures in and out of sharp: decoding, scaling, small JPEGs. */
import sharp, { type Sharp } from 'sharp';
import { NodeFailure } from './node.ts';
import type { Picture } from './values.ts';

/** ComfyUI's longest edge of a live preview. */
const PREVIEW_EDGE = 512;

export function fromPicture({ data, height, width }: Picture): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

export async function toPicture(image: Sharp): Promise<Picture> {
  const { data, info } = await image
    .flatten({ background: '#000000' })
    .toColourspace('srgb')
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  if (info.channels !== 3) throw new NodeFailure('ValueError', `the image has ${info.channels} channels`);
  return { width: info.width, height: info.height, data };
}

/** Decodes a file; throws what ComfyUI's LoadImage reports for one that is no image. */
export async function decode(bytes: Uint8Array, name: string): Promise<Picture> {
  try {
    return await toPicture(sharp(bytes).rotate());
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new NodeFailure(
      'av.error.InvalidDataError',
      `Invalid data found when processing input: '${name}' (${reason})`,
    );
  }
}

/** `crop`: keep the proportions and cut what is over. */
export function resize(
  picture: Picture,
  width: number,
  height: number,
  method: string,
  crop: boolean,
): Promise<Picture> {
  const kernel = KERNELS[method] ?? 'lanczos3';
  return toPicture(fromPicture(picture).resize(width, height, { fit: crop ? 'cover' : 'fill', kernel }));
}

const KERNELS: Readonly<Record<string, 'nearest' | 'linear' | 'cubic' | 'lanczos3'>> = {
  'nearest-exact': 'nearest',
  bilinear: 'linear',
  area: 'linear',
  bicubic: 'cubic',
};

export async function previewJpeg(picture: Picture): Promise<Uint8Array> {
  return fromPicture(picture)
    .resize(PREVIEW_EDGE, PREVIEW_EDGE, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 72 })
    .toBuffer();
}

export function flat(width: number, height: number, color: number): Picture {
  const data = new Uint8Array(width * height * 3);
  const rgb = [(color >> 16) & 255, (color >> 8) & 255, color & 255];
  for (let at = 0; at < data.length; at += 1) data[at] = rgb[at % 3] ?? 0;
  return { width, height, data };
}

/** Stacks frames for sharp's animated formats. */
export function animation(frames: readonly Picture[]): Sharp {
  const [first] = frames;
  if (!first) throw new NodeFailure('ValueError', 'there are no frames');
  const { height, width } = first;
  const data = Buffer.concat(frames.map((frame) => frame.data));
  return sharp(data, { raw: { width, height: height * frames.length, channels: 3, pageHeight: height } });
}
