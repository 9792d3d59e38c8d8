import { readFile, rm } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { bomb, chunk, moving, noisy, sharedPictures, stage, type Stage } from './stage.ts';

const ours = sharedPictures();

const here = () => stage({}, ours());

const shrunk = async ({ pictures, out, put }: Stage, name: string, content: Buffer, limit: number) =>
  pictures.shrink(await put(name, content), { limit, folder: out });

async function fitting(room: Stage, name: string, content: Buffer, limit: number) {
  const answer = await shrunk(room, name, content, limit);
  if ('trouble' in answer) throw new Error(answer.trouble);
  const bytes = await readFile(answer.file.path);
  expect(bytes.length).toBe(answer.file.size);
  expect(bytes.length).toBeLessThanOrEqual(limit);
  return { file: answer.file, bytes, metadata: await sharp(bytes).metadata() };
}

describe('a picture that is too large', () => {
  it('becomes a WebP that fits, in whatever format it came', async () => {
    const room = await here();
    const formats = ['png', 'jpeg', 'webp', 'avif'] as const;
    for (const format of formats) {
      const content = await noisy(256, 192).toFormat(format).toBuffer();
      const { file, metadata } = await fitting(room, `fox.v2.${format}`, content, 20_000);
      expect(file).toMatchObject({ name: 'fox.v2.webp', type: 'image/webp' });
      expect(metadata.format).toBe('webp');
      expect((metadata.width ?? 0) / (metadata.height ?? 1)).toBeCloseTo(4 / 3, 1);
    }
  });

  it('is only encoded anew where that suffices', async () => {
    const flat = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#a33' } })
      .png({ compressionLevel: 0 })
      .toBuffer();
    const { metadata } = await fitting(await here(), 'flat.png', flat, 100_000);
    expect(metadata).toMatchObject({ width: 900, height: 600 });
  });

  it('still plays if it played, as long', async () => {
    const content = await moving(5);
    const { metadata } = await fitting(await here(), 'a.gif', content, content.length / 2);
    expect(metadata).toMatchObject({ pages: 5, delay: [120, 120, 120, 120, 120] });
  });

  it('stays the right way up, and loses the texts in it', async () => {
    const content = await noisy(300, 200)
      .withMetadata({ orientation: 6 })
      .withExifMerge({ IFD0: { Make: 'SpyCam' } })
      .jpeg({ quality: 100 })
      .toBuffer();
    const { metadata, bytes } = await fitting(await here(), 'a.jpg', content, 50_000);
    expect((metadata.width ?? 0) < (metadata.height ?? 0)).toBe(true);
    expect(bytes.includes('SpyCam')).toBe(false);
  });

  it('is no picture any more if nothing less would do, and leaves nothing', async () => {
    const room = await stage();
    expect(await shrunk(room, 'a.png', await noisy(128, 96).png().toBuffer(), 30)).toEqual({
      trouble: 'cannot',
    });
    expect(await room.left()).toEqual([]);
    expect(room.log.lines).toContainEqual(
      expect.objectContaining({ message: 'pictures: nothing came of a file' }),
    );
  });
});

describe('a hostile picture', () => {
  it.each([
    ['an SVG', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')],
    [
      'an SVG behind a declaration',
      () => Buffer.from('<?xml version="1.0"?><!DOCTYPE svg><svg width="9" height="9"><rect/></svg>'),
    ],
    ['a PDF', () => Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\n')],
    ['a TIFF', () => noisy(9, 9).tiff().toBuffer()],
    ['a ZIP', () => Buffer.from('PK\u0003\u0004 and so on')],
    ['a page', () => Buffer.from('<html><img src="file:///etc/passwd"></html>')],
    ['nothing', () => Buffer.alloc(0)],
    ['half a PNG', async () => (await noisy(64, 64).png().toBuffer()).subarray(0, 6000)],
    ['half a JPEG', async () => (await noisy(64, 64).jpeg().toBuffer()).subarray(0, 900)],
    ['half a WebP', async () => (await noisy(64, 64).webp().toBuffer()).subarray(0, 900)],
    ['half a GIF', async () => (await moving(3)).subarray(0, 60)],
    ['raw pixels', () => noisy(8, 8).raw().toBuffer()],
  ])('that is %s is none', async (_name, make) => {
    const room = await here();
    const content = await make();
    expect(await shrunk(room, 'a.png', content, 500)).toEqual({ trouble: 'not-a-picture' });
    expect(await room.left()).toEqual([]);
  });

  it('of 15,000 pixels a side is not even tried, nor one whose pages are too many together', async () => {
    const room = await here();
    const content = bomb(15_000);
    expect(content.length).toBeLessThan(100_000);
    expect(await shrunk(room, 'a.png', content, 500)).toEqual({ trouble: 'too-many-pixels' });
    const film = await sharp({
      create: { width: 4000, height: 4000, channels: 3, background: '#000' },
      join: undefined,
    })
      .gif()
      .toBuffer();
    expect(await shrunk(room, 'still.gif', film, 5000)).toHaveProperty('file');
    expect(await shrunk(room, 'plays.gif', repeated(film, 5), 5000)).toEqual({ trouble: 'too-many-pixels' });
  });

  it('that is an archive at its end becomes a picture only', async () => {
    const png = await noisy(64, 64).png().toBuffer();
    const zip = Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.from('evil'.repeat(100))]);
    const { bytes } = await fitting(await here(), 'a.png', Buffer.concat([png, zip]), 8000);
    expect(bytes.includes('evil')).toBe(false);
  });

  it('that plays as a PNG would stand still, so that it is left as it is', async () => {
    const png = await noisy(64, 64).png().toBuffer();
    const text = chunk('tEXt', Buffer.from(`prompt\0${'x'.repeat(100_000)}`));
    const plays = chunk('acTL', Buffer.from('0000000200000000', 'hex'));
    const content = Buffer.concat([png.subarray(0, 33), text, plays, png.subarray(33)]);
    expect(await shrunk(await here(), 'a.png', content, 5000)).toEqual({ trouble: 'cannot' });
  });

  it('that has vanished is none', async () => {
    const { pictures, put, out } = await here();
    const file = await put('a.png', await noisy(8, 8).png().toBuffer());
    await rm(file.path);
    expect(await pictures.shrink(file, { limit: 10, folder: out })).toEqual({ trouble: 'not-a-picture' });
  });
});

/** The picture of a GIF, shown so often. */
function repeated(gif: Buffer, times: number): Buffer {
  const colours = 13 + 3 * 2 ** (((gif[10] ?? 0) & 7) + 1);
  const frames = gif.subarray(colours, -1);
  return Buffer.concat([
    gif.subarray(0, colours),
    ...Array.from({ length: times }, () => frames),
    Buffer.from([0x3b]),
  ]);
}
