import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { FileKey } from '../../../src/core/files.ts';
import { createFiles } from '../../../src/files/index.ts';
import { createLedger } from '../../../src/files/ledger.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { until } from '../../fakes/until.ts';
import { temporaryFolder } from '../temporary.ts';

const about = { name: '狐 [1].png', type: 'image/png' };
const bytes = () => Readable.from([Buffer.from('pict'), Buffer.from('ure')]);
const key = (owner = 'job', name = '0'): FileKey => ({ shelf: 'outbox', owner, name });

async function stage() {
  const directory = await temporaryFolder();
  const log = createRecordingLog();
  const clock = createManualClock(1_000_000);
  const open = () => createFiles({ directory, clock, log });
  return { folder: join(directory, 'outbox'), directory, log, clock, open, files: open() };
}

describe('files', () => {
  it('stay until they are dropped, for the next process too', async () => {
    const { files, open, folder } = await stage();
    expect(await files.get(key())).toBeUndefined();
    const put = await files.put(key(), about, bytes());
    await files.put(key('job', '1'), about, []);
    expect(put).toMatchObject({ ...about, size: 7 });
    expect(await open().get(key())).toEqual(put);
    expect(await readFile(put.path, 'utf8')).toBe('picture');
    expect(await open().get(key('job', '1'))).toMatchObject({ size: 0 });
    await files.drop('outbox', 'job');
    expect(await open().get(key())).toBeUndefined();
    expect(await readdir(folder)).toEqual([]);
  });

  it('are whole or not there: what breaks off leaves what was there before, and nothing beside it', async () => {
    const { files, folder } = await stage();
    const before = await files.put(key(), about, bytes());
    const broken = Readable.from(
      (async function* () {
        yield Buffer.from('half of');
        throw new Error('cut off');
      })(),
    );
    await expect(files.put(key(), about, broken)).rejects.toThrow('cut off');
    expect(await files.get(key())).toEqual(before);
    expect((await readdir(join(folder, 'job'))).toSorted()).toEqual(['0.bin', '0.json']);
  });

  it('are not handed over when they are not what was put there', async () => {
    const { files, folder, log } = await stage();
    await files.put(key(), about, bytes());
    await writeFile(join(folder, 'job', '0.bin'), 'pic');
    expect(await files.get(key())).toBeUndefined();
    await writeFile(join(folder, 'job', '0.json'), '{"name": ');
    expect(await files.get(key())).toBeUndefined();
    expect(log.lines.map(({ message }) => message)).toEqual(['a file could not be read']);
  });

  it('go when their time is over, and not before', async () => {
    const { files, clock, open, folder } = await stage();
    await files.put(key('a'), about, bytes());
    await files.put(key('a', '1'), about, bytes());
    await files.put(key('b'), about, bytes(), clock.now() + 2000);
    await files.expire('outbox', 'a', clock.now() + 1000);
    await open().keepOnly('outbox', () => false);
    expect((await readdir(folder)).toSorted()).toEqual(['a', 'b']);
    clock.advance(1000);
    expect(await files.get(key('a', '1'))).toBeUndefined();
    expect(await files.get(key('b'))).toBeDefined();
    await open().keepOnly('outbox', () => false);
    expect(await readdir(folder)).toEqual(['b']);
  });

  it('are there under another key without being copied', async () => {
    const { files } = await stage();
    const made = await files.put(key(), about, bytes());
    const link = await files.keep({ shelf: 'links', owner: 'a-link', name: 'file' }, made, 5_000_000);
    expect((await stat(link.path)).ino).toBe((await stat(made.path)).ino);
    await files.drop('outbox', 'job');
    expect(await readFile(link.path, 'utf8')).toBe('picture');
    await expect(files.keep(key('other'), made)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('of those who are not known any more go at the start, and nothing else', async () => {
    const { files, folder, directory, open } = await stage();
    for (const owner of ['a', 'b', 'c']) await files.put(key(owner), about, bytes());
    await mkdir(join(folder, 'not ours.d'));
    await open().keepOnly('outbox', (owner) => ['b', 'd'].includes(owner));
    expect((await readdir(folder)).toSorted()).toEqual(['b', 'not ours.d']);
    expect(await open().owners('outbox')).toEqual(['b']);
    expect(await open().owners('links')).toEqual([]);
    await createFiles({
      directory: join(directory, 'none'),
      clock: createManualClock(),
      log: createRecordingLog(),
    }).keepOnly('outbox', () => false);
  });

  it('that are being written when the start looks stay, and so do all of which it is not known whose they are', async () => {
    const { files, folder } = await stage();
    const going = Promise.withResolvers<void>();
    const slow = files.put(
      key('slow'),
      about,
      (async function* () {
        yield Buffer.from('pict');
        await going.promise;
        yield Buffer.from('ure');
      })(),
    );
    await until(() => existsSync(join(folder, 'slow', '0.part')), 'its beginning');
    await files.put(key('other'), about, bytes());
    await files.keepOnly('outbox', async () => Promise.reject(new Error('the store cannot be read')));
    expect((await readdir(folder)).toSorted()).toEqual(['other', 'slow']);
    await files.keepOnly('outbox', () => false);
    going.resolve();
    expect(await slow).toMatchObject({ size: 7 });
    expect(await readdir(folder)).toEqual(['slow']);
  });

  it('under one key are written one after the other', async () => {
    const { files } = await stage();
    const slow = async function* (size: number) {
      for (let piece = 0; piece < size; piece += 1) {
        await nextTurn();
        yield Buffer.alloc(1000, size);
      }
    };
    const puts = [9, 5, 7].map((size) => files.put(key(), about, slow(size)));
    expect((await Promise.all(puts)).map(({ size }) => size)).toEqual([9000, 5000, 7000]);
    expect(await files.get(key())).toMatchObject({ size: 7000 });
  });

  it('are left alone by surveys, put and given a time while these look', async () => {
    const { files, clock } = await stage();
    const enough = new AbortController();
    // it has read the names of an owner, and looks at the first of them while more are put
    const surveys = (async () => {
      while (!enough.signal.aborted) await files.survey(() => pause(2));
    })();
    const lost: string[] = [];
    for (let round = 0; round < 40; round += 1) {
      const names = Array.from({ length: 10 }, (_, place) => String(place));
      for (const name of names) await files.put(key('job', name), about, bytes());
      if (round % 2 === 0) await files.expire('outbox', 'job', clock.now() + 1000);
      await pause(5);
      for (const name of names) if (!(await files.get(key('job', name)))) lost.push(`${round}/${name}`);
      await files.drop('outbox', 'job');
    }
    enough.abort();
    await surveys;
    expect(lost).toEqual([]);
  });

  it('are counted as they come and go, with a time and without one, in whatever order', async () => {
    const { clock, directory, log } = await stage();
    const ledger = createLedger(log);
    const files = createFiles({ directory, clock, log, ledger });
    const put = (name: string, time?: number) => files.put(key('a', name), about, bytes(), time);
    const later = clock.now() + 1000;
    const orders: (() => Promise<unknown>)[][] = [
      [() => put('1'), () => put('2', later)],
      [() => put('1', later), () => put('2')],
      [() => put('1', later), () => put('1')],
      [() => put('1'), () => put('1', later), () => put('2', later + 1)],
      [() => put('1'), () => put('2'), () => files.expire('outbox', 'a', later), () => put('1')],
      [() => put('1'), () => put('2', later), () => files.expire('outbox', 'a', later + 1)],
    ];
    for (const order of orders) {
      for (const step of order) await step();
      const before = ledger.used();
      await files.survey(() => undefined);
      expect(ledger.used()).toEqual(before);
      expect(before.flight + before.retries).toBeGreaterThan(0);
      await files.drop('outbox', 'a');
      expect(ledger.used()).toMatchObject({ flight: 0, retries: 0 });
    }
  });

  it('of an owner do not go by themselves as long as one has no time', async () => {
    const { files, clock } = await stage();
    const put = (name: string, time?: number) => files.put(key('a', name), about, bytes(), time);
    await put('1', clock.now() + 1000);
    await put('2');
    await put('3', clock.now() + 1000);
    clock.advance(2000);
    await files.sweep(100);
    expect(await files.get(key('a', '2'))).toBeDefined();
    await files.expire('outbox', 'a', clock.now());
    await files.sweep(100);
    expect(await files.owners('outbox')).toEqual([]);
  });

  it('that are dropped while they are written count for nothing', async () => {
    const { clock, directory, log } = await stage();
    const ledger = createLedger(log);
    const files = createFiles({ directory, clock, log, ledger });
    await files.put(key('b'), about, bytes());
    const alone = ledger.total();
    const going = Promise.withResolvers<void>();
    const put = files.put(
      key(),
      about,
      (async function* () {
        yield Buffer.alloc(1000);
        await going.promise;
      })(),
    );
    await until(() => ledger.total() === alone + 1000, 'its first piece');
    await files.drop('outbox', 'job');
    going.resolve();
    await expect(put).rejects.toMatchObject({ code: 'ENOENT' });
    expect(ledger.total()).toBe(alone);
  });

  it.each(['..', '../x', 'a/b', '', 'a\0', 'x'.repeat(101), '.'])('have no place called %j', async (name) => {
    const { files } = await stage();
    await expect(files.put(key('job', name), about, bytes())).rejects.toThrow(TypeError);
    await expect(files.put(key(name), about, bytes())).rejects.toThrow(TypeError);
  });

  it('are refused by a disk that takes none, which is told', async () => {
    const { files, folder, log } = await stage();
    await writeFile(folder, 'a file where the folder would be');
    await expect(files.put(key(), about, bytes())).rejects.toMatchObject({ code: 'ENOTDIR' });
    expect(await files.get(key())).toBeUndefined();
    await files.drop('outbox', 'job');
    await files.keepOnly('outbox', () => false);
    expect(await files.owners('outbox')).toEqual([]);
    expect(log.lines.map(({ message }) => message)).toContain(
      'a folder of files could not be looked through',
    );
  });
});
