import sharp from 'sharp';
import { expect, it } from 'vitest';
import { bare } from '../../../src/commands/verbs/bare/index.ts';
import { TRIAL_PICTURE } from '../../../src/commands/verbs/trial-picture.ts';

it('is a whole PNG of soft shades, light in the middle', async () => {
  const bytes = await TRIAL_PICTURE.load(new AbortController().signal);
  expect(await sharp(bytes).metadata()).toMatchObject({
    format: 'png',
    width: 512,
    height: 512,
    channels: 3,
    depth: 'uchar',
  });
  const pixels = await sharp(bytes, { failOn: 'warning' }).raw().toBuffer();
  const at = (x: number, y: number) => [...pixels.subarray((y * 512 + x) * 3, (y * 512 + x) * 3 + 3)];
  expect(at(0, 0)).toEqual([0x33, 0x55, 0x88]);
  for (const [index, channel] of [0xff, 0xdd, 0x88].entries())
    expect(Math.abs((at(256, 256)[index] ?? 0) - channel)).toBeLessThan(3);
  expect(bytes.length).toBeLessThan(200_000);
  // nothing in it but the picture
  expect(bare('png', bytes)).toEqual(Buffer.from(bytes));
});
