/** The servers that Easel was added to, by name: without the gateway's guild intent, only the REST API tells. */
import { Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { Log } from '../../core/log.ts';
import { within, type Clock } from '../../core/time.ts';
import { GUILDS_A_PAGE } from './limits.ts';

export interface Guilds {
  /** As they were read last, at once; what is older than a minute is read anew meanwhile. Never throws. */
  known(): { guild: string; name: string }[];
  /** All of them. Rejects when Discord does not tell, or tells of none at all, which is no news. */
  all(signal: AbortSignal): Promise<ReadonlySet<string>>;
}

const REMEMBER_MS = 60_000;
const READ_MS = 15_000;
/** Whoever serves more sees the first ones by name. */
const MAX_PAGES = 10;

const Page = z.array(z.object({ id: z.string(), name: z.string() }));

export function createGuilds(rest: REST, clock: Clock, log: Log, closing: AbortSignal): Guilds {
  let names: { guild: string; name: string }[] = [];
  let askedAt = -Infinity;

  async function list(signal: AbortSignal, pages = MAX_PAGES): Promise<typeof names> {
    const found: typeof names = [];
    for (let page = 0; page < pages; page += 1) {
      const after = found.at(-1)?.guild ?? '0';
      const query = new URLSearchParams({ limit: String(GUILDS_A_PAGE), after });
      const guilds = Page.parse(await rest.get(Routes.userGuilds(), { query, signal }));
      found.push(...guilds.map(({ id, name }) => ({ guild: id, name })));
      if (guilds.length < GUILDS_A_PAGE) break;
    }
    return found;
  }

  async function read(): Promise<void> {
    try {
      names = await within(READ_MS, (signal) => list(signal), closing);
    } catch (error) {
      if (!closing.aborted) log.warn({ err: error }, 'the servers could not be listed');
    }
  }

  return {
    async all(signal) {
      const found = new Set((await list(signal, Infinity)).map(({ guild }) => guild));
      if (found.size === 0) throw new Error('Discord lists no server at all');
      return found;
    },
    known() {
      if (askedAt + REMEMBER_MS <= clock.monotonic()) {
        askedAt = clock.monotonic();
        void read();
      }
      return names;
    },
  };
}
