/** Joins jobs to the platforms: finds a job's chat and gives it the view to show. */
import type { Audience } from '../core/audience.ts';
import type { Chat } from '../core/chat.ts';
import type { Clock } from '../core/time.ts';
import { presentEnd, presentStanding } from './present.ts';

/** `chats` may grow after this call, since a chat needs the commands, which need the audience. */
export function createAudience(chats: ReadonlyMap<string, Chat>, clock: Clock): Audience {
  return {
    knows: (platform) => chats.has(platform),
    show(job, standing) {
      chats.get(job.platform)?.show(job, () => presentStanding(job, standing));
    },
    async check(platform, signal) {
      await chats.get(platform)?.check(signal);
    },
    async claim(job, signal) {
      return chats.get(job.platform)?.claim?.(job, signal);
    },
    async deliver(job, delivery, signal) {
      const chat = chats.get(job.platform);
      if (!chat) throw new Error(`platform ${job.platform} is off`);
      const view = presentEnd(job, delivery, clock.now());
      await chat.deliver(job, view, delivery.files, delivery.sent, signal);
    },
  };
}
