/**
 * What Discord says of a channel: asked only where a rule needs it, and remembered for a minute; afresh where it decides
 * who sees what is for adults.
 */
import { ChannelType, Routes, type REST } from 'discord.js';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { ChannelFacts } from '../../core/caller.ts';
import { expiring, within, type Clock } from '../../core/time.ts';

export interface Channels {
  /** Rejects when Discord does not tell, or not in time. */
  look(channel: string, afresh?: boolean): Promise<ChannelFacts>;
}

const LOOK_MS = 1500;
/** Channels, and for how long, in ms; one that falls out is asked about again. */
const MAX_REMEMBERED = 1000;
const REMEMBER_MS = 60_000;

const THREADS: readonly number[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

const Channel = z.object({ type: z.number(), nsfw: z.boolean().nullish(), parent_id: z.string().nullish() });
type Channel = z.infer<typeof Channel>;

export function createChannels(rest: REST, clock: Clock): Channels {
  const known = new LRUCache<string, Promise<Channel>>({
    max: MAX_REMEMBERED,
    ...expiring(clock, REMEMBER_MS),
  });

  async function fetchChannel(id: string): Promise<Channel> {
    return Channel.parse(await within(LOOK_MS, (signal) => rest.get(Routes.channel(id), { signal })));
  }

  /** Asked and not answered yet. */
  const open = new Map<string, Promise<Channel>>();

  function channel(id: string, afresh: boolean): Promise<Channel> {
    const before = afresh ? open.get(id) : known.get(id);
    if (before) return before;
    const asked = fetchChannel(id).finally(() => open.delete(id));
    open.set(id, asked);
    known.set(id, asked);
    // who asked is told
    asked.catch(() => void (known.peek(id) === asked && known.delete(id)));
    return asked;
  }

  return {
    async look(id, afresh = false) {
      const { type, nsfw, parent_id: parent } = await channel(id, afresh);
      // any other channel's parent is its category
      if (!THREADS.includes(type) || !parent) return { ageRestricted: nsfw === true };
      return { ageRestricted: (await channel(parent, afresh)).nsfw === true, parent };
    },
  };
}
