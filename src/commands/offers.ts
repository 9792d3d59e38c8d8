/** Tells a platform which templates a guild has of its own: on Discord they become its slash commands. */
import type { Chat, Unlisted } from '../core/chat.ts';
import { EaselError, problemOf, type Problem } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { createTurns } from '../core/turns.ts';
import type { Template } from '../core/template.ts';
import type { Library } from '../templates/library/index.ts';

export interface Offers {
  /**
   * Never rejects: what the platform refused is the result, and is tried again at the next start. So is what it left out of its
   * menu, which is no failure.
   */
  offer(guild: string, platform: string): Promise<Problem | undefined>;
  /** For every guild where that was cut short or refused before. */
  catchUp(): Promise<void>;
}

/** What is to be told of templates that a platform's menu has no entry for. */
export function unlistedProblems(platform: string, unlisted: readonly Unlisted[]): Problem[] {
  const crowded = unlisted.filter(({ refused }) => refused === undefined).map(({ name }) => name);
  return [
    ...unlisted.flatMap(({ name, refused }): Problem[] =>
      refused === undefined ? [] : [{ code: 'not-in-menu', platform, names: [name], refused }],
    ),
    ...(crowded.length > 0 ? [{ code: 'not-in-menu', platform, names: crowded } as const] : []),
  ];
}

export interface OffersDeps {
  library: Library;
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  /** What matters most in a guild first. */
  ranked: (guild: string, templates: readonly Template[]) => Promise<Template[]>;
  log: Log;
}

export function createOffers({ library, chats, ranked, log }: OffersDeps): Offers {
  // the newest state must be the last that arrives
  const inTurn = createTurns();

  async function offer(guild: string, platform: string): Promise<Problem | undefined> {
    return inTurn(guild, async () => {
      try {
        const chat = chats.get(platform);
        if (!chat) return undefined;
        const templates = await library.own(guild);
        const unlisted = (await chat.offer(guild, await ranked(guild, templates))) ?? [];
        await library.offered(guild, templates, unlisted);
        return unlistedProblems(platform, unlisted)[0];
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
