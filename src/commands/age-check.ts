/**
 * Whether a job of a template that is for adults only may still go on where it was asked: hours may lie between the
 * preparation, the run and the reply, and the channel may have lost its mark.
 */
import type { Chat } from '../core/chat.ts';
import type { Problem } from '../core/errors.ts';
import type { Job } from '../core/job.ts';
import type { Log } from '../core/log.ts';
import type { Library } from '../templates/library/index.ts';

interface AgeCheckDeps {
  chats: ReadonlyMap<string, Chat>;
  library: Pick<Library, 'entries'>;
  log: Log;
}

/** Asks the platform only where that decides. While it cannot tell, what was known when the job was asked for holds. Never rejects. */
export function createAgeCheck({
  chats,
  library,
  log,
}: AgeCheckDeps): (job: Job) => Promise<Problem | undefined> {
  return async ({ id, guild, platform, place, template: { name }, trial }) => {
    const chat = chats.get(platform);
    // an admin tries drafts anywhere
    if (!chat?.lookAtChannel || place === undefined || trial) return undefined;
    try {
      const entry = (await library.entries(guild)).find((one) => one.name === name);
      if (!entry?.access.ageRestricted) return undefined;
      const { ageRestricted } = await chat.lookAtChannel(place);
      return ageRestricted ? undefined : { code: 'age-restricted', name };
    } catch (error) {
      log.warn({ job: id, guild, err: error }, 'a channel could not be looked up again: the job goes on');
      return undefined;
    }
  };
}
