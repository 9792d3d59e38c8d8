/** From a latent to pictures: paints what was sampled, blends it with what was put in, shows it getting clearer. */
import { setImmediate as immediate } from 'node:timers/promises';
import type { Preview } from '../nodes/node.ts';
import { flat, fromPicture, previewJpeg, resize, toPicture } from '../nodes/pictures.ts';
import type { Latent, Picture } from '../nodes/values.ts';
import { speck } from './brush.ts';
import { luma, mix, type Color } from './color.ts';
import { drawLabel } from './label.ts';
import { paint } from './paint.ts';
import { captioned, poster } from './poster.ts';
import { compose, type Scene } from './scene.ts';

/** Previews are small: ComfyUI's come from the latent, an eighth of the picture. */
const PREVIEW_EDGE = 256;

/** One picture for each of the batch, or for each frame. */
export async function paintLatent(latent: Latent): Promise<Picture[]> {
  const { batch, frames, height, width } = latent;
  const pictures: Picture[] = [];
  for (let index = 0; index < Math.max(batch, frames); index += 1)
    pictures.push(await paintOne(latent, index, width, height));

  return pictures;
}

/** Draws the first picture small, once; each step then shows it through less noise. */
export async function previewer(latent: Latent): Promise<(done: number) => Promise<Preview>> {
  const scale = Math.min(1, PREVIEW_EDGE / Math.max(latent.width, latent.height));
  const width = Math.max(16, Math.round(latent.width * scale));
  const height = Math.max(16, Math.round(latent.height * scale));
  const clear = await paintOne(latent, 0, width, height);
  return async (done) => {
    const blurred = done < 0.9 ? await toPicture(fromPicture(clear).blur(0.5 + (1 - done) * 7)) : clear;
    return { bytes: await previewJpeg(noisy(blurred, (1 - done) ** 1.5 * 0.75)), type: 'image/jpeg' };
  };
}

async function paintOne(latent: Latent, index: number, width: number, height: number): Promise<Picture> {
  const { frames, sampled } = latent;
  const source = latent.source?.[Math.min(index, latent.source.length - 1)];
  const fitted = source && (await resize(source, width, height, 'lanczos', true));
  if (!sampled) return fitted ?? flat(width, height, 0x7f7f7f);
  const moving = frames > 1;
  const scene = compose({
    ...sampled,
    seed: moving ? sampled.seed : sampled.seed + BigInt(index),
    time: moving ? index / frames : 0,
  });
  await immediate();
  const painted = await picture(scene, width, height);
  return fitted && sampled.denoise < 1 ? blend(fitted, painted, scene, sampled.denoise) : painted;
}

async function picture(scene: Scene, width: number, height: number): Promise<Picture> {
  if (scene.abstract) return poster(scene, width, height);
  const painted = await paint(scene, width, height);
  return scene.letters === undefined ? painted : captioned(painted, scene);
}

/**
 * The source recoloured by the prompt's palette, with the painting coming through the more the more is denoised: it
 * follows both.
 */
async function blend(source: Picture, painted: Picture, scene: Scene, denoise: number): Promise<Picture> {
  const { palette } = scene;
  const ramp = Array.from({ length: 256 }, (_, value): Color => {
    const t = value / 255;
    return t < 0.5 ? mix(palette.top, palette.middle, t * 2) : mix(palette.middle, palette.light, t * 2 - 1);
  });
  const { height, width } = source;
  const data = new Uint8Array(source.data.length);
  const recolor = 0.75 * denoise;
  const through = denoise ** 2 * 0.85;
  const row = width * 3;
  for (let at = 0; at < data.length; at += 3) {
    const color: Color = [
      (source.data[at] ?? 0) / 255,
      (source.data[at + 1] ?? 0) / 255,
      (source.data[at + 2] ?? 0) / 255,
    ];
    const graded = mix(color, ramp[Math.round(luma(color) * 255)] ?? color, recolor);
    for (let channel = 0; channel < 3; channel += 1) {
      const value = (graded[channel] ?? 0) * 255;
      data[at + channel] = value + ((painted.data[at + channel] ?? 0) - value) * through;
    }
    if (at % (row * 128) === 0) await immediate();
  }
  drawLabel(data, width, height);
  return { width, height, data };
}

function noisy({ data, height, width }: Picture, share: number): Picture {
  const mixed = data.map((value, at) => value + (speck(at, height, width) * 255 - value) * share);
  return { width, height, data: mixed };
}
