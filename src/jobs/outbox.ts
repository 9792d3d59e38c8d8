/**
 * Fetched files of jobs whose final reply is not made yet, on disk: a chat that is away for hours costs no memory, and
 * what was fetched is not fetched again, by the next process neither. A folder a job, two files an output.
 */
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { parseJson, writeJson } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import type { MediaFile } from '../core/run.ts';

export interface Outbox {
  /** Keeps an output's file. What cannot be kept, on a full disk or beyond the budget, is logged and fetched again. */
  put(job: string, index: number, file: MediaFile): Promise<void>;
  /** Undefined: not there, or not whole. */
  get(job: string, index: number): Promise<MediaFile | undefined>;
  /** Forgets a job's files. Never rejects. */
  drop(job: string): Promise<void>;
  /** At the start: forgets all jobs but these, whose processes died before they could. Never rejects. */
  keepOnly(jobs: ReadonlySet<string>): Promise<void>;
}

/** In bytes, for all jobs together. */
const BUDGET = 4 * 1024 ** 3;

const About = z.object({ name: z.string(), type: z.string(), size: z.number() });

/** In `directory`, which is made when it is needed. */
export function createOutbox(directory: string, log: Log, budget = BUDGET): Outbox {
  /** Bytes by job. */
  const kept = new Map<string, number>();
  let total = 0;

  const about = (job: string, index: number) => join(directory, job, `${index}.json`);
  const bytesOf = (job: string, index: number) => join(directory, job, `${index}.bin`);

  function count(job: string, bytes: number): void {
    kept.set(job, (kept.get(job) ?? 0) + bytes);
    total += bytes;
  }

  async function drop(job: string): Promise<void> {
    total -= kept.get(job) ?? 0;
    kept.delete(job);
    try {
      await rm(join(directory, job), { recursive: true, force: true });
    } catch (error) {
      log.warn({ job, err: error }, 'fetched files could not be removed');
    }
  }

  return {
    drop,
    async put(job, index, { name, type, bytes }) {
      const size = bytes.byteLength;
      if (total + size > budget) {
        log.warn({ job, size, total }, 'outbox full, a file will be fetched again');
        return;
      }
      count(job, size);
      try {
        await mkdir(join(directory, job), { recursive: true });
        await writeWhole(bytesOf(job, index), bytes);
        // last, so that what it speaks of is there
        await writeWhole(about(job, index), writeJson({ name, type, size }));
      } catch (error) {
        count(job, -size);
        log.warn({ job, err: error }, 'a fetched file could not be kept');
      }
    },
    async get(job, index) {
      try {
        const { name, type, size } = About.parse(parseJson(await readFile(about(job, index), 'utf8')));
        const bytes = await readFile(bytesOf(job, index));
        return bytes.byteLength === size ? { name, type, bytes } : undefined;
      } catch (error) {
        if (!isAbsent(error)) log.warn({ job, err: error }, 'a fetched file could not be read');
        return undefined;
      }
    },
    async keepOnly(jobs) {
      try {
        const found = await readdir(directory);
        for (const job of found) {
          if (jobs.has(job)) count(job, await sizeOf(join(directory, job)));
          else await drop(job);
        }
      } catch (error) {
        if (!isAbsent(error)) log.warn({ err: error }, 'the outbox could not be looked through');
      }
    },
  };
}

/** A process that dies leaves the old file, the new one, or one that nobody looks for. */
async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  await writeFile(`${path}.part`, content);
  await rename(`${path}.part`, path);
}

async function sizeOf(folder: string): Promise<number> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
