/**
 * Whose turn it is among those who may run something. Guilds take turns, and inside a guild its people; who was served
 * in one guild counts as just served in all of theirs. So nobody who can run is passed twice by the same guild, nor
 * twice by the same person, in however many guilds that one waits.
 *
 * A guild's turn is as old as its own last one, or that of the person who is next in it, whichever is younger. Guilds
 * hang on the person who is next in them: serving somebody moves all that hang on them at once. What a turn costs grows
 * with the guilds that the served one shares with others who wait there, and hardly with anything else.
 *
 * Each set of backends has a rotation of its own, all on one clock of turns: every call says what time it is there.
 */
import { createHeap, type Heap } from './heap.ts';

/** Who is next; those of several rotations compare by the first of these numbers that differs, the smallest first. */
export interface Next {
  guild: string;
  person: string;
  turn: number;
  guildTurn: number;
  since: number;
}

export interface Rotation {
  /** They may run there from now on: last in the guild, unless they are in it. */
  enter(guild: string, person: string, now: number): void;
  leave(guild: string, person: string): void;
  /** Whether the guild itself may run more; one that may again is last. */
  open(guild: string, isOpen: boolean, now: number): void;
  /** It was their turn, here or elsewhere, whether they may run more or not. */
  served(guild: string, person: string, now: number): void;
  next(): Next | undefined;
  /** Who may run in a guild, next first. */
  people(guild: string): Iterable<string>;
  /** When one of them came, or had a turn: what the above are in the order of. */
  since(guild: string, person: string): number;
}

interface GuildTurn {
  id: string;
  /** Since when, in insertion order: the head is next. */
  ring: Map<string, number>;
  isOpen: boolean;
  /** When it was served, or could run again. */
  turn: number;
  /** Who is next, while the guild is open. */
  hangsOn: PersonTurn | undefined;
}

interface PersonTurn {
  id: string;
  turn: number;
  guilds: number;
  /** Where others are in the ring too. */
  shared: Set<GuildTurn>;
  hanging: Heap<GuildTurn>;
}

export function createRotation(): Rotation {
  const guilds = new Map<string, GuildTurn>();
  const people = new Map<string, PersonTurn>();
  const heads = createHeap<PersonTurn>(comesBefore);

  /** Where a person stands follows from their own turn and from that of the first guild that hangs on them. */
  function stand(person: PersonTurn): void {
    if (person.hanging.size > 0) heads.set(person);
    else heads.delete(person);
  }

  function first({ ring }: GuildTurn): PersonTurn | undefined {
    const [id] = ring.keys();
    return id === undefined ? undefined : people.get(id);
  }

  /** Hangs a guild on who is next in it. */
  function hang(guild: GuildTurn): void {
    const next = guild.isOpen ? first(guild) : undefined;
    const before = guild.hangsOn;
    guild.hangsOn = next;
    if (before && before !== next) {
      before.hanging.delete(guild);
      stand(before);
    }
    if (!next) return;
    next.hanging.set(guild);
    stand(next);
  }

  function entered(guild: GuildTurn, id: string, now: number): void {
    const person = people.get(id) ?? {
      id,
      turn: now,
      guilds: 0,
      shared: new Set(),
      hanging: createHeap<GuildTurn>((a, b) => a.turn < b.turn),
    };
    people.set(id, person);
    person.guilds += 1;
    if (guild.ring.size === 0) guild.turn = now;
    else person.shared.add(guild);
    if (guild.ring.size === 1) first(guild)?.shared.add(guild);
    guild.ring.set(id, now);
    hang(guild);
  }

  function left(guild: GuildTurn, person: PersonTurn): void {
    guild.ring.delete(person.id);
    person.shared.delete(guild);
    if (guild.ring.size === 1) first(guild)?.shared.delete(guild);
    hang(guild);
    person.guilds -= 1;
    if (person.guilds === 0) people.delete(person.id);
    if (guild.ring.size === 0) guilds.delete(guild.id);
  }

  /** One who is alone in the ring is served elsewhere without being moved in it. */
  function sinceIn({ ring }: GuildTurn, person: string): number {
    return Math.max(ring.get(person) ?? 0, people.get(person)?.turn ?? 0);
  }

  return {
    enter(id, person, now) {
      const guild: GuildTurn = guilds.get(id) ?? {
        id,
        ring: new Map(),
        isOpen: true,
        turn: 0,
        hangsOn: undefined,
      };
      guilds.set(id, guild);
      if (!guild.ring.has(person)) entered(guild, person, now);
    },
    leave(id, who) {
      const guild = guilds.get(id);
      if (!guild?.ring.has(who)) return;
      const person = people.get(who);
      if (person) left(guild, person);
    },
    open(id, isOpen, now) {
      const guild = guilds.get(id);
      if (!guild || guild.isOpen === isOpen) return;
      guild.isOpen = isOpen;
      if (isOpen) guild.turn = now;
      hang(guild);
    },
    served(id, who, now) {
      const guild = guilds.get(id);
      if (guild) {
        guild.turn = now;
        hang(guild);
      }
      const person = people.get(who);
      if (!person) return;
      person.turn = now;
      stand(person);
      for (const one of person.shared) {
        one.ring.delete(who);
        one.ring.set(who, now);
        hang(one);
      }
    },
    next() {
      const person = heads.first();
      const guild = person?.hanging.first();
      if (!person || !guild) return undefined;
      return {
        guild: guild.id,
        person: person.id,
        turn: Math.max(person.turn, guild.turn),
        guildTurn: guild.turn,
        since: sinceIn(guild, person.id),
      };
    },
    people: (guild) => guilds.get(guild)?.ring.keys() ?? [],
    since(id, person) {
      const guild = guilds.get(id);
      return guild ? sinceIn(guild, person) : 0;
    },
  };
}

function comesBefore(a: PersonTurn, b: PersonTurn): boolean {
  const [guildA, guildB] = [a.hanging.first()?.turn ?? 0, b.hanging.first()?.turn ?? 0];
  const [turnA, turnB] = [Math.max(a.turn, guildA), Math.max(b.turn, guildB)];
  return turnA === turnB ? guildA < guildB : turnA < turnB;
}
