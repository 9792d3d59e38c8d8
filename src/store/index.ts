/** Durable tables through keyv, one JSON document a key. One process owns the store. */
import { Keyv } from 'keyv';
import { EaselError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { createTurns } from '../core/turns.ts';
import { createAdapter, type SqliteAdapter } from './adapter.ts';
import { fileOf } from './file.ts';
import { parseRow, UNREADABLE, writeRow, type Row } from './row.ts';
import {
  CREATE_VERSIONS,
  createIndex,
  createTable,
  FIRST,
  KEEP_VERSION,
  READ_VERSION,
  type Tables,
} from './schema.ts';
import { connect, type Connection } from './sqlite.ts';
import { asTrouble, StoreTrouble, troubleIn } from './trouble.ts';

export interface Table {
  /**
   * Undefined when there is none; a symbol, which no schema takes, for what is not even JSON. Rejects with `store-failed`
   * when it cannot be read, which is not the same.
   */
  get(key: string): Promise<unknown>;
  /** The row as it is written, whatever it says; undefined when there is none. Rejects with `store-failed`. */
  text(key: string): Promise<string | undefined>;
  /** Resolves once the store has acknowledged it; rejects with `store-failed` otherwise. `ttl` in ms. */
  set(key: string, value: unknown, ttl?: number): Promise<void>;
  /**
   * Changes a row from what it is at that moment, whoever else writes it: `change` is given the value (undefined: there is
   * none) and answers the new one (undefined: the row is to go), and is asked again with a fresh one where somebody was
   * faster. Resolves to what it answered, once that is durable. Rejects with what `change` throws, and with `store-failed`
   * also where the row is no JSON: it is not written over. `ttl` as in `set`.
   */
  update<T>(key: string, change: (before: unknown) => T, ttl?: number): Promise<T>;
  /** What cannot be deleted is logged and stays. */
  delete(key: string): Promise<void>;
  /**
   * Everything in the table, in no order; undefined for what is not even JSON. Rejects with `store-failed` when the
   * table cannot be read to its end. Holds no more than a page; what is written meanwhile may be in it or not.
   */
  entries(): AsyncIterable<[key: string, value: unknown]>;
  close(): Promise<void>;
}

const BUSY_TIMEOUT_MS = 5000;
/** How often rows whose time is over are deleted. */
const CLEAR_MS = 3600_000;
/** How often `update` is overtaken before it gives up. Those of this table take turns: others are other processes. */
const ROUNDS = 20;

/** One row that is written and removed at start: a store that cannot be written is refused then, not at the first job. */
const PROBE = 'probe';

/**
 * `uri` is `sqlite://PATH`. Rejects with `store-failed`, its cause a StoreTrouble, when the database cannot be opened or
 * written, or the table is of another version. `busyMs`: how long another process may keep the file to itself.
 */
export async function openTable(
  uri: string,
  name: string,
  log: Log,
  { version } = FIRST,
  busyMs = BUSY_TIMEOUT_MS,
): Promise<Table> {
  try {
    const connection = await connect(fileOf(uri), busyMs);
    try {
      const adapter = createAdapter(connection, name);
      await prepare(connection, name, version);
      await adapter.set(PROBE, writeRow({ value: null }));
      await adapter.delete(PROBE);
      return tableOf(adapter, name, log);
    } catch (error) {
      await connection.close().catch(() => undefined); // what could not be opened cannot be closed either
      throw error;
    }
  } catch (error) {
    log.error({ err: error, table: name }, 'store error');
    throw storeFailed(error);
  }
}

/** A table that is not there is made, in this version. */
async function prepare({ query }: Connection, name: string, version: number): Promise<void> {
  // asked together, they are one transaction
  const [, , , , [found]] = await Promise.all([
    query(CREATE_VERSIONS),
    query(KEEP_VERSION, name, name, version),
    query(createTable(name)),
    query(createIndex(name)),
    query(READ_VERSION, name),
  ]);
  const stored = Number(found?.['version']);
  if (stored === version) return;
  const words = `table ${name} has version ${stored} instead of ${version}`;
  throw new StoreTrouble(stored > version ? 'newer' : 'older', words);
}

/** As `openTable` for each, all at once, so that the disk is waited for together. */
export async function openTables<T extends Tables>(
  uri: string,
  tables: T,
  log: Log,
): Promise<{ [Name in keyof T]: Table }> {
  const opening = Object.entries(tables).map(
    async ([name, schema]) => [name, await openTable(uri, name, log, schema)] as const,
  );
  const opened = await Promise.allSettled(opening);
  if (opened.some(({ status }) => status === 'rejected'))
    for (const one of opened) if (one.status === 'fulfilled') await one.value[1].close();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one a name
  return Object.fromEntries(await Promise.all(opening)) as { [Name in keyof T]: Table };
}

function tableOf(adapter: SqliteAdapter, name: string, log: Log): Table {
  // a table each: two Keyvs on one adapter would share a namespace. Nobody listens to `error`: so keyv rejects, where it
  // would answer as for an absent row otherwise (6.1.0)
  const keyv = new Keyv({ store: adapter, serialization: { stringify: writeStored, parse: parseStored } });
  const inTurn = createTurns();

  function failed(error: unknown): EaselError {
    const failure = storeFailed(error);
    const isDamaged = troubleIn(failure)?.kind === 'damaged';
    log.error(
      { err: error, table: name },
      isDamaged ? 'the database is damaged: go back to a backup (npm run restore)' : 'store error',
    );
    return failure;
  }

  async function clearExpired(): Promise<void> {
    try {
      await adapter.clearExpired();
    } catch (error) {
      log.error({ err: error, table: name }, 'store error');
    }
  }
  let clearing = clearExpired();
  const timer = setInterval(() => {
    clearing = clearExpired();
  }, CLEAR_MS).unref();

  return {
    async get(key) {
      try {
        return await keyv.get<unknown>(key);
      } catch (error) {
        throw failed(error);
      }
    },
    async text(key) {
      try {
        return await adapter.get(key);
      } catch (error) {
        throw failed(error);
      }
    },
    async set(key, value, ttl) {
      let written: boolean;
      try {
        written = await keyv.set(key, value, ttl);
      } catch (error) {
        throw failed(error);
      }
      if (!written) throw failed(new Error(`keyv does not write the row ${key}`));
    },
    update: (key, change, ttl) =>
      inTurn(key, async () => {
        for (let round = 0; round < ROUNDS; round += 1) {
          const before = await read(adapter, key).catch((error: unknown) => {
            throw failed(error);
          });
          const value = change(before.value);
          const expires = ttl === undefined ? undefined : Math.ceil(Date.now() + ttl);
          const after = value === undefined ? undefined : writeRow({ value, expires });
          try {
            if (await adapter.replace(key, before.text, after, expires)) return value;
          } catch (error) {
            throw failed(error);
          }
        }
        throw failed(new Error(`the row ${key} is another one each time`));
      }),
    async delete(key) {
      try {
        await keyv.delete(key);
      } catch (error) {
        failed(error);
      }
    },
    async *entries() {
      try {
        for await (const [key, value] of keyv.iterator())
          yield [key, value === UNREADABLE ? undefined : value];
      } catch (error) {
        throw failed(error);
      }
    },
    async close() {
      clearInterval(timer);
      await clearing;
      await keyv.disconnect();
    },
  };
}

const storeFailed = (error: unknown) => new EaselError({ code: 'store-failed' }, { cause: asTrouble(error) });

/** Text and value of a row; both undefined when there is none. */
async function read(adapter: SqliteAdapter, key: string): Promise<{ text?: string; value?: unknown }> {
  const text = await adapter.get(key);
  if (text === undefined) return {};
  const { value, expires } = parseRow(text);
  if (value === UNREADABLE) throw new Error(`the row ${key} is no JSON`);
  return expires !== undefined && expires <= Date.now() ? { text } : { text, value };
}

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what keyv gives
const writeStored = (row: unknown): string => writeRow(row as Row);

/** keyv declares `parse` as generic; every value is checked by a schema when it is read. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters -- keyv's signature
const parseStored = <T>(text: string): T => parseRow(text) as T;
