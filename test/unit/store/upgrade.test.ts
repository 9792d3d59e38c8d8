import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { EaselError } from '../../../src/core/errors.ts';
import { openTable, openTables } from '../../../src/store/index.ts';
import { DELETE, FIRST, type Migration, type Tables } from '../../../src/store/schema.ts';
import { troubleIn } from '../../../src/store/trouble.ts';
import { upgradeStore } from '../../../src/store/upgrade.ts';
import { allOf } from '../../contract/table.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';

const log = createRecordingLog();
const to2: Migration = { to: 2, name: 'in a list', change: (_key, value) => [value] };
const to3: Migration = { to: 3, name: 'in a field', change: (_key, value) => ({ value }) };
const second: Tables = { things: { version: 2, migrations: [to2] } };
const third: Tables = { things: { version: 3, migrations: [to2, to3] }, others: FIRST };

async function store(rows: Record<string, unknown> = {}) {
  const folder = await temporaryFolder();
  const path = join(folder, 'easel.sqlite');
  const uri = `sqlite://${path}`;
  const backups = join(folder, 'backups');
  const table = await openTable(uri, 'things', log);
  for (const [key, value] of Object.entries(rows)) await table.set(key, value);
  await table.close();
  const upgrade = (tables: Tables, signal?: AbortSignal) =>
    upgradeStore(uri, tables, { backups, log: createRecordingLog(), signal, busyMs: 50 });
  return { folder, path, uri, backups, upgrade, sql: (text: string) => withDatabase(path, text) };
}

function withDatabase(path: string, text: string): Record<string, unknown>[] {
  const database = new DatabaseSync(path);
  try {
    return database.prepare(text).all();
  } finally {
    database.close();
  }
}

async function rowsIn(uri: string, tables: Tables): Promise<Record<string, unknown>> {
  const opened = await openTables(uri, tables, log);
  try {
    return await allOf(opened['things']!);
  } finally {
    for (const table of Object.values(opened)) await table.close();
  }
}

async function kindOf(work: Promise<unknown>): Promise<unknown> {
  const [outcome] = await Promise.allSettled([work]);
  return outcome.status === 'rejected' ? (troubleIn(outcome.reason)?.kind ?? outcome.reason) : outcome;
}

const backupsIn = async (folder: string): Promise<string[]> => {
  const names: string[] = await readdir(folder).catch(() => []);
  return names.toSorted();
};

describe('a store that @keyv/sqlite wrote', () => {
  it('opens as it is', async () => {
    const path = join(await temporaryFolder(), 'old.sqlite');
    const database = new DatabaseSync(path);
    database.exec(await readFile('test/fixtures/store/keyv-sqlite.sql', 'utf8'));
    database.close();
    const table = await openTable(`sqlite://${path}`, 'things', log);
    onTestFinished(() => table.close());
    expect(await allOf(table)).toEqual({
      plain: { text: 'a red fox', list: [1, null, true] },
      seed: { seed: 18446744073709551615n },
      null: null,
      quotes: `it's "so" — 日本\n🦊`,
      'job/slot': 'a key with a slash',
      'a:b': 'a key with a colon',
      kept: 'until 2100',
    });
    expect(await table.get('gone')).toBeUndefined();
    await table.update('plain', (before) => [before]);
    await table.set('null', 1);
    expect(await table.get('plain')).toEqual([{ text: 'a red fox', list: [1, null, true] }]);
    expect(withDatabase(path, `SELECT * FROM things WHERE key = 'null'`)).toEqual([
      { key: 'null', value: '{"value":1}', namespace: '', expires: null },
    ]);
    const others = await openTable(`sqlite://${path}`, 'others', log);
    onTestFinished(() => others.close());
    expect(await allOf(others)).toEqual({ plain: 'of another table' });
  });
});

describe('a store of an older Easel', () => {
  it('is brought up to date after a backup, step by step', async () => {
    const { uri, upgrade, backups } = await store({ a: 1, b: { seed: 2n ** 64n } });
    await upgrade(third);
    expect(await rowsIn(uri, third)).toEqual({ a: { value: [1] }, b: { value: [{ seed: 2n ** 64n }] } });
    const [name = ''] = await backupsIn(backups);
    expect(name).toMatch(/^upgrade-\d{8}T\d{6}Z-things\.1-3\.sqlite$/);
    expect((await stat(join(backups, name))).mode & 0o777).toBe(0o600);
    expect((await stat(backups)).mode & 0o777).toBe(0o700);
    expect(await rowsIn(`sqlite://${join(backups, name)}`, { things: FIRST })).toEqual({
      a: 1,
      b: { seed: 2n ** 64n },
    });
    await upgrade(third);
    expect(await backupsIn(backups)).toHaveLength(1);
  });

  it('goes on from the version that it has', async () => {
    const { uri, upgrade } = await store({ a: 1 });
    await upgrade(second);
    await upgrade(third);
    expect(await rowsIn(uri, third)).toEqual({ a: { value: [1] } });
  });

  it('keeps the times of its rows, and loses what a migration deletes', async () => {
    const { uri, upgrade, sql } = await store({ a: 1, b: 2 });
    const table = await openTable(uri, 'things', log);
    await table.set('c', 3, 60_000);
    await table.close();
    const before = sql(`SELECT expires FROM things WHERE key = 'c'`);
    const migration: Migration = { ...to2, change: (key, value) => (key === 'a' ? DELETE : [value]) };
    await upgrade({ things: { version: 2, migrations: [migration] } });
    expect(await rowsIn(uri, second)).toEqual({ b: [2], c: [3] });
    const after = sql(
      `SELECT expires, json_extract(value, '$.expires') AS inner FROM things WHERE key = 'c'`,
    );
    expect(after).toEqual([{ ...before[0], inner: before[0]?.['expires'] }]);
  });

  it('moves rows to another table, and may wait for something', async () => {
    const { uri, upgrade } = await store({ a: 1, b: 2 });
    const tables: Tables = {
      others: FIRST,
      things: {
        version: 2,
        migrations: [
          {
            to: 2,
            name: 'beside',
            async change(key, value, also) {
              await stat('.');
              also.set('others', 'all', [also.get('others', 'all') ?? null, key]);
              return value;
            },
          },
        ],
      },
    };
    await upgrade(tables);
    const others = await openTable(uri, 'others', log);
    onTestFinished(() => others.close());
    expect(await allOf(others)).toEqual({ all: [[null, 'a'], 'b'] });
  });

  it('keeps the rows that nobody can read, or that a migration stumbles over', async () => {
    const { uri, upgrade, sql } = await store({ a: 1, b: null, c: 3 });
    sql(`UPDATE things SET value = '{{{' WHERE key = 'c'`);
    const migration: Migration = { ...to2, change: (_key, value) => [(value as number).toFixed()] };
    await upgrade({ things: { version: 2, migrations: [migration] } });
    expect(await rowsIn(uri, second)).toEqual({ a: ['1'], b: null, c: undefined });
  });

  it('needs no backup where there is nothing to change', async () => {
    const { uri, upgrade, backups } = await store();
    await upgrade(third);
    expect(await backupsIn(backups)).toEqual([]);
    expect(await rowsIn(uri, third)).toEqual({});
    const fresh = join(await temporaryFolder(), 'none.sqlite');
    await upgradeStore(`sqlite://${fresh}`, third, { backups, log });
    await expect(stat(fresh)).rejects.toThrow('ENOENT');
    expect(await rowsIn(`sqlite://${fresh}`, third)).toEqual({});
    await upgradeStore(`sqlite://${fresh}`, third, { backups, log });
    expect(await backupsIn(backups)).toEqual([]);
  });

  it('keeps three backups, the newest of each upgrade, and nothing else of that folder goes', async () => {
    const { upgrade, backups } = await store({ a: 1 });
    await mkdir(backups);
    const others = ['20200101T000000Z-a.1-2', '20210101T000000Z-b.1-2', '20220101T000000Z-c.1-2'];
    for (const other of [...others, '20230101T000000Z-things.1-2'])
      await writeFile(join(backups, `upgrade-${other}.sqlite`), '');
    await writeFile(join(backups, 'mine.sqlite'), '');
    for (const end of ['', '-wal'])
      await writeFile(join(backups, `upgrade-20240101T000000Z-things.1-2.sqlite.partial${end}`), 'killed');
    await upgrade(second);
    const names = await backupsIn(backups);
    expect(names.map((name) => name.slice(0, 12))).toEqual([
      'mine.sqlite',
      'upgrade-2021',
      'upgrade-2022',
      expect.not.stringMatching(/^upgrade-2023/),
    ]);
  });

  it('is not opened before', async () => {
    const { uri } = await store({ a: 1 });
    expect(await kindOf(openTables(uri, second, log))).toBe('older');
  });
});

describe('an upgrade that cannot be', () => {
  it('refuses a store of a newer Easel, and changes nothing', async () => {
    const { uri, path, upgrade, backups } = await store({ a: 1 });
    await upgrade(second);
    const before = await readFile(path);
    expect(await kindOf(upgrade({ things: FIRST, others: { version: 2, migrations: [to2] } }))).toBe('newer');
    expect(await kindOf(upgrade({}))).toBe('newer');
    expect(await kindOf(openTables(uri, { things: FIRST }, log))).toBe('newer');
    expect((await readFile(path)).equals(before)).toBe(true);
    expect(await backupsIn(backups)).toHaveLength(1);
  });

  it.each<[string, () => never, RegExp | string]>([
    [
      'the disk is full in a later row',
      () => {
        throw Object.assign(new Error('no space left'), { code: 'ENOSPC' });
      },
      'full',
    ],
    [
      'another room fails',
      () => {
        throw new EaselError({ code: 'store-failed' });
      },
      'other',
    ],
  ])('leaves everything as it was where %s', async (_what, fail, kind) => {
    const { uri, upgrade } = await store({ a: 1, b: 2 });
    const migration: Migration = { ...to2, change: (key, value) => (key === 'b' ? fail() : [value]) };
    const tables: Tables = {
      others: { version: 2, migrations: [to2] },
      things: { version: 2, migrations: [migration] },
    };
    expect(await kindOf(upgrade(tables))).toBe(kind);
    expect(await rowsIn(uri, { things: FIRST })).toEqual({ a: 1, b: 2 });
  });

  it('leaves everything as it was when it is stopped', async () => {
    const { uri, upgrade } = await store({ a: 1, b: 2 });
    const stop = new AbortController();
    const migration: Migration = {
      ...to2,
      change(_key, value) {
        stop.abort(new Error('stopped'));
        return [value];
      },
    };
    const tables: Tables = { things: { version: 2, migrations: [migration] } };
    await expect(upgrade(tables, stop.signal)).rejects.toThrow('stopped');
    expect(await rowsIn(uri, { things: FIRST })).toEqual({ a: 1, b: 2 });
  });

  it.each([
    ['no database', 'damaged', (path: string) => writeFile(path, 'this is no database '.repeat(500))],
    [
      'a database with a hole',
      'damaged',
      async (path: string) => {
        const bytes = await readFile(path);
        bytes.fill(7, 4096, 12_288);
        await writeFile(path, bytes);
      },
    ],
  ])('says what is wrong with %s', async (_what, kind, spoil) => {
    const { path, upgrade, backups } = await store({ a: 'x'.repeat(20_000) });
    await spoil(path);
    const before = await readFile(path);
    expect(await kindOf(upgrade(second))).toBe(kind);
    expect((await readFile(path)).equals(before)).toBe(true);
    expect(await backupsIn(backups)).toEqual([]);
  });

  it('says that another program has the file', async () => {
    const { path, upgrade } = await store({ a: 1 });
    const other = new DatabaseSync(path);
    other.exec('BEGIN EXCLUSIVE');
    expect(await kindOf(upgrade(second))).toBe('busy');
    other.close();
  });

  it('says that there is no folder for the backup, and goes no further', async () => {
    const { uri, backups, upgrade } = await store({ a: 1 });
    await writeFile(backups, 'a file');
    expect(await kindOf(upgrade(second))).toBe('unwritable');
    expect(await rowsIn(uri, { things: FIRST })).toEqual({ a: 1 });
  });

  it('is a mistake of ours where a step is missing', async () => {
    const { upgrade } = await store();
    await expect(upgrade({ things: { version: 3, migrations: [to3] } })).rejects.toThrow('migrations to 3');
  });
});
