/** What Discord says of a channel: asked only where a rule needs it, and remembered for a minute. */
import { ChannelType, Routes, type REST } from 'discord.js';
import { z } from 'zod';
import type { PlaceFacts } from '../../core/chat.ts';
import { within, type Clock } from '../../core/time.ts';

export interface Places {
  /** Rejects when Discord does not tell, or not in time. */
  look(channel: string): Promise<PlaceFacts>;
}

const REMEMBER_MS = 60_000;
const LOOK_MS = 1500;
const MAX_REMEMBERED = 1000;

const THREADS: readonly number[] = [
  ChannelType.AnnouncementThread,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
];

const Channel = z.object({ type: z.number(), nsfw: z.boolean().nullish(), parent_id: z.string().nullish() });
type Channel = z.infer<typeof Channel>;

export function createPlaces(rest: REST, clock: Clock): Places {
  const known = new Map<string, { until: number; channel: Promise<Channel> }>();

  async function fetchChannel(id: string): Promise<Channel> {
    return Channel.parse(await within(LOOK_MS, (signal) => rest.get(Routes.channel(id), { signal })));
  }

  function channel(id: string): Promise<Channel> {
    const now = clock.monotonic();
    const before = known.get(id);
    if (before && before.until > now) return before.channel;
    const asked = fetchChannel(id);
    known.delete(id);
    known.set(id, { until: now + REMEMBER_MS, channel: asked });
    asked.catch(() => known.delete(id)); // who asked is told
    for (const oldest of known.keys()) {
      if (known.size <= MAX_REMEMBERED) break;
      known.delete(oldest);
    }
    return asked;
  }

  return {
    async look(id) {
      const { type, nsfw, parent_id: parent } = await channel(id);
      // any other channel's parent is its category
      if (!THREADS.includes(type) || !parent) return { ageRestricted: nsfw === true };
      return { ageRestricted: (await channel(parent)).nsfw === true, parent };
    },
  };
}
