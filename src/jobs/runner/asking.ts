/** One call of the backend within its time: one that takes longer is the backend's silence, not a fault of ours. */
import { EaselError } from '../../core/errors.ts';
import { within } from '../../core/time.ts';
import type { JobDeps } from '../live-job.ts';

/** Rejects as `work` does, with a signal's reason when that is aborted, or after `ms` with EaselError `backend-timeout`. */
export async function asking<T>(
  { backend }: Pick<JobDeps, 'backend'>,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  ...signals: AbortSignal[]
): Promise<T> {
  try {
    return await within(ms, work, ...signals);
  } catch (error) {
    for (const signal of signals) signal.throwIfAborted();
    const late = error instanceof Error && error.name === 'TimeoutError';
    throw late ? new EaselError({ code: 'backend-timeout', backend: backend.name }, { cause: error }) : error;
  }
}
