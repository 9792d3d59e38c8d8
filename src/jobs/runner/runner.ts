/** One job on the backend: handed over, followed, and again where the backend lost it; until its end is known. */
import { randomUUID } from 'node:crypto';
import { plus } from '../../core/cost.ts';
import { EaselError, problemOf, type Problem } from '../../core/errors.ts';
import { transition, type Job, type JobEnd } from '../../core/job.ts';
import type { RunEnd } from '../../core/run.ts';
import { within } from '../../core/time.ts';
import type { Workflow } from '../../core/workflow.ts';
import { confirming } from './confirming.ts';
import { followRun, tooLong } from './following.ts';
import { charge, handOver } from './hand-over.ts';
import { inTheirWords } from './in-slots.ts';
import { knownGraph } from './known-graph.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';
import { named } from './named.ts';
import { failedEnd, posted } from './saved.ts';
import { keepWhole, mayComeAgain, missedOf, problemOfMissed, withSent } from './sent.ts';
import { whyNothing } from './unmade.ts';

/**
 * Resolves to how the job ended, or that it goes back in line. Rejects only when the process is halting: the record says where to go on. `onSent` is
 * called each time that the backend has taken it.
 */
export async function runJob(live: LiveJob, deps: JobDeps, onSent: () => void): Promise<JobEnd | 'back'> {
  const { job, expired } = live;
  try {
    return await within(
      Infinity,
      (signal) => confirming(live, deps, signal, () => run(live, deps, signal, onSent)),
      deps.halt,
      expired.signal,
    );
  } catch (error) {
    deps.halt.throwIfAborted();
    deps.log.warn({ ...live.facts(), err: error }, 'job failed');
    if (job.cancelledBy !== undefined) return cancelledEnd(job);
    const graph = await knownGraph(live, deps);
    const before = unsentBefore(job);
    if (before) return succeeded(job, before, graph);
    const problem = await inTheirWords(problemOf(error, job.id), live, deps);
    return failedEnd(job, problem, withSent(job, [], graph), graph, deps.backend.knownNodes());
  }
}

async function run(
  live: LiveJob,
  deps: JobDeps,
  signal: AbortSignal,
  onSent: () => void,
): Promise<JobEnd | 'back'> {
  const { job } = live;
  const { backend, breaker, gate, clock, timing, log } = deps;
  // a record found as `submitting` may have been sent by the process that died
  let maybeSent = job.state === 'submitting';
  for (;;) {
    const { era } = gate;
    const handed = job.state === 'running' ? 'sent' : await handOver(live, deps, maybeSent, signal);
    if (handed === 'cancelled') return cancelledEnd(job);
    if (handed === 'back') return handed;
    onSent();
    const { end, overdue, innocent } = await followRun(live, deps, signal);
    job.cost = plus(job.cost, end.cost);
    if (end.kind !== 'lost') {
      const graph = await knownGraph(live, deps);
      const late = overdue && end.kind === 'cancelled' && job.cancelledBy === undefined && !job.rerun?.unsent;
      if (late) {
        const { problem } = tooLong((job.runLimitMinutes ?? 0) * 60_000 || timing.runLimitMs);
        return failedEnd(job, problem, withSent(job, end.outputs, graph), graph, backend.knownNodes());
      }
      if (crashedFirst(job, end) && !overdue) {
        charge(live, deps, new EaselError(end.problem));
        // a name of its own: under the old one the backend has the run over which it broke
        job.rerun = { ...job.rerun, id: randomUUID(), crashed: true };
        log.warn({ ...live.facts(), problem: end.problem }, 'the backend broke down, submitting it again');
        maybeSent = false;
        resubmit(job);
        continue;
      }
      const held = isUnbegun(end) && clock.now() - job.times.queued < timing.holdMs;
      if (held && job.cancelledBy === undefined) {
        await breaker.blame(new EaselError(end.problem));
        log.warn(live.facts(), 'the account may run nothing, submitting it again later');
      } else if (beginsAnew(job, end, graph))
        log.warn(live.facts(), 'pictures did not come over the socket, submitting it once more');
      else return jobEnd(live, end, deps, graph);
      maybeSent = false;
    } else {
      if (job.cancelledBy !== undefined) return cancelledEnd(job);
      // another backend that does not have it is not to blame
      const moved = gate.era !== era;
      if (!innocent && !moved)
        charge(live, deps, new EaselError({ code: 'run-lost', backend: backend.name }));
      log.warn({ ...live.facts(), innocent, moved }, 'the backend forgot the run, submitting it again');
      maybeSent = true;
    }
    resubmit(job);
  }
}

function resubmit(job: Job): void {
  job.promptId = undefined;
  job.ranMs = undefined;
  transition(job, 'submitting');
}

/** The backend broke down over it, for the first time. */
function crashedFirst({ cancelledBy, rerun }: Job, end: RunEnd): end is Failure {
  const crashed = end.kind === 'failure' && end.problem.code === 'backend-crashed';
  return crashed && cancelledBy === undefined && rerun?.crashed === undefined;
}

type Failure = Extract<RunEnd, { kind: 'failure' }>;

/** Taken, and then refused for the account's sake before it began: as if it had been refused at once. */
function isUnbegun(end: RunEnd): end is Failure {
  return end.kind === 'failure' && end.problem.code === 'subscription-inactive';
}

/** As its person was told already, if they were. */
function cancelledEnd({ end, delivered }: Job): JobEnd {
  return delivered > 0 && end?.kind === 'cancelled' ? end : { kind: 'cancelled' };
}

function jobEnd(
  { job }: LiveJob,
  end: Exclude<RunEnd, { kind: 'lost' }>,
  { backend }: JobDeps,
  graph: Workflow,
): JobEnd {
  // also when it ran to its end all the same: who cancelled does not want to see it
  if (job.cancelledBy !== undefined) return cancelledEnd(job);
  if (end.kind === 'success') return succeeded(job, end, graph);
  const before = unsentBefore(job);
  if (before) return succeeded(job, before, graph);
  const problem: Problem = end.kind === 'failure' ? named(end.problem, graph) : { code: 'interrupted' };
  return failedEnd(job, problem, withSent(job, end.outputs, graph), graph, backend.knownNodes());
}

/** The run before it went well, and what it left is there, but for pictures that did not come. */
function unsentBefore({ rerun }: Job): Made | undefined {
  return rerun?.gone?.outputs ? undefined : rerun?.unsent;
}

type Made = Pick<Extract<RunEnd, { kind: 'success' }>, 'outputs' | 'cached'>;

/** Of a run that went well. Notes in the job what of it did not come. */
function succeeded(job: Job, { outputs: told, cached }: Made, graph: Workflow): JobEnd {
  const missed = missedOf(job, told, graph);
  if (missed.length > 0) job.missed = missed;
  const outputs = posted(withSent(job, told, graph), job.outputNodes);
  if (outputs.length > 0) return { kind: 'succeeded', outputs, cached };
  const [first] = missed;
  const problem = first ? problemOfMissed(job, first) : whyNothing(job);
  return { kind: 'failed', problem: problem ?? { code: 'no-outputs' } };
}

/**
 * Whether it is made once more, under an id of its own: a server that is asked for an id tells of the run that has ended
 * before it tells of one that runs. Notes in the job that it is, so that nobody does so twice.
 */
function beginsAnew(job: Job, end: RunEnd, graph: Workflow): boolean {
  if (end.kind !== 'success' || job.rerun?.unsent || job.cancelledBy !== undefined) return false;
  const missed = missedOf(job, end.outputs, graph);
  if (!missed.some((one) => mayComeAgain(one, graph))) return false;
  keepWhole(job, missed);
  job.rerun = { ...job.rerun, id: randomUUID(), unsent: { outputs: end.outputs } };
  return true;
}
