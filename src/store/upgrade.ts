/**
 * A store of an older Easel becomes one of this one, before anything is opened: a backup, then every migration in one
 * transaction. Whoever is killed in between leaves the old rows whole. On a connection of its own in the main thread,
 * since the functions that change rows are there and may wait for files; nothing else runs yet.
 */
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import type { Log } from '../core/log.ts';
import { copyDatabase, fileOf, requireRoom, requireSound, sizeOf } from './file.ts';
import { parseRow, UNREADABLE, writeRow } from './row.ts';
import {
  CREATE_VERSIONS,
  createIndex,
  createTable,
  DELETE,
  quoted,
  requireWhole,
  SET_VERSION,
  type Also,
  type Migration,
  type Tables,
} from './schema.ts';
import { asTrouble } from './trouble.ts';
import { readVersions, requireKnown } from './versions.ts';

export interface UpgradeOptions {
  /** The folder for backups; made when it is needed. */
  backups: string;
  log: Log;
  /** Takes everything back. */
  signal?: AbortSignal | undefined;
  /** How long another process may keep the file to itself, in ms. */
  busyMs?: number | undefined;
}

/** Backups of upgrades that are kept: each of another one, so that tries do not push them out. */
const KEEP = 3;
const NAME = /^upgrade-\w+-(.*)\.sqlite$/;
const PARTIAL = /^upgrade-.*\.sqlite\.partial/;
const BUSY_TIMEOUT_MS = 5000;
/** A page of rows ends with the one that reaches either. */
const PAGE_ROWS = 200;
const PAGE_CHARACTERS = 4_000_000;
/** Up to this size a database is looked through at each start: about a tenth of a second. */
const CHECKED_BYTES = 64 * 1024 * 1024;

/**
 * `uri` is `sqlite://PATH`; a file that is not there is not made. `tables`: all that this Easel knows. Rejects with
 * StoreTrouble, or as the signal says, and then nothing was changed.
 */
export async function upgradeStore(uri: string, tables: Tables, options: UpgradeOptions): Promise<void> {
  requireWhole(tables);
  const file = fileOf(uri);
  const size = file === ':memory:' ? undefined : await sizeOf(file);
  if (size === undefined) return;
  let connection: DatabaseSync | undefined;
  try {
    connection = new DatabaseSync(file, { timeout: options.busyMs ?? BUSY_TIMEOUT_MS });
    if (size <= CHECKED_BYTES) requireSound(connection);
    const versions = readVersions(connection);
    requireKnown(versions, tables);
    const steps = stepsOf(versions, tables);
    if (steps.length === 0) return;
    if (steps.some(({ table }) => hasRows(connection, table))) await backUp(connection, steps, size, options);
    await migrate(connection, steps, tables, options);
  } catch (error) {
    if (options.signal?.aborted === true) throw options.signal.reason;
    throw asTrouble(error);
  } finally {
    connection?.close();
  }
}

interface Step {
  table: string;
  from: number;
  to: number;
  migrations: readonly Migration[];
}

function stepsOf(versions: ReadonlyMap<string, number>, tables: Tables): Step[] {
  return Object.entries(tables).flatMap(([table, { version: to, migrations }]) => {
    const from = versions.get(table) ?? to;
    return from === to ? [] : [{ table, from, to, migrations: migrations.slice(from - 1) }];
  });
}

const hasRows = (connection: DatabaseSync | undefined, table: string): boolean =>
  connection?.prepare(`SELECT 1 FROM ${quoted(table)} LIMIT 1`).get() !== undefined;

/** The old rows, and room for the new ones besides. */
async function backUp(
  connection: DatabaseSync,
  steps: readonly Step[],
  size: number,
  { backups, log }: UpgradeOptions,
): Promise<void> {
  await mkdir(backups, { recursive: true, mode: 0o700 });
  await chmod(backups, 0o700);
  // of a process that was killed
  for (const name of await readdir(backups))
    if (PARTIAL.test(name)) await rm(join(backups, name), { force: true });
  await requireRoom(backups, 2 * size);
  const date = new Date().toISOString().replaceAll(/[:-]|\.\d+/g, '');
  const what = steps.map(({ table, from, to }) => `${table}.${from}-${to}`).join('+');
  const path = join(backups, `upgrade-${date}-${what.slice(0, 120)}.sqlite`);
  await copyDatabase(connection, path);
  log.info({ path, bytes: size }, 'store backed up before its upgrade');
  const made = (await readdir(backups))
    .filter((name) => NAME.test(name))
    .toSorted()
    .toReversed();
  const upgradeOf = (name: string) => NAME.exec(name)?.[1];
  const kept = made.filter((name, at) => made.findIndex((one) => upgradeOf(one) === upgradeOf(name)) === at);
  for (const name of made)
    if (!kept.slice(0, KEEP).includes(name)) await rm(join(backups, name), { force: true });
}

async function migrate(
  connection: DatabaseSync,
  steps: readonly Step[],
  tables: Tables,
  { log, signal }: UpgradeOptions,
): Promise<void> {
  connection.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE');
  try {
    for (const name of Object.keys(tables)) connection.exec(`${createTable(name)}; ${createIndex(name)}`);
    connection.exec(CREATE_VERSIONS);
    for (const { table, to, migrations } of steps) {
      for (const migration of migrations) await migrateTable(connection, table, migration, log, signal);
      connection.prepare(SET_VERSION).run(table, to);
    }
    for (const [name, { version }] of Object.entries(tables))
      connection.prepare(SET_VERSION).run(name, version);
    connection.exec('COMMIT');
  } catch (error) {
    // a full disk ends the transaction by itself
    if (connection.isTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}

async function migrateTable(
  connection: DatabaseSync,
  table: string,
  migration: Migration,
  log: Log,
  signal: AbortSignal | undefined,
): Promise<void> {
  const update = connection.prepare(`UPDATE ${quoted(table)} SET value = ? WHERE rowid = ?`);
  const remove = connection.prepare(`DELETE FROM ${quoted(table)} WHERE rowid = ?`);
  const facts = { table, to: migration.to, migration: migration.name };
  const others = otherRows(connection);
  let rows = 0;
  for (
    let page = rowsAfter(connection, table, '');
    page.length > 0;
    page = rowsAfter(connection, table, page.at(-1)?.key ?? '')
  ) {
    for (const { rowid, key, text, expires } of page) {
      const { value } = parseRow(text);
      if (value === UNREADABLE) continue;
      try {
        const changed = await migration.change(key, value, { ...others, expires });
        if (changed === DELETE) remove.run(rowid);
        else if (changed !== value) update.run(writeRow({ value: changed, expires }), rowid);
      } catch (error) {
        if (error instanceof Error && 'code' in error) throw error;
        log.error({ ...facts, key, err: error }, 'row left as it was');
      }
    }
    rows += page.length;
    // signals are heard
    await setImmediate();
    signal?.throwIfAborted();
  }
  log.info({ ...facts, rows }, 'table upgraded');
}

interface Found {
  rowid: bigint;
  key: string;
  text: unknown;
  expires: number | undefined;
}

function rowsAfter(connection: DatabaseSync, table: string, after: string): Found[] {
  const select = connection.prepare(
    `SELECT rowid, key, value, expires FROM ${quoted(table)} WHERE key > ? ORDER BY key LIMIT ${PAGE_ROWS}`,
  );
  const rows: Found[] = [];
  let characters = 0;
  for (const { rowid, key, value, expires } of select.iterate(after)) {
    const until = expires === null ? undefined : Number(expires);
    rows.push({ rowid: BigInt(Number(rowid)), key: String(key), text: value, expires: until });
    characters += String(value).length;
    if (characters >= PAGE_CHARACTERS) break;
  }
  return rows;
}

function otherRows(connection: DatabaseSync): Omit<Also, 'expires'> {
  return {
    get(table, key) {
      const found = connection
        .prepare(`SELECT value FROM ${quoted(table)} WHERE key = ? AND namespace = ''`)
        .get(key);
      const value = found === undefined ? undefined : parseRow(found['value']).value;
      return value === UNREADABLE ? undefined : value;
    },
    set(table, key, value, expires) {
      connection
        .prepare(
          `INSERT INTO ${quoted(table)}(key, value, expires) VALUES(?, ?, ?)
           ON CONFLICT(key, namespace) DO UPDATE SET value = excluded.value, expires = excluded.expires`,
        )
        .run(key, writeRow({ value, expires }), expires ?? null);
    },
  };
}
