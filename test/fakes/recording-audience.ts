/**
 * An audience in memory that keeps the port's promises: a reply is one or more messages, each is told as `sent`, and
 * what `job.delivered` counts is not sent again. A message that is made again replaces itself, as an edit does.
 */
import type { Audience, Delivery } from '../../src/core/audience.ts';
import type { JobEnd } from '../../src/core/job.ts';
import type { MediaFile } from '../../src/core/run.ts';
import type { Json } from '../../src/core/json.ts';
import type { Standing } from '../../src/core/standing.ts';
import { loaded } from './disk.ts';

export interface FinalMessage {
  end: JobEnd | undefined;
  files: MediaFile[];
  texts: string[];
  missing: Delivery['missing'];
  crowd: Delivery['crowd'];
}

export interface RecordingAudience extends Audience {
  /** Everything shown for a job, in order. */
  shown(job: string): readonly Standing[];
  /** The final reply's messages so far. */
  reply(job: string): readonly FinalMessage[];
  /** Messages accepted by the platform, repeats included. */
  readonly accepted: readonly { job: string; message: number }[];
  /** How often `deliver` was called. */
  readonly deliveries: number;
  /** The next deliveries fail with these, before anything is sent. */
  readonly errors: Error[];
  /** What the next claims come to; without one, the reply as it is known. */
  readonly claims: (Json | Error | undefined)[];
  /** While true, deliveries wait. */
  held: boolean;
  /** While true the platform answers nobody. */
  away: boolean;
  /** How often it was asked whether it is there. */
  readonly checks: number;
  readonly platforms: Set<string>;
  release(): void;
}

const FILES_A_MESSAGE = 2;

export function createRecordingAudience(platforms: readonly string[] = ['test']): RecordingAudience {
  const standings = new Map<string, Standing[]>();
  const replies = new Map<string, FinalMessage[]>();
  const accepted: { job: string; message: number }[] = [];
  let deliveries = 0;
  let checks = 0;
  let gate = Promise.withResolvers<void>();

  async function passed(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (!audience.held) return;
    const aborted = Promise.withResolvers<never>();
    const abort = (): void => aborted.reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    await Promise.race([gate.promise, aborted.promise]).finally(() =>
      signal.removeEventListener('abort', abort),
    );
  }

  const audience: RecordingAudience = {
    accepted,
    errors: [],
    claims: [],
    held: false,
    away: false,
    get checks() {
      return checks;
    },
    platforms: new Set(platforms),
    get deliveries() {
      return deliveries;
    },
    shown: (job) => standings.get(job) ?? [],
    reply: (job) => replies.get(job) ?? [],
    release() {
      audience.held = false;
      gate.resolve();
      gate = Promise.withResolvers();
    },
    reaches: ({ reply }) => reply !== 'nowhere',
    knows: (platform) => audience.platforms.has(platform),
    takesAll: () => false,
    async check() {
      checks += 1;
      if (audience.away) throw new Error('503');
    },
    async claim({ reply }) {
      if (audience.away) throw new Error('503');
      if (audience.claims.length === 0) return reply;
      const answer = audience.claims.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    show(job, standing) {
      standings.set(job.id, [...(standings.get(job.id) ?? []), structuredClone(standing)]);
    },
    async deliver(job, { files, texts, missing, crowd, sent }, signal) {
      deliveries += 1;
      await passed(signal);
      if (audience.away) throw new Error('503');
      const error = audience.errors.shift();
      if (error) throw error;
      const messages = replies.get(job.id) ?? [];
      replies.set(job.id, messages);
      const count = Math.max(1, Math.ceil(files.length / FILES_A_MESSAGE));
      for (let message = job.delivered; message < count; message += 1) {
        const part = files.slice(message * FILES_A_MESSAGE, (message + 1) * FILES_A_MESSAGE);
        const read = await Promise.all(part.map(loaded));
        messages[message] = { end: structuredClone(job.end), files: read, texts, missing, crowd };
        accepted.push({ job: job.id, message });
        await sent(message + 1);
      }
    },
  };
  return audience;
}
