/** Tells a platform which templates a guild has of its own: on Discord they become its slash commands. */
import type { Chat } from '../core/chat.ts';
import { EaselError, problemOf, type Problem } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { createTurns } from '../core/turns.ts';
import type { Library } from '../templates/library/index.ts';

export interface Offers {
  /** Never rejects: what the platform refused is the result, and is tried again at the next start. */
  offer(guild: string, platform: string): Promise<Problem | undefined>;
  /** For every guild where that was cut short or refused before. */
  catchUp(): Promise<void>;
}

/** `chats` may grow after this call. */
export function createOffers(library: Library, chats: ReadonlyMap<string, Chat>, log: Log): Offers {
  // the newest state must be the last that arrives
  const inTurn = createTurns();

  async function offer(guild: string, platform: string): Promise<Problem | undefined> {
    return inTurn(guild, async () => {
      try {
        const chat = chats.get(platform);
        if (!chat) return undefined;
        const templates = await library.own(guild);
        await chat.offer(guild, templates);
        await library.offered(guild, templates);
        return undefined;
      } catch (error) {
        const ref = crypto.randomUUID();
        log.error({ guild, platform, ref, err: error }, "a guild's own commands could not be put in place");
        return error instanceof EaselError ? error.problem : problemOf(error, ref);
      }
    });
  }

  return {
    offer,
    async catchUp() {
      for (const platform of chats.keys())
        for (const guild of await library.unoffered(platform)) await offer(guild, platform);
    },
  };
}
