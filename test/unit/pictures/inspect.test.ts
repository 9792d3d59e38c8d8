import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bomb, moving, noisy, stage } from './stage.ts';

const { signal } = new AbortController();

describe('what a picture is', () => {
  it('is told of a path and of bytes, and nothing is left', async () => {
    const { pictures, put, left } = await stage();
    const png = await noisy(30, 20).png().toBuffer();
    const facts = { format: 'png', width: 30, height: 20, pages: 1, whole: true };
    expect(await pictures.inspect((await put('a.jpg', png)).path, signal)).toEqual(facts);
    expect(await pictures.inspect(png, signal)).toEqual(facts);
    expect(await pictures.inspect(await moving(4, 16), signal)).toEqual({
      format: 'gif',
      width: 16,
      height: 16,
      pages: 4,
      whole: true,
    });
    expect(await left()).toEqual([]);
  });

  it('is told of a damaged or a huge one too, without decoding the huge one', async () => {
    const { pictures } = await stage();
    const png = await noisy(64, 64).png().toBuffer();
    expect(await pictures.inspect(png.subarray(0, 5000), signal)).toMatchObject({ width: 64, whole: false });
    const start = performance.now();
    expect(await pictures.inspect(bomb(15_000), signal)).toMatchObject({ width: 15_000, whole: false });
    expect(performance.now() - start).toBeLessThan(15_000);
  });

  it('is nothing for what is none', async () => {
    const { pictures } = await stage();
    for (const text of ['', 'hello', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'])
      expect(await pictures.inspect(Buffer.from(text), signal)).toEqual({ trouble: 'not-a-picture' });
    expect(await pictures.inspect('/nowhere/a.png', signal)).toEqual({ trouble: 'not-a-picture' });
  });

  it('is told again once what is left of an earlier process can be cleared away', async () => {
    const { folder, put } = await stage();
    const { path: inTheWay } = await put('full', '');
    const scratch = join(inTheWay, 'scratch');
    const { pictures } = await stage({ folder: scratch });
    const png = await noisy(30, 20).png().toBuffer();
    await expect(pictures.inspect(png, signal)).rejects.toMatchObject({ code: 'ENOTDIR' });
    await rm(inTheWay);
    await mkdir(scratch, { recursive: true });
    await writeFile(join(scratch, 'old'), 'of a process that was killed');
    expect(await pictures.inspect(png, signal)).toMatchObject({ width: 30, whole: true });
    expect([await readdir(scratch), await readdir(folder)]).toEqual([[], ['full']]);
  });
});
