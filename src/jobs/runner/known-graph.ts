/** A job's graph, for what is shown of it: what can't be read has no names and no progress, and the run goes on. */
import type { Workflow } from '../../core/workflow.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';

/** Empty when it can't be read, which is logged. Never rejects. */
export async function knownGraph(
  live: LiveJob,
  { store, log }: Pick<JobDeps, 'store' | 'log'>,
): Promise<Workflow> {
  try {
    return (await store.graphOf(live.job)).workflow;
  } catch (error) {
    log.warn({ ...live.facts(), err: error }, 'nothing to show of its graph');
    return {};
  }
}
