/**
 * Whose turn it is among those who may run something. Guilds take turns, and inside a guild its people; who was served
 * in one guild counts as just served in all of theirs. So nobody who can run is passed twice by the same guild, nor
 * twice by the same person, in however many guilds that one waits.
 *
 * A guild's turn is as old as its own last one, or that of the person who is next in it, whichever is younger. Guilds
 * hang on the person who is next in them: serving somebody moves all that hang on them at once. What a turn costs grows
 * with the guilds that the served one shares with others who wait there, and hardly with anything else.
 */
import { createHeap, type Heap } from './heap.ts';

export interface Turn {
  guild: string;
  person: string;
}

export interface Rotation {
  /** They may run there from now on: last in the guild, unless they are in it. */
  enter(turn: Turn): void;
  leave(turn: Turn): void;
  /** Whether the guild itself may run more; one that may again is last. */
  open(guild: string, isOpen: boolean): void;
  /** It was their turn, whether they may run more or not. */
  served(turn: Turn): void;
  next(): Turn | undefined;
  /** Who may run in a guild, next first. */
  people(guild: string): Iterable<string>;
}

interface GuildTurn {
  id: string;
  /** In insertion order: the head is next. */
  ring: Map<string, PersonTurn>;
  isOpen: boolean;
  /** When it was served, or could run again, on the clock of turns. */
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
  let now = 0;

  /** Where a person stands follows from their own turn and from that of the first guild that hangs on them. */
  function stand(person: PersonTurn): void {
    if (person.hanging.size > 0) heads.set(person);
    else heads.delete(person);
  }

  /** Hangs a guild on who is next in it. */
  function hang(guild: GuildTurn): void {
    const [next] = guild.isOpen ? guild.ring.values() : [];
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

  function entered(guild: GuildTurn, id: string): void {
    const person = people.get(id) ?? {
      id,
      turn: (now += 1),
      guilds: 0,
      shared: new Set(),
      hanging: createHeap<GuildTurn>((a, b) => a.turn < b.turn),
    };
    people.set(id, person);
    person.guilds += 1;
    if (guild.ring.size === 0) guild.turn = now += 1;
    else person.shared.add(guild);
    if (guild.ring.size === 1) for (const other of guild.ring.values()) other.shared.add(guild);
    guild.ring.set(id, person);
    hang(guild);
  }

  function left(guild: GuildTurn, person: PersonTurn): void {
    guild.ring.delete(person.id);
    person.shared.delete(guild);
    if (guild.ring.size === 1) for (const other of guild.ring.values()) other.shared.delete(guild);
    hang(guild);
    person.guilds -= 1;
    if (person.guilds === 0) people.delete(person.id);
    if (guild.ring.size === 0) guilds.delete(guild.id);
  }

  return {
    enter({ guild: id, person }) {
      const guild: GuildTurn = guilds.get(id) ?? {
        id,
        ring: new Map(),
        isOpen: true,
        turn: 0,
        hangsOn: undefined,
      };
      guilds.set(id, guild);
      if (!guild.ring.has(person)) entered(guild, person);
    },
    leave({ guild: id, person: who }) {
      const guild = guilds.get(id);
      const person = guild?.ring.get(who);
      if (guild && person) left(guild, person);
    },
    open(id, isOpen) {
      const guild = guilds.get(id);
      if (!guild || guild.isOpen === isOpen) return;
      guild.isOpen = isOpen;
      if (isOpen) guild.turn = now += 1;
      hang(guild);
    },
    served({ guild: id, person: who }) {
      now += 1;
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
        one.ring.set(who, person);
        hang(one);
      }
    },
    next() {
      const person = heads.first();
      const guild = person?.hanging.first();
      return person && guild && { guild: guild.id, person: person.id };
    },
    people: (guild) => guilds.get(guild)?.ring.keys() ?? [],
  };
}

function comesBefore(a: PersonTurn, b: PersonTurn): boolean {
  const [guildA, guildB] = [a.hanging.first()?.turn ?? 0, b.hanging.first()?.turn ?? 0];
  const [turnA, turnB] = [Math.max(a.turn, guildA), Math.max(b.turn, guildB)];
  return turnA === turnB ? guildA < guildB : turnA < turnB;
}
