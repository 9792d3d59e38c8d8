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
  /** Why nothing is taken. */
  hold?: (() => Hold | undefined) | undefined;
  /** How many more may begin now. */
  room?: (() => number) | undefined;
}

interface Ticket {
  id: string;
  guild: string;
  user: string;
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
  /** A running job has ended, or a waiting one is given up. */
  release(id: string): void;
  /** A guild's limits are others now. */
  reconsider(guild: string): void;
  place(id: string): Place | undefined;
  waitingIn(guild: string): Ticket[];
  count(guild: string, user: string): { guild: number; user: number };
  size(): { waiting: number; running: number };
}

export function createQueue({
  backend,
  limits,
  hold = () => undefined,
  room = () => Infinity,
}: QueueOptions): FairQueue {
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

  function reason({ guild, user }: Ticket): WaitReason {
    const held = hold();
    if (held) return { kind: 'backend-held', hold: held };
    const guildLine = guilds.get(guild);
    const userLine = guildLine?.users.get(user);
    const limit = limits(guild);
    if (guildLine && guildLine.running >= limit.guild)
      return { kind: 'guild-limit', used: guildLine.running, limit: limit.guild };
    if (userLine && userLine.running >= limit.user)
      return { kind: 'user-limit', used: userLine.running, limit: limit.user };
    return { kind: 'backend-busy', used: running.size, limit: backend };
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
      if (running.size >= backend || room() <= 0) return undefined;
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
      if (!ticket) return;
      if (waits) unqueue(waits);
      if (runs) {
        const { guildLine, userLine } = lines(runs);
        running.delete(id);
        guildLine.running -= 1;
        userLine.running -= 1;
      }
      settle(ticket);
    },
    reconsider(guild) {
      for (const user of guilds.get(guild)?.users.keys() ?? []) settle({ id: '', guild, user });
    },
    place(id) {
      const ticket = waiting.get(id);
      const guildLine = ticket && guilds.get(ticket.guild);
      if (!ticket || !guildLine) return undefined;
      return { position: ahead(guildLine, ticket) + 1, reason: reason(ticket) };
    },
    waitingIn: (guild) =>
      [...(guilds.get(guild)?.users.values() ?? [])].flatMap((line) => [...line.waiting.values()]),
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

/** How many of the guild's waiting jobs come before `ticket` when its users take turns; users at their limit last. */
function ahead({ users, ring }: GuildLine, ticket: Ticket): number {
  const turns = [...ring.keys(), ...[...users.keys()].filter((user) => !ring.has(user))];
  const mine = [...(users.get(ticket.user)?.waiting.keys() ?? [])].indexOf(ticket.id);
  const me = turns.indexOf(ticket.user);
  return turns.reduce((sum, user, turn) => {
    if (turn === me) return sum + mine;
    const waits = users.get(user)?.waiting.size ?? 0;
    return sum + Math.min(waits, turn < me ? mine + 1 : mine);
  }, 0);
}
