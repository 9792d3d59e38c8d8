/**
 * keyv on SQLite, in the layout that @keyv/sqlite 6 wrote: a table each, its rows in the empty namespace. Read and written
 * by the thread of `sqlite.ts`. Everything rejects with what SQLite says; nothing is ever emitted as an event.
 */
import type { KeyvStorageAdapter } from 'keyv';
import { quoted } from './schema.ts';
import type { Connection } from './sqlite.ts';

/** Of a table that is read to its end: fewer where they are large. */
const PAGE_ROWS = 100;
/** Rows that are deleted at a time when their time is over: others are served in between. */
const CLEARED_ROWS = 500;

/** What keyv 6.1.0 asks for, of an adapter that takes absolute times. Its methods for many keys are not used. */
type Asked = Required<Pick<KeyvStorageAdapter, 'set' | 'delete' | 'clear' | 'disconnect' | 'iterator'>>;

export interface SqliteAdapter extends Asked {
  readonly capabilities: { readonly expires: true };
  /** The text of a row whose time is not over. */
  get(key: string): Promise<string | undefined>;
  /**
   * Writes a row, or deletes it (`after` undefined), only while its text is still `before`. False when it is another one
   * by now. `expires` in ms since 1970.
   */
  replace(
    key: string,
    before: string | undefined,
    after: string | undefined,
    expires: number | undefined,
  ): Promise<boolean>;
  /** Deletes all rows whose time is over, a few at a time. */
  clearExpired(): Promise<void>;
}

/** Closing it closes the connection. */
export function createAdapter({ query, close }: Connection, name: string): SqliteAdapter {
  const table = quoted(name);
  const live = '(expires IS NULL OR expires > ?)';
  const get = `SELECT value FROM ${table} WHERE key = ? AND namespace = '' AND ${live}`;
  const set = `INSERT INTO ${table}(key, value, expires) VALUES(?, ?, ?)
    ON CONFLICT(key, namespace) DO UPDATE SET value = excluded.value, expires = excluded.expires`;
  const remove = `DELETE FROM ${table} WHERE key = ? AND namespace = '' RETURNING key`;
  const clear = `DELETE FROM ${table}`;
  const page = `SELECT key, value FROM ${table} WHERE namespace = '' AND key > ? AND ${live}
    ORDER BY key LIMIT ${PAGE_ROWS}`;
  // what is over counts as absent
  const insert = `${set} WHERE expires <= ? RETURNING key`;
  const update = `UPDATE ${table} SET value = ?, expires = ? WHERE key = ? AND namespace = '' AND value = ? AND ${live}
    RETURNING key`;
  const removeSame = `DELETE FROM ${table} WHERE key = ? AND namespace = '' AND value = ? RETURNING key`;
  const clearSome = `DELETE FROM ${table} WHERE rowid IN
    (SELECT rowid FROM ${table} WHERE expires <= ? ORDER BY expires LIMIT ${CLEARED_ROWS}) RETURNING 1`;

  const adapter: SqliteAdapter = {
    capabilities: { expires: true },
    async get(key) {
      const [row] = await query(get, key, Date.now());
      return row === undefined ? undefined : String(row['value']);
    },
    async set(key, value, expires) {
      await query(set, key, String(value), expires ?? null);
      return true;
    },
    delete: async (key) => (await query(remove, key)).length > 0,
    async clear() {
      await query(clear);
    },
    async *iterator() {
      for (let last = ''; ;) {
        const rows = await query(page, last, Date.now());
        if (rows.length === 0) return;
        for (const { key, value } of rows) yield [String(key), String(value)];
        last = String(rows.at(-1)?.['key']);
      }
    },
    async replace(key, before, after, expires) {
      const now = Date.now();
      const until = expires ?? null;
      if (after === undefined)
        return before === undefined
          ? (await adapter.get(key)) === undefined
          : (await query(removeSame, key, before)).length > 0;
      const written =
        before === undefined
          ? await query(insert, key, after, until, now)
          : await query(update, after, until, key, before, now);
      return written.length > 0;
    },
    async clearExpired() {
      while ((await query(clearSome, Date.now())).length === CLEARED_ROWS);
    },
    disconnect: close,
  };
  return adapter;
}
