/** The operator's view of guilds: what they are called, and those where something goes on, a page at a time. */
import type { Chat } from '../../core/chat.ts';
import type { LiveJob } from '../../jobs/live-job.ts';
import type { JobManager } from '../../jobs/manager.ts';
import type { GuildCount } from '../../jobs/queue/roster.ts';
import { queueItem, type QueueItem } from '../verbs/queue-item.ts';

export interface NamedGuild {
  platform: string;
  guild: string;
  /** For people; the guild's id where its platform does not say. */
  name: string;
}

export interface GuildLoad extends NamedGuild {
  running: number;
  waiting: number;
  /** Some of them: what runs, then what waits in the order of its turn. */
  jobs: QueueItem[];
  /** How many come before `jobs`. */
  from: number;
  /** How many can be looked at, page by page. */
  reach: number;
}

/** Which part of what goes on is looked at. */
export interface Look {
  /** One guild alone, with more of its jobs. */
  guild?: string | undefined;
  /** Only the job with this id, or else the guilds whose id this is or whose names have it. */
  find?: string | undefined;
  /** How many guilds, or jobs of the one guild, come before: the page that the next one is on. Beyond the end: the last. */
  from?: number | undefined;
}

export interface LookedAt {
  /** Those where something runs or waits, as far as they are looked at. */
  guilds: GuildLoad[];
  /** How many guilds there are, or were found, and how many of them come before `guilds`. */
  total: number;
  from: number;
}

export interface GuildDesk {
  /** As `OperatorVerbs` has them. */
  knownGuilds(): NamedGuild[];
  knownGuild(platform: string, guild: string): NamedGuild | undefined;
  at(look: Look, locale: string): Promise<LookedAt>;
}

export interface GuildDeskOptions {
  jobs: JobManager;
  chats: ReadonlyMap<string, Chat>;
  home: NamedGuild;
}

const GUILDS_A_PAGE = 50;
/** Of the guild that is looked at alone. */
const JOBS_A_PAGE = 50;
/** So many of its jobs can be paged through; what is behind them is found by its id. */
const MAX_DEPTH = 1000;
/** Jobs on a page of guilds: shared by them, but each has some. */
const JOBS_SHARED = 200;
const JOBS_A_GUILD = { min: 4, max: 20 };
/** In the list of known guilds, of those that no chat tells of. */
const MAX_OTHERS = 500;

export function createGuildDesk({ jobs, chats, home }: GuildDeskOptions): GuildDesk {
  const { roster } = jobs;

  function knownGuilds(): NamedGuild[] {
    const known = new Map<string, NamedGuild>();
    const add = (one: NamedGuild): void => {
      const key = `${one.platform}/${one.guild}`;
      if (!known.has(key)) known.set(key, one);
    };
    if (chats.has(home.platform)) add(home);
    // whichever chat connected first, lists keep their order
    for (const [platform, chat] of [...chats].toSorted(([one], [other]) => (one < other ? -1 : 1)))
      for (const { guild, name } of chat.guilds?.() ?? []) add({ platform, guild, name });
    for (const { platform, guild } of roster.guilds(0, MAX_OTHERS)) add({ platform, guild, name: guild });
    return [...known.values()];
  }

  function knownGuild(platform: string, guild: string): NamedGuild | undefined {
    const isHome = platform === home.platform && guild === home.guild;
    if (isHome && chats.has(platform)) return home;
    const named = chats
      .get(platform)
      ?.guilds?.()
      .find((one) => one.guild === guild);
    if (named) return { platform, ...named };
    return roster.guild(guild)?.platform === platform ? { platform, guild, name: guild } : undefined;
  }

  /** What guilds are called; each chat is asked once, by whoever has many to name. */
  function naming(): (guild: Omit<NamedGuild, 'name'>) => string {
    const known = new Map<string, Map<string, string>>();
    return ({ platform, guild }) => {
      if (platform === home.platform && guild === home.guild) return home.name;
      let names = known.get(platform);
      if (!names) {
        names = new Map(
          chats
            .get(platform)
            ?.guilds?.()
            .map((one) => [one.guild, one.name]),
        );
        known.set(platform, names);
      }
      return names.get(guild) ?? guild;
    };
  }

  /** The guilds that are looked at. */
  function found({ guild, find, from = 0 }: Look): { total: number; from: number; guilds: GuildCount[] } {
    if (guild !== undefined || find !== undefined) {
      const wanted = guild === undefined ? matching(find ?? '') : [guild];
      const all = [...wanted].map((one) => roster.guild(one)).filter((one) => one !== undefined);
      const start = guild === undefined ? pageAt(from, GUILDS_A_PAGE, all.length) : 0;
      return { total: all.length, from: start, guilds: all.slice(start, start + GUILDS_A_PAGE) };
    }
    const total = roster.count().guilds;
    const start = pageAt(from, GUILDS_A_PAGE, total);
    return { total, from: start, guilds: roster.guilds(start, GUILDS_A_PAGE) };
  }

  /** One whose reply is made is over. */
  function sought(id = ''): LiveJob | undefined {
    const live = roster.find(id.toLowerCase());
    return live?.job.delivered === 0 ? live : undefined;
  }

  /** The guilds that `find` may mean; not all of them need to be busy. */
  function matching(find: string): Set<string> {
    const wanted = find.toLowerCase();
    const live = sought(find);
    if (live) return new Set([live.job.guild]);
    const guilds = new Set([find]);
    if (home.name.toLowerCase().includes(wanted)) guilds.add(home.guild);
    for (const chat of chats.values())
      for (const { guild, name } of chat.guilds?.() ?? [])
        if (name.toLowerCase().includes(wanted)) guilds.add(guild);
    return guilds;
  }

  async function at(look: Look, locale: string): Promise<LookedAt> {
    const { guilds, ...part } = found(look);
    const nameOf = naming();
    const job = look.guild === undefined ? sought(look.find) : undefined;
    const { min, max } = JOBS_A_GUILD;
    const share = Math.min(max, Math.max(min, Math.floor(JOBS_SHARED / guilds.length)));
    const loads = guilds.map(async (count): Promise<GuildLoad> => {
      const alone = count.guild === look.guild;
      const reach = Math.min(count.running + count.waiting, MAX_DEPTH);
      const from = alone ? pageAt(look.from ?? 0, JOBS_A_PAGE, reach) : 0;
      const listed = job ? [job] : await jobs.list(count.guild, alone ? JOBS_A_PAGE : share, from);
      const items = listed.map((live) => queueItem(live, { locale }));
      return { ...count, name: nameOf(count), jobs: items, from, reach };
    });
    return { ...part, guilds: await Promise.all(loads) };
  }

  return { knownGuilds, knownGuild, at };
}

/** Where the page begins that `from` is on; the last one if it is beyond the end. */
function pageAt(from: number, size: number, total: number): number {
  return Math.floor(Math.max(0, Math.min(from, total - 1)) / size) * size;
}
