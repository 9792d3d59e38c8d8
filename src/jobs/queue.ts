/**
 * Who waits, who runs, and who may be next: guilds, people in a guild, and people over all of their guilds have limits.
 * Whose turn it is among those who may is the rotation's to say. In memory only; the store has the truth.
 */
import type { Hold, Place, WaitReason } from '../core/standing.ts';
import { createRotation } from './rotation.ts';

export interface Limits {
  guild: number;
  user: number;
}

export interface QueueOptions {
  /** Jobs at once on the backend. */
  backend: number;
  limits: (guild: string) => Limits;
  /** Jobs at once for one person of a platform over all guilds; without it, as many as each guild lets them. */
  personLimit?: ((platform: string) => number) | undefined;
  /** What keeps the backend from taking anything: while there is such a thing, everybody waits for that. */
  hold?: (() => Hold | undefined) | undefined;
  /** There is no room for what jobs make, asked before each one: as long as that is so, nobody begins. */
  full?: (() => boolean) | undefined;
  /** How many more may begin now, whatever the limits say; asked before each one. None while the backend is held. */
  room?: (() => number) | undefined;
}

/** A person is the same one in all guilds of a platform. */
interface Ticket {
  id: string;
  platform: string;
  guild: string;
  user: string;
}

export interface Waiting extends Ticket {
  place: Place;
}

interface UserLine {
  waiting: Map<string, Ticket>;
  running: number;
}

interface GuildLine {
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

export interface FairQueue {
  add(ticket: Ticket): void;
  /** The next job that may run; it counts as running until `release`. */
  take(): Ticket | undefined;
  /** Counts a job as running that was taken before a restart; may exceed a limit. */
  occupy(ticket: Ticket): void;
  /** A running job has ended, or a waiting one is given up. False: it was neither. */
  release(id: string): boolean;
  /** A guild's limits are others now; all guilds' and people's without one. */
  reconsider(guild?: string): void;
  /**
   * Those who wait in a guild, in the order of their turn as long as nothing else happens: users take turns, those at
   * their limit last. Costs as much as is read. The line may move while it is read in pieces: then some are told a
   * place that is off, or twice, or not at all.
   */
  places(guild: string): Generator<Waiting, void>;
  /** Guilds where somebody waits; may be read in pieces. */
  guilds(): Generator<string, void>;
  /** Guilds where a person waits, when their limit over all guilds may be why: what one ends or begins tells in all. */
  alike(ticket: Omit<Ticket, 'id'>): string[];
  size(): { waiting: number; running: number };
}

export function createQueue(options: QueueOptions): FairQueue {
  const { backend, limits, personLimit, hold, full, room } = options;
  const guilds = new Map<string, GuildLine>();
  const people = new Map<string, Person>();
  const rotation = createRotation();
  const waiting = new Map<string, Ticket>();
  const running = new Map<string, Ticket>();
  const most = (platform: string): number => personLimit?.(platform) ?? Infinity;

  function lines(ticket: Omit<Ticket, 'id'>): { guildLine: GuildLine; userLine: UserLine; person: Person } {
    const who = personOf(ticket);
    const guildLine = guilds.get(ticket.guild) ?? { users: new Map(), waiting: 0, running: 0 };
    guilds.set(ticket.guild, guildLine);
    const userLine = guildLine.users.get(who) ?? { waiting: new Map(), running: 0 };
    guildLine.users.set(who, userLine);
    const person = people.get(who) ?? { running: 0, waitsIn: new Set() };
    people.set(who, person);
    return { guildLine, userLine, person };
  }

  /** Lets somebody take turns in a guild, or not, and forgets those who have nothing left. */
  function settle(ticket: Omit<Ticket, 'id'>): void {
    const { guildLine, userLine, person } = lines(ticket);
    const { guild } = ticket;
    const who = personOf(ticket);
    const limit = limits(guild);
    const waits = userLine.waiting.size > 0;
    if (waits) person.waitsIn.add(guild);
    else person.waitsIn.delete(guild);
    const mayRun = userLine.running < limit.user && person.running < most(ticket.platform);
    if (waits && mayRun) rotation.enter({ guild, person: who });
    else rotation.leave({ guild, person: who });
    rotation.open(guild, guildLine.running < limit.guild);
    if (!waits && userLine.running === 0) guildLine.users.delete(who);
    if (guildLine.users.size === 0) guilds.delete(guild);
    if (person.waitsIn.size === 0 && person.running === 0) people.delete(who);
  }

  /** One more or less of theirs runs: where that takes them to their limit or below it, all of their guilds are told. */
  function counted(ticket: Ticket, by: 1 | -1): void {
    const { guildLine, userLine, person } = lines(ticket);
    guildLine.running += by;
    userLine.running += by;
    person.running += by;
    const limit = most(ticket.platform);
    const [below, above] =
      by > 0 ? [person.running - 1, person.running] : [person.running, person.running + 1];
    if (below >= limit || above < limit) return;
    for (const guild of person.waitsIn) if (guild !== ticket.guild) settle({ ...ticket, guild });
  }

  function run(ticket: Ticket): void {
    running.set(ticket.id, ticket);
    counted(ticket, 1);
    rotation.served({ guild: ticket.guild, person: personOf(ticket) });
    settle(ticket);
  }

  function unqueue(ticket: Ticket): void {
    const { guildLine, userLine } = lines(ticket);
    waiting.delete(ticket.id);
    userLine.waiting.delete(ticket.id);
    guildLine.waiting -= 1;
  }

  /** What those of one user wait for. */
  function reasonsIn(guild: string, line: GuildLine): (ticket: Ticket, user: UserLine) => WaitReason {
    const held = hold?.();
    const limit = limits(guild);
    const all: WaitReason | undefined = held
      ? { kind: 'backend-held', hold: held }
      : full?.() === true
        ? { kind: 'data-full' }
        : line.running >= limit.guild
          ? { kind: 'guild-limit', used: line.running, limit: limit.guild }
          : undefined;
    const busy: WaitReason = { kind: 'backend-busy', used: running.size, limit: backend };
    return (ticket, user) => {
      if (all) return all;
      if (user.running >= limit.user) return { kind: 'user-limit', used: user.running, limit: limit.user };
      const used = people.get(personOf(ticket))?.running ?? 0;
      const ofPerson = most(ticket.platform);
      return used >= ofPerson ? { kind: 'person-limit', used, limit: ofPerson } : busy;
    };
  }

  function* places(guild: string): Generator<Waiting, void> {
    const line = guilds.get(guild);
    if (!line) return;
    const reasonOf = reasonsIn(guild, line);
    let position = 0;
    for (const [ticket, user] of inTurn(line, rotation.people(guild)))
      yield { ...ticket, place: { position: (position += 1), reason: reasonOf(ticket, user) } };
  }

  function* guildsWaiting(): Generator<string, void> {
    for (const [guild, line] of guilds) if (line.waiting > 0) yield guild;
  }

  function reconsider(guild: string): void {
    for (const { waiting: own } of guilds.get(guild)?.users.values() ?? []) {
      const [ticket] = own.values();
      if (ticket) settle(ticket);
    }
  }

  return {
    add(ticket) {
      const { guildLine, userLine } = lines(ticket);
      waiting.set(ticket.id, ticket);
      userLine.waiting.set(ticket.id, ticket);
      guildLine.waiting += 1;
      settle(ticket);
    },
    take() {
      if (running.size >= backend || full?.() === true || (room && room() <= 0)) return undefined;
      const next = rotation.next();
      if (!next) return undefined;
      const [ticket] = guilds.get(next.guild)?.users.get(next.person)?.waiting.values() ?? [];
      if (!ticket) throw new Error(`somebody's turn has come in ${next.guild} who waits for nothing`);
      unqueue(ticket);
      run(ticket);
      return ticket;
    },
    occupy: run,
    release(id) {
      const waits = waiting.get(id);
      const runs = running.get(id);
      const ticket = waits ?? runs;
      if (!ticket) return false;
      if (waits) unqueue(waits);
      if (runs) {
        running.delete(id);
        counted(runs, -1);
      }
      settle(ticket);
      return true;
    },
    reconsider(guild) {
      for (const one of guild === undefined ? [...guilds.keys()] : [guild]) reconsider(one);
    },
    places,
    guilds: guildsWaiting,
    alike(ticket) {
      const person = people.get(personOf(ticket));
      return person && person.running + 1 >= most(ticket.platform) ? [...person.waitsIn] : [];
    },
    size: () => ({ waiting: waiting.size, running: running.size }),
  };
}

function personOf({ platform, user }: Omit<Ticket, 'id'>): string {
  return `${platform}/${user}`;
}

/** A guild's waiting jobs as its users take turns, those in `ring` first; nobody is looked at before their turn. */
function* inTurn({ users }: GuildLine, ring: Iterable<string>): Generator<[Ticket, UserLine], void> {
  /** Who may have more, each with the rest of their line. */
  let turns = new Map<UserLine, Iterator<Ticket>>();
  for (const part of [ring, users.keys()])
    for (const who of part) {
      const user = users.get(who);
      if (!user || turns.has(user)) continue;
      const rest = user.waiting.values();
      turns.set(user, rest);
      const { value } = rest.next();
      if (value) yield [value, user];
    }
  while (turns.size > 0) {
    const left: typeof turns = new Map();
    for (const [user, rest] of turns) {
      const { value } = rest.next();
      if (!value) continue;
      left.set(user, rest);
      yield [value, user];
    }
    turns = left;
  }
}
