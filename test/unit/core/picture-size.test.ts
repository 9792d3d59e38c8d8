import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureSize } from '../../../src/core/picture-size.ts';
import { temporaryFolder } from '../temporary.ts';

const canvas = (width: number, height: number, channels: 3 | 4 = 3) =>
  sharp({ create: { width, height, channels, background: '#842' } });

const turned = (picture: Sharp) => picture.withMetadata({ orientation: 6 });

const FORMATS: [what: string, draw: (width: number, height: number) => Sharp][] = [
  ['PNG', (...size) => canvas(...size).png()],
  ['PNG with alpha', (...size) => canvas(...size, 4).png()],
  ['JPEG', (...size) => canvas(...size).jpeg()],
  ['JPEG that is progressive', (...size) => canvas(...size).jpeg({ progressive: true })],
  ['JPEG with Exif and a profile', (...size) => turned(canvas(...size).withIccProfile('p3')).jpeg()],
  ['WebP', (...size) => canvas(...size).webp()],
  ['WebP without loss', (...size) => canvas(...size).webp({ lossless: true })],
  [
    'WebP with alpha',
    (...size) =>
      canvas(...size, 4)
        .ensureAlpha(0.5)
        .webp(),
  ],
  ['WebP with Exif', (...size) => turned(canvas(...size)).webp()],
  ['GIF', (...size) => canvas(...size).gif()],
  ['AVIF', (...size) => canvas(...size).avif({ effort: 0 })],
  [
    'AVIF with alpha',
    (...size) =>
      canvas(...size, 4)
        .ensureAlpha(0.5)
        .avif({ effort: 0 }),
  ],
];

async function file(bytes: string | Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), 'picture');
  await writeFile(path, bytes);
  return path;
}

describe('the size of a picture', () => {
  it.each(FORMATS)('is read from the header of a %s', async (_what, draw) => {
    for (const [width, height] of [
      [300, 17],
      [17, 700],
      [1, 1],
    ] as const) {
      const path = await file(await draw(width, height).toBuffer());
      expect(await pictureSize(path)).toEqual({ width, height });
    }
  });

  it.each(FORMATS)('is not read from a %s that ends before it', async (_what, draw) => {
    const whole = await draw(300, 200).toBuffer();
    for (const length of [0, 1, 4, 8, 11, 16, 19, 22, 25, 28]) {
      const found = await pictureSize(await file(whole.subarray(0, length)));
      expect([undefined, { width: 300, height: 200 }]).toContainEqual(found);
    }
  });

  it('of many pages is that of the canvas', async () => {
    const pages = await Promise.all(['#f00', '#00f'].map((background) => page(background)));
    const options = { raw: { width: 40, height: 60, channels: 3 as const, pageHeight: 30 } };
    for (const format of ['gif', 'webp'] as const) {
      const bytes = await sharp(Buffer.concat(pages), options).toFormat(format).toBuffer();
      expect(await pictureSize(await file(bytes))).toEqual({ width: 40, height: 30 });
    }
    async function page(background: string) {
      return sharp({ create: { width: 40, height: 30, channels: 3, background } })
        .raw()
        .toBuffer();
    }
  });

  it.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'],
    ['a TIFF', 'II*\0\x08\0\0\0'],
    ['nothing', ''],
    ['a text', 'Only words, and some more of them.'],
    ['a PNG of no width', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\x01'],
    ['a film', '\0\0\0\x18ftypisom\0\0\x02\0isomavc1\0\0\0\x08moov'],
  ])('is not told of %s', async (_what, text) => {
    expect(await pictureSize(await file(Buffer.from(text, 'latin1')))).toBeUndefined();
  });

  it('costs few reads of a JPEG that has nothing but segments', async () => {
    const segment = Buffer.from([0xff, 0xe1, 0, 2]);
    const bytes = Buffer.concat([
      Buffer.from([0xff, 0xd8]),
      ...Array.from({ length: 1_000_000 }, () => segment),
    ]);
    expect(await pictureSize(await file(bytes))).toBeUndefined();
  });

  it('is a size or nothing, whatever is in the file', async () => {
    const samples = await Promise.all(FORMATS.map(async ([, draw]) => draw(30, 20).toBuffer()));
    const spoilt = fc.tuple(
      fc.constantFrom(...samples),
      fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { minLength: 1, maxLength: 6 }),
    );
    const path = await file('');
    const property = fc.asyncProperty(spoilt, async ([sample, changes]) => {
      const bytes = Buffer.from(sample);
      for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
      await writeFile(path, bytes);
      const found = await pictureSize(path);
      if (!found) return;
      for (const pixels of [found.width, found.height]) {
        expect(Number.isSafeInteger(pixels)).toBe(true);
        expect(pixels).toBeGreaterThan(0);
      }
    });
    await fc.assert(property, { seed: 20261127, numRuns: 300 });
  });

  it('is not told of what is not there', async () => {
    const path = await file('x');
    await expect(pictureSize(`${path}.other`)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(await readFile(path, 'utf8')).toBe('x');
  });
});
