/**
 * How jobs come in: written down before anybody is told, and claimed by the next process when theirs died before it
 * knew what its person had been told.
 */
import type { Caller } from '../core/chat.ts';
import type { Job } from '../core/job.ts';
import type { Json } from '../core/json.ts';
import type { MediaFile } from '../core/run.ts';
import type { SlotValues } from '../core/template.ts';
import { deadline } from '../core/time.ts';
import type { Workflow } from '../core/workflow.ts';
import type { ImageInput } from '../templates/fill.ts';
import type { JobRoom } from './live-job.ts';
import { retry } from './retry.ts';

export interface JobRequest {
  caller: Caller;
  template: { name: string; version: string };
  values: SlotValues;
  mainSlot?: string | undefined;
  workflow: Workflow;
  images: ImageInput[];
  files: Record<string, MediaFile>;
  outputNodes?: string[] | undefined;
  trial?: boolean | undefined;
  reply: Json;
}

/** A job that is written down, and begins once its person has been told so. */
export interface NotedJob {
  /** Resolves once the job is durable with its reply, and waits its turn. Rejects with EaselError `store-failed`. */
  accept(reply: Json): Promise<Job>;
  /** Forgets it: the person was told that it comes to nothing. */
  drop(): Promise<void>;
}

export interface Intake {
  /** Resolves once the record is durable; rejects with EaselError `store-failed`. It arrives until `arrived`. */
  write(request: JobRequest, unclaimed?: boolean): Promise<Job>;
  note(request: JobRequest): Promise<NotedJob>;
  /** Finds out what became of a noted job whose process died. Never rejects. */
  claim(job: Job): Promise<void>;
  /** Who has something arriving in a guild: it counts against the caps already. */
  arriving(guild: string): Caller[];
  arrived(id: string): void;
  /** New jobs queue after this one. */
  after(job: Job): void;
  /** It came in while the store was being read, which may have met it. */
  isEarly(id: string): boolean;
  /** The store has been read. */
  opened(): void;
}

/** `begin` takes a job that is durable and has its reply. */
export function createIntake(room: JobRoom, begin: (job: Job) => void): Intake {
  const { store, audience, clock, timing, halt, log } = room;
  const arriving = new Map<string, Caller>();
  const early = new Set<string>();
  let isOpen = false;
  let lastQueued = 0;

  function create({ caller, files: _files, ...request }: JobRequest): Job {
    const { guild, user, platform, locale, place } = caller;
    const queued = Math.max(clock.now(), lastQueued + 1);
    lastQueued = queued;
    return {
      ...request,
      id: crypto.randomUUID(),
      guild,
      user,
      platform,
      locale,
      place,
      backend: room.backend.name,
      state: 'queued',
      attempts: 0,
      delivered: 0,
      times: { queued },
    };
  }

  async function accept(job: Job, reply: Json): Promise<Job> {
    const accepted: Job = { ...job, reply, unclaimed: undefined };
    await store.save(accepted);
    begin(accepted);
    return accepted;
  }

  const intake: Intake = {
    async write(request, unclaimed) {
      const job: Job = { ...create(request), ...(unclaimed && { unclaimed }) };
      arriving.set(job.id, request.caller);
      if (!isOpen) early.add(job.id);
      try {
        for (const [slot, file] of Object.entries(request.files)) await store.saveInput(job.id, slot, file);
        await store.save(job);
        return job;
      } catch (error) {
        arriving.delete(job.id);
        throw error;
      }
    },
    async note(request) {
      const job = await intake.write(request, true);
      return {
        accept: (reply) => accept(job, reply),
        async drop() {
          arriving.delete(job.id);
          await store.forget(job);
        },
      };
    },
    async claim(job) {
      const facts = { job: job.id, guild: job.guild, platform: job.platform };
      try {
        const reply = await retry(() => audience.claim(job, deadline(timing.callMs, halt)), {
          tries: timing.deliverTries,
          timing,
          clock,
          signal: halt,
          retryable: () => true,
          onRetry: (error, attempt) => log.warn({ ...facts, attempt, err: error }, 'reply not claimed'),
        });
        if (reply !== undefined) return void (await accept(job, reply));
        log.info(facts, 'a job that nobody was told of is forgotten');
        await store.forget(job);
      } catch (error) {
        if (!halt.aborted) log.error({ ...facts, err: error }, 'reply not claimed, left in the store');
      }
    },
    arriving: (guild) => [...arriving.values()].filter((caller) => caller.guild === guild),
    arrived: (id) => void arriving.delete(id),
    after: ({ times }) => {
      lastQueued = Math.max(lastQueued, times.queued);
    },
    isEarly: (id) => early.has(id),
    opened() {
      isOpen = true;
      early.clear();
    },
  };
  return intake;
}
