/**
 * Durable tables through keyv, one JSON document a key. One process owns the store, and within it each key has one
 * writer, since keyv has no compare-and-set.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import { KeyvSqlite } from '@keyv/sqlite';
import { Keyv } from 'keyv';
import { EaselError } from '../core/errors.ts';
import { parseJson, writeJson } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import { threadedSqlite } from './sqlite.ts';

export interface Table {
  /** Undefined when there is none. Rejects with `store-failed` when it cannot be read, which is not the same. */
  get(key: string): Promise<unknown>;
  /** Resolves once the store has acknowledged it; rejects with `store-failed` otherwise. `ttl` in ms. */
  set(key: string, value: unknown, ttl?: number): Promise<void>;
  /** What cannot be deleted is logged and stays. */
  delete(key: string): Promise<void>;
  /**
   * Everything in the table, in no order; undefined for what is not even JSON. Rejects with `store-failed` when the
   * table cannot be read to its end.
   */
  entries(): AsyncIterable<[key: string, value: unknown]>;
  close(): Promise<void>;
}

const BUSY_TIMEOUT_MS = 5000;
/** How often rows whose time is over are deleted. */
const CLEAR_MS = 3600_000;

/** One row that is written and removed at start: a store that cannot be written is refused then, not at the first job. */
const PROBE = 'probe';

/**
 * `uri` is `sqlite://PATH`. Rejects with `store-failed` when the database cannot be opened or written. `busyMs`: how
 * long another process may keep the file to itself.
 */
export async function openTable(
  uri: string,
  name: string,
  log: Log,
  busyMs = BUSY_TIMEOUT_MS,
): Promise<Table> {
  // a table each: two Keyvs on one adapter would share the namespace that was set last (keyv 6.1.0)
  const adapter = new KeyvSqlite({
    uri,
    table: name,
    driver: threadedSqlite,
    busyTimeout: busyMs,
    clearExpiredInterval: CLEAR_MS,
  });
  const keyv = new Keyv({ store: adapter, serialization: { stringify: writeJson, parse: parseStored } });
  // without a listener an error would be thrown from an event; with one, a failed write answers `false` and a failed
  // read `undefined`, as for an absent row: so each read listens whether the error is its own
  const reading = new AsyncLocalStorage<{ failed: boolean }>();
  keyv.on('error', (error: unknown) => {
    const read = reading.getStore();
    if (read) read.failed = true;
    log.error({ err: error, table: name }, 'store error');
  });

  const table: Table = {
    async get(key) {
      const read = { failed: false };
      const value = await reading.run(read, () => keyv.get<unknown>(key));
      if (read.failed) throw new EaselError({ code: 'store-failed' });
      return value;
    },
    async set(key, value, ttl) {
      if (!(await keyv.set(key, value, ttl))) throw new EaselError({ code: 'store-failed' });
    },
    async delete(key) {
      await keyv.delete(key);
    },
    async *entries() {
      const rows = keyv.iterator();
      try {
        for (;;) {
          const read = { failed: false };
          const row = await reading.run(read, () => rows.next());
          // one that fails to parse is a row all the same; keyv ends the list where it cannot read on
          if (row.done !== true) yield [row.value[0], row.value[1]];
          else if (read.failed) throw new EaselError({ code: 'store-failed' });
          else return;
        }
      } finally {
        await rows.return();
      }
    },
    close: () => keyv.disconnect(),
  };
  try {
    await table.set(PROBE, null);
    await table.delete(PROBE);
  } catch (error) {
    await keyv.disconnect().catch(() => undefined); // what could not be opened cannot be closed either
    throw error;
  }
  return table;
}

/** As `openTable` for each name, all at once, so that the disk is waited for together. */
export async function openTables<const Names extends readonly string[]>(
  uri: string,
  names: Names,
  log: Log,
): Promise<{ [Index in keyof Names]: Table }> {
  const opening = names.map((name) => openTable(uri, name, log));
  const opened = await Promise.allSettled(opening);
  if (opened.some(({ status }) => status === 'rejected'))
    for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one a name
  return (await Promise.all(opening)) as { [Index in keyof Names]: Table };
}

/** keyv declares `parse` as generic; every value is checked by a schema when it is read. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters -- keyv's signature
const parseStored = <T>(text: string): T => parseJson(text) as T;
