/**
 * Menus go with what is chosen and used while Easel runs: what everybody has is put in order anew once a day at most, since
 * Discord counts 200 new commands a day (https://docs.discord.com/developers/interactions/application-commands). What is left
 * out is written into the operator's audit log.
 */
import { z } from 'zod';
import type { Chat } from '../core/chat.ts';
import type { Log } from '../core/log.ts';
import { createRounds, type Rounds } from '../core/rounds.ts';
import type { Clock } from '../core/time.ts';
import type { RulesStore } from '../guilds/rules.ts';
import { leftOutEntry, leftOutText } from './left-out.ts';
import type { Offers } from './offers.ts';

export interface MenuWatch extends Rounds {
  /** A chat has just put its menu in place. Rejects with `store-failed`. */
  placed(platform: string): Promise<void>;
}

export interface MenuWatchDeps {
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  offers: Pick<Offers, 'catchUp'>;
  rules: Pick<RulesStore, 'record'>;
  marks: { get(key: string): Promise<unknown>; set(key: string, value: unknown): Promise<void> };
  clock: Clock;
  log: Log;
}

const DAY_MS = 24 * 3600_000;

export function createMenuWatch({ chats, offers, rules, marks, clock, log }: MenuWatchDeps): MenuWatch {
  const stopping = new AbortController();
  // what connects has its menu put in place as it does
  let isFirst = true;

  async function noteLeftOut(platform: string, chat: Chat): Promise<void> {
    const now = chat.unlisted?.();
    if (!now) return;
    const key = `left-out/${platform}`;
    const text = leftOutText(now);
    if ((z.string().safeParse(await marks.get(key)).data ?? '') === text) return;
    await rules.record(leftOutEntry(now, clock.now(), platform), () => marks.set(key, text));
  }

  async function placed(platform: string): Promise<void> {
    const chat = chats.get(platform);
    if (chat) await noteLeftOut(platform, chat);
    await offers.catchUp();
  }

  const rounds = createRounds({
    clock,
    everyMs: DAY_MS,
    stopping,
    async round() {
      const due = isFirst ? [] : [...chats].filter(([, chat]) => chat.renewMenu && chat.ready());
      isFirst = false;
      for (const [platform, chat] of due) {
        if (stopping.signal.aborted) return;
        await chat.renewMenu?.();
        await placed(platform);
      }
    },
    failed: (error) => log.error({ err: error }, 'menus stay as they were until tomorrow'),
  });

  return { ...rounds, placed };
}
