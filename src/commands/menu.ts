/** What stands in a chat's own menu of commands, where that has room for so many only. */
import type { Caller } from '../core/caller.ts';
import type { Chat, Unlisted } from '../core/chat.ts';
import type { Template } from '../core/template.ts';
import type { GuildStore } from '../guilds/store.ts';
import type { Library } from '../templates/library/index.ts';
import { defaultFirst } from '../templates/default-first.ts';
import { NO_USES, type Uses } from './uses.ts';
import type { Prepared } from './verbs/run.ts';

export interface Menu {
  /** The templates that come with Easel, what matters most first: those that guilds have chosen, then the most used ones. */
  menu(): Promise<Template[]>;
  /** The same of a guild's own ones. */
  ranked(guild: string, templates: readonly Template[]): Promise<Template[]>;
  /** The same of what somebody may use there: the guild's own ones, then the others. */
  rankedIn(guild: string, templates: readonly Template[]): Promise<Template[]>;
  /** The template that a guild has chosen for plain words. */
  chosen(guild: string): string | undefined;
  /** Guilds that have chosen one. */
  choosing(): string[];
  /** Templates of the caller's guild that their platform's menu has no entry for, by name. */
  unlisted(caller: Caller): Promise<ReadonlyMap<string, Unlisted>>;
  /** Counts a run. Nobody waits for it, and it never throws. */
  ran(prepared: Prepared): void;
}

export interface MenuDeps {
  library: Library;
  guilds: GuildStore;
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  uses?: Uses | undefined;
}

/** Templates that everybody has, in the order of `Menu.menu`: what plain words draw where nobody has chosen counts as one choice. */
export async function rankedForAll(
  templates: readonly Template[],
  guilds: Pick<GuildStore, 'known' | 'settings'>,
  uses: Uses,
): Promise<Template[]> {
  const [standard] = defaultFirst(templates);
  const chosen = guilds.known().flatMap((guild) => chosenIn(guilds, guild));
  return uses.ranked(undefined, templates, standard ? [...chosen, standard.name] : chosen);
}

function chosenIn(guilds: Pick<GuildStore, 'settings'>, guild: string): string[] {
  const { defaultTemplate } = guilds.settings(guild);
  return defaultTemplate === undefined ? [] : [defaultTemplate];
}

export function createMenu({ library, guilds, chats, uses = NO_USES }: MenuDeps): Menu {
  const isShared = (template: Template) =>
    library.builtin.some(({ name, version }) => name === template.name && version === template.version);
  return {
    menu: () => rankedForAll(library.builtin, guilds, uses),
    ranked: (guild, templates) => uses.ranked(guild, templates, chosenIn(guilds, guild)),
    chosen: (guild) => guilds.settings(guild).defaultTemplate,
    choosing: () => guilds.known().filter((guild) => chosenIn(guilds, guild).length > 0),
    async rankedIn(guild, templates) {
      const chosen = chosenIn(guilds, guild);
      const own = templates.filter((one) => !isShared(one));
      const shared = templates.filter((one) => isShared(one));
      return [...(await uses.ranked(guild, own, chosen)), ...(await uses.ranked(undefined, shared, chosen))];
    },
    async unlisted({ guild, platform }) {
      const shared = new Map(
        chats
          .get(platform)
          ?.unlisted?.()
          .map((one) => [one.name, one]),
      );
      const entries = await library.entries(guild);
      return new Map(
        entries.flatMap(({ name, head, unlisted, ownCommand = false }): [string, Unlisted][] => {
          const found = head || ownCommand ? unlisted : shared.get(name);
          return found ? [[name, found]] : [];
        }),
      );
    },
    ran(prepared) {
      if (!('template' in prepared) || prepared.trial === true) return;
      const { template, caller } = prepared;
      void uses.count(isShared(template) ? undefined : caller.guild, template.name);
    },
  };
}
