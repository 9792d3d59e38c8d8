/**
 * A job's runs after its first. The backend knows the first one under the job's own id, so another one has an id of its own.
 * Why there is one, and what it is called, is written down before it is sent: a crash in between neither loses it nor makes it
 * twice.
 */
import type { Job, JobEnd } from './job.ts';
import type { Output } from './run.ts';

/** The prompt id of its present run. */
export function runIdOf({ id, rerun }: Pick<Job, 'id' | 'rerun'>): string {
  return rerun?.id ?? id;
}

/** Whether one more run may bring back what is gone: once, and only while nothing of the reply is there. */
export function mayRunAnew({ rerun, delivered, cancelledBy }: Job): boolean {
  return rerun?.gone === undefined && delivered === 0 && cancelledBy === undefined;
}

/** Of `outputs` those at `at` are gone; `id` is the prompt id of the run that is to bring them back. */
export interface Anew {
  id: string;
  outputs: Output[];
  at: number[];
}

/** As it waits for that run. */
export function requestAnew(job: Job, { id, outputs, at }: Anew): void {
  const nodes = [...new Set(at.flatMap((place) => outputs[place]?.node ?? []))];
  job.rerun = { ...job.rerun, id, gone: { outputs, at, nodes } };
  job.end = undefined;
  job.promptId = undefined;
  job.ranMs = undefined;
  job.times.done = undefined;
}

/**
 * The end of a job that ran anew: in place of what was gone comes what its node has made now, and all else stays where it was,
 * as it may have been fetched by its place already. Where the run came to nothing, what is left of the one before is the result.
 */
export function settled(job: Job, end: JobEnd): JobEnd {
  const { gone } = job.rerun ?? {};
  if (!job.rerun || !gone?.outputs) return end;
  const { outputs: before, ...facts } = gone;
  const remade = end.kind === 'succeeded';
  job.rerun = { ...job.rerun, gone: { ...facts, ...(remade && { remade }) } };
  switch (end.kind) {
    case 'succeeded':
      return { kind: 'succeeded', outputs: replaced(before, gone.at, end.outputs) };
    case 'failed':
      return gone.at.length < before.length
        ? { kind: 'succeeded', outputs: before }
        : { kind: 'failed', problem: end.problem };
    case 'cancelled':
      return end;
  }
}

/** The n-th file of a node takes the place of its n-th. */
function replaced(before: readonly Output[], at: readonly number[], now: readonly Output[]): Output[] {
  return before.map((output, place) => {
    if (!at.includes(place)) return output;
    const nth = before.slice(0, place).filter(({ node }) => node === output.node).length;
    return now.filter(({ node }) => node === output.node)[nth] ?? output;
  });
}
