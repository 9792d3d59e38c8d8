/** Whatever a backend or a person calls a file, it stays where it belongs. */
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { saveFiles } from '../../src/platforms/kit/save-files.ts';
import { openBackend, openStub, soon } from '../unit/comfy/backends.ts';
import { json } from '../unit/comfy/stub-server.ts';
import { NASTY } from './nasty-names.ts';
import { temporaryFolder } from '../unit/temporary.ts';
import { stored } from '../fakes/disk.ts';

const bytes = Buffer.from('a picture');
const file = (name: string) => stored({ name, type: 'text/plain', bytes });

/** Everything below a folder. */
async function below(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

describe('a file at the terminal', () => {
  it('is written into its folder, next to its neighbours, under a name that every system takes', async () => {
    const root = await temporaryFolder();
    const names = fc.array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'binary' })), {
      minLength: 1,
      maxLength: 6,
    });
    let run = 0;
    const property = fc.asyncProperty(names, async (given) => {
      run += 1;
      const folder = join(root, String(run), 'deep', 'outputs');
      await mkdir(join(folder, '..'), { recursive: true });
      await saveFiles(folder, await Promise.all(given.map(file)));
      const written = await below(join(root, String(run)));
      expect(written).toHaveLength(given.length);
      for (const path of written) {
        expect(resolve(path).startsWith(`${resolve(folder)}/`)).toBe(true);
        const name = path.slice(folder.length + 1);
        expect(name).toMatch(/^[\p{L}\p{N}_-][\p{L}\p{N}._-]*$/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)(\.|$)|\.$/i);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(255);
      }
      expect(await readFile(written[0]!)).toEqual(bytes);
    });
    await fc.assert(property, { seed: 20261122, numRuns: 60 });
  });

  it('keeps its extension, however long its name is', async () => {
    const folder = await temporaryFolder();
    await saveFiles(folder, [await file(`${'漢'.repeat(300)}.webp`)]);
    expect((await readdir(folder))[0]).toMatch(/^漢+\.webp$/);
  });
});

describe('a file on its way to the backend', () => {
  it.each(NASTY)('is one part of a form, called %j', async (name) => {
    const stub = await openStub({
      'POST /api/upload/image': json({ name: 'a.png', subfolder: '', type: 'input' }),
    });
    const { backend } = openBackend({ url: stub.url });
    await backend.upload(await stored({ name, type: 'image/png', bytes }), soon());
    const body = stub.seen.at(-1)?.body ?? '';
    expect(body.match(/content-disposition/gi)).toHaveLength(3);
    expect(body).not.toMatch(/^x-evil/im);
    const [, sent = ''] = /name="image"; filename="([^"]*)"/.exec(body) ?? [];
    expect(sent).toMatch(/^[\p{L}\p{N}_-][\p{L}\p{N}._-]*$/u);
    expect(sent.length).toBeLessThanOrEqual(100);
  });
});
