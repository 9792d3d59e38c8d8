/**
 * Records that say too little for anybody to be told: out of the way, so that no start meets them again, and kept for
 * whoever runs Easel to look at.
 */
import { z } from 'zod';
import { isJsonObject } from '../../core/json.ts';
import type { Log } from '../../core/log.ts';
import { clip } from '../../core/text.ts';
import type { Table } from '../../store/index.ts';

export interface Aside {
  /**
   * Puts one there, as far as it could be read and as it is written. False: there is no room, or it could not be done; the
   * log says so. Never rejects.
   */
  put(id: string, record: unknown, text: string): Promise<boolean>;
  /** Ids of those that say they are of a guild. Rejects with `store-failed`. */
  of(guild: string): AsyncIterable<string>;
  /** Rejects with `store-failed`. */
  has(id: string): Promise<boolean>;
  /** What cannot be deleted is logged and stays. */
  delete(id: string): Promise<void>;
}

/** How long, in ms. */
export const KEEP_ASIDE_MS = 30 * 24 * 3600 * 1000;
const MAX_RECORDS = 1000;
/** Of each, in characters. */
const MAX_LENGTH = 100_000;

const Row = z.object({ guild: z.string().optional(), text: z.string() });
type Row = z.infer<typeof Row>;

export function createAside(table: Table, log: Log): Aside {
  let count: Promise<number> | undefined;
  let added = 0;

  async function counted(): Promise<number> {
    let found = 0;
    for await (const _row of table.entries()) found += 1;
    return found;
  }

  return {
    async put(id, record, text) {
      const guild = isJsonObject(record) ? record['guild'] : undefined;
      const facts = { job: id, guild, fields: isJsonObject(record) ? Object.keys(record) : [] };
      try {
        count ??= counted();
        if ((await count) + added >= MAX_RECORDS) {
          log.error(facts, 'unreadable job record left in place: too many are set aside');
          return false;
        }
        const row: Row = { ...(typeof guild === 'string' && { guild }), text: clip(text, MAX_LENGTH) };
        added += 1;
        await table.set(id, row, KEEP_ASIDE_MS);
        log.error(facts, 'unreadable job record set aside: nobody can be told of it');
        return true;
      } catch (error) {
        // counted again, since it may be that which failed
        count = undefined;
        added = 0;
        log.error({ ...facts, err: error }, 'unreadable job record left in place');
        return false;
      }
    },
    async *of(guild) {
      for await (const [id, value] of table.entries())
        if (Row.safeParse(value).data?.guild === guild) yield id;
    },
    has: async (id) => (await table.text(id)) !== undefined,
    delete: (id) => table.delete(id),
  };
}
