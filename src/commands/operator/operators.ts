/** Who runs Easel, as far as chats know them, and which guilds are their own. */
import { LRUCache } from 'lru-cache';
import type { Caller } from '../../core/caller.ts';
import type { Chat } from '../../core/chat.ts';
import type { Log } from '../../core/log.ts';
import { expiring, within, type Clock } from '../../core/time.ts';

export interface Operators {
  /** Neither ever rejects: what cannot be found out is taken for a no. */
  includes(caller: Pick<Caller, 'platform' | 'guild' | 'user'>): Promise<boolean>;
  /** Their direct messages, a server that one of them owns, the workspace that one of them is named in. */
  own(guild: Pick<Caller, 'platform' | 'guild'>): Promise<boolean>;
}

export interface OperatorsOptions {
  /** `discord:ID`, `slack:TEAM/USER`; without any, those that a platform names. */
  operators: readonly string[];
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  clock: Clock;
  log: Log;
}

/** A chat wants its answer within 3 s. */
const ASK_MS = 1500;
/** Chats and guilds whose owners are remembered, and for how long, in ms; what falls out is asked for again. */
const MAX_REMEMBERED = 1000;
const REMEMBER_MS = 60_000;

export function createOperators({ operators, chats, clock, log }: OperatorsOptions): Operators {
  const known = new LRUCache<string, readonly string[]>({
    max: MAX_REMEMBERED,
    ...expiring(clock, REMEMBER_MS),
  });

  async function remembered(
    key: string,
    ask: (limit: AbortSignal) => Promise<string[]>,
  ): Promise<readonly string[]> {
    const before = known.get(key);
    if (before) return before;
    try {
      const ids = await within(ASK_MS, ask);
      known.set(key, ids);
      return ids;
    } catch (error) {
      log.warn({ of: key, err: error }, 'the owners could not be asked for');
      return [];
    }
  }

  const includes: Operators['includes'] = async ({ platform, guild, user }) => {
    if (operators.length > 0)
      return operators.includes(`${platform}:${user}`) || operators.includes(`${platform}:${guild}/${user}`);
    const owners = await remembered(
      platform,
      async (limit) => (await chats.get(platform)?.owners?.(limit)) ?? [],
    );
    return owners.includes(user);
  };

  return {
    includes,
    async own({ platform, guild }) {
      if (operators.some((one) => one.startsWith(`${platform}:${guild}/`))) return true;
      const [, person] = /^dm-(.+)$/.exec(guild) ?? [];
      const ask = async (limit: AbortSignal) => {
        const owner = await chats.get(platform)?.ownerOf?.(guild, limit);
        return owner === undefined ? [] : [owner];
      };
      const [owner = person] = person === undefined ? await remembered(`${platform}/${guild}`, ask) : [];
      return owner !== undefined && includes({ platform, guild, user: owner });
    },
  };
}
