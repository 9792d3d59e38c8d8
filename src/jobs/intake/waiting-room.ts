/**
 * How many jobs wait for their turn, and how many bytes were attached to them: of a person in a guild, of a guild, of a
 * person over all of their guilds, and in all. One counts from its arrival on, before it is durable. In memory; a start
 * counts again what the store has.
 */
import { EaselError } from '../../core/errors.ts';
import type { MediaFile } from '../../core/run.ts';

/** Absent: not capped. */
export interface WaitingCaps {
  guild: number;
  /** Of one person in the guild. */
  user: number;
  /** Of one person over all guilds. */
  person?: number | undefined;
  /** Of everybody together, and bytes of what they attached. */
  everybody?: number | undefined;
  bytes?: number | undefined;
}

export interface Asker {
  platform: string;
  guild: string;
  user: string;
}

export interface WaitingRoom {
  /** Throws EaselError when one more, with so many bytes attached, is too many. */
  requireRoom(asker: Asker, bytes: number, caps: WaitingCaps): void;
  /** Counts once for each id; the asker is held, and may be handed over anew. */
  add(id: string, asker: Asker, bytes: number): void;
  /** It waits no longer, or never did. */
  remove(id: string): void;
}

export function createWaitingRoom(): WaitingRoom {
  const inside = new Map<string, Asker>();
  /** Of those that have any. */
  const attached = new Map<string, number>();
  const counts = new Map<string, number>();
  const count = (key: string): number => counts.get(key) ?? 0;
  let total = 0;

  function tally(key: string, by: 1 | -1): void {
    const next = count(key) + by;
    if (next === 0) counts.delete(key);
    else counts.set(key, next);
  }

  return {
    requireRoom(asker, bytes, caps) {
      const { ofGuild, ofUser, ofPerson } = keysOf(asker);
      const { guild, user, person = Infinity, everybody = Infinity, bytes: most = Infinity } = caps;
      if (count(ofGuild) >= guild) throw new EaselError({ code: 'guild-waiting-cap', cap: guild });
      if (count(ofUser) >= user) throw new EaselError({ code: 'user-waiting-cap', cap: user });
      if (count(ofPerson) >= person) throw new EaselError({ code: 'person-waiting-cap', cap: person });
      // what has nothing attached takes none of these bytes
      if (inside.size >= everybody || (bytes > 0 && total + bytes > most))
        throw new EaselError({ code: 'everybody-waiting-cap' });
    },
    add(id, asker, bytes) {
      const known = inside.has(id);
      inside.set(id, asker);
      if (known) return;
      for (const key of Object.values(keysOf(asker))) tally(key, 1);
      if (bytes > 0) attached.set(id, bytes);
      total += bytes;
    },
    remove(id) {
      const found = inside.get(id);
      if (!found) return;
      inside.delete(id);
      for (const key of Object.values(keysOf(found))) tally(key, -1);
      total -= attached.get(id) ?? 0;
      attached.delete(id);
    },
  };
}

export function attachedBytes(files: Record<string, MediaFile>): number {
  return Object.values(files).reduce((sum, { bytes }) => sum + bytes.length, 0);
}

function keysOf({ platform, guild, user }: Asker): Record<'ofGuild' | 'ofUser' | 'ofPerson', string> {
  return { ofGuild: `g ${guild}`, ofUser: `u ${guild} ${user}`, ofPerson: `p ${platform} ${user}` };
}
