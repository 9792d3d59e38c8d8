import { rm } from 'node:fs/promises';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawnNumber } from '../../../src/pictures/digits.ts';
import { GAP, layoutOf, placeOf } from '../../../src/pictures/layout.ts';
import { bomb, moving, noisy, stage } from './stage.ts';

async function pixelAt(path: string, left: number, top: number): Promise<number[]> {
  const one = await sharp(path).extract({ left, top, width: 1, height: 1 }).removeAlpha().raw().toBuffer();
  return [...one];
}

const near = (found: number[], wanted: number[]) =>
  found.every((value, at) => Math.abs(value - (wanted[at] ?? 0)) < 24);

const EMPTY = [0x3a, 0x3c, 0x42];

describe('a contact sheet', () => {
  it('is at most 2048 pixels wide, and has a place for each', () => {
    for (let count = 1; count <= 300; count += 1) {
      const layout = layoutOf(count);
      expect(layout.width).toBeLessThanOrEqual(2048);
      expect(layout.height).toBeLessThanOrEqual(2048);
      const { left, top } = placeOf(layout, count - 1);
      expect(left + layout.tile + GAP).toBeLessThanOrEqual(layout.width);
      expect(top + layout.tile + GAP).toBe(layout.height);
    }
    expect(layoutOf(300)).toMatchObject({ columns: 20, tile: 98 });
  });

  it('shows pictures of all kinds under their numbers, and an empty tile for what is none', async () => {
    const room = await stage();
    const { pictures, put, out, log } = room;
    const plain = (background: string) =>
      sharp({ create: { width: 90, height: 90, channels: 4, background } })
        .png()
        .toBuffer();
    const gone = await put('gone.png', await plain('#fff'));
    const files = [
      await put('red.png', await plain('#f00')),
      await put(
        'blue.webp',
        await sharp(await plain('#00f'))
          .webp({ lossless: true })
          .toBuffer(),
      ),
      await put('plays.gif', await moving(3)),
      await put('text.png', 'not a picture'),
      await put('huge.png', bomb(15_000)),
      await put('drawing.png', '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'),
      gone,
      await put('grey16.png', await noisy(60, 90).greyscale().toColourspace('grey16').png().toBuffer()),
    ];
    await rm(gone.path);
    const answer = await pictures.sheet(files, { folder: out });
    if ('trouble' in answer) throw new Error(answer.trouble);
    const { file, shown, empty } = answer;
    expect([shown, empty]).toEqual([8, [4, 5, 6, 7]]);
    expect(file).toMatchObject({ name: 'sheet.jpg', type: 'image/jpeg' });
    const layout = layoutOf(8);
    expect(await sharp(file.path).metadata()).toMatchObject({
      format: 'jpeg',
      width: layout.width,
      height: layout.height,
    });
    const middle = async (index: number) => {
      const { left, top } = placeOf(layout, index);
      return pixelAt(file.path, left + layout.tile / 2, top + layout.tile / 2);
    };
    expect(near(await middle(0), [255, 0, 0])).toBe(true);
    expect(near(await middle(1), [0, 0, 255])).toBe(true);
    for (const index of [3, 4, 5, 6]) expect(near(await middle(index), EMPTY), `${index}`).toBe(true);
    for (const index of [2, 7]) expect(near(await middle(index), EMPTY), `${index}`).toBe(false);
    expect(await room.left()).toHaveLength(1);
    expect(log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('loses only the tile of a picture that ends the process', async () => {
    const { pictures, put, out } = await stage({ memory: 60 * 1024 ** 2, limiting: 'watch' });
    const large = sharp({ create: { width: 6000, height: 6000, channels: 4, background: '#a33a' } });
    const files = [
      await put('a.png', await noisy(90, 90).png().toBuffer()),
      await put('b.png', await large.png({ progressive: true }).toBuffer()),
      await put('c.png', await noisy(90, 90).png().toBuffer()),
    ];
    expect(await pictures.sheet(files, { folder: out })).toMatchObject({ shown: 3, empty: [2] });
  });

  it('holds 300 at most, ends with its signal, and is none of nothing', async () => {
    const { pictures, put, out, left } = await stage();
    const file = await put('a.png', await noisy(8, 8).png().toBuffer());
    const many = Array.from({ length: 301 }, () => file);
    expect(await pictures.sheet(many, { folder: out })).toMatchObject({ shown: 300, empty: [] });
    expect(await pictures.sheet([], { folder: out })).toEqual({ trouble: 'cannot' });
    const abort = new AbortController();
    const drawing = pictures.sheet(many, { folder: out, signal: abort.signal });
    setImmediate(() => abort.abort(new Error('not wanted')));
    await expect(drawing).rejects.toThrow('not wanted');
    expect(await left()).toHaveLength(1);
  });

  it('has numbers without a font', () => {
    const { width, height, dots } = drawnNumber(17);
    const rows = Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_none, x) =>
        dots.some((dot) => dot.x === x && dot.y === y) ? '#' : '.',
      ).join(''),
    );
    expect(rows).toEqual([
      '..#...#####',
      '.##.......#',
      '..#......#.',
      '..#.....#..',
      '..#....#...',
      '..#....#...',
      '.###...#...',
    ]);
  });
});
