import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { FileKey } from '../../../src/core/files.ts';
import { createFiles } from '../../../src/files/index.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
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
    await open().keepOnly('outbox', new Set());
    expect((await readdir(folder)).toSorted()).toEqual(['a', 'b']);
    clock.advance(1000);
    expect(await files.get(key('a', '1'))).toBeUndefined();
    expect(await files.get(key('b'))).toBeDefined();
    await open().keepOnly('outbox', new Set());
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
    await open().keepOnly('outbox', new Set(['b', 'd']));
    expect((await readdir(folder)).toSorted()).toEqual(['b', 'not ours.d']);
    expect(await open().owners('outbox')).toEqual(['b']);
    expect(await open().owners('links')).toEqual([]);
    await createFiles({
      directory: join(directory, 'none'),
      clock: createManualClock(),
      log: createRecordingLog(),
    }).keepOnly('outbox', new Set());
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
    await files.keepOnly('outbox', new Set());
    expect(await files.owners('outbox')).toEqual([]);
    expect(log.lines.map(({ message }) => message)).toContain(
      'a folder of files could not be looked through',
    );
  });
});
