import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { isCutOff } from '../../../src/comfy/cut-off.ts';

describe('a file that ends before its end', () => {
  const picture = () => sharp({ create: { width: 64, height: 64, channels: 3, background: '#a52' } });

  it.each(['png', 'jpeg', 'webp'] as const)('is told from a whole one: %s', async (format) => {
    const whole = await picture().toFormat(format).toBuffer();
    expect(isCutOff(whole)).toBe(false);
    expect(isCutOff(Buffer.concat([whole, Buffer.from('and more')]))).toBe(false);
    expect(isCutOff(whole.subarray(0, whole.length >> 1))).toBe(true);
    expect(isCutOff(whole.subarray(0, whole.length - 8))).toBe(true);
  });

  it('is not told where the format does not say', () => {
    expect(isCutOff(Buffer.alloc(0))).toBe(false);
    expect(isCutOff(Buffer.from('a text, cut in the midd'))).toBe(false);
    expect(isCutOff(Buffer.from('RIFF'))).toBe(false);
  });
});
