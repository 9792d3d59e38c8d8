/**
 * One copy of what many jobs say alike: their guild, their person, their template. Each request and each record comes
 * with texts of its own, and of thousands of jobs that wait for hours these would be a good part.
 */
import type { Job } from '../../core/job.ts';
import { isJsonObject } from '../../core/json.ts';

/**
 * Beyond this it begins anew, and the same text is there twice. No `lru-cache`: that would hold room for all of them from the
 * start, and needs to know which was asked for last.
 */
const MAX_TEXTS = 20_000;

export type ShareTexts = (job: Job) => Job;

export function createSharedTexts(): ShareTexts {
  let known = new Map<string, string>();

  function share<T extends string | undefined>(text: T): T {
    if (text === undefined) return text;
    const found = known.get(text);
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- equal to it
    if (found !== undefined) return found as T;
    if (known.size >= MAX_TEXTS) known = new Map();
    known.set(text, text);
    return text;
  }

  /** The address of a reply names the person and the channel again; the rest of it is its own. */
  function inReply(reply: Job['reply']): Job['reply'] {
    if (!isJsonObject(reply)) return reply;
    for (const [name, value] of Object.entries(reply))
      if (typeof value === 'string') reply[name] = known.get(value) ?? value;
    return reply;
  }

  return (job) => {
    job.guild = share(job.guild);
    job.user = share(job.user);
    job.platform = share(job.platform);
    job.locale = share(job.locale);
    job.place = share(job.place);
    job.template = { name: share(job.template.name), version: share(job.template.version) };
    job.mainSlot = share(job.mainSlot);
    job.graph = share(job.graph);
    job.backend = share(job.backend);
    job.reply = inReply(job.reply);
    return job;
  };
}
