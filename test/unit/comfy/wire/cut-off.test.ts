import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { Readable } from 'node:stream';
import { uncut } from '../../../../src/comfy/wire/cut-off.ts';

/** In pieces of every size, which must not matter. */
async function isCutOff(bytes: Uint8Array): Promise<boolean> {
  const answers = [];
  for (const size of [1, 2, 3, 7, bytes.length + 1]) {
    const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
      bytes.subarray(at * size, (at + 1) * size),
    );
    const whole = Array.fromAsync(uncut(Readable.from(pieces), () => new Error('cut off')));
    const passed = await whole.then(
      (all) => Buffer.concat(all).equals(bytes),
      (error: Error) => error.message !== 'cut off',
    );
    answers.push(!passed);
  }
  expect(new Set(answers).size).toBe(1);
  return answers[0] ?? false;
}

describe('a file that ends before its end', () => {
  const picture = () => sharp({ create: { width: 64, height: 64, channels: 3, background: '#a52' } });

  it.each(['png', 'jpeg', 'webp'] as const)('is told from a whole one: %s', async (format) => {
    const whole = await picture().toFormat(format).toBuffer();
    expect(await isCutOff(whole)).toBe(false);
    expect(await isCutOff(Buffer.concat([whole, Buffer.from('and more')]))).toBe(false);
    expect(await isCutOff(whole.subarray(0, whole.length >> 1))).toBe(true);
    expect(await isCutOff(whole.subarray(0, whole.length - 8))).toBe(true);
  });

  it('is not told where the format does not say', async () => {
    expect(await isCutOff(Buffer.alloc(0))).toBe(false);
    expect(await isCutOff(Buffer.from('a text, cut in the midd'))).toBe(false);
    expect(await isCutOff(Buffer.from('RIFF'))).toBe(false);
  });
});
