import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { UploadLimits } from '../../../src/core/upload-limits.ts';
import { bomb, noisy, sharedPictures, stage } from './stage.ts';

const ours = sharedPictures();

async function fitted(content: Buffer, within: UploadLimits) {
  const room = await stage({}, ours());
  const answer = await ours().fitUpload(await room.put('cat.png', content), { folder: room.out, within });
  if ('trouble' in answer) throw new Error(answer.trouble);
  const bytes = await readFile(answer.file.path);
  expect(bytes.length).toBe(answer.file.size);
  const metadata = await sharp(bytes).metadata();
  expect(metadata).toMatchObject({ width: answer.width, height: answer.height });
  return { ...answer, bytes, metadata };
}

describe('a picture that is to go up', () => {
  it.each([
    ['keeps its proportions within a side', { edge: 100 }, [100, 75]],
    ['has no pixel too many', { pixels: 5000 }, [81, 61]],
    ['is not made larger', { edge: 1000, pixels: 1e6 }, [256, 192]],
  ] as const)('%s', async (_what, within, [width, height]) => {
    const { metadata } = await fitted(await noisy(256, 192).png().toBuffer(), within);
    expect(metadata).toMatchObject({ format: 'png', width, height });
  });

  it('becomes a JPEG of all its pixels before it loses any', async () => {
    const { bytes, metadata, file } = await fitted(await noisy(256, 192).png().toBuffer(), {
      bytes: 120_000,
    });
    expect(bytes.length).toBeLessThanOrEqual(120_000);
    expect(metadata).toMatchObject({ format: 'jpeg', width: 256, height: 192 });
    expect(file).toMatchObject({ name: 'cat.jpg', type: 'image/jpeg' });
  });

  it('then has fewer pixels, until it fits', async () => {
    const { bytes, metadata } = await fitted(await noisy(256, 192).png().toBuffer(), { bytes: 20_000 });
    expect(bytes.length).toBeLessThanOrEqual(20_000);
    expect(metadata.width).toBeGreaterThan(90);
  });

  it('keeps what is seen through it, as a mask has it', async () => {
    const { bytes, metadata } = await fitted(await noisy(256, 192, 4).png().toBuffer(), { bytes: 50_000 });
    expect(bytes.length).toBeLessThanOrEqual(50_000);
    expect(metadata).toMatchObject({ format: 'png', hasAlpha: true });
  });

  it('is upright, whichever way it was held', async () => {
    const held = await noisy(256, 192).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const { metadata } = await fitted(held, { edge: 128 });
    expect(metadata).toMatchObject({ format: 'jpeg', width: 96, height: 128 });
    expect(metadata.orientation).toBeUndefined();
  });

  it.each([
    ['is no picture', Buffer.from('no picture'), { bytes: 5 }, 'not-a-picture'],
    ['cannot be so small', noisy(64, 64).png().toBuffer(), { bytes: 100 }, 'cannot'],
    ['has too many pixels even for that', bomb(20_000), { pixels: 1e6 }, 'too-many-pixels'],
  ])('comes to nothing where it %s, and leaves nothing', async (_why, content, within, trouble) => {
    const { out, put, left } = await stage({}, ours());
    const answer = await ours().fitUpload(await put('cat.png', await content), { folder: out, within });
    expect([answer, await left()]).toEqual([{ trouble }, []]);
  });
});
