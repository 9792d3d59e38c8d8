/** Those who wait in a guild as they would have their turns, one by one: nobody is looked at before they are asked for. */
import type { QueueLimits, Waiting } from '../../core/queue.ts';
import type { WaitReason } from '../../core/standing.ts';
import { personOf, type Entry, type GuildLine, type Lines, type UserLine } from './lines.ts';
import type { Rotation } from './rotation.ts';
import type { BackendSet } from './sets.ts';

export function* placesIn(guild: string, lines: Lines, limits: QueueLimits): Generator<Waiting, void> {
  const line = lines.guilds.get(guild);
  if (!line) return;
  const reasonOf = reasonsIn(guild, line, lines, limits);
  let position = 0;
  for (const [entry, user] of inTurn(line, inRing(guild, lines.rotations())))
    yield { id: entry.ticket.id, place: { position: (position += 1), reason: reasonOf(entry, user) } };
}

/** What those of one user wait for. */
function reasonsIn(
  guild: string,
  line: GuildLine,
  lines: Lines,
  limits: QueueLimits,
): (entry: Entry, user: UserLine) => WaitReason {
  const limit = limits.guild(guild);
  const all: WaitReason | undefined =
    line.running >= limit.guild ? { kind: 'guild-limit', used: line.running, limit: limit.guild } : undefined;
  const busy = new Map<BackendSet, WaitReason>();
  return ({ ticket, set }, user) => {
    if (all) return all;
    if (user.running >= limit.user) return { kind: 'user-limit', used: user.running, limit: limit.user };
    const used = lines.runningOf(personOf(ticket));
    const ofPerson = limits.person(ticket.platform);
    if (used >= ofPerson) return { kind: 'person-limit', used, limit: ofPerson };
    const known = busy.get(set) ?? busyOn(set, lines, limits);
    busy.set(set, known);
    return known;
  };
}

/** Of all backends that could run it, together. */
function busyOn({ names }: BackendSet, lines: Lines, limits: QueueLimits): WaitReason {
  let [used, limit] = [0, 0];
  for (const [name, most] of limits.backends()) {
    if (names && !names.has(name)) continue;
    used += lines.runningOn(name);
    limit += most;
  }
  return { kind: 'backend-busy', used, limit };
}

/** A guild's waiting jobs as its users take turns, those in `ring` first. */
function* inTurn({ users }: GuildLine, ring: Iterable<string>): Generator<[Entry, UserLine], void> {
  /** Who may have more, each with the rest of their line. */
  let turns = new Map<UserLine, Iterator<Entry>>();
  for (const part of [ring, users.keys()])
    for (const who of part) {
      const user = users.get(who);
      if (!user || turns.has(user)) continue;
      const rest = inOrder(user);
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

/** People of all rings of a guild, whose last turn is the oldest first; who is in several may come more than once. */
function inRing(guild: string, rotations: readonly Rotation[]): Iterable<string> {
  return merged(
    rotations.map((rotation) => rotation.people(guild)),
    (who, part) => rotations[part]?.since(guild, who) ?? 0,
  );
}

function inOrder({ lines }: UserLine): Iterator<Entry> {
  const parts = lines.map(({ waiting }) => waiting.values());
  return merged(parts, ({ at }) => at)[Symbol.iterator]();
}

/** Several that are in order each, as one that is. `rank`: of an item of which part. */
function merged<T>(parts: readonly Iterable<T>[], rank: (item: T, part: number) => number): Iterable<T> {
  const [only, another] = parts;
  return only && !another ? only : mergedOf(parts, rank);
}

function* mergedOf<T>(
  parts: readonly Iterable<T>[],
  rank: (item: T, part: number) => number,
): Generator<T, void> {
  const heads = parts.map((each, part) => {
    const rest = each[Symbol.iterator]();
    return { part, rest, head: rest.next() };
  });
  for (;;) {
    let first: { at: number; item: T; from: (typeof heads)[number] } | undefined;
    for (const from of heads) {
      if (from.head.done === true) continue;
      const at = rank(from.head.value, from.part);
      if (!first || at < first.at) first = { at, item: from.head.value, from };
    }
    if (!first) return;
    first.from.head = first.from.rest.next();
    yield first.item;
  }
}
