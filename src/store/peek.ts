/** Reads rows of a store from outside: nothing is made, changed or held, also while an Easel works with it. */
import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { parseRow } from './row.ts';
import { quoted, type TableSchema } from './schema.ts';
import { asTrouble, StoreTrouble } from './trouble.ts';
import { readVersions } from './versions.ts';

const BUSY_TIMEOUT_MS = 2000;

/**
 * The values of those of the rows that are there; none where there is no store, or no such table yet. A value that is no JSON
 * is a symbol. Throws StoreTrouble where it cannot be read, or is of another version.
 */
export function peekRows(
  path: string,
  [name, schema]: [name: string, schema: TableSchema],
  keys: readonly string[],
): Map<string, unknown> {
  if (!existsSync(path)) return new Map();
  let database: DatabaseSync | undefined;
  try {
    database = openQuietly(path);
    const version = readVersions(database).get(name);
    if (version === undefined) return new Map();
    if (version !== schema.version)
      throw new StoreTrouble(
        version > schema.version ? 'newer' : 'older',
        `table ${name} has version ${version}`,
      );
    const select = database.prepare(`SELECT value FROM ${quoted(name)} WHERE key = ? AND namespace = ''`);
    return new Map(
      keys.flatMap((key) => {
        const row = select.get(key);
        return row ? [[key, parseRow(row['value']).value] as const] : [];
      }),
    );
  } catch (error) {
    throw asTrouble(error);
  } finally {
    database?.close();
  }
}

/**
 * Nobody has it open while no log lies beside it: SQLite would make one, even to read, where it is not told that the file
 * stands still (https://sqlite.org/wal.html#read_only_databases).
 */
function openQuietly(path: string): DatabaseSync {
  const url = pathToFileURL(path);
  if (!existsSync(`${path}-wal`)) url.searchParams.set('immutable', '1');
  return new DatabaseSync(url, { readOnly: true, timeout: BUSY_TIMEOUT_MS });
}
