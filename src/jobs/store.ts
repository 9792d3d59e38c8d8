/**
 * Durable job records through keyv: unfinished jobs, ended ones (kept for a while) and attached images. One process
 * owns the store, and within it each key has one writer, since keyv has no compare-and-set.
 */
import { KeyvSqlite } from '@keyv/sqlite';
import { Keyv } from 'keyv';
import { EaselError } from '../core/errors.ts';
import { isEnded, type Job } from '../core/job.ts';
import { parseJson, writeJson } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import type { MediaFile } from '../core/run.ts';
import { InputRecord, JobRecord } from './schema.ts';

export interface JobStore {
  /** Resolves once the store has acknowledged the record; throws EaselError `store-failed` otherwise. */
  save(job: Job): Promise<void>;
  /** Undefined when unknown or forgotten. */
  load(id: string): Promise<Job | undefined>;
  /** Every unfinished job, oldest first. A corrupt record is logged and left in place. */
  unfinished(): Promise<Job[]>;
  saveInput(job: string, slot: string, file: MediaFile): Promise<void>;
  loadInput(job: string, slot: string): Promise<MediaFile | undefined>;
  deleteInputs(job: string, slots: string[]): Promise<void>;
  close(): Promise<void>;
}

/** How long an ended job's record is kept, in ms: its buttons go on working for this long. */
const KEEP_ENDED_MS = 30 * 24 * 3600 * 1000;

const BUSY_TIMEOUT_MS = 5000;

/** One row that is written and removed at start: a store that cannot be written is refused then, not at the first job. */
const PROBE = 'probe';

/** `uri` is `sqlite://PATH`. Throws EaselError `store-failed` when the database cannot be opened or written. */
export async function openJobStore(uri: string, log: Log): Promise<JobStore> {
  const [active, ended, inputs] = [
    open(uri, 'active', log),
    open(uri, 'ended', log),
    open(uri, 'inputs', log),
  ];
  await write(active, PROBE, null);
  await active.delete(PROBE);

  return {
    async save(job) {
      if (!isEnded(job.state)) return write(active, job.id, job);
      await write(ended, job.id, job, KEEP_ENDED_MS);
      await active.delete(job.id);
    },
    async load(id) {
      const found: unknown = (await active.get(id)) ?? (await ended.get(id));
      return found === undefined ? undefined : JobRecord.parse(found);
    },
    async unfinished() {
      const jobs: Job[] = [];
      for await (const [key, value] of active.iterator()) {
        const record = JobRecord.safeParse(value);
        if (record.success) jobs.push(record.data);
        else log.error({ job: key, err: record.error }, 'corrupt job record left in place');
      }
      return jobs.toSorted((a, b) => a.times.queued - b.times.queued);
    },
    async saveInput(job, slot, { name, type, bytes }) {
      await write(inputs, `${job}/${slot}`, { name, type, base64: Buffer.from(bytes).toString('base64') });
    },
    async loadInput(job, slot) {
      const found: unknown = await inputs.get(`${job}/${slot}`);
      if (found === undefined) return undefined;
      const { name, type, base64 } = InputRecord.parse(found);
      return { name, type, bytes: Buffer.from(base64, 'base64') };
    },
    async deleteInputs(job, slots) {
      for (const slot of slots) await inputs.delete(`${job}/${slot}`);
    },
    async close() {
      for (const keyv of [active, ended, inputs]) await keyv.disconnect();
    },
  };
}

/** A table each: two Keyvs on one adapter would share the namespace that was set last (keyv 6.1.0). */
function open(uri: string, table: string, log: Log): Keyv {
  const store = new KeyvSqlite({
    uri,
    table,
    driver: 'node:sqlite',
    wal: true,
    busyTimeout: BUSY_TIMEOUT_MS,
  });
  const keyv = new Keyv({ store, serialization: { stringify: writeJson, parse: parseStored } });
  // without a listener the error would be thrown from an event; with one, a failed write answers `false`
  keyv.on('error', (error: unknown) => log.error({ err: error, table }, 'store error'));
  return keyv;
}

async function write(keyv: Keyv, key: string, value: unknown, ttl?: number): Promise<void> {
  const acknowledged = await keyv.set(key, value, ttl);
  if (!acknowledged) throw new EaselError({ code: 'store-failed' });
}

/** keyv declares `parse` as generic; every value is checked by a schema when it is read. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion, typescript/no-unnecessary-type-parameters -- keyv's signature
const parseStored = <T>(text: string): T => parseJson(text) as T;
