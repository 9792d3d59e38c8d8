/**
 * Draws a contact sheet into a file of raw pixels, a tile at a time: a picture that ends this process leaves its own
 * tile empty and all others as they are.
 */
import { open, readFile, writeFile } from 'node:fs/promises';
import sharp from 'sharp';
import { MAX_PIXELS } from '../core/pictures.ts';
import { decoded, header } from './decoder.ts';
import { drawnNumber } from './digits.ts';
import { placeOf, type Layout } from './layout.ts';
import type { Refusal, Tasks, Value } from './tasks.ts';

interface Raster {
  pixels: Buffer;
  /** In pixels. */
  width: number;
}

const CHANNELS = 3;
const BACKGROUND = '#1e1f22';
const EMPTY = '#3a3c42';
const LABEL = '#000000';
const INK = '#ffffff';
const JPEG_QUALITY = 82;
/** A number's points are as large as this part of its tile, in pixels. */
const POINTS_IN_TILE = 64;

export async function drawCanvas({ canvas, layout }: Tasks['canvas']): Promise<Value<'canvas'>> {
  const { width, height, count, tile } = layout;
  const raster = blank(width, height, BACKGROUND);
  for (let index = 0; index < count; index += 1) {
    const { left, top } = placeOf(layout, index);
    fill(raster, left, top, tile, tile, EMPTY);
    label(raster, left, top, tile, index + 1);
  }
  await writeFile(canvas, raster.pixels);
  return { done: true };
}

export async function drawTile({
  path,
  canvas,
  layout,
  index,
}: Tasks['tile']): Promise<Value<'tile'> | Refusal> {
  const found = await header(path);
  if (!found) return { trouble: 'not-a-picture' };
  if (found.width * found.height > MAX_PIXELS) return { trouble: 'too-many-pixels' };
  const { tile } = layout;
  const pixels = await decoded(path)
    .resize({ width: tile, height: tile, fit: 'contain', background: BACKGROUND })
    .flatten({ background: BACKGROUND })
    .toColourspace('srgb')
    .removeAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer();
  const raster = { pixels, width: tile };
  label(raster, 0, 0, tile, index + 1);
  await writeRows(canvas, raster, layout, placeOf(layout, index));
  return { done: true };
}

export async function finishSheet({ canvas, layout, into }: Tasks['finish']): Promise<Value<'finish'>> {
  const { width, height } = layout;
  const pixels = await readFile(canvas);
  const { size } = await sharp(pixels, { raw: { width, height, channels: CHANNELS } })
    .jpeg({ quality: JPEG_QUALITY })
    .toFile(into);
  return { size };
}

async function writeRows(
  canvas: string,
  { pixels, width }: Raster,
  layout: Layout,
  { left, top }: { left: number; top: number },
): Promise<void> {
  const row = width * CHANNELS;
  const file = await open(canvas, 'r+');
  try {
    for (let y = 0; y < layout.tile; y += 1)
      await file.write(pixels, y * row, row, ((top + y) * layout.width + left) * CHANNELS);
  } finally {
    await file.close();
  }
}

function bytesOf(color: string): Buffer {
  return Buffer.from(color.slice(1), 'hex');
}

function blank(width: number, height: number, color: string): Raster {
  return { pixels: Buffer.alloc(width * height * CHANNELS, bytesOf(color)), width };
}

function fill(
  { pixels, width }: Raster,
  left: number,
  top: number,
  wide: number,
  high: number,
  color: string,
) {
  for (let y = top; y < top + high; y += 1) {
    const start = (y * width + left) * CHANNELS;
    pixels.fill(bytesOf(color), start, start + wide * CHANNELS);
  }
}

/** In the tile's upper left corner. */
function label(raster: Raster, left: number, top: number, tile: number, number: number): void {
  const point = Math.max(1, Math.round(tile / POINTS_IN_TILE));
  const { width, height, dots } = drawnNumber(number);
  fill(raster, left, top, (width + 2) * point, (height + 2) * point, LABEL);
  for (const { x, y } of dots) fill(raster, left + (x + 1) * point, top + (y + 1) * point, point, point, INK);
}
