/**
 * What the operator has connected Easel with on their page. Tokens are sealed with the data folder's own secret, and
 * known in memory only. What cannot be opened any more is kept and told, and the rest goes on.
 */
import { z } from 'zod';
import type { Log } from '../core/log.ts';
import { SERVICES, type Service, type ServiceValues } from './services.ts';
import { openTables } from '../store/index.ts';
import { peekRows } from '../store/peek.ts';
import { createSeal, Sealed, type Seal } from '../store/sealed.ts';
import { CONNECTION_TABLES } from './tables.ts';

/** `backend-in-use`: what jobs are given to, as long as another one is to take its place. */
export type ConnectionKey = Service | 'backend-in-use';

export interface KeptConnection {
  /** Wall clock, in ms since 1970. */
  at: number;
  by: string;
  /** Of the settings that have a value. */
  names: string[];
  /** Undefined: sealed with another secret, or damaged. */
  values: ServiceValues | undefined;
}

export interface ConnectionsStore {
  get(key: ConnectionKey): KeptConnection | undefined;
  /** Resolves once it is durable. Rejects with `store-failed`. */
  set(key: ConnectionKey, values: ServiceValues, about: { at: number; by: string }): Promise<void>;
  /** Rejects with `store-failed`. */
  remove(key: ConnectionKey): Promise<void>;
  close(): Promise<void>;
}

const Row = z.object({
  at: z.number(),
  by: z.string(),
  names: z.array(z.string()),
  sealed: Sealed,
});
const KEYS = ['discord', 'slack', 'comfy', 'backend-in-use'] as const satisfies readonly ConnectionKey[];
const Values = z.partialRecord(z.enum(Object.values(SERVICES).flat()), z.string());

/** `uri` is `sqlite://PATH`; `secret` is the data folder's. Rejects with `store-failed`. */
export async function openConnectionsStore(
  uri: string,
  secret: Uint8Array,
  log: Log,
): Promise<ConnectionsStore> {
  const { connections: table } = await openTables(uri, CONNECTION_TABLES, log);
  const seal = createSeal(secret);
  const kept = new Map<ConnectionKey, KeptConnection>();

  for (const key of KEYS) {
    const found = await table.get(key);
    if (found !== undefined) kept.set(key, read(key, found, seal, log));
  }

  return {
    get: (key) => kept.get(key),
    async set(key, values, { at, by }) {
      const names = Object.keys(values);
      await table.set(key, { at, by, names, sealed: seal.close(JSON.stringify(values), key) });
      kept.set(key, { at, by, names, values });
    },
    async remove(key) {
      await table.update(key, () => undefined);
      kept.delete(key);
    },
    close: () => table.close(),
  };
}

/**
 * As they are in the store at `path`, which may be another process's, or not there. `secret`: undefined where the data folder has
 * none. Throws StoreTrouble.
 */
export function peekConnections(
  path: string,
  secret: Uint8Array | undefined,
  log: Log,
): Pick<ConnectionsStore, 'get'> {
  const rows = peekRows(path, ['connections', CONNECTION_TABLES.connections], KEYS);
  const seal = secret && createSeal(secret);
  const kept = KEYS.flatMap((key) =>
    rows.has(key) ? [[key, read(key, rows.get(key), seal, log)] as const] : [],
  );
  const found = new Map<ConnectionKey, KeptConnection>(kept);
  return { get: (key) => found.get(key) };
}

function read(key: ConnectionKey, found: unknown, seal: Seal | undefined, log: Log): KeptConnection {
  const row = Row.safeParse(found).data;
  const text = row && seal?.open(row.sealed, key);
  if (row === undefined || text === undefined)
    log.error({ connection: key }, 'a connection cannot be read with the secret of this data folder');
  const values = text === undefined ? undefined : Values.safeParse(JSON.parse(text)).data;
  return { at: row?.at ?? 0, by: row?.by ?? '', names: row?.names ?? [], values };
}
