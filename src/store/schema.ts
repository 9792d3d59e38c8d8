/**
 * Versions of tables. Every table has one, written down in the database beside it; the first is 1, and what was never
 * written down is 1. A number for each table, not one for the file: each room changes its own records, and two changes
 * that are made at once do not claim the same number.
 *
 * To change what a table's rows look like, raise its version by one and say how each old row becomes a new one:
 *
 *     export const JOB_TABLES = {
 *       active: {
 *         version: 2,
 *         migrations: [
 *           { to: 2, name: 'the graph once per template version', change: (key, value, also) => { … return newer; } },
 *         ],
 *       },
 *       ended: FIRST,
 *     } satisfies Tables;
 *
 * and name the tables in `app/stores.ts` (TABLES). `upgrade.ts` runs the migrations at the start, all in one transaction and
 * after a backup; `openTables` then opens tables of the right version only. Old migrations stay as long as anybody may
 * have such rows.
 */

/** What a migration answers for a row that is to go. */
export const DELETE = Symbol('delete');

/** Other rows of the same store, while it is migrated: in the same transaction. `expires` in ms since 1970. */
export interface Also {
  /** When the row's time is over. */
  readonly expires: number | undefined;
  /** Undefined when there is none, or it cannot be read. */
  get(table: string, key: string): unknown;
  /** Makes the row, or writes over it. */
  set(table: string, key: string, value: unknown, expires?: number): void;
}

export interface Migration {
  /** The version that it makes of the one before. */
  to: number;
  /** For logs. */
  name: string;
  /**
   * The new value of a row, `value` itself to leave it as it is, or DELETE; or a promise of these. It keeps its time.
   * Asked once a row in an attempt, which may be cut short and begun again from the old rows: whatever else it does must
   * bear that. A row that it cannot make sense of it leaves: who reads it says so. Where it throws, the row is left and
   * logged; an EaselError, and what has a `code`, is trouble of the disk instead: the whole attempt is taken back.
   */
  change(key: string, value: unknown, also: Also): unknown;
}

export interface TableSchema {
  version: number;
  /** One for each version from 2 on, in order. */
  migrations: readonly Migration[];
}

export type Tables = Readonly<Record<string, TableSchema>>;

/** A table that was never changed. */
export const FIRST: TableSchema = { version: 1, migrations: [] };

/** Where the versions are. */
export const VERSIONS = 'easel_schema';
export const CREATE_VERSIONS = `CREATE TABLE IF NOT EXISTS ${VERSIONS}(name TEXT PRIMARY KEY, version INTEGER NOT NULL)`;
export const SET_VERSION = `INSERT INTO ${VERSIONS}(name, version) VALUES(?, ?)
  ON CONFLICT(name) DO UPDATE SET version = excluded.version`;

/** Before a table is made: one that is there and was never written down is of version 1. Given its name twice. */
export const KEEP_VERSION = `INSERT OR IGNORE INTO ${VERSIONS}(name, version)
  SELECT ?, CASE WHEN EXISTS(SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?) THEN 1 ELSE ? END`;
export const READ_VERSION = `SELECT version FROM ${VERSIONS} WHERE name = ?`;

/** A table's name goes into statements as it is. */
export function quoted(name: string): string {
  if (!/^[a-z][a-z_]*$/.test(name)) throw new Error(`no name for a table: ${name}`);
  return `"${name}"`;
}

export const createTable = (name: string): string =>
  `CREATE TABLE IF NOT EXISTS ${quoted(name)}(key VARCHAR(255) NOT NULL, value TEXT, namespace VARCHAR(255) NOT NULL DEFAULT '', expires BIGINT DEFAULT NULL, UNIQUE(key, namespace))`;

export const createIndex = (name: string): string =>
  `CREATE INDEX IF NOT EXISTS ${quoted(`${name}_expires_idx`)} ON ${quoted(name)} (expires) WHERE expires IS NOT NULL`;

/** Throws where the migrations do not lead from the first version to the last: a mistake in the code. */
export function requireWhole(tables: Tables): void {
  for (const [name, { version, migrations }] of Object.entries(tables)) {
    const steps = migrations.map(({ to }) => to).join();
    const needed = Array.from({ length: version - 1 }, (_, at) => at + 2).join();
    if (steps !== needed) throw new Error(`table ${name}: migrations to ${steps}, version ${version}`);
  }
}
