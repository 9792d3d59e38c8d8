import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Kind } from '../../../src/core/disk.ts';
import { createFolder } from '../../../src/files/folder.ts';
import { createLedger } from '../../../src/files/ledger.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';

const atOnce = () => undefined;

async function stage(limit = 1000, kind: Kind = 'pictures', spare = 0) {
  const directory = await temporaryFolder();
  const log = createRecordingLog();
  const ledger = createLedger(log);
  ledger.limit = limit;
  const failed: unknown[] = [];
  const folder = createFolder({
    directory,
    kind,
    spare,
    ledger,
    log,
    onFailure: async (error) => void failed.push(error),
  });
  const gone: string[] = [];
  folder.listen((name) => gone.push(name));
  const make = (name: string, bytes: number) => async () => {
    await mkdir(join(directory, name), { recursive: true });
    await writeFile(join(directory, name, 'file'), Buffer.alloc(bytes));
  };
  const put = (name: string, bytes: number) => folder.keep({ name, bytes }, make(name, bytes));
  const names = async () => (await readdir(directory)).toSorted();
  return { directory, log, ledger, folder, gone, failed, make, put, names };
}

/** As a process before this one left it: each a second younger. */
async function leave(directory: string, ...entries: [name: string, bytes: number][]) {
  for (const [index, [name, bytes]] of entries.entries()) {
    await writeFile(join(directory, name), Buffer.alloc(bytes));
    await utimes(join(directory, name), 1000 + index, 1000 + index);
  }
}

describe('a folder that is kept', () => {
  it('loses its oldest entries, and says which', async () => {
    const { put, gone, names, ledger } = await stage();
    for (const name of ['a', 'b', 'c']) await put(name, 400);
    expect(gone).toEqual(['a']);
    expect(await names()).toEqual(['b', 'c']);
    expect(ledger.total()).toBe(800);
  });

  it('keeps what is being written, and what cannot be written counts for nothing', async () => {
    const { folder, ledger, failed, gone, put, make } = await stage();
    const writing = Promise.withResolvers<void>();
    const slow = folder.keep({ name: 'slow', bytes: 600 }, async () => {
      await writing.promise;
      await make('slow', 600)();
    });
    await put('quick', 300);
    await expect(put('large', 900)).rejects.toMatchObject({ code: 'data-full' });
    writing.resolve();
    await slow;
    expect(gone).toEqual(['quick']);
    const broken = folder.keep({ name: 'broken', bytes: 100 }, () => Promise.reject(new Error('EIO')));
    await expect(broken).rejects.toThrow('EIO');
    expect(ledger.total()).toBe(600);
    expect(failed).toHaveLength(2);
  });

  it('never loses what is pinned, which is counted as what may not go, and takes half of the room at most', async () => {
    const { put, folder, gone, ledger } = await stage();
    for (const name of ['a', 'b']) await put(name, 400);
    expect(folder.mayPin('a')).toBe(true);
    folder.pin('a', true);
    expect(ledger.fixed()).toBe(400);
    expect([folder.mayPin('a'), folder.mayPin('b')]).toEqual([true, false]);
    await put('c', 400);
    await put('d', 500);
    expect(gone).toEqual(['b', 'c']);
    // with all of it pinned there is room for nothing more
    folder.pin('d', true);
    expect(ledger.next()).toBeUndefined();
    await expect(put('e', 200)).rejects.toMatchObject({ code: 'data-full' });
    folder.pin('a', false);
    await put('e', 200);
    expect(gone).toEqual(['b', 'c', 'a']);
  });

  it('keeps what was pinned before it was measured', async () => {
    const { directory, folder, ledger, gone, put } = await stage();
    await leave(directory, ['a', 300], ['b', 300]);
    folder.pin('a', true);
    await folder.survey(atOnce);
    expect(ledger.fixed()).toBe(300);
    await put('c', 500);
    expect(gone).toEqual(['b']);
    await folder.remove('a');
    expect(ledger.fixed()).toBe(0);
  });

  it('counts what is left of an entry that has lost a file', async () => {
    const { folder, ledger, put, directory } = await stage();
    await put('a', 400);
    await writeFile(join(directory, 'a', 'more'), Buffer.alloc(100));
    await folder.survey(atOnce);
    expect(ledger.total()).toBe(500);
    await folder.removeFile('a', 'file');
    expect(ledger.total()).toBe(100);
    await folder.removeFile('a', 'file');
    await folder.removeFile('never', 'file');
    expect(ledger.total()).toBe(100);
  });

  it('counts an entry once that is written again, or removed', async () => {
    const { folder, ledger, put } = await stage();
    await put('a', 400);
    await put('a', 300);
    expect(ledger.total()).toBe(300);
    await folder.remove('a');
    await folder.remove('never');
    expect(ledger.total()).toBe(0);
  });

  it('is taken up from the process before, by age, with what it had half removed', async () => {
    const { directory, folder, ledger, put, gone, names } = await stage();
    await leave(directory, ['z', 300], ['b', 300], ['a', 300], ['old.gone', 5000]);
    await folder.survey(atOnce);
    expect(ledger.total()).toBe(900);
    await put('new', 500);
    expect(gone).toEqual(['z', 'b']);
    expect(await names()).toEqual(['a', 'new']);
  });

  it('never loses its newest where that is spared', async () => {
    const { directory, folder, ledger, names } = await stage(100, 'backups', 1);
    await leave(directory, ['1.sqlite', 300], ['2.sqlite', 300], ['3.sqlite', 300]);
    await folder.survey(atOnce);
    await ledger.trim();
    expect(await names()).toEqual(['3.sqlite']);
    expect(ledger.fixed()).toBe(300);
    expect(ledger.next()).toBeUndefined();
  });

  it('spares the newest that is whole, and what is being made after it', async () => {
    const { directory, folder, ledger, names } = await stage(100, 'backups', 1);
    await leave(directory, ['1', 300], ['2.partial', 300], ['3', 300], ['4.partial', 300]);
    await folder.survey(atOnce);
    await ledger.trim();
    expect(await names()).toEqual(['3', '4.partial']);
    expect(ledger.fixed()).toBe(600);
  });

  it('takes the lock of whoever writes there for no entry, however new', async () => {
    const { directory, folder, ledger, names } = await stage(100, 'backups', 1);
    await leave(directory, ['1', 300], ['2', 300], ['making.lock', 0]);
    await folder.survey(atOnce);
    await ledger.trim();
    expect(await names()).toEqual(['2', 'making.lock']);
  });

  it('knows after a survey what came and went during it', async () => {
    const { directory, folder, put, gone } = await stage();
    await leave(directory, ['a', 300], ['b', 300]);
    await folder.survey(atOnce);
    let pieces = 0;
    await folder.survey(() => {
      pieces += 1;
      if (pieces !== 2) return undefined;
      return (async () => {
        await folder.remove('a');
        await put('c', 300);
      })();
    });
    await put('d', 500);
    expect(gone).toEqual(['b']);
  });
});
