/** What cameras, phones and programs write: taken, upright and with nothing but the picture, or refused with what to send. */
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { loadAttached } from '../../../src/commands/verbs/attached.ts';
import { languages, catalogue, sentence } from '../../../src/i18n/index.ts';
import { EaselError } from '../../../src/core/errors.ts';
import { image } from '../../../src/templates/slots/image.ts';
import { heic } from '../../fakes/heic.ts';
import { judge } from '../../fakes/judge.ts';

const load = (bytes: Uint8Array, name = 'photo') =>
  loadAttached(
    { slot: 'image', rule: image.file, file: { name, load: async () => bytes } },
    new AbortController().signal,
    judge,
  );

/** 64×32, left red and right blue. */
const halves = (): Sharp =>
  sharp({ create: { width: 64, height: 32, channels: 3, background: '#d01010' } })
    .composite([
      { input: { create: { width: 32, height: 32, channels: 3, background: '#1010d0' } }, left: 32, top: 0 },
    ])
    .removeAlpha();
/** The same with a hole. */
const holed = (): Sharp => halves().ensureAlpha(0.5);
const EXIF = { IFD0: { Make: 'SecretCamera', Artist: 'SecretName' }, IFD3: { GPSLatitude: '51/1 30/1 0/1' } };
/** Taken with the camera on its side. */
const turned = (): Sharp => halves().withExif(EXIF).withMetadata({ orientation: 6 });

/** Uncompressed, with one directory; `more`: entries of it, `[tag, type, value]`. */
function tiff(...more: [number, number, number][]): Buffer {
  const entries: [number, number, number][] = [
    [256, 4, 1],
    [257, 4, 1],
    [258, 3, 8],
    [259, 3, 1],
    [262, 3, 1],
    [273, 4, 8],
    [278, 4, 1],
    [279, 4, 1],
    ...more,
  ];
  const bytes = Buffer.alloc(16 + 2 + entries.length * 12 + 4);
  bytes.write('II*\0', 'latin1');
  bytes.writeUInt32LE(16, 4);
  bytes.writeUInt16LE(entries.length, 16);
  for (const [index, [tag, type, value]] of entries.toSorted(([a], [b]) => a - b).entries()) {
    const at = 18 + index * 12;
    bytes.writeUInt16LE(tag, at);
    bytes.writeUInt16LE(type, at + 2);
    bytes.writeUInt32LE(1, at + 4);
    bytes.writeUInt32LE(value, at + 8);
  }
  return bytes;
}

const AS_IT_IS: [string, () => Promise<Buffer>, string][] = [
  ['a 16-bit PNG', () => halves().toColourspace('rgb16').png().toBuffer(), 'image/png'],
  ['a CMYK JPEG', () => halves().toColourspace('cmyk').jpeg().toBuffer(), 'image/jpeg'],
  ['a JPEG that is turned', () => turned().jpeg().toBuffer(), 'image/jpeg'],
  ['a still WebP', () => halves().webp().toBuffer(), 'image/webp'],
  ['a still GIF', () => halves().gif().toBuffer(), 'image/gif'],
];

const CONVERTED: [string, () => Promise<Buffer>, { type: string; width: number; height: number }][] = [
  ['a HEIC of a phone', async () => heic(), { type: 'image/jpeg', width: 64, height: 32 }],
  ['a HEIC that is turned', async () => heic({ turns: 3 }), { type: 'image/jpeg', width: 32, height: 64 }],
  [
    'a HEIC by its other brand',
    async () => heic({ brand: 'mif1' }),
    { type: 'image/jpeg', width: 64, height: 32 },
  ],
  ['an AVIF', () => halves().avif().toBuffer(), { type: 'image/jpeg', width: 64, height: 32 }],
  ['an AVIF with a hole', () => holed().avif().toBuffer(), { type: 'image/png', width: 64, height: 32 }],
  ['a TIFF', () => halves().tiff().toBuffer(), { type: 'image/png', width: 64, height: 32 }],
  ['a TIFF that is turned', () => turned().tiff().toBuffer(), { type: 'image/png', width: 32, height: 64 }],
  [
    'a 16-bit TIFF',
    () => halves().toColourspace('rgb16').tiff({ compression: 'lzw' }).toBuffer(),
    { type: 'image/png', width: 64, height: 32 },
  ],
  [
    'a CMYK TIFF',
    () => halves().toColourspace('cmyk').tiff().toBuffer(),
    { type: 'image/png', width: 64, height: 32 },
  ],
  [
    'an animated GIF',
    async () => (await animated()).gif().toBuffer(),
    { type: 'image/png', width: 64, height: 32 },
  ],
  [
    'an animated WebP',
    async () => (await animated()).webp().toBuffer(),
    { type: 'image/png', width: 64, height: 32 },
  ],
];

/** Two frames, of which the first is red. */
async function animated(): Promise<Sharp> {
  const frame = (background: string) =>
    sharp({ create: { width: 64, height: 32, channels: 3, background } })
      .png()
      .toBuffer();
  return sharp([await frame('#d01010'), await frame('#1010d0')], { join: { animated: true } });
}

const REFUSED: [string, Buffer, string][] = [
  ['a BMP', Buffer.from('BM\x46\0\0\0\0\0\0\0\x36\0\0\0', 'latin1'), 'BMP'],
  ['a JPEG 2000', Buffer.from('\0\0\0\x0cjP  \r\n\x87\n', 'latin1'), 'JPEG 2000'],
  ['a JPEG XL', Buffer.from('\xff\x0a\x00\x10', 'latin1'), 'JPEG XL'],
  ['a JPEG XL in its box', Buffer.from('\0\0\0\x0cJXL \r\n\x87\n', 'latin1'), 'JPEG XL'],
  ['a DNG', tiff([0xc612, 4, 1]), 'RAW'],
  ['a NEF, whose first picture is a preview', tiff([0x00fe, 4, 1]), 'RAW'],
  ['what a sensor saw', tiff([0x014a, 4, 8], [0x010f, 4, 0]), 'RAW'],
  ['a CR3', Buffer.from('\0\0\0\x18ftypcrx ', 'latin1'), 'RAW'],
  ['a PSD', Buffer.from('8BPS\0\x01', 'latin1'), 'PSD'],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'), 'SVG'],
  ['a HEIC that is cut off', heic().subarray(0, 320), 'HEIC'],
  ['a damaged TIFF', Buffer.from('II*\0\x08\0\0\0', 'latin1'), 'TIFF'],
];

describe('a picture that is attached', () => {
  it.each(AS_IT_IS)('as %s is taken pixel for pixel', async (_name, make, type) => {
    const bytes = await make();
    const taken = await load(bytes);
    expect(taken.type).toBe(type);
    const pixels = (one: Uint8Array) => sharp(one, { autoOrient: true }).raw().toBuffer();
    expect((await pixels(taken.bytes)).equals(await pixels(bytes))).toBe(true);
    expect(Buffer.from(taken.bytes).includes('Secret')).toBe(false);
  });

  it.each(CONVERTED)('as %s goes up as what ComfyUI reads', async (_name, make, { type, width, height }) => {
    const taken = await load(await make(), 'IMG_0001.HEIC');
    expect(taken).toMatchObject({ name: type === 'image/png' ? 'image.png' : 'image.jpg', type });
    const found = await sharp(taken.bytes).metadata();
    expect(found).toMatchObject({ width, height, depth: 'uchar', space: 'srgb' });
    expect(found.pages ?? 1).toBe(1);
    expect([found.exif, found.xmp, found.orientation]).toEqual([undefined, undefined, undefined]);
    expect(Buffer.from(taken.bytes).includes('Secret')).toBe(false);
    // the upper left corner is red, whichever way it was turned
    const [red = 0, green = 0, blue = 0] = await sharp(taken.bytes)
      .extract({ left: 4, top: 4, width: 1, height: 1 })
      .raw()
      .toBuffer();
    expect([red > 150, green < 80, blue < 80]).toEqual([true, true, true]);
  });

  it.each(REFUSED)('as %s is refused by its name', async (_name, bytes, found) => {
    await expect(load(bytes, 'a.file')).rejects.toMatchObject({
      problem: { code: 'not-an-image', slot: 'image', name: 'a.file', found },
    });
  });

  it.each(languages())('that is refused says which format to send: $name', async ({ tag }) => {
    const said = (found: string) =>
      sentence(
        catalogue(tag),
        new EaselError({ code: 'not-an-image', slot: 'image', name: 'a', found }).problem,
        'person',
      );
    for (const part of ['RAW', 'JPEG', 'PNG', '"image"'.slice(1, -1)]) expect(said('RAW')).toContain(part);
    expect(said('HEIC')).toContain('iPhone');
  });

  it('is not held to be raw for what a TIFF may have', async () => {
    expect(await load(tiff())).toMatchObject({ name: 'image.png', type: 'image/png' });
  });
});
