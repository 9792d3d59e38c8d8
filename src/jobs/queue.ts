/**
 * Who is next: round robin over guilds that may run something, and inside a guild over its users that may.
 * Rings are Maps in insertion order: the head is next and goes to the tail once served. Who is at a limit is not in
 * the ring, so that choosing costs the same however many wait. In memory only; the store has the truth.
 */
import type { Hold, Place, WaitReason } from '../core/standing.ts';

export interface Limits {
  guild: number;
  user: number;
}

export interface QueueOptions {
  /** Jobs at once on the backend. */
  backend: number;
  limits: (guild: string) => Limits;
  /** What keeps the backend from taking anything: while there is such a thing, everybody waits for that. */
  hold?: (() => Hold | undefined) | undefined;
  /** How many more may begin now, whatever the limits say; asked before each one. None while the backend is held. */
  room?: (() => number) | undefined;
}

interface Ticket {
  id: string;
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
  users: Map<string, UserLine>;
  /** Users that have something waiting and are below their limit, next first. */
  ring: Map<string, UserLine>;
  waiting: number;
  running: number;
}

export interface FairQueue {
  add(ticket: Ticket): void;
  /** The next job that may run; it counts as running until `release`. */
  take(): Ticket | undefined;
  /** Counts a job as running that was taken before a restart; may exceed a limit. */
  occupy(ticket: Ticket): void;
  /** A running job has ended, or a waiting one is given up. False: it was neither. */
  release(id: string): boolean;
  /** A guild's limits are others now. */
  reconsider(guild: string): void;
  /**
   * Those who wait in a guild, in the order of their turn as long as nothing else happens: users take turns, those at
   * their limit last. Costs as much as is read. The line may move while it is read in pieces: then some are told a
   * place that is off, or twice, or not at all.
   */
  places(guild: string): Generator<Waiting, void>;
  /** Guilds where somebody waits; may be read in pieces. */
  guilds(): Generator<string, void>;
  count(guild: string, user: string): { guild: number; user: number };
  size(): { waiting: number; running: number };
}

export function createQueue({ backend, limits, hold, room }: QueueOptions): FairQueue {
  const guilds = new Map<string, GuildLine>();
  /** Guilds with a user in their ring and below their limit, next first. */
  const ring = new Map<string, GuildLine>();
  const waiting = new Map<string, Ticket>();
  const running = new Map<string, Ticket>();

  function lines({ guild, user }: Ticket): { guildLine: GuildLine; userLine: UserLine } {
    const guildLine = guilds.get(guild) ?? { users: new Map(), ring: new Map(), waiting: 0, running: 0 };
    guilds.set(guild, guildLine);
    const userLine = guildLine.users.get(user) ?? { waiting: new Map(), running: 0 };
    guildLine.users.set(user, userLine);
    return { guildLine, userLine };
  }

  /** Puts user and guild in or out of their rings, and forgets those who have nothing left. */
  function settle(ticket: Ticket): void {
    const { guildLine, userLine } = lines(ticket);
    const { guild, user } = limits(ticket.guild);
    keep(guildLine.ring, ticket.user, userLine, userLine.waiting.size > 0 && userLine.running < user);
    keep(ring, ticket.guild, guildLine, guildLine.ring.size > 0 && guildLine.running < guild);
    if (userLine.waiting.size === 0 && userLine.running === 0) guildLine.users.delete(ticket.user);
    if (guildLine.users.size === 0) guilds.delete(ticket.guild);
  }

  function run(ticket: Ticket): void {
    const { guildLine, userLine } = lines(ticket);
    running.set(ticket.id, ticket);
    guildLine.running += 1;
    userLine.running += 1;
    // served: to the tail
    guildLine.ring.delete(ticket.user);
    ring.delete(ticket.guild);
    settle(ticket);
  }

  function unqueue(ticket: Ticket): void {
    const { guildLine, userLine } = lines(ticket);
    waiting.delete(ticket.id);
    userLine.waiting.delete(ticket.id);
    guildLine.waiting -= 1;
  }

  /** What those of one user wait for. */
  function reasonsIn(guild: string, line: GuildLine): (user: UserLine) => WaitReason {
    const held = hold?.();
    const limit = limits(guild);
    const all: WaitReason | undefined = held
      ? { kind: 'backend-held', hold: held }
      : line.running >= limit.guild
        ? { kind: 'guild-limit', used: line.running, limit: limit.guild }
        : undefined;
    const busy: WaitReason = { kind: 'backend-busy', used: running.size, limit: backend };
    return (user) => {
      if (all) return all;
      return user.running >= limit.user
        ? { kind: 'user-limit', used: user.running, limit: limit.user }
        : busy;
    };
  }

  function* places(guild: string): Generator<Waiting, void> {
    const line = guilds.get(guild);
    if (!line) return;
    const reasonOf = reasonsIn(guild, line);
    let position = 0;
    for (const [ticket, user] of inTurn(line))
      yield { ...ticket, place: { position: (position += 1), reason: reasonOf(user) } };
  }

  function* guildsWaiting(): Generator<string, void> {
    for (const [guild, line] of guilds) if (line.waiting > 0) yield guild;
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
      if (running.size >= backend || (room && room() <= 0)) return undefined;
      const [guildLine] = ring.values();
      const [userLine] = guildLine?.ring.values() ?? [];
      const [ticket] = userLine?.waiting.values() ?? [];
      if (!ticket) return undefined;
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
        const { guildLine, userLine } = lines(runs);
        running.delete(id);
        guildLine.running -= 1;
        userLine.running -= 1;
      }
      settle(ticket);
      return true;
    },
    reconsider(guild) {
      for (const user of guilds.get(guild)?.users.keys() ?? []) settle({ id: '', guild, user });
    },
    places,
    guilds: guildsWaiting,
    count: (guild, user) => ({
      guild: guilds.get(guild)?.waiting ?? 0,
      user: guilds.get(guild)?.users.get(user)?.waiting.size ?? 0,
    }),
    size: () => ({ waiting: waiting.size, running: running.size }),
  };
}

function keep<T>(ring: Map<string, T>, key: string, value: T, belongs: boolean): void {
  if (!belongs) ring.delete(key);
  else if (!ring.has(key)) ring.set(key, value);
}

/** A guild's waiting jobs as its users take turns; nobody is looked at before their turn has come. */
function* inTurn({ users, ring }: GuildLine): Generator<[Ticket, UserLine], void> {
  /** Who may have more, each with the rest of their line. */
  let turns = new Map<UserLine, Iterator<Ticket>>();
  for (const part of [ring, users])
    for (const user of part.values()) {
      if (turns.has(user)) continue;
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
