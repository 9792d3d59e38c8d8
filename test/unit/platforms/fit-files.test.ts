import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { StoredFile } from '../../../src/core/files.ts';
import { bytesOf, sizeOf } from '../../../src/core/multipart.ts';
import type { MediaFile } from '../../../src/core/run.ts';
import { fitFiles } from '../../../src/platforms/fit-files.ts';
import { stored } from '../../fakes/disk.ts';
import { createRandom } from '../../fakes/random.ts';

async function noise(width: number, height: number): Promise<Buffer> {
  const random = createRandom(1);
  const pixels = Buffer.from(Array.from({ length: width * height * 3 }, () => random.below(256)));
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
}
const file = (name: string, type: string, bytes: Uint8Array) => stored({ name, type, bytes });
const pixels = async (one: StoredFile | MediaFile) => Buffer.concat(await Array.fromAsync(bytesOf(one)));

describe('files for a platform', () => {
  it('that fit are left as they are, byte for byte', async () => {
    const files = [
      await file('a.png', 'image/png', await noise(8, 8)),
      await file('b.mp4', 'video/mp4', new Uint8Array(100)),
    ];
    const fitted = await fitFiles(files, 1000);
    expect(fitted).toEqual({ files, shrunk: [], tooLarge: [] });
    expect(fitted.files[0]).toBe(files[0]);
  });

  it('that are pictures are encoded anew, smaller only as far as needed, and told', async () => {
    const bytes = await noise(128, 96);
    const limit = Math.floor(bytes.length * 0.75);
    const { files, shrunk, tooLarge } = await fitFiles([await file('fox.v2.png', 'image/png', bytes)], limit);
    expect(files[0]).toMatchObject({ name: 'fox.v2.webp', type: 'image/webp' });
    expect(sizeOf(files[0]!)).toBeLessThanOrEqual(limit);
    expect(await sharp(await pixels(files[0]!)).metadata()).toMatchObject({
      format: 'webp',
      width: 128,
      height: 96,
    });
    expect(shrunk).toEqual([{ name: 'fox.v2.png', size: bytes.length }]);
    expect(tooLarge).toEqual([]);
  });

  it('are made smaller in pixels when that is not enough', async () => {
    const { files } = await fitFiles([await file('a.png', 'image/png', await noise(128, 96))], 2000);
    const { width, height } = await sharp(await pixels(files[0]!)).metadata();
    expect(sizeOf(files[0]!)).toBeLessThanOrEqual(2000);
    expect(width).toBeLessThan(128);
    expect(width / height).toBeCloseTo(128 / 96, 1);
  });

  it('that move keep moving', async () => {
    const frames = await Promise.all([
      noise(24, 24),
      sharp(await noise(24, 24))
        .negate()
        .png()
        .toBuffer(),
    ]);
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const { files } = await fitFiles([await file('a.gif', 'image/gif', moving)], moving.length - 1);
    expect((await sharp(await pixels(files[0]!)).metadata()).pages).toBe(2);
  });

  it.each([
    ['a video', 'video/mp4', 1000],
    ['no picture at all', 'image/png', 1000],
    ['a picture for no space at all', 'image/png', 0],
  ])('that cannot be made to fit are told, the others still go: %s', async (_name, type, limit) => {
    const bytes = limit === 0 ? await noise(8, 8) : new Uint8Array(5000);
    const small = await file('small.txt', 'text/plain', new Uint8Array());
    expect(await fitFiles([await file('big', type, bytes), small], limit)).toEqual({
      files: [small],
      shrunk: [],
      tooLarge: [{ name: 'big', size: bytes.length }],
    });
  });
});
