import { existsSync, readdirSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { makeBackup } from '../../../src/backups/make.ts';
import { Manifest } from '../../../src/backups/manifest.ts';
import { BackupProblem } from '../../../src/backups/problem.ts';
import { restoreBackup } from '../../../src/backups/restore.ts';
import { backupSentence } from '../../../src/backups/words.ts';
import { troubleIn } from '../../../src/store/trouble.ts';
import { until } from '../../fakes/until.ts';
import { temporaryFolder } from '../temporary.ts';
import { dataFolder, put, rowsIn, TABLES } from './stage.ts';

const FILES = {
  secret: 'a secret',
  'local-token': 'a token',
  'outbox/job-1/0.bin': 'a picture',
  'outbox/job-1/0.json': '{}',
  'inputs/job-2/image.bin': '',
  'web/ä/picture 1.png': 'another',
};

const wrongWith = async (work: Promise<unknown>): Promise<unknown> => {
  const [outcome] = await Promise.allSettled([work]);
  if (outcome.status === 'fulfilled') return 'nothing';
  const { reason } = outcome;
  return reason instanceof BackupProblem ? reason.code : (troubleIn(reason)?.kind ?? reason);
};

describe('a backup', () => {
  it('holds the records, the secrets and every file, for its owner alone', async () => {
    const data = await dataFolder(FILES, 'red fox');
    const path = await data.backUp();
    expect(path).toMatch(/backups\/easel-\d{8}T\d{6}Z$/);
    const { files, ...head } = Manifest.parse(
      JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')),
    );
    expect(head).toEqual({ format: 1, easel: '9.9.9', made: expect.stringMatching(/^20/) });
    expect(files.map((file) => file.path).toSorted()).toEqual(
      ['easel.sqlite', ...Object.keys(FILES)].toSorted(),
    );
    expect(rowsIn(join(path, 'easel.sqlite'))).toContain('red fox');
    expect(await readFile(join(path, 'web/ä/picture 1.png'), 'utf8')).toBe('another');
    for (const name of await readdir(path, { recursive: true })) {
      const facts = await stat(join(path, name));
      expect([name, (facts.mode & 0o777).toString(8)]).toEqual([name, facts.isDirectory() ? '700' : '600']);
    }
    for (const folder of [path, join(data.directory, 'backups')])
      expect((await stat(folder)).mode & 0o777).toBe(0o700);
  });

  it('leaves out what is not finished, the lock, the log, other backups and links', async () => {
    const data = await dataFolder(FILES, 'red fox');
    await put(join(data.directory, 'outbox/job-1/1.bin.part'), 'half');
    for (const name of ['easel.log', 'easel.log.1', 'easel.log.2', 'easel.log.new'])
      await put(join(data.directory, name), 'log');
    for (const name of ['scratch/a', 'made/b']) await put(join(data.directory, name), 'made on the way');
    await put(join(data.directory, 'easel.lock'), '');
    await put(join(data.directory, 'before-restore-1/secret'), 'old');
    await symlink('/etc/hostname', join(data.directory, 'web', 'link'));
    await mkdir(join(data.directory, 'lost+found'));
    const first = await data.backUp();
    await put(join(data.directory, 'backups/mine/file'), 'x');
    const second = await data.backUp(await temporaryFolder());
    for (const path of [first, second]) {
      const names = await readdir(path, { recursive: true });
      expect(
        names.filter((name) => /part|lock|log|scratch|made|before|link|backups|lost|wal|shm/.test(name)),
      ).toEqual([]);
    }
  });

  it('is whole while its table is written', async () => {
    const data = await dataFolder({}, 'red fox');
    const over = new AbortController();
    const writing = (async () => {
      for (let row = 0; !over.signal.aborted; row += 1) await data.table.set(`row ${row}`, 'x'.repeat(2000));
    })();
    const paths: string[] = [];
    for (let time = 0; time < 3; time += 1) paths.push(await data.backUp(await temporaryFolder()));
    over.abort();
    await writing;
    for (const path of paths) {
      const copy = new DatabaseSync(join(path, 'easel.sqlite'), { readOnly: true });
      expect(copy.prepare('PRAGMA integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
      copy.close();
    }
  });

  it('is made nowhere in the data folder but in its own place, and never over another', async () => {
    const data = await dataFolder(FILES, 'red fox');
    for (const into of [data.directory, join(data.directory, 'web')])
      expect(await wrongWith(data.backUp(into))).toBe('inside-data');
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    expect(await wrongWith(data.backUp(file))).toBe('unwritable');
    expect(await wrongWith((await dataFolder({})).backUp('/dev/null/nowhere'))).toBe('unwritable');
  });

  it('leaves nothing behind when it is stopped, and clears up after one that was killed', async () => {
    const data = await dataFolder({ ...FILES, 'outbox/big.bin': 'x'.repeat(3_000_000) }, 'red fox');
    const into = await temporaryFolder();
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(data.backUp(into, stop.signal)).rejects.toThrow('stopped');
    expect(await readdir(into)).toEqual(['making.lock']);
    await put(join(into, 'easel-20200101T000000Z.partial/secret'), 'half');
    await put(join(into, 'mine.partial/secret'), 'mine');
    await data.backUp(into);
    expect((await readdir(into)).toSorted()).toEqual([
      expect.stringMatching(/^easel-20\w+Z$/),
      'making.lock',
      'mine.partial',
    ]);
  });

  it('is refused where there is nothing, or what there is is damaged', async () => {
    const data = await dataFolder(FILES);
    const none = { ...data, directory: await temporaryFolder() };
    const options = { directory: none.directory, database: join(none.directory, 'easel.sqlite'), easel: '1' };
    expect(await wrongWith(makeBackup(options))).toBe('nothing-there');
    await writeFile(data.database, 'this is no database '.repeat(500));
    expect(await wrongWith(data.backUp())).toBe('damaged');
    expect(await readdir(join(data.directory, 'backups'))).toEqual(['making.lock']);
  });

  it('is made by one at a time in a folder, and the other is told', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`web/${at}`, 'x'.repeat(20_000)]),
    );
    const data = await dataFolder(files, 'red fox');
    const backups = join(data.directory, 'backups');
    const first = data.backUp();
    await until(() => existsSync(backups) && readdirSync(backups).some((name) => name.endsWith('.partial')));
    expect((await readdir(backups)).toSorted()).toEqual([expect.stringMatching(/\.partial$/), 'making.lock']);
    const second = data.backUp();
    await expect(second).rejects.toMatchObject({ code: 'being-made' });
    const said = backupSentence(await second.catch((error: unknown) => error), { folder: 'data', backups });
    expect(said).toBe(`another backup is being made in ${backups}. Wait for it, or name another folder.`);
    // another folder is another one's
    await data.backUp(await temporaryFolder());
    const path = await first;
    const { files: named } = Manifest.parse(JSON.parse(await readFile(join(path, 'manifest.json'), 'utf8')));
    expect(named).toHaveLength(201);
    for (const file of named) expect((await stat(join(path, file.path))).size).toBe(file.size);
    // it is free again
    await data.backUp(await temporaryFolder());
  });

  it('is none when somebody else clears up in it meanwhile', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, at) => [`web/${at}`, 'x'.repeat(20_000)]),
    );
    const data = await dataFolder(files, 'red fox');
    const into = await temporaryFolder();
    const making = data.backUp(into);
    const copied = () =>
      readdirSync(into, { recursive: true, encoding: 'utf8' }).find((name) => /web.\d+$/.test(name));
    await rm(join(into, await until(copied)));
    await expect(making).rejects.toMatchObject({ code: 'disturbed' });
    expect(await readdir(into)).toEqual(['making.lock']);
  });

  it('passes over an old database of the usual name, where the records are elsewhere', async () => {
    const elsewhere = await dataFolder({}, 'red fox');
    const { database } = elsewhere;
    const directory = await temporaryFolder();
    for (const name of ['easel.sqlite', 'easel.sqlite-wal', 'easel.sqlite-shm', 'manifest.json', 'secret'])
      await put(join(directory, name), 'of before STORE_URL was set');
    const { path, files } = await makeBackup({ directory, database, easel: '1' });
    expect(files).toBe(2);
    expect(rowsIn(join(path, 'easel.sqlite'))).toContain('red fox');
    expect((await readdir(path)).toSorted()).toEqual(['easel.sqlite', 'manifest.json', 'secret']);
    await elsewhere.table.close();
    await restoreBackup({ from: path, directory, database, tables: TABLES });
    expect(rowsIn(database)).toContain('red fox');
    expect(await readFile(join(directory, 'easel.sqlite'), 'utf8')).toBe('of before STORE_URL was set');
  });
});
