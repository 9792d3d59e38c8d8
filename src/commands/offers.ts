/** Tells a platform which templates a guild has of its own: on Discord they become its slash commands. */
import type { Chat, Unlisted } from '../core/chat.ts';
import { EaselError, problemOf, type Problem } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { createTurns } from '../core/turns.ts';
import type { Template } from '../core/template.ts';
import type { Clock } from '../core/time.ts';
import type { GuildStore } from '../guilds/store.ts';
import type { Library } from '../templates/library/index.ts';
import { leftOutEntry, leftOutText } from './left-out.ts';
import type { Menu } from './menu.ts';

export interface Offers {
  /**
   * Never rejects: what the platform refused is the result, and is tried again at the next start. So is what it left out of its
   * menu, which is no failure.
   */
  offer(guild: string, platform: string): Promise<Problem | undefined>;
  /** The guild has chosen another template for plain words. Never rejects. */
  chosen(guild: string, platform: string): Promise<void>;
  /** For every guild where that was cut short or refused before, or whose choice stands in another menu by now. */
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
  /** `ranked`: what matters most in a guild first. */
  menu: Pick<Menu, 'ranked' | 'chosen' | 'choosing'>;
  /** For what is left out, once for each change. */
  audit: Pick<GuildStore, 'record'>;
  clock: Clock;
  log: Log;
}

export function createOffers({ library, chats, menu, audit, clock, log }: OffersDeps): Offers {
  // the newest state must be the last that arrives
  const inTurn = createTurns();

  /** What the guild has chosen, where that comes with Easel and everybody's menu has no room for it. */
  async function choiceLeftOut(guild: string, chat: Chat): Promise<Template[]> {
    const name = menu.chosen(guild);
    const isLeft = chat.unlisted?.().some((one) => one.name === name && one.refused === undefined);
    if (name === undefined || isLeft !== true) return [];
    return (await library.usable(guild)).flatMap(({ name: one, head, template }) =>
      one === name && !head && template ? [template] : [],
    );
  }

  async function noteLeftOut(
    guild: string,
    before: readonly Unlisted[],
    now: readonly Unlisted[],
  ): Promise<void> {
    if (leftOutText(before) === leftOutText(now)) return;
    await audit.record(guild, leftOutEntry(now, clock.now()));
  }

  async function offer(guild: string, platform: string): Promise<Problem | undefined> {
    return inTurn(guild, async () => {
      try {
        const chat = chats.get(platform);
        if (!chat) return undefined;
        const own = await library.own(guild);
        const shared = await choiceLeftOut(guild, chat);
        const before = await library.menuThere(guild);
        // its own ones first: the other one can be typed by everybody
        const left = await chat.offer(guild, [...(await menu.ranked(guild, own)), ...shared]);
        const isLeft = ({ name }: { name: string }) => left?.some((one) => one.name === name) ?? true;
        const isOwn = ({ name }: { name: string }) => own.some((one) => one.name === name);
        const unlisted = (left ?? []).filter(isOwn);
        const there = { unlisted, shared: shared.filter((one) => !isLeft(one)).map(({ name }) => name) };
        await library.offered(guild, own, there);
        await noteLeftOut(guild, before.unlisted, unlisted);
        return unlistedProblems(platform, unlisted)[0];
      } catch (error) {
        const ref = crypto.randomUUID();
        log.error({ guild, platform, ref, err: error }, "a guild's own commands could not be put in place");
        return error instanceof EaselError ? error.problem : problemOf(error, ref);
      }
    });
  }

  async function offerAnew(guild: string, platform: string): Promise<void> {
    await library.toTell(guild, platform);
    await offer(guild, platform);
  }

  /** Guilds whose choice has found room in everybody's menu, or lost it, since they were told of last. */
  async function outdated(platform: string, chat: Chat): Promise<string[]> {
    const here = menu.choosing().filter((guild) => chat.census?.names(guild) ?? false);
    const found: string[] = [];
    for (const guild of new Set([...here, ...(await library.sharing(platform))])) {
      const wanted = (await choiceLeftOut(guild, chat)).map(({ name }) => name);
      const { shared } = await library.menuThere(guild);
      if (wanted.join() !== shared.join()) found.push(guild);
    }
    return found;
  }

  return {
    offer,
    async chosen(guild, platform) {
      if (!chats.has(platform)) return;
      try {
        await offerAnew(guild, platform);
      } catch (error) {
        log.error({ guild, platform, err: error }, 'a choice does not show in the menu yet');
      }
    },
    async catchUp() {
      for (const [platform, chat] of chats) {
        for (const guild of await library.unoffered(platform)) await offer(guild, platform);
        for (const guild of await outdated(platform, chat)) await offerAnew(guild, platform);
      }
    },
  };
}
