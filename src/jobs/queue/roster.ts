/**
 * Who is here: the jobs that this process works on, found by id, by guild and by person, and counted while they come
 * and go. So a look at one of them, or at one page of them, costs the same however many there are.
 */
import type { Audience } from '../../core/audience.ts';
import type { LiveJob } from '../live-job.ts';

export interface GuildCount {
  platform: string;
  guild: string;
  running: number;
  waiting: number;
}

/** What others may ask. One whose reply is made counts nowhere and is only found by its id: it is over for everybody. */
export interface RosterView {
  find(id: string): LiveJob | undefined;
  /** Undefined where nothing runs or waits. */
  guild(guild: string): GuildCount | undefined;
  /**
   * Guilds where something runs or waits, `count` of them after the first `from`. Where most wait comes first, by the
   * number of digits, so that a few more or less move nobody; then who came first.
   */
  guilds(from: number, count: number): GuildCount[];
  /** What runs in a guild, in the order in which it began. */
  running(guild: string): Iterable<LiveJob>;
  /** A person's own, in the order in which they came. */
  of(guild: string, user: string): LiveJob[];
  count(): { guilds: number; running: number; waiting: number };
  /** Calls `listener` at every change of the above and of where a job stands. Returns how to end that. */
  watch(listener: () => void): () => void;
}

export interface Roster extends RosterView {
  readonly size: number;
  /** `waits`: for its turn. */
  add(live: LiveJob, waits: boolean): void;
  /** It waits for its turn no longer. False: it did not. */
  begin(id: string): boolean;
  /** It waits for its turn, as far as was said here. */
  waits(id: string): boolean;
  /** It waits for its turn again. */
  wait(id: string): void;
  remove(id: string): void;
  /** Every one of them: only for what happens once in hours. */
  all(): Iterable<LiveJob>;
  /** The same audience, overheard: where jobs stand, and when they are over for everybody. */
  overhear(audience: Audience): Audience;
}

interface GuildEntry extends GuildCount {
  running: number;
  active: Map<string, LiveJob>;
  /** By user, waiting ones too. */
  users: Map<string, Map<string, LiveJob>>;
  level: number;
}

interface Entry {
  live: LiveJob;
  as: 'waiting' | 'running' | 'over';
}

export function createRoster(): Roster {
  const jobs = new Map<string, Entry>();
  const guilds = new Map<string, GuildEntry>();
  /** By the number of digits of how many wait. */
  const levels: Map<string, GuildEntry>[] = [];
  const listeners = new Set<() => void>();
  const total = { running: 0, waiting: 0 };

  function changed(): void {
    for (const listener of listeners) listener();
  }

  function entryOf({ guild, platform }: LiveJob['job']): GuildEntry {
    const known = guilds.get(guild);
    if (known) return known;
    const entry = { platform, guild, running: 0, waiting: 0, active: new Map(), users: new Map(), level: -1 };
    guilds.set(guild, entry);
    return entry;
  }

  function tally(entry: GuildEntry, as: Entry['as'], by: 1 | -1): void {
    if (as === 'over') return;
    entry[as] += by;
    total[as] += by;
  }

  /** Puts a guild where it belongs; one where nothing is left is forgotten. */
  function settle(entry: GuildEntry): void {
    const level = entry.running + entry.waiting === 0 ? -1 : String(entry.waiting).length;
    if (level !== entry.level) {
      levels[entry.level]?.delete(entry.guild);
      if (level >= 0) (levels[level] ??= new Map()).set(entry.guild, entry);
      entry.level = level;
    }
    if (level < 0) guilds.delete(entry.guild);
  }

  function leave({ live: { job }, as }: Entry): void {
    const entry = entryOf(job);
    const own = entry.users.get(job.user);
    tally(entry, as, -1);
    entry.active.delete(job.id);
    own?.delete(job.id);
    if (own?.size === 0) entry.users.delete(job.user);
    settle(entry);
  }

  function become(id: string, was: 'waiting' | 'running', is: 'waiting' | 'running'): boolean {
    const found = jobs.get(id);
    if (found?.as !== was) return false;
    const entry = entryOf(found.live.job);
    tally(entry, was, -1);
    found.as = is;
    tally(entry, is, 1);
    if (is === 'running') entry.active.set(id, found.live);
    else entry.active.delete(id);
    settle(entry);
    changed();
    return true;
  }

  function over(id: string): void {
    const found = jobs.get(id);
    if (!found || found.as === 'over') return;
    leave(found);
    found.as = 'over';
    changed();
  }

  const shown = ({ platform, guild, running, waiting }: GuildEntry): GuildCount => ({
    platform,
    guild,
    running,
    waiting,
  });

  return {
    get size() {
      return jobs.size;
    },
    add(live, waits) {
      const { job } = live;
      const as = job.delivered > 0 ? 'over' : waits ? 'waiting' : 'running';
      jobs.set(job.id, { live, as });
      if (as === 'over') return;
      const entry = entryOf(job);
      const own = entry.users.get(job.user) ?? new Map<string, LiveJob>();
      entry.users.set(job.user, own.set(job.id, live));
      if (as === 'running') entry.active.set(job.id, live);
      tally(entry, as, 1);
      settle(entry);
      changed();
    },
    begin: (id) => become(id, 'waiting', 'running'),
    waits: (id) => jobs.get(id)?.as === 'waiting',
    wait: (id) => void become(id, 'running', 'waiting'),
    remove(id) {
      over(id);
      // what failed is known by now
      if (jobs.delete(id)) changed();
    },
    all: () => [...jobs.values()].map(({ live }) => live),
    overhear: (audience) => ({
      takesAll: (platform) => audience.takesAll(platform),
      knows: (platform) => audience.knows(platform),
      reaches: (job) => audience.reaches(job),
      check: (platform, signal) => audience.check(platform, signal),
      claim: (job, signal) => audience.claim(job, signal),
      show(job, standing) {
        audience.show(job, standing);
        changed();
      },
      deliver(job, delivery, signal) {
        const sent = (messages: number): Promise<void> => {
          over(job.id);
          return delivery.sent(messages);
        };
        return audience.deliver(job, { ...delivery, sent }, signal);
      },
    }),
    find: (id) => jobs.get(id)?.live,
    guild(guild) {
      const entry = guilds.get(guild);
      return entry && shown(entry);
    },
    guilds(from, count) {
      const found: GuildCount[] = [];
      let skip = from;
      for (const level of levels.toReversed()) {
        if (!level || skip >= level.size) {
          skip -= level?.size ?? 0;
          continue;
        }
        for (const entry of level.values()) {
          if (found.length === count) return found;
          if (skip > 0) skip -= 1;
          else found.push(shown(entry));
        }
      }
      return found;
    },
    running: (guild) => guilds.get(guild)?.active.values() ?? [],
    of: (guild, user) => [...(guilds.get(guild)?.users.get(user)?.values() ?? [])],
    count: () => ({ guilds: guilds.size, ...total }),
    watch(listener) {
      // a function of its own, so that one listener can watch twice
      const registered = () => listener();
      listeners.add(registered);
      return () => void listeners.delete(registered);
    },
  };
}
