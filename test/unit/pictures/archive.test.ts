import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { openPromise } from 'yauzl';
import type { StoredFile } from '../../../src/core/files.ts';
import { noise, stage } from './stage.ts';

/** As another library reads it. */
async function unpacked(path: string): Promise<Map<string, Buffer>> {
  const zip = await openPromise(path, { strictFileNames: true, autoClose: true });
  const found = new Map<string, Buffer>();
  for await (const entry of zip.eachEntry()) {
    expect(entry.compressionMethod).toBe(0);
    found.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  }
  return found;
}

describe('an archive', () => {
  it('holds every file as it is, under its number and its name', async () => {
    const { pictures, put, out, left } = await stage();
    const contents = Array.from({ length: 12 }, (_, at) => noise(1000 * at + 1));
    const files: StoredFile[] = [];
    for (const [at, content] of contents.entries()) files.push(await put(`fox_${at}.png`, content));
    const archive = await pictures.archive(files, { folder: out, name: 'all.zip' });
    expect(archive).toMatchObject({ name: 'all.zip', type: 'application/zip' });
    const found = await unpacked(archive.path);
    expect([...found.keys()]).toEqual(
      contents.map((_, at) => `${String(at + 1).padStart(2, '0')}-fox_${at}.png`),
    );
    expect([...found.values()]).toEqual(contents);
    expect(await left()).toHaveLength(1);
  });

  it('has no name in it that could do harm, and none twice', async () => {
    const { pictures, put, out } = await stage();
    const file = await put('a.png', 'x');
    const names = [
      '../../etc/passwd',
      '/etc/passwd',
      String.raw`C:\Windows\a.png`,
      'a.png',
      'a.png',
      'A.PNG',
      '2-a.png',
      'CON',
      'nul.png',
      '...',
      '',
      `${'x'.repeat(500)}.png`,
      'a\0b\nc\u202Egnp.exe',
      '狐.png',
    ];
    const hostile = names.map((name) => ({ ...file, name }));
    const found = [
      ...(await unpacked((await pictures.archive(hostile, { folder: out, name: 'a' })).path)).keys(),
    ];
    expect(found).toHaveLength(names.length);
    expect(new Set(found.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of found) {
      expect(name).toMatch(/^\d\d-[\p{L}\p{N}_][\p{L}\p{N}._-]*$/u);
      expect(Buffer.byteLength(name)).toBeLessThan(255);
    }
    expect(found.at(-1)).toBe('14-狐.png');
  });

  it('is none if a file has gone, or is not what it was; nothing is left', async () => {
    const { pictures, put, out, left } = await stage();
    const [first, second] = [await put('a.png', noise(100_000)), await put('b.png', noise(5000))];
    await rm(second.path);
    const asked = { folder: out, name: 'a.zip' };
    await expect(pictures.archive([first, second], asked)).rejects.toMatchObject({ code: 'ENOENT' });
    await writeFile(second.path, 'shorter');
    await expect(pictures.archive([first, second], asked)).rejects.toThrow(/number of bytes/);
    await expect(pictures.archive([first], { ...asked, folder: '/nowhere' })).rejects.toMatchObject({
      code: 'ENOENT',
    });
    expect(await left()).toEqual([]);
  });

  it('is given up when nobody wants it any more', async () => {
    const { pictures, put, out, left } = await stage();
    const file = await put('a.png', noise(4_000_000));
    const abort = new AbortController();
    const files = Array.from({ length: 20 }, () => file);
    const writing = pictures.archive(files, { folder: out, name: 'a.zip', signal: abort.signal });
    setImmediate(() => abort.abort(new Error('not wanted')));
    await expect(writing).rejects.toThrow('not wanted');
    const late = pictures.archive(files, { folder: out, name: 'a.zip', signal: abort.signal });
    await expect(late).rejects.toThrow('not wanted');
    expect(await left()).toEqual([]);
  });

  it('of nothing is an empty one', async () => {
    const { pictures, out } = await stage();
    const { path, size } = await pictures.archive([], { folder: out, name: 'a.zip' });
    expect(size).toBe(22);
    const zip = await openPromise(path);
    expect(zip.entryCount).toBe(0);
    const closed = once(zip, 'close');
    zip.close();
    await closed;
  });
});
