/** Durable job records: unfinished jobs with their graphs, and ended ones (kept for a while). Files lie elsewhere: `job-files`. */
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import { isEnded, type EndedJob, type Job } from '../../core/job.ts';
import type { Hold } from '../../core/standing.ts';
import type { Log } from '../../core/log.ts';
import type { MediaFile } from '../../core/run.ts';
import type { Workflow } from '../../core/workflow.ts';
import { openTables } from '../../store/index.ts';
import type { Filled, Filling } from '../../templates/fill.ts';
import { createAside } from './aside.ts';
import { isLeftOut } from '../delivery/crowd-size.ts';
import { createGraphs } from './graphs.ts';
import { salvaged } from './salvage.ts';
import { EndedRecord, HoldRecord, InputRecord, JobRecord } from './schema.ts';
import { JOB_TABLES } from './tables.ts';

export interface JobStore {
  /** Resolves once the store has acknowledged the record; throws EaselError `store-failed` otherwise. */
  save(job: Job): Promise<void>;
  /** Resolves once its graph is there, before the first record that names it. Throws EaselError `store-failed`. */
  saveGraph(job: Job, graph: Workflow, filling: Filling): Promise<void>;
  /** The job's own graph. Throws EaselError `record-unreadable`, `store-failed`. */
  graphOf(job: Job): Promise<Pick<Filled, 'workflow' | 'images' | 'inputs'>>;
  /** Undefined when unknown or forgotten. Throws EaselError `record-unreadable`, `store-failed`. */
  load(id: string): Promise<EndedJob | undefined>;
  /**
   * Every unfinished job, oldest first. Of a damaged record, which is logged, as much as is needed to tell its person so;
   * one that does not say whose it is has been set aside. Rejects with `store-failed`.
   */
  unfinished(): Promise<Job[]>;
  /**
   * Whether there is a record of an unfinished job, whatever it says, in its place or set aside; undefined: none. Rejects
   * with `store-failed`.
   */
  knows(id: string): Promise<'unfinished' | 'aside' | undefined>;
  /** Puts an unfinished one out of the way that nobody can be told of. Never rejects. */
  setAside(id: string): Promise<void>;
  /** A guild's jobs, unfinished and ended ones, damaged ones too that say whose they are. Rejects with `store-failed`. */
  of(guild: string): AsyncIterable<StoredJob>;
  /** Forgets a job. What cannot be forgotten is logged and stays. */
  forget(id: string): Promise<void>;
  /** Hands over the pictures that an older version kept here; each is deleted once `take` has it. Rejects as `take` does. */
  handOverInputs(take: (job: string, slot: string, file: MediaFile) => Promise<void>): Promise<void>;
  /** What holds the backend; undefined when nothing does any more. Throws EaselError `store-failed`. */
  saveHold(hold: Hold | undefined): Promise<void>;
  /** Undefined also for a damaged record, which is logged. */
  loadHold(): Promise<Hold | undefined>;
  close(): Promise<void>;
}

/** What finds a job that is to be forgotten. `coming`: it is not settled yet whether it begins. */
export interface StoredJob {
  id: string;
  coming: boolean;
}

/** As much of a record as that takes, however damaged the rest. */
const Stub = z.object({
  guild: z.string(),
  unclaimed: z.boolean().catch(false),
  end: z.unknown().optional(),
});

/** The one that there is. */
const BACKEND = 'backend';

/** How long an ended job's record is kept, in ms: its buttons go on working for this long. */
const KEEP_ENDED_MS = 30 * 24 * 3600 * 1000;

/** `uri` is `sqlite://PATH`. Throws EaselError `store-failed` when the database cannot be opened or written. */
export async function openJobStore(uri: string, log: Log): Promise<JobStore> {
  const tables = await openTables(uri, JOB_TABLES, log);
  const { active, ended, inputs, holds } = tables;
  const graphs = createGraphs(tables.graphs, tables.fillings, log);
  const aside = createAside(tables.unreadable, log);

  async function putAside(id: string, record: unknown): Promise<void> {
    try {
      const text = await active.text(id);
      if (text === undefined || !(await aside.put(id, record, text))) return;
      await active.delete(id);
      await graphs.release(id);
    } catch (error) {
      log.error({ job: id, err: error }, 'unreadable job record left in place');
    }
  }

  return {
    async save(job) {
      if (!isEnded(job.state)) return active.set(job.id, job);
      // nobody replies to it any more, the address may hold a token, and its graph is another's or none's
      await ended.set(job.id, endedOf(job), KEEP_ENDED_MS);
      await active.delete(job.id);
      await graphs.release(job.id);
    },
    saveGraph: (job, graph, filling) => graphs.keep(job, graph, filling),
    graphOf: (job) => graphs.of(job),
    async forget(id) {
      for (const table of [active, ended, aside]) await table.delete(id);
      await graphs.release(id);
    },
    async *of(guild) {
      for (const table of [active, ended])
        for await (const [id, value] of table.entries()) {
          const stub = Stub.safeParse(value).data;
          if (stub?.guild === guild) yield { id, coming: stub.unclaimed && stub.end === undefined };
        }
      for await (const id of aside.of(guild)) yield { id, coming: false };
    },
    async load(id) {
      const unfinished = await active.get(id);
      if (unfinished !== undefined)
        return JobRecord.safeParse(unfinished).data ?? known(salvaged(id, unfinished));
      const over = await ended.get(id);
      return over === undefined ? undefined : known(EndedRecord.safeParse(over).data);
    },
    async unfinished() {
      const jobs: Job[] = [];
      const lost: [id: string, value: unknown][] = [];
      for await (const [id, value] of active.entries()) {
        const record = JobRecord.safeParse(value);
        const job = record.data ?? salvaged(id, value);
        if (!record.success) log.error({ job: id, err: record.error }, 'unreadable job record');
        if (job) jobs.push(job);
        else lost.push([id, value]);
      }
      // together, so that the disk is waited for once
      await Promise.all(lost.map(([id, value]) => putAside(id, value)));
      for (const job of jobs) graphs.need(job);
      await graphs.sweep();
      return jobs.toSorted((a, b) => a.times.queued - b.times.queued);
    },
    async knows(id) {
      if ((await active.text(id)) !== undefined) return 'unfinished';
      return (await aside.has(id)) ? 'aside' : undefined;
    },
    setAside: async (id) => putAside(id, await active.get(id).catch(() => undefined)),
    async handOverInputs(take) {
      for await (const [key, value] of inputs.entries()) {
        const record = InputRecord.safeParse(value);
        const [, job, slot] = /^([-\w]+)\/([^/]+)$/.exec(key) ?? [];
        if (record.success && job !== undefined && slot !== undefined) {
          const { name, type, base64 } = record.data;
          await take(job, slot, { name, type, bytes: Buffer.from(base64, 'base64') });
        } else log.error({ picture: key, err: record.error }, 'corrupt picture passed over');
        await inputs.delete(key);
      }
    },
    async saveHold(hold) {
      if (hold) await holds.set(BACKEND, hold);
      else await holds.delete(BACKEND);
    },
    async loadHold() {
      const found = await holds.get(BACKEND);
      if (found === undefined) return undefined;
      const record = HoldRecord.safeParse(found);
      if (!record.success) log.error({ err: record.error }, 'corrupt record of a hold passed over');
      return record.data;
    },
    async close() {
      for (const table of Object.values(tables)) await table.close();
    },
  };
}

function known<T>(record: T | undefined): T {
  if (record === undefined) throw new EaselError({ code: 'record-unreadable' });
  return record;
}

function endedOf({ end, ...job }: Job): EndedJob {
  const { id, guild, user, platform, place, template, values, images, trial, state, times, all } = job;
  const leftOut = end?.kind === 'succeeded' && all !== true && isLeftOut(end.outputs);
  return {
    id,
    guild,
    user,
    platform,
    place,
    template,
    values,
    images,
    trial,
    all,
    state,
    times,
    end: end?.kind === 'succeeded' ? { kind: 'succeeded', ...(leftOut && { outputs: end.outputs }) } : end,
  };
}
