/**
 * Who waits, who runs, and who may be next: guilds, people in a guild, people over all of their guilds, and backends have
 * limits. Whose turn it is among those who may is the rotation's to say.
 */
import type { QueueLimits, Ticket } from '../../core/queue.ts';
import type { Next, Rotation } from './rotation.ts';
import { canUse, createSets, type BackendSet } from './sets.ts';

export interface Entry {
  readonly ticket: Ticket;
  set: BackendSet;
  /** When it came, on the clock of turns. */
  readonly at: number;
}

/** What one person has waiting in one guild, in the order of coming. */
interface UserSetLine {
  set: BackendSet;
  waiting: Map<string, Entry>;
}

export interface UserLine {
  /** One for each set of backends; empty ones are not kept. */
  lines: readonly UserSetLine[];
  running: number;
}

export interface GuildLine {
  /** By person. */
  users: Map<string, UserLine>;
  waiting: number;
  running: number;
}

interface Person {
  running: number;
  /** Where they have something waiting. */
  waitsIn: Set<string>;
}

type Whose = Pick<Ticket, 'platform' | 'guild' | 'user'>;

export interface Lines {
  readonly waiting: ReadonlyMap<string, Entry>;
  readonly guilds: ReadonlyMap<string, GuildLine>;
  add(ticket: Ticket): void;
  /** It keeps its place. */
  setNeeds(entry: Entry, needs: Ticket['needs']): void;
  /** It waits no longer. */
  remove(entry: Entry): void;
  /** Who is next on one of these backends, and on which. */
  next(free: readonly string[]): { entry: Entry; backend: string } | undefined;
  /** Counts as running from now on, and no more as waiting. */
  run(ticket: Ticket, backend: string): void;
  end(ticket: Ticket, backend: string): void;
  /** A guild's limits are others now; all guilds' and people's without one. */
  reconsider(guild?: string): void;
  /** One for each set of backends with which somebody waits. */
  rotations(): Rotation[];
  /** What a person runs over all guilds, by `personOf`. */
  runningOf(person: string): number;
  /** What runs on a backend. */
  runningOn(backend: string): number;
  /** Whose line or reasons have moved with one of theirs that began or ended. */
  moved(ticket: Ticket): string[];
}

export function createLines(limits: QueueLimits): Lines {
  const guilds = new Map<string, GuildLine>();
  const people = new Map<string, Person>();
  const waiting = new Map<string, Entry>();
  const onBackend = new Map<string, number>();
  const sets = createSets();
  let now = 0;

  function records(whose: Whose): {
    who: string;
    guildLine: GuildLine;
    userLine: UserLine;
    person: Person;
  } {
    const who = personOf(whose);
    const guildLine = guilds.get(whose.guild) ?? { users: new Map(), waiting: 0, running: 0 };
    guilds.set(whose.guild, guildLine);
    const userLine = guildLine.users.get(who) ?? { lines: [], running: 0 };
    guildLine.users.set(who, userLine);
    const person = people.get(who) ?? { running: 0, waitsIn: new Set() };
    people.set(who, person);
    return { who, guildLine, userLine, person };
  }

  /** Lets somebody take turns in a guild, or not, and forgets those who have nothing left. */
  function settle(whose: Whose): void {
    const { who, guildLine, userLine, person } = records(whose);
    const { guild, platform } = whose;
    const limit = limits.guild(guild);
    const waits = userLine.lines.length > 0;
    if (waits) person.waitsIn.add(guild);
    else person.waitsIn.delete(guild);
    const mayRun = userLine.running < limit.user && person.running < limits.person(platform);
    now += 1;
    for (const set of sets.all()) {
      const { rotation } = set;
      if (mayRun && lineOf(userLine, set)) rotation.enter(guild, who, now);
      else rotation.leave(guild, who);
      rotation.open(guild, guildLine.running < limit.guild, now);
    }
    if (!waits && userLine.running === 0) guildLine.users.delete(who);
    if (guildLine.users.size === 0) guilds.delete(guild);
    if (person.waitsIn.size === 0 && person.running === 0) people.delete(who);
  }

  /** One more or less of theirs runs: where that takes them to their limit or below it, all of their guilds are told. */
  function counted(ticket: Ticket, backend: string, by: 1 | -1): void {
    const { guildLine, userLine, person } = records(ticket);
    guildLine.running += by;
    userLine.running += by;
    person.running += by;
    const there = (onBackend.get(backend) ?? 0) + by;
    if (there === 0) onBackend.delete(backend);
    else onBackend.set(backend, there);
    const limit = limits.person(ticket.platform);
    const [below, above] =
      by > 0 ? [person.running - 1, person.running] : [person.running, person.running + 1];
    if (below >= limit || above < limit) return;
    const { platform, user } = ticket;
    for (const guild of person.waitsIn) if (guild !== ticket.guild) settle({ platform, guild, user });
  }

  function put(entry: Entry, user: UserLine): void {
    const { set, ticket } = entry;
    let line = lineOf(user, set);
    if (!line) {
      line = { set, waiting: new Map() };
      // nothing is left for more, since there hardly ever are
      user.lines = user.lines.length === 0 ? [line] : [...user.lines, line];
    }
    line.waiting.set(ticket.id, entry);
    set.waiting += 1;
  }

  function take({ set, ticket }: Entry, user: UserLine): void {
    const line = lineOf(user, set);
    line?.waiting.delete(ticket.id);
    if (line?.waiting.size === 0) user.lines = user.lines.filter((one) => one !== line);
    set.waiting -= 1;
  }

  function unqueue(entry: Entry): void {
    const { guildLine, userLine } = records(entry.ticket);
    waiting.delete(entry.ticket.id);
    take(entry, userLine);
    guildLine.waiting -= 1;
  }

  function run(ticket: Ticket, backend: string): void {
    counted(ticket, backend, 1);
    now += 1;
    const who = personOf(ticket);
    for (const { rotation } of sets.all()) rotation.served(ticket.guild, who, now);
    settle(ticket);
  }

  /** The first of theirs that one of these backends can run. */
  function entryOf({ guild, person }: Next, open: readonly string[]): Entry {
    let first: Entry | undefined;
    for (const { set, waiting: own } of guilds.get(guild)?.users.get(person)?.lines ?? []) {
      const [entry] = canUse(set, open) ? own.values() : [];
      if (entry && (!first || entry.at < first.at)) first = entry;
    }
    if (!first) throw new Error(`somebody's turn has come in ${guild} who waits for nothing`);
    return first;
  }

  return {
    waiting,
    guilds,
    add(ticket) {
      const { guildLine, userLine } = records(ticket);
      const entry: Entry = { ticket, set: sets.of(ticket.needs), at: (now += 1) };
      waiting.set(ticket.id, entry);
      put(entry, userLine);
      guildLine.waiting += 1;
      settle(ticket);
    },
    setNeeds(entry, needs) {
      const [before, after] = [entry.set, sets.of(needs)];
      if (before === after) return;
      const { userLine } = records(entry.ticket);
      take(entry, userLine);
      entry.set = after;
      put(entry, userLine);
      // it came before some that were there
      const line = lineOf(userLine, after);
      if (line) line.waiting = new Map([...line.waiting].toSorted(([, a], [, b]) => a.at - b.at));
      settle(entry.ticket);
      sets.settle(before);
    },
    remove(entry) {
      unqueue(entry);
      settle(entry.ticket);
      sets.settle(entry.set);
    },
    next(free) {
      const most = limits.backends();
      const open = free.filter((name) => (onBackend.get(name) ?? 0) < (most.get(name) ?? 0));
      let first: Next | undefined;
      for (const set of open.length > 0 ? sets.all() : []) {
        const next = canUse(set, open) ? set.rotation.next() : undefined;
        if (next && (!first || isBefore(next, first))) first = next;
      }
      if (!first) return undefined;
      const entry = entryOf(first, open);
      const backend = sets.backend(entry.set, open);
      return backend === undefined ? undefined : { entry, backend };
    },
    run(ticket, backend) {
      const entry = waiting.get(ticket.id);
      if (entry) unqueue(entry);
      run(ticket, backend);
      if (entry) sets.settle(entry.set);
    },
    end(ticket, backend) {
      counted(ticket, backend, -1);
      settle(ticket);
    },
    reconsider(guild) {
      for (const one of guild === undefined ? [...guilds.keys()] : [guild])
        for (const { lines } of guilds.get(one)?.users.values() ?? []) {
          const [entry] = lines[0]?.waiting.values() ?? [];
          if (entry) settle(entry.ticket);
        }
    },
    rotations: () => sets.all().map(({ rotation }) => rotation),
    runningOf: (person) => people.get(person)?.running ?? 0,
    runningOn: (backend) => onBackend.get(backend) ?? 0,
    moved(ticket) {
      const { guild, platform } = ticket;
      const person = people.get(personOf(ticket));
      // near their limit over all guilds, what one begins or ends tells in all
      const isNear = person && person.running + 1 >= limits.person(platform);
      return isNear ? [guild, ...[...person.waitsIn].filter((one) => one !== guild)] : [guild];
    },
  };
}

export function personOf({ platform, user }: Pick<Ticket, 'platform' | 'user'>): string {
  return `${platform}/${user}`;
}

function lineOf({ lines }: UserLine, set: BackendSet): UserSetLine | undefined {
  for (const line of lines) if (line.set === set) return line;
  return undefined;
}

function isBefore(a: Next, b: Next): boolean {
  if (a.turn !== b.turn) return a.turn < b.turn;
  if (a.guildTurn !== b.guildTurn) return a.guildTurn < b.guildTurn;
  return a.since < b.since;
}
