import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { BackupProblem } from '../../../src/backups/problem.ts';
import { finishRestore, restoreBackup } from '../../../src/backups/restore.ts';
import { openTables } from '../../../src/store/index.ts';
import type { Tables } from '../../../src/store/schema.ts';
import { troubleIn } from '../../../src/store/trouble.ts';
import { upgradeStore } from '../../../src/store/upgrade.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';
import { dataFolder, put, rowsIn, stateOf, TABLES } from './stage.ts';

const OLD = { secret: 'old', 'outbox/job-1/0.bin': 'an old picture', 'web/old.png': 'old' };
const NEW = { secret: 'new', 'outbox/job-2/0.bin': 'a new picture', 'inputs/x.bin': 'new' };

const wrongWith = async (work: Promise<unknown>): Promise<unknown> => {
  const [outcome] = await Promise.allSettled([work]);
  if (outcome.status === 'fulfilled') return 'nothing';
  const { reason } = outcome;
  return reason instanceof BackupProblem ? reason.code : (troubleIn(reason)?.kind ?? reason);
};

/** A folder, and the backup of another one. */
async function stage() {
  const other = await dataFolder(NEW, 'new row');
  const from = await other.backUp(await temporaryFolder());
  const data = await dataFolder(OLD, 'old row');
  await data.table.close();
  await put(join(data.directory, 'backups/kept'), 'kept');
  await put(join(data.directory, 'easel.log'), 'log');
  return { data, from, old: await data.state(), new: await other.state() };
}

describe('a restore', () => {
  it('puts a backup in the place of what is there, which is moved aside', async () => {
    const { data, from, old, new: new_ } = await stage();
    const { aside = '' } = await data.restore(from);
    expect(await data.state()).toEqual(new_);
    expect(basename(aside)).toMatch(/^before-restore-\d{8}T\d{6}Z$/);
    expect(await stateOf(aside)).toEqual(old);
    const names = await readdir(data.directory);
    expect(names.toSorted()).toEqual(
      [basename(aside), 'backups', 'easel.log', 'easel.sqlite', 'inputs', 'outbox', 'secret'].toSorted(),
    );
    for (const name of ['secret', 'easel.sqlite'])
      expect((await stat(join(data.directory, name))).mode & 0o777).toBe(0o600);
    // and back, within the same second
    const { aside: second } = await data.restore(from);
    expect(second).not.toBe(aside);
    expect(await data.state()).toEqual(new_);
  });

  it('makes a data folder where none was, also with the records elsewhere', async () => {
    const { from, new: new_ } = await stage();
    const folder = await temporaryFolder();
    const directory = join(folder, 'data');
    const database = join(folder, 'records', 'db.sqlite');
    const options = { from, directory, database, tables: TABLES };
    expect(await restoreBackup(options)).toEqual({ files: 4, aside: undefined });
    const { 'easel.sqlite': rows, ...files } = new_;
    expect([await stateOf(directory), rowsIn(database)]).toEqual([files, rows]);
    await restoreBackup(options);
    expect(await readdir(join(folder, 'records'))).toEqual([
      'db.sqlite',
      expect.stringMatching(/^db\.sqlite\.before-restore-/),
    ]);
  });

  it('takes records with it that are in the journal of the database only', async () => {
    const { data, from } = await stage();
    const killed = await dataFolder(OLD, 'x');
    const wal = await readFile(`${killed.database}-wal`);
    await writeFile(`${data.database}-wal`, wal);
    const { aside = '' } = await data.restore(from);
    expect((await readFile(join(aside, 'easel.sqlite-wal'))).equals(wal)).toBe(true);
    expect(await readdir(data.directory)).not.toContain('easel.sqlite-wal');
  });

  it('of what an upgrade has made is one of the records alone', async () => {
    const data = await dataFolder(OLD, 'old row');
    await data.table.close();
    const tables: Tables = {
      things: { version: 2, migrations: [{ to: 2, name: 'lists', change: (_key, value) => [value] }] },
    };
    const log = createRecordingLog();
    const backups = join(data.directory, 'backups');
    await upgradeStore(`sqlite://${data.database}`, tables, { backups, log });
    const [name = ''] = await readdir(backups);
    await put(join(data.directory, 'web/newer.png'), 'newer');
    const { aside = '' } = await data.restore(join(backups, name));
    expect(await data.state()).toMatchObject({
      ...OLD,
      'web/newer.png': 'newer',
      'easel.sqlite': expect.stringContaining('{\\"value\\":\\"old row\\"}'),
    });
    expect(rowsIn(join(aside, 'easel.sqlite'))).toContain('[\\"old row\\"]');
    await upgradeStore(`sqlite://${data.database}`, tables, { backups, log });
    const { things } = await openTables(`sqlite://${data.database}`, tables, log);
    expect(await things?.get('a')).toEqual(['old row']);
    await things?.close();
  });

  it('goes on with what was cut short, wherever that was', async () => {
    for (let done = 0; done <= 8; done += 1) {
      const { data, from, old, new: new_ } = await stage();
      // as it is when it has been decided
      const { directory, database } = data;
      await cp(from, join(directory, 'restoring'), { recursive: true });
      await rm(join(directory, 'restoring/manifest.json'));
      await rename(join(directory, 'restoring/easel.sqlite'), `${database}.restoring`);
      const moves = [
        ...['easel.sqlite', 'outbox', 'secret', 'web'].map((name) => ({ from: name, to: `aside/${name}` })),
        ...['outbox', 'secret', 'inputs'].map((name) => ({ from: `restoring/${name}`, to: name })),
        { from: 'easel.sqlite.restoring', to: 'easel.sqlite' },
      ];
      await writeFile(join(directory, 'restore.json'), JSON.stringify({ moves }));
      await mkdir(join(directory, 'aside'));
      for (const move of moves.slice(0, done))
        await rename(join(directory, move.from), join(directory, move.to));
      expect(await wrongWith(data.backUp())).toBe('restoring');
      await finishRestore(directory, database);
      const aside = await stateOf(join(directory, 'aside'));
      await rm(join(directory, 'aside'), { recursive: true });
      expect([done, await data.state(), aside]).toEqual([done, new_, old]);
      expect(await readdir(directory)).not.toContain('restoring');
    }
  });

  it('that was not decided yet has changed nothing, and is cleared up', async () => {
    const { data, old } = await stage();
    await put(join(data.directory, 'restoring/secret'), 'half');
    await put(`${data.database}.restoring`, 'half');
    await put(join(data.directory, 'restore.json.new'), '{"moves": [');
    await finishRestore(data.directory, data.database);
    expect(await data.state()).toEqual(old);
  });

  it('that is stopped changes nothing', async () => {
    const { data, from, old } = await stage();
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(data.restore(from, TABLES, stop.signal)).rejects.toThrow('stopped');
    expect(await data.state()).toEqual(old);
  });

  const manifest = async (from: string, change: (said: { format: number; files: object[] }) => void) => {
    const path = join(from, 'manifest.json');
    const said = JSON.parse(await readFile(path, 'utf8')) as { format: number; files: object[] };
    change(said);
    await writeFile(path, JSON.stringify(said));
  };
  const named = (path: string) => (from: string) =>
    manifest(from, ({ files }) => Object.assign(files[1] ?? {}, { path }));
  const sql = (from: string, text: string) => {
    const database = new DatabaseSync(join(from, 'easel.sqlite'));
    database.exec(text);
    database.close();
  };

  it.each<[string, string, (from: string) => Promise<unknown> | void]>([
    ['that is not there', 'no-backup', (from) => rm(from, { recursive: true })],
    ['without a manifest', 'no-backup', (from) => rm(join(from, 'manifest.json'))],
    ['of a newer layout', 'newer-backup', (from) => manifest(from, (said) => (said.format = 2))],
    [
      'with half a manifest',
      'damaged-backup',
      (from) => writeFile(join(from, 'manifest.json'), '{"format": 1'),
    ],
    ['with a list of nothing', 'damaged-backup', (from) => manifest(from, (said) => (said.files = []))],
    ['without the records', 'damaged-backup', (from) => manifest(from, (said) => void said.files.shift())],
    ['without a file', 'damaged-backup', (from) => rm(join(from, 'secret'))],
    ['with another file', 'damaged-backup', (from) => writeFile(join(from, 'secret'), 'bad')],
    ['with half a file', 'damaged-backup', (from) => writeFile(join(from, 'outbox/job-2/0.bin'), 'a new')],
    ['that leaves its folder', 'damaged-backup', named('../secret')],
    ['that names the whole disk', 'damaged-backup', named('/etc/passwd')],
    ['that hides where it goes', 'damaged-backup', named('web/../../x')],
    ['that goes to the backups', 'damaged-backup', named('backups/x')],
    [
      'that names a file twice',
      'damaged-backup',
      (from) => manifest(from, ({ files }) => void files.push(...files.slice(1, 2))),
    ],
    ['that replaces the lock', 'damaged-backup', named('easel.lock')],
    ['that comes with a journal', 'damaged-backup', named('easel.sqlite-wal')],
  ])('refuses a backup %s, and changes nothing', async (_what, code, spoil) => {
    const { data, from, old } = await stage();
    await spoil(from);
    expect(await wrongWith(data.restore(from))).toBe(code);
    expect(await data.state()).toEqual(old);
    expect(await readdir(dirname(data.database))).not.toContain('restoring');
  });

  it('leaves out what an earlier Easel has backed up of its work', async () => {
    const { data, from } = await stage();
    const text = 'half of a picture';
    await put(join(from, 'scratch/a'), text);
    await manifest(
      from,
      ({ files }) => void files.push({ path: 'scratch/a', size: 17, sha256: 'f'.repeat(64) }),
    );
    await data.restore(from);
    expect(await readdir(data.directory)).not.toContain('scratch');
  });

  it('refuses records of a newer Easel, and damaged ones', async () => {
    const { data, from, old } = await stage();
    const alone = join(await temporaryFolder(), 'alone.sqlite');
    await cp(join(from, 'easel.sqlite'), alone);
    sql(from, `UPDATE easel_schema SET version = 2`);
    expect(await wrongWith(data.restore(join(from, 'easel.sqlite')))).toBe('newer-backup');
    const bytes = await readFile(alone);
    await writeFile(alone, bytes.fill(7, 4096, 6000));
    expect(await wrongWith(data.restore(alone))).toBe('damaged-backup');
    await writeFile(alone, 'no database');
    expect(await wrongWith(data.restore(alone))).toBe('damaged-backup');
    expect(await data.state()).toEqual(old);
  });

  it('says that the disk does not let it, and changes nothing', async () => {
    const { from } = await stage();
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    const database = join(file, 'easel.sqlite');
    expect(await wrongWith(restoreBackup({ from, directory: file, database, tables: TABLES }))).toBe(
      'unwritable',
    );
  });
});
