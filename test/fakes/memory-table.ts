/** A table that is kept nowhere, and whose disk can be made to fail. */
import { EaselError } from '../../src/core/errors.ts';
import type { Table } from '../../src/store/index.ts';

export interface MemoryTable extends Table {
  readonly rows: Map<string, unknown>;
  /** Nothing can be written any more. */
  broken: boolean;
}

export function createMemoryTable(): MemoryTable {
  const rows = new Map<string, unknown>();
  const table: MemoryTable = {
    rows,
    broken: false,
    get: async (key) => rows.get(key),
    async set(key, value) {
      if (table.broken) throw new EaselError({ code: 'store-failed' });
      rows.set(key, value);
    },
    async delete(key) {
      if (!table.broken) rows.delete(key);
    },
    async *entries() {
      yield* rows;
    },
    close: async () => undefined,
  };
  return table;
}
