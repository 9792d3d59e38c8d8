/**
 * How jobs come in: written down before anybody is told, and claimed by the next process when theirs died before it
 * knew what its person had been told.
 */
import type { Caller } from '../../core/caller.ts';
import { rankOf } from '../../core/rank.ts';
import type { Job, Shrunk } from '../../core/job.ts';
import type { Json } from '../../core/json.ts';
import type { MediaFile, Output } from '../../core/run.ts';
import type { SlotValues } from '../../core/template.ts';
import { EaselError } from '../../core/errors.ts';
import { backoff, within } from '../../core/time.ts';
import type { Workflow } from '../../core/workflow.ts';
import type { Filling } from '../../templates/fill.ts';
import { requireMayCancel } from './cancel.ts';
import { graphKey } from '../store/graphs.ts';
import { dropFiles, inputKey, saveInput } from '../job-files.ts';
import type { JobDeps } from '../live-job.ts';
import { createStretch } from '../outages/stretch.ts';
import { attachedBytes, type WaitingRoom } from './waiting-room.ts';

export interface JobRequest extends Filling {
  caller: Caller;
  template: Job['template'];
  values: SlotValues;
  /** As `Job.taken`. */
  taken?: string[] | undefined;
  mainSlot?: string | undefined;
  /** Its template's. */
  graph: Workflow;
  files: Record<string, MediaFile>;
  /** As `Job.shrunk`. */
  shrunk?: Shrunk[] | undefined;
  /** As `Job.mayName`; default: none. */
  mayName?: string[] | undefined;
  outputNodes?: string[] | undefined;
  runLimitMinutes?: number | undefined;
  trial?: boolean | undefined;
  draft?: string | undefined;
  /** What has been made already: nothing is run, it is only posted, however much it is. */
  outputs?: Output[] | undefined;
  reply: Json;
}

/** A job that is written down, and begins once its person has been told so. */
export interface NotedJob {
  /** Resolves once the job is durable with its reply, and waits its turn. Rejects with EaselError `store-failed`. */
  accept(reply: Json): Promise<Job>;
  /** Forgets it: the person was told that it comes to nothing. */
  drop(): Promise<void>;
  /** The platform did not answer: finds out, as long as it takes, what its person was told, and goes on from there. */
  claim(): void;
}

export interface Intake {
  /** Resolves once the record is durable; rejects with EaselError `store-failed`. It counts as waiting meanwhile. */
  write(request: JobRequest, unclaimed?: boolean): Promise<Job>;
  note(request: JobRequest): Promise<NotedJob>;
  /** Finds out what became of a noted job whose process died. Never rejects. */
  claim(job: Job): Promise<void>;
  /** Gives up finding out what became of those of a platform that were noted by then, in ms since 1970. */
  abandon(platform: string, before: number): void;
  /** Those of which it is not settled yet whether they begin. */
  coming: () => Iterable<Job>;
  /** One of those is over as soon as it begins. Undefined: there is no such one. Throws EaselError `not-yours`. */
  cancel(id: string, caller: Caller): Promise<Job | undefined>;
  /** New jobs queue after this one. */
  after(job: Job): void;
  /** It came in while the store was being read, which may have met it. */
  isEarly: (id: string) => boolean;
  /** The store has been read. */
  opened(): void;
}

/** `begin` takes a job that is durable and has its reply; `track` a task that a stop waits for. */
export function createIntake(
  deps: JobDeps,
  line: WaitingRoom,
  begin: (job: Job) => void,
  track: (task: Promise<void>) => void,
): Intake {
  const { store, files, audience, clock, timing, halt, log, onEnd } = deps;
  const early = new Set<string>();
  const coming = new Map<string, Job>();
  /** What is being found out. */
  const claiming = new Map<Job, AbortController>();
  let isOpen = false;
  let lastQueued = 0;

  function create(asked: JobRequest): Job {
    const { caller, files: attached, graph, images, outputs, ...rest } = asked;
    // what fills its graph is stored beside that
    const { changes: _changes, inputs: _inputs, ...request } = rest;
    const { guild, user, platform, locale, channel } = caller;
    const rank = rankOf(caller);
    const queued = Math.max(clock.now(), lastQueued + 1);
    lastQueued = queued;
    const inputBytes = attachedBytes(attached);
    return {
      ...request,
      graph: graphKey(graph),
      images: images.map(({ slot, type }) => ({ slot, ...(type && { type }) })),
      mayName: request.mayName ?? [],
      id: crypto.randomUUID(),
      guild,
      user,
      platform,
      locale,
      ...(rank !== 'person' && { rank }),
      place: channel,
      backend: deps.backend.name,
      state: 'queued',
      ...(outputs && made(outputs)),
      attempts: 0,
      ...(inputBytes > 0 && { inputBytes }),
      delivered: 0,
      times: { queued },
    };
  }

  async function accept(job: Job, reply: Json): Promise<Job> {
    const accepted: Job = { ...job, reply, unclaimed: undefined };
    await store.save(accepted);
    coming.delete(job.id);
    // it may have been said while that was written
    accepted.cancelledBy = job.cancelledBy;
    begin(accepted);
    return accepted;
  }

  /** Rejects when the platform refuses to say, or does not for a day. */
  async function askFor(
    job: Job,
    abandoned: AbortSignal,
    facts: Record<string, unknown>,
  ): Promise<Json | undefined> {
    const desk = deps.desk(job.platform);
    const stretch = createStretch(clock, 2 * timing.deliverCapMs);
    for (let failures = 0; ; failures += 1) {
      const pass = await within(Infinity, (until) => desk.enter(job.times.queued, until), halt, abandoned);
      try {
        const reply = await within(timing.callMs, (limit) => audience.claim(job, limit), halt);
        pass.leave('well');
        return reply;
      } catch (error) {
        const blame = halt.aborted ? undefined : await desk.blame(error);
        pass.leave(blame === 'final' ? 'well' : 'ill');
        halt.throwIfAborted();
        log.warn({ ...facts, failures, blame, err: error }, 'reply not claimed, trying again');
        const late = clock.now() - job.times.queued >= timing.deliverForMs;
        if (blame === 'final' || (late && stretch.asked() >= timing.stretchMs)) throw error;
        if (blame === 'own')
          await clock.sleep(backoff(failures, timing.retryBaseMs, timing.deliverCapMs), halt);
      }
    }
  }

  function leave({ id }: Job): void {
    line.remove(id);
    coming.delete(id);
  }

  /** Nobody can be told any more; who runs Easel sees it among the failures. */
  async function giveUp(job: Job): Promise<void> {
    leave(job);
    const { problem } = new EaselError({ code: 'delivery-failed' });
    const now = clock.now();
    const ended: Job = { ...job, state: 'failed', end: { kind: 'failed', problem } };
    ended.times = { ...job.times, done: now, ended: now };
    try {
      await store.save(ended);
      await dropFiles(files, job.id);
    } catch (error) {
      log.error({ job: job.id, err: error }, 'not stored'); // the next start tries again, with all that it needs
    }
    onEnd?.(ended);
  }

  async function forget({ id }: Job): Promise<void> {
    await store.forget(id);
    await dropFiles(files, id);
  }

  const intake: Intake = {
    async write(request, unclaimed) {
      const job: Job = { ...create(request), ...(unclaimed && { unclaimed }) };
      line.add(job.id, job, job.inputBytes ?? 0);
      if (!isOpen) early.add(job.id);
      try {
        const { graph, changes, images, inputs } = request;
        await store.saveGraph(job, graph, { changes, images, ...(inputs && { inputs }) });
        for (const [slot, file] of Object.entries(request.files))
          await saveInput(files, inputKey(job.id, slot), file);
        await store.save(job);
        return job;
      } catch (error) {
        line.remove(job.id);
        await store.forget(job.id);
        await dropFiles(files, job.id);
        throw error;
      }
    },
    async note(request) {
      const job = await intake.write(request, true);
      coming.set(job.id, job);
      return {
        accept: (reply) => accept(job, reply),
        async drop() {
          leave(job);
          await forget(job);
        },
        claim: () => track(intake.claim(job)),
      };
    },
    async claim(job) {
      const facts = { job: job.id, guild: job.guild, platform: job.platform };
      const abandoned = new AbortController();
      claiming.set(job, abandoned);
      coming.set(job.id, job);
      line.add(job.id, job, job.inputBytes ?? 0);
      try {
        const reply = await askFor(job, abandoned.signal, facts);
        if (reply !== undefined) return void (await accept(job, reply));
        log.info(facts, 'a job that nobody was told of is forgotten');
        leave(job);
        await forget(job);
      } catch (error) {
        if (halt.aborted) return;
        log.error({ ...facts, err: error }, 'reply not claimed');
        await giveUp(job);
      } finally {
        claiming.delete(job);
      }
    },
    abandon(platform, before) {
      for (const [job, abandoned] of claiming)
        if (job.platform === platform && job.times.queued <= before) abandoned.abort();
    },
    coming: () => coming.values(),
    async cancel(id, caller) {
      const job = coming.get(id);
      if (!job) return undefined;
      requireMayCancel(job, caller);
      job.cancelledBy ??= caller.user;
      await store.save(job).catch((error: unknown) => log.error({ job: id, err: error }, 'not stored'));
      log.info({ job: id, guild: job.guild, by: caller.user }, 'cancel asked before it began');
      return job;
    },
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

/** A job of which nothing is left but to post it. */
function made(outputs: Output[]): Pick<Job, 'state' | 'end' | 'all'> {
  return { state: 'delivering', end: { kind: 'succeeded', outputs }, all: true };
}
