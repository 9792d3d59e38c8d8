/** What a platform knows of a guild's templates, and what it is to know. */
import type { Unlisted } from '../../core/chat.ts';
import type { Template } from '../../core/template.ts';
import type { Turns } from '../../core/turns.ts';
import type { Entries, Entry } from './entries.ts';
import { storedUnlisted, type Shelf } from './records.ts';
import type { TemplateStore } from './store.ts';

/** What a platform's menu has of a guild. */
export interface MenuThere {
  /** The guild's own ones without an entry. */
  unlisted: readonly Unlisted[];
  /** Built-in ones with a command of this guild's own. */
  shared: readonly string[];
}

export interface ToldThere {
  /** The guild's own templates as the platform shall know them. */
  own(guild: string): Promise<Template[]>;
  /** As it was told last. */
  menuThere(guild: string): Promise<MenuThere>;
  /** Something besides its templates has changed that decides what the platform shall know; said until it was told. */
  toTell(guild: string, platform: string): Promise<void>;
  /** The platform knows these now: what `own` gave, with what its menu has of them. If that has changed meanwhile, it knows an older state still. */
  offered(guild: string, templates: readonly Template[], there?: Partial<MenuThere>): Promise<void>;
  /** Guilds that the platform may know an older state of. */
  unoffered(platform: string): Promise<string[]>;
  /** Guilds that have a command of their own for a built-in template. */
  sharing(platform: string): Promise<string[]>;
}

interface Deps {
  store: TemplateStore;
  inTurn: Turns;
  entries: Entries;
  change: (guild: string, platform: string, action: (shelf: Shelf) => void) => Promise<void>;
}

export function createToldThere({ store, inTurn, entries, change }: Deps): ToldThere {
  async function own(guild: string): Promise<Template[]> {
    const all = usableOf(await entries.of(guild));
    return all.flatMap(({ head, template }) => (head && template ? [template] : []));
  }

  async function those(platform: string, is: (shelf: Shelf) => boolean): Promise<string[]> {
    const guilds: string[] = [];
    for await (const [guild, shelf] of store.shelves())
      if (shelf.platform === platform && is(shelf)) guilds.push(guild);
    return guilds;
  }

  return {
    own,
    async menuThere(guild) {
      const { unlisted = [], shared = [] } = (await store.shelf(guild)) ?? {};
      return { unlisted, shared };
    },
    toTell: (guild, platform) => change(guild, platform, () => undefined),
    async offered(guild, templates, { unlisted = [], shared = [] } = {}) {
      await inTurn(guild, async () => {
        const shelf = await store.shelf(guild);
        if (!shelf?.unsaid || !same(await own(guild), templates)) return;
        const there = { unlisted: unlisted.map(storedUnlisted), shared: [...shared] };
        await store.saveShelf(guild, { ...shelf, ...there, unsaid: false });
        entries.forget(guild);
      });
    },
    unoffered: (platform) => those(platform, ({ unsaid }) => unsaid),
    sharing: (platform) => those(platform, ({ shared }) => shared.length > 0),
  };
}

/** What people may find. */
export function usableOf(all: readonly Entry[]): Entry[] {
  return all.filter(({ off, template }) => !off && template !== undefined);
}

function same(left: readonly Template[], right: readonly Template[]): boolean {
  const names = (all: readonly Template[]) => all.map(({ name, version }) => `${name} ${version}`).join('\n');
  return names(left) === names(right);
}
