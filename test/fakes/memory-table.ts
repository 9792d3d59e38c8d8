/** A table that is kept nowhere, and whose disk can be made to fail. */
import { EaselError } from '../../src/core/errors.ts';
import { parseJson, writeJson } from '../../src/core/json.ts';
import type { Table } from '../../src/store/index.ts';

export interface MemoryTable extends Table {
  readonly rows: ReadonlyMap<string, unknown>;
  /** Nothing can be written any more. */
  broken: boolean;
}

export function createMemoryTable(): MemoryTable {
  const rows = new Map<string, { text: string; until: number }>();

  /** Nobody has the same object as the table. */
  function read(key: string): unknown {
    const row = rows.get(key);
    return row === undefined || row.until <= Date.now() ? undefined : parseJson(row.text);
  }

  function write(key: string, value: unknown, ttl = Infinity): void {
    if (table.broken) throw new EaselError({ code: 'store-failed' });
    if (value === undefined) rows.delete(key);
    else rows.set(key, { text: writeJson(value), until: Date.now() + ttl });
  }

  const table: MemoryTable = {
    rows,
    broken: false,
    get: async (key) => read(key),
    text: async (key) => rows.get(key)?.text,
    set: async (key, value, ttl) => write(key, value, ttl),
    async update(key, change, ttl) {
      const after = change(read(key));
      write(key, after, ttl);
      return after;
    },
    async delete(key) {
      if (!table.broken) rows.delete(key);
    },
    async *entries() {
      for (const key of rows.keys()) {
        const value = read(key);
        if (value !== undefined) yield [key, value];
      }
    },
    close: async () => undefined,
  };
  return table;
}
