/**
 * Notices which guilds have removed Easel, and deletes what is stored of them 30 days later; the operator can at once.
 * Nothing is concluded from a list that could not be had: a chat answers for all of its guilds, or not at all.
 */
import { z } from 'zod';
import type { Chat } from '../../core/chat.ts';
import { EaselError } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { createRounds } from '../../core/rounds.ts';
import { within, type Clock } from '../../core/time.ts';
import { createTurns } from '../../core/turns.ts';
import { isHome } from '../../guilds/operator-policy.ts';
import type { RulesStore } from '../../guilds/rules.ts';
import type { Forget } from './forget.ts';
import type { Offers } from '../offers.ts';

export interface Departed {
  platform: string;
  guild: string;
  /** Since when it is known, in ms since 1970. */
  since: number;
}

export interface Departures {
  start(): void;
  stop(): Promise<void>;
  /** A platform has said so itself. Never rejects. */
  left(platform: string, guild: string): Promise<void>;
  /** Those whose records are still there, the first to leave first. Rejects with `store-failed`. */
  list(): Promise<Departed[]>;
  /** Deletes everything of a guild now, gone or not. Rejects with `bad-request`, `store-failed`. */
  forgetNow(by: string, platform: string, guild: string): Promise<void>;
}

export interface DeparturesOptions {
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  forget: Forget;
  rules: Pick<RulesStore, 'change'>;
  /** Takes the commands away again where the guild is still there. */
  offers?: Offers | undefined;
  table: {
    entries(): AsyncIterable<[key: string, value: unknown]>;
    get(key: string): Promise<unknown>;
    set(key: string, value: unknown): Promise<void>;
    delete(key: string): Promise<void>;
  };
  clock: Clock;
  log: Log;
  /** Between two looks, in ms. */
  everyMs?: number | undefined;
}

const DAY_MS = 24 * 3600 * 1000;
export const KEEP_GONE_MS = 30 * DAY_MS;
/** Looks at which it was missing: a wall clock that is set forward deletes nothing by itself. */
const MIN_LOOKS = 7;
const LIST_MS = 5 * 60_000;

/** `sure`: the platform has said so, and need not be asked again. */
const Mark = z.object({ since: z.number(), looks: z.number().default(0), sure: z.boolean().default(false) });
type Mark = z.infer<typeof Mark>;

const PREFIX = 'gone/';
const keyOf = (platform: string, guild: string) => `${PREFIX}${platform}/${guild}`;

export function createDepartures(options: DeparturesOptions): Departures {
  const { chats, forget, rules, offers, table, clock, log, everyMs = DAY_MS } = options;
  const stopping = new AbortController();
  const inTurn = createTurns();

  async function marks(): Promise<(Departed & Mark)[]> {
    const found: (Departed & Mark)[] = [];
    for await (const [key, value] of table.entries()) {
      const [, platform = '', guild = ''] = /^gone\/([^/]+)\/(.+)$/.exec(key) ?? [];
      const mark = Mark.safeParse(value);
      if (guild !== '' && mark.success) found.push({ platform, guild, ...mark.data });
    }
    return found.toSorted((a, b) => a.since - b.since);
  }

  /** What a chat says of the guilds that Easel has records of. */
  async function lookAt(chat: Chat, census: NonNullable<Chat['census']>, known: Departed[]): Promise<void> {
    const { platform } = chat;
    const here = await within(LIST_MS, (signal) => census.list(signal), stopping.signal);
    const marked = known.filter((one) => one.platform === platform).map(({ guild }) => guild);
    for (const guild of new Set([...(await forget.known()), ...marked])) {
      if (!census.names(guild)) continue;
      await inTurn(guild, async () => {
        const key = keyOf(platform, guild);
        const before = Mark.safeParse(await table.get(key)).data;
        if (here.has(guild)) return before && table.delete(key);
        const since = before?.since ?? clock.now();
        if (!before) log.info({ platform, guild }, 'a guild has removed Easel');
        await table.set(key, { ...before, since, looks: (before?.looks ?? 0) + 1 });
      });
    }
  }

  async function look(): Promise<void> {
    const known = await marks();
    const asked = new Set<string>();
    for (const chat of chats.values()) {
      if (!chat.census) continue;
      try {
        await lookAt(chat, chat.census, known);
        asked.add(chat.platform);
      } catch (error) {
        stopping.signal.throwIfAborted();
        log.warn({ platform: chat.platform, err: error }, 'not known which guilds are left');
      }
    }
    for (const { platform, guild, since, looks, sure } of await marks()) {
      stopping.signal.throwIfAborted();
      if (clock.now() - since < KEEP_GONE_MS) continue;
      if (sure || (asked.has(platform) && looks >= MIN_LOOKS)) await forgetIt(platform, guild);
    }
  }

  /** The mark stays as long as anything is left. */
  async function forgetIt(platform: string, guild: string): Promise<void> {
    await inTurn(guild, async () => {
      const left = await forget.all(platform, guild);
      log.info({ platform, guild, left }, "a guild's records are deleted");
      if (left === 0) return table.delete(keyOf(platform, guild));
      const before = Mark.safeParse(await table.get(keyOf(platform, guild))).data;
      await table.set(keyOf(platform, guild), before ?? { since: clock.now() - KEEP_GONE_MS, sure: true });
    });
  }

  const rounds = createRounds({
    clock,
    everyMs,
    stopping,
    round: look,
    failed: (error) => log.error({ err: error }, 'guilds that left were not looked for'),
  });

  return {
    ...rounds,
    async left(platform, guild) {
      try {
        await inTurn(guild, () => table.set(keyOf(platform, guild), { since: clock.now(), sure: true }));
        log.info({ platform, guild }, 'a guild says that it has removed Easel');
      } catch (error) {
        log.error({ platform, guild, err: error }, 'a guild that left was not written down');
      }
    },
    list: async () => (await marks()).map(({ platform, guild, since }) => ({ platform, guild, since })),
    async forgetNow(by, platform, guild) {
      if (isHome(platform)) throw new EaselError({ code: 'bad-request' });
      const subject = `${platform}:${guild}`;
      await rules.change({ at: clock.now(), by, act: 'guild.forget', subject }, {});
      const isGone = (await table.get(keyOf(platform, guild))) !== undefined;
      await forgetIt(platform, guild);
      if (!isGone) await offers?.offer(guild, platform);
    },
  };
}
