import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { saveFiles } from '../../../../src/platforms/kit/save-files.ts';
import { stored } from '../../../fakes/disk.ts';
import { temporaryFolder } from '../../temporary.ts';

const svg = (inside: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">${inside}</svg>`);

it('saves files, and says how large pictures are', async () => {
  const folder = join(await temporaryFolder(), 'job');
  const bytes = await sharp({ create: { width: 30, height: 20, channels: 3, background: '#842' } })
    .webp()
    .toBuffer();
  const saved = await saveFiles(folder, [
    await stored({ name: 'a.webp', type: 'image/webp', bytes }),
    await stored({ name: 'b.txt', type: 'text/plain', bytes: Buffer.from('words') }),
    await stored({ name: 'c.png', type: 'image/png', bytes: Buffer.from('no picture') }),
  ]);
  expect(saved.map(({ size }) => size)).toEqual([{ width: 30, height: 20 }, undefined, undefined]);
  for (const { path, bytes: length } of saved) expect((await readFile(path)).length).toBe(length);
});

it('reads nothing of a picture that is another thing than it says', async () => {
  const bytes = svg('<g><rect width="1" height="1" fill="url(#a)"/></g>'.repeat(1_000_000));
  const file = await stored({ name: 'a.png', type: 'image/png', bytes });
  const folder = join(await temporaryFolder(), 'job');
  const before = process.cpuUsage();
  const [saved] = await saveFiles(folder, [file]);
  const { user, system } = process.cpuUsage(before);
  expect(saved).toMatchObject({ bytes: bytes.length });
  expect(saved?.size).toBeUndefined();
  // in microseconds; it is 16 s where this is parsed
  expect(user + system).toBeLessThan(2_000_000);
});
