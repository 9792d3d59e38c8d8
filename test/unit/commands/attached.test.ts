import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { attachedTo, loadAttached } from '../../../src/commands/verbs/attached.ts';
import { MAX_FILE_BYTES } from '../../../src/templates/slots/file.ts';
import { image } from '../../../src/templates/slots/image.ts';
import type { Attachment } from '../../../src/templates/values.ts';
import type { Slot } from '../../../src/core/template.ts';
import { judge } from '../../fakes/judge.ts';
import { bomb } from '../pictures/stage.ts';

const load = (bytes: Uint8Array, name = 'cat.png') =>
  loadPicture({ name, load: async () => bytes }, new AbortController().signal);
const loadPicture = (file: Attachment, signal: AbortSignal) =>
  loadAttached({ slot: 'image', rule: image.file, file }, signal, judge);
const picture: Slot = { type: 'image', into: [['1', 'image']] };
const blank = (width = 8, height = 8) =>
  sharp({ create: { width, height, channels: 3, background: '#a33' } });

/** A PNG whose header promises these many pixels, and that has none. */
async function pixelBomb(width: number, height: number): Promise<Buffer> {
  const png = await blank().png().toBuffer();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc(png.subarray(12, 29)), 29);
  return png;
}
function crc(bytes: Uint8Array): number {
  let value = ~0;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0xedb88320 : 0);
  }
  return ~value >>> 0;
}

describe('an attached picture', () => {
  it.each([
    ['png', () => blank().png().toBuffer(), 'image.png', 'image/png'],
    ['jpeg', () => blank().jpeg().toBuffer(), 'image.jpg', 'image/jpeg'],
    ['webp', () => blank().webp().toBuffer(), 'image.webp', 'image/webp'],
    ['gif', () => blank().gif().toBuffer(), 'image.gif', 'image/gif'],
  ])('as %s is taken as it is, under the name of its slot', async (_format, make, name, type) => {
    const bytes = await make();
    expect(await load(bytes, '../../etc/passwd.txt')).toEqual({ name, type, bytes });
  });

  it.each([
    ['text', async () => Buffer.from('not a picture')],
    ['nothing', async () => Buffer.alloc(0)],
    [
      'half a PNG',
      async () => {
        const noise = await sharp(crypto.getRandomValues(new Uint8Array(64 * 64 * 3)), {
          raw: { width: 64, height: 64, channels: 3 },
        })
          .png()
          .toBuffer();
        return noise.subarray(0, noise.length / 2);
      },
    ],
    ['a PNG that promises too much', () => pixelBomb(2000, 2000)],
  ])('that is %s is refused', async (_name, make) => {
    await expect(load(await make())).rejects.toMatchObject({
      problem: { code: 'not-an-image', slot: 'image', name: 'cat.png' },
    });
  });

  it('with far too many pixels is refused before it is decoded, and so is what cannot be made smaller', async () => {
    await expect(load(await pixelBomb(60_000, 60_000))).rejects.toMatchObject({
      problem: {
        code: 'image-too-many-pixels',
        slot: 'image',
        width: 60_000,
        height: 60_000,
        maxEdge: 16_384,
      },
    });
    await expect(load(await pixelBomb(8_193, 8_192))).rejects.toMatchObject({
      problem: { code: 'image-too-many-pixels', width: 8_193, height: 8_192, maxPixels: 67_108_864 },
    });
  });

  it.each([
    ['too many pixels', () => bomb(8_193), 8_192, 8_192],
    ['a side that is too long', () => blank(16_385, 4).png().toBuffer(), 16_384, 3],
  ])('of %s goes up smaller, and that is told', async (_what, make, width, height) => {
    const taken = await load(await make());
    expect(await sharp(taken.bytes).metadata()).toMatchObject({ width, height, format: 'png' });
    expect(taken.shrunk).toEqual({ slot: 'image', width, height });
  });

  it('as large as Comfy Cloud takes one goes up as it is', async () => {
    const taken = await load(bomb(8_192));
    expect(await sharp(taken.bytes).metadata()).toMatchObject({ width: 8_192, height: 8_192 });
    expect(taken.shrunk).toBeUndefined();
  });

  it('that is too large is refused, by what is stated and by what comes', async () => {
    const refused = {
      code: 'image-too-large',
      slot: 'image',
      size: MAX_FILE_BYTES + 1,
      maxSize: MAX_FILE_BYTES,
    };
    const attachment = { name: 'a', load: async () => new Uint8Array() };
    expect(() => attachedTo('image', picture, { ...attachment, size: MAX_FILE_BYTES + 1 })).toThrow(
      /image-too-large/,
    );
    attachedTo('image', picture, { ...attachment, size: MAX_FILE_BYTES });
    attachedTo('image', picture, attachment);
    await expect(load(new Uint8Array(MAX_FILE_BYTES + 1))).rejects.toMatchObject({ problem: refused });
  });

  it('that does not come is unreachable, and the log has the cause', async () => {
    const cause = new TypeError('fetch failed');
    const attachment = { name: 'cat.png', load: () => Promise.reject(cause) };
    const { signal } = new AbortController();
    await expect(loadPicture(attachment, signal)).rejects.toMatchObject({
      problem: { code: 'image-unreachable', slot: 'image', name: 'cat.png' },
      cause,
    });
  });

  it('is not waited for beyond its time, also where the download cannot be ended', async () => {
    const abort = new AbortController();
    const seen: AbortSignal[] = [];
    const attachment = {
      name: 'cat.png',
      load: (signal: AbortSignal) => {
        seen.push(signal);
        return new Promise<Uint8Array>(() => undefined);
      },
    };
    const loading = loadPicture(attachment, abort.signal);
    abort.abort(new DOMException('not within 30000 ms', 'TimeoutError'));
    await expect(loading).rejects.toMatchObject({
      problem: { code: 'image-unreachable', slot: 'image', name: 'cat.png' },
    });
    expect(seen).toEqual([abort.signal]);
  });
});
