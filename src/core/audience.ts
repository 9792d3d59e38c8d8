/** The port through which a job reaches the person who asked for it; implemented by commands/ over the platforms. */
import type { Problem } from './errors.ts';
import type { Job } from './job.ts';
import type { Json } from './json.ts';
import type { Standing } from './standing.ts';
import type { StoredFile } from './files.ts';

/** A file that was made but could not be fetched: it is told in the reply. */
export interface MissingFile {
  name: string;
  problem: Problem;
}

export interface Delivery {
  files: StoredFile[];
  texts: string[];
  missing: MissingFile[];
  /** There are more than are posted: how many are, of how many. */
  crowd?: { shown: number; of: number } | undefined;
  /**
   * Our own rendering or disk has failed with more than this: `plain`, without formatting; `words`, without files too;
   * `note`, a fixed sentence.
   */
  body?: 'plain' | 'words' | 'note' | undefined;
  /** Called after each message of the final reply has been accepted by the platform; resolves once it is stored. */
  sent: (count: number) => Promise<void>;
}

export interface Audience {
  /** Shows where the job stands. Never waits and never throws; only the latest is sure to be seen. */
  show(job: Job, standing: Standing): void;
  /**
   * Makes the final reply of `job.end`. Resolves when the platform has accepted it; throws `Refused` when no way was
   * left that it would take, and anything else when it may be tried again.
   */
  deliver(job: Job, delivery: Delivery, signal: AbortSignal): Promise<void>;
  /**
   * For a job that was written down by a process that died before it knew the reply: resolves to where the reply is,
   * or to undefined when the person was never told that the job was accepted. Rejects when the platform does not say.
   */
  claim(job: Job, signal: AbortSignal): Promise<Json | undefined>;
  /** The cheapest question that tells whether a platform answers; rejects when it does not. */
  check(platform: string, signal: AbortSignal): Promise<void>;
  /** A platform on which many files crowd nobody out. */
  takesAll(platform: string): boolean;
  /** Whether the platform can tell from a job's record where its reply is. */
  reaches(job: Job): boolean;
  /** False when the job's platform is not running in this process: its jobs are left for a process that has it. */
  knows(platform: string): boolean;
}
