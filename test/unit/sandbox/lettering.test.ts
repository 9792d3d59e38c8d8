import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { glyphOf } from '../../../src/sandbox/painter/alphabet.ts';
import { paintLatent } from '../../../src/sandbox/painter/latent.ts';
import { poster } from '../../../src/sandbox/painter/poster.ts';
import { compose } from '../../../src/sandbox/painter/scene.ts';
import { letter } from '../../../src/sandbox/painter/lettering.ts';
import { fit } from '../../../src/sandbox/painter/typesetting.ts';

/** The share of pixels with ink. */
async function inked(image: Uint8Array): Promise<number> {
  const { data, info } = await sharp(image)
    .ensureAlpha()
    .extractChannel(3)
    .raw()
    .toBuffer({ resolveWithObject: true });
  expect(info.channels).toBe(1);
  return data.filter((alpha) => alpha > 127).length / data.length;
}

describe('lettering', () => {
  it('has every letter, digit and mark that Western prompts are made of', () => {
    for (const char of 'abcdefghijklmnopqrstuvwxyz0123456789.,!?:;\'"-–—&+=/()%#*…’“”àáâãäåæçèéêëìíîïñòóôõöøùúûüýÿšžčřłđœőűąęğ')
      expect(glyphOf(char), char).toBeDefined();
  });

  it('fills its room without leaving it', async () => {
    for (const text of [
      'piano',
      'a red sports car',
      'Pneumonoultramicroscopicsilicovolcanoconiosis',
      'w '.repeat(50),
      'Ö',
    ])
      for (const [width, height] of [
        [400, 200],
        [120, 400],
        [900, 60],
      ] as const) {
        const lettering = await letter(text, width, height, '#fff');
        expect(lettering!.width).toBeLessThanOrEqual(width);
        expect(lettering!.height).toBeLessThanOrEqual(height * 1.1);
        expect(await inked(lettering!.image)).toBeGreaterThan(0.01);
      }
  });

  it('breaks lines between words, and a word only where it is very long', () => {
    const lines = fit('THE QUICK BROWN FOX JUMPS', glyphOf, 300, 300);
    expect(lines.map(({ glyphs }) => glyphs.length)).toEqual([8, 5, 3, 5]);
    expect(fit('A'.repeat(40), glyphOf, 300, 300).flatMap(({ glyphs }) => glyphs)).toHaveLength(40);
    expect(fit('', glyphOf, 300, 300)).toEqual([]);
  });

  it('says that there is no font, rather than to set something else', async () => {
    // no font has a character of the private area
    const unknown = await letter('\ue200\ue201', 400, 300, '#fff');
    const words = await letter('ab', 400, 300, '#fff');
    expect(await inked(unknown!.image)).toBeGreaterThan(0.02);
    expect(Buffer.from(unknown!.image).equals(words!.image)).toBe(false);
    expect(unknown!.height).toBeLessThanOrEqual(330);
  });

  it('sets nothing where there is no room, and no end of a long prompt', async () => {
    expect(await letter('word', 8, 4, '#fff')).toBeUndefined();
    expect(await letter(' \n ', 400, 300, '#fff')).toBeUndefined();
    const long = await letter('letters '.repeat(100), 400, 300, '#fff');
    const cut = await letter(`${'letters '.repeat(15).trim()}…`, 400, 300, '#fff');
    expect(Buffer.from(long!.image).equals(cut!.image)).toBe(true);
  });

  it('takes markup as the text that it is', async () => {
    await expect(letter('<b>щ</b> & <', 400, 300, '#fff')).resolves.toBeDefined();
  });

  it.for([
    ['a poster', 'red sports car', 640, 640],
    ['a scene with a line in its sky', 'a cat on a sofa', 640, 400],
    ['the smallest picture', 'red sports car', 16, 16],
    ['a strip', 'a cat on a sofa', 1024, 64],
  ] as const)('paints %s', async ([, positive, width, height]) => {
    const sampled = { positive, negative: '', model: 'm', seed: 1n, cfg: 7, denoise: 1 };
    const [picture] = await paintLatent({ width, height, batch: 1, frames: 1, sampled });
    expect([picture!.width, picture!.height, picture!.data.length]).toEqual([
      width,
      height,
      width * height * 3,
    ]);
  });
});

describe('a poster', () => {
  it('is another sheet for every seed, however small', async () => {
    const sheets = new Set<string>();
    for (let seed = 0n; seed < 60n; seed += 1n) {
      const scene = compose({ positive: 'order4x190791', negative: '', model: '', seed, cfg: 7, time: 0 });
      const { data } = await poster(scene, 64, 64);
      sheets.add(Buffer.from(Uint8Array.from(data)).toString('base64'));
    }
    expect(sheets.size).toBe(60);
  });
});
