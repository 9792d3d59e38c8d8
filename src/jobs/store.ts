/** Durable job records: unfinished jobs, ended ones (kept for a while) and attached images. */
import { isEnded, type EndedJob, type Job } from '../core/job.ts';
import type { Hold } from '../core/standing.ts';
import type { Log } from '../core/log.ts';
import type { MediaFile } from '../core/run.ts';
import type { Workflow } from '../core/workflow.ts';
import { openTables } from '../store/index.ts';
import type { Filled, Filling } from '../templates/fill.ts';
import { createGraphs } from './graphs.ts';
import { EndedRecord, HoldRecord, InputRecord, JobRecord } from './schema.ts';
import { JOB_TABLES } from './tables.ts';

export interface JobStore {
  /** Resolves once the store has acknowledged the record; throws EaselError `store-failed` otherwise. */
  save(job: Job): Promise<void>;
  /** Resolves once its graph is there, before the first record that names it. Throws EaselError `store-failed`. */
  saveGraph(job: Job, graph: Workflow, filling: Filling): Promise<void>;
  /** The job's own graph. Throws EaselError `record-unreadable`, `store-failed`. */
  graphOf(job: Job): Promise<Pick<Filled, 'workflow' | 'images'>>;
  /** Undefined when unknown or forgotten. */
  load(id: string): Promise<EndedJob | undefined>;
  /** Every unfinished job, oldest first. A corrupt record is logged and left in place. */
  unfinished(): Promise<Job[]>;
  /** A guild's jobs, unfinished and ended ones; a corrupt record is passed over. Rejects with `store-failed`. */
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

/** What finds a job that is to be forgotten, ended or not. */
export type StoredJob = Pick<EndedJob, 'id' | 'end'> & Pick<Job, 'unclaimed'>;

/** The one that there is. */
const BACKEND = 'backend';

/** How long an ended job's record is kept, in ms: its buttons go on working for this long. */
const KEEP_ENDED_MS = 30 * 24 * 3600 * 1000;

/** `uri` is `sqlite://PATH`. Throws EaselError `store-failed` when the database cannot be opened or written. */
export async function openJobStore(uri: string, log: Log): Promise<JobStore> {
  const tables = await openTables(uri, JOB_TABLES, log);
  const { active, ended, inputs, holds } = tables;
  const graphs = createGraphs(tables.graphs, tables.fillings, log);

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
      await active.delete(id);
      await ended.delete(id);
      await graphs.release(id);
    },
    async *of(guild) {
      for await (const [, value] of active.entries()) {
        const record = JobRecord.safeParse(value);
        if (record.data?.guild === guild) yield record.data;
      }
      for await (const [, value] of ended.entries()) {
        const record = EndedRecord.safeParse(value);
        if (record.data?.guild === guild) yield record.data;
      }
    },
    async load(id) {
      const unfinished = await active.get(id);
      if (unfinished !== undefined) return JobRecord.parse(unfinished);
      const over = await ended.get(id);
      return over === undefined ? undefined : EndedRecord.parse(over);
    },
    async unfinished() {
      const jobs: Job[] = [];
      for await (const [key, value] of active.entries()) {
        const record = JobRecord.safeParse(value);
        if (record.success) jobs.push(record.data);
        else log.error({ job: key, err: record.error }, 'corrupt job record left in place');
      }
      for (const job of jobs) graphs.need(job);
      await graphs.sweep();
      return jobs.toSorted((a, b) => a.times.queued - b.times.queued);
    },
    async handOverInputs(take) {
      for await (const [key, value] of inputs.entries()) {
        const record = InputRecord.safeParse(value);
        const [job = '', slot = ''] = key.split('/');
        if (!record.success) log.error({ job, slot, err: record.error }, 'corrupt picture passed over');
        else {
          const { name, type, base64 } = record.data;
          await take(job, slot, { name, type, bytes: Buffer.from(base64, 'base64') });
        }
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

function endedOf({ end, ...job }: Job): EndedJob {
  const { id, guild, user, platform, place, template, values, images, trial, state, times } = job;
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
    state,
    times,
    end: end?.kind === 'succeeded' ? { kind: 'succeeded' } : end,
  };
}
