/** A person's photo tells where they live: what goes up to a backend is the picture and nothing else. */
import * as fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bare } from '../../src/commands/verbs/bare/index.ts';
import { loadAttached } from '../../src/commands/verbs/attached.ts';
import { image } from '../../src/templates/slots/image.ts';
import { judge } from '../fakes/judge.ts';
import { measured } from '../fakes/cpu-time.ts';

const signal = new AbortController().signal;
const FORMATS = ['jpeg', 'png', 'webp', 'gif'] as const;
type Format = (typeof FORMATS)[number];
const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><secret>at home</secret></x:xmpmeta>';
const SECRETS = ['at home', 'SpyCam', '51/1', 'GPS', 'Exif\0\0SPY', '<x:xmpmeta'];

/** 24 × 16 points that differ, with a place, a camera and a turn. */
async function photo(format: Format, orientation?: number): Promise<Buffer> {
  const raw = Buffer.from(Array.from({ length: 24 * 16 * 3 }, (_, at) => (at * 7) % 256));
  const picture = sharp(raw, { raw: { width: 24, height: 16, channels: 3 } }).toFormat(format);
  if (format === 'gif') return picture.toBuffer();
  return picture
    .withMetadata({ ...(orientation !== undefined && { orientation }) })
    .withExifMerge({
      IFD0: { Make: 'SpyCam', Model: 'at home' },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100' },
    })
    .withXmp(XMP)
    .toBuffer();
}

const pixels = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();
async function goesUp(bytes: Uint8Array): Promise<Uint8Array> {
  const file = { name: 'me.jpg', load: async () => bytes };
  return (await loadAttached({ slot: 'image', rule: image.file, file }, signal, judge)).bytes;
}
const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

describe('a photo', () => {
  it.each(FORMATS)('loses where it was taken, and no pixel: %s', async (format) => {
    const given = await photo(format);
    const taken = await sharp(given).metadata();
    // sharp writes neither into a GIF
    expect(taken.exif !== undefined && taken.xmp !== undefined).toBe(format !== 'gif');
    const sent = await goesUp(given);
    const { exif, xmp, icc } = await sharp(sent).metadata();
    expect([exif, xmp]).toEqual([undefined, undefined]);
    expect(icc).toEqual(taken.icc);
    for (const secret of SECRETS) expect(text(sent)).not.toContain(secret);
    expect(await pixels(sent)).toEqual(await pixels(given));
    // once more changes nothing
    expect(Buffer.from(await goesUp(sent))).toEqual(Buffer.from(sent));
  });

  it.each(['jpeg', 'png', 'webp'] as const)('keeps which way up it is: %s', async (format) => {
    const given = await photo(format, 6);
    expect((await sharp(given).metadata()).orientation).toBe(6);
    const sent = await goesUp(given);
    expect((await sharp(sent).metadata()).orientation).toBe(6);
    expect(text(sent)).not.toContain('SpyCam');
    expect(await pixels(sent)).toEqual(await pixels(given));
  });

  it('loses what is hidden elsewhere: comments, texts, other blocks, and what follows its end', async () => {
    const spy = Buffer.from('at home, SpyCam');
    const jpeg = await photo('jpeg');
    const block = (marker: number) => Buffer.concat([Buffer.from([0xff, marker, 0, spy.length + 2]), spy]);
    const more = [0xe0, 0xe2, 0xe3, 0xec, 0xed, 0xef, 0xfe].map(block);
    const gif = await photo('gif');
    const table = 13 + 3 * 2 ** (((gif[10] ?? 0) & 7) + 1);
    const comment = Buffer.concat([Buffer.from([0x21, 0xfe, spy.length]), spy, Buffer.from([0])]);
    const xmp = Buffer.concat([
      Buffer.from([0x21, 0xff, 11]),
      Buffer.from('XMP DataXMP'),
      Buffer.from([spy.length]),
      spy,
      Buffer.from([0]),
    ]);
    const files = [
      Buffer.concat([jpeg.subarray(0, 2), ...more, jpeg.subarray(2), spy, jpeg]),
      Buffer.concat([await photo('png'), spy]),
      Buffer.concat([await photo('webp'), spy]),
      Buffer.concat([gif.subarray(0, table), comment, xmp, gif.subarray(table), spy]),
    ];
    for (const file of files) {
      const sent = await goesUp(file);
      expect(text(file)).toContain('at home');
      expect(text(sent)).not.toContain('at home');
      expect(await pixels(sent)).toEqual(await pixels(file));
    }
  });

  it('is cut whatever is wrong with it: nothing throws, and nothing grows', async () => {
    const photos = await Promise.all(FORMATS.map((format) => photo(format, 6)));
    const damage = fc.record({
      which: fc.nat(FORMATS.length - 1),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      hits: fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), {
        maxLength: 20,
      }),
    });
    fc.assert(
      fc.property(damage, ({ which, cut, hits }) => {
        const whole = photos[which] ?? Buffer.alloc(0);
        const bytes = Uint8Array.from(whole.subarray(0, Math.ceil(whole.length * cut)));
        for (const [at, value] of hits) if (bytes.length > 0) bytes[Math.floor(at * bytes.length)] = value;
        for (const format of FORMATS)
          expect(bare(format, bytes)?.length ?? 0).toBeLessThan(bytes.length + 64);
      }),
      { numRuns: 2000 },
    );
    for (const format of FORMATS) expect(bare(format, new Uint8Array(0))).toBeUndefined();
    expect(bare('constructor', new Uint8Array(9))).toBeUndefined();
  });

  it.each([
    ['markers and nothing else', () => fill(0xff, [0xff, 0xd8])],
    ['escaped bytes', () => fill(0, [0xff, 0xd8, 0xff, 0xda, 0, 2, 0xff])],
    ['empty segments', () => repeat([0xff, 0xe1, 0, 0], [0xff, 0xd8])],
    ['empty chunks', () => repeat([0, 0, 0, 0, 0x49, 0x44, 0x41, 0x54, 0, 0, 0, 0], PNG)],
    ['empty chunks of a WebP', () => repeat([0x41, 0x4c, 0x50, 0x48, 0, 0, 0, 0], WEBP)],
    ['empty blocks', () => repeat([0x21, 0xf9, 0], [...Buffer.from('GIF89a'), 0, 0, 0, 0, 0, 0, 0])],
  ])('takes time in proportion: %s', (_, make) => {
    const bytes = make();
    const { cpuMs } = measured(() => FORMATS.map((format) => bare(format, bytes)));
    // 8 MB; the square of that would take hours
    expect(cpuMs).toBeLessThan(10_000);
  });
});

const SIZE = 8 * 1024 * 1024;
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const WEBP = [...Buffer.from('RIFF'), 0xff, 0xff, 0xff, 0x7f, ...Buffer.from('WEBP')];

function fill(value: number, head: number[]): Uint8Array {
  const bytes = new Uint8Array(SIZE).fill(value);
  bytes.set(head);
  return bytes;
}
function repeat(piece: number[], head: number[]): Uint8Array {
  const bytes = Buffer.alloc(SIZE, Uint8Array.from(piece));
  return Buffer.concat([Uint8Array.from(head), bytes]);
}
