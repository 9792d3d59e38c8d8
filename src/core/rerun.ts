/**
 * A job's runs after its first. The backend knows the first one under the job's own id, so another one has an id of its own.
 * Why there is one, and what it is called, is written down before it is sent: a crash in between neither loses it nor makes it
 * twice.
 */
import type { Job } from './job.ts';

/** The prompt id of its present run. */
export function runIdOf({ id, rerun }: Pick<Job, 'id' | 'rerun'>): string {
  return rerun?.id ?? id;
}
