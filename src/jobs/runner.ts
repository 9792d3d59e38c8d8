/**
 * One job on the backend: hand it over, follow it, know its end. Written before acted: a record says `submitting`
 * before the graph leaves, so whoever finds it after a crash looks on the backend before sending it again.
 */
import { EaselError, problemOf, UncertainSubmit, type ProblemCode } from '../core/errors.ts';
import { transition, type Job, type JobEnd } from '../core/job.ts';
import { advance, NO_PROGRESS } from '../core/progress.ts';
import type { MediaFile, Output, RunEnd, RunEvent } from '../core/run.ts';
import { deadline } from '../core/time.ts';
import type { NodeId, Workflow } from '../core/workflow.ts';
import { placeImage } from '../templates/fill.ts';
import type { JobRoom, LiveJob } from './live-job.ts';
import { retry } from './retry.ts';

/** Resolves to how the job ended. Rejects only when the process is halting: the record says where to go on. */
export async function runJob(live: LiveJob, room: JobRoom): Promise<JobEnd> {
  try {
    for (;;) {
      if (live.job.state !== 'running' && !(await submit(live, room))) return { kind: 'cancelled' };
      const end = await follow(live, room);
      if (end.kind !== 'lost') return jobEnd(live, end);
      if (live.job.cancelledBy !== undefined) return { kind: 'cancelled' };
      if (live.job.attempts >= room.timing.attempts)
        throw new EaselError({ code: 'run-lost', backend: room.backend.name });
      room.log.warn(live.facts(), 'the backend forgot the run, submitting it again');
      live.job.attempts += 1;
      live.job.promptId = undefined;
      transition(live.job, 'submitting');
    }
  } catch (error) {
    room.halt.throwIfAborted();
    room.log.warn({ ...live.facts(), err: error }, 'job failed');
    if (live.job.cancelledBy !== undefined) return { kind: 'cancelled' };
    return { kind: 'failed', problem: problemOf(error, live.job.id) };
  }
}

/** Asks the backend to stop the run, as often as it takes; the end is still read by following it. */
export async function stopRun(live: LiveJob, { backend, clock, timing, halt, log }: JobRoom): Promise<void> {
  const { promptId } = live.job;
  if (promptId === undefined) return;
  try {
    const result = await retry(() => backend.cancel(promptId, deadline(timing.callMs, halt)), {
      tries: timing.submitTries,
      timing,
      clock,
      signal: halt,
      retryable: isPassing,
    });
    log.info({ ...live.facts(), result }, 'asked the backend to stop the run');
    if (live.job.state === 'running')
      live.show({ kind: 'cancelling', unstoppable: result === 'unstoppable' });
  } catch (error) {
    if (!halt.aborted) log.warn({ ...live.facts(), err: error }, 'the run could not be stopped');
  }
}

/** False when it was cancelled before it was sent. */
async function submit(live: LiveJob, room: JobRoom): Promise<boolean> {
  const { job } = live;
  const { backend, clock, timing, halt, kill, log } = room;
  // A record found as `submitting` may have been sent by the process that died.
  let maybeSent = job.state === 'submitting';
  if (!maybeSent) {
    transition(job, 'submitting');
    job.attempts = 1;
  }
  job.times.started ??= clock.now();
  await live.save();
  live.show({ kind: 'submitting', retrying: false });

  const sent = await retry(
    async () => {
      const found = maybeSent ? await backend.find(job.id, deadline(timing.callMs, halt)) : undefined;
      if (found) return found;
      if (isCancelled(job)) return undefined;
      const workflow = await withImages(live, room);
      if (isCancelled(job)) return undefined;
      try {
        // not under `halt`: an answer that is on its way is worth the grace time
        return await backend.submit({ promptId: job.id, workflow }, deadline(timing.callMs, kill));
      } catch (error) {
        maybeSent ||= error instanceof UncertainSubmit;
        throw error;
      }
    },
    {
      tries: timing.submitTries,
      timing,
      clock,
      signal: halt,
      retryable: (error) => error instanceof UncertainSubmit || isPassing(error),
      onRetry: (error, attempt) => {
        log.warn({ ...live.facts(), attempt, err: error }, 'submit failed, trying again');
        if (job.cancelledBy === undefined) live.show({ kind: 'submitting', retrying: true });
      },
    },
  );
  if (!sent) return false;
  job.promptId = sent.promptId;
  transition(job, 'running');
  await live.trySave();
  log.info(live.facts(), 'submitted');
  return true;
}

/** A function, since the answer may change during an await, which the type checker does not see. */
function isCancelled(job: Job): boolean {
  return job.cancelledBy !== undefined;
}

async function withImages({ job }: LiveJob, { backend, store, timing, halt }: JobRoom): Promise<Workflow> {
  let workflow = job.workflow;
  for (const image of job.images) {
    const file = await store.loadInput(job.id, image.slot);
    if (!file) throw new EaselError({ code: 'image-unreachable', slot: image.slot, name: image.slot });
    workflow = placeImage(workflow, image, await backend.upload(file, deadline(timing.callMs, halt)));
  }
  return workflow;
}

async function follow(live: LiveJob, room: JobRoom): Promise<RunEnd> {
  const { job } = live;
  const { backend, clock, timing, halt } = room;
  const { promptId = job.id } = job;
  if (job.cancelledBy === undefined) live.show({ kind: 'running', progress: NO_PROGRESS });
  else await stopRun(live, room);
  const remaining = (job.times.started ?? clock.now()) + timing.runLimitMs - clock.now();
  const limit = deadline(Math.max(0, remaining), halt);
  try {
    return await backend.follow(promptId, progressOf(live), limit);
  } catch (error) {
    if (halt.aborted || !limit.aborted) throw error;
    await stopRun(live, room);
    throw new EaselError({ code: 'run-too-long', minutes: Math.round(timing.runLimitMs / 60_000) });
  }
}

function progressOf(live: LiveJob): (event: RunEvent) => void {
  let progress = NO_PROGRESS;
  let preview: MediaFile | undefined;
  return (event) => {
    progress = advance(live.job.workflow, progress, event);
    if (event.kind === 'preview') preview = event.image;
    if (live.job.cancelledBy === undefined) live.show({ kind: 'running', progress, preview });
  };
}

function jobEnd({ job }: LiveJob, end: Exclude<RunEnd, { kind: 'lost' }>): JobEnd {
  // Also when it ran to its end all the same: who cancelled does not want to see it.
  if (job.cancelledBy !== undefined) return { kind: 'cancelled' };
  switch (end.kind) {
    case 'cancelled':
      return { kind: 'failed', problem: { code: 'interrupted' } };
    case 'failure':
      return { kind: 'failed', problem: end.problem };
    case 'success': {
      const outputs = posted(end.outputs, job.outputNodes);
      return outputs.length > 0
        ? { kind: 'succeeded', outputs }
        : { kind: 'failed', problem: { code: 'no-outputs' } };
    }
  }
}

/**
 * Those of the template's output nodes. When it names none, previews (`temp` files) count only if nothing was saved:
 * a workflow that saves its picture often shows intermediate ones too.
 */
function posted(outputs: Output[], nodes: NodeId[] | undefined): Output[] {
  if (nodes) return outputs.filter(({ node }) => nodes.includes(node));
  const saved = outputs.some(({ kind, type }) => kind !== 'text' && type === 'output');
  return saved ? outputs.filter(({ kind, type }) => kind === 'text' || type !== 'temp') : outputs;
}

const PASSING: readonly ProblemCode[] = [
  'backend-unreachable',
  'backend-timeout',
  'backend-broken',
  'backend-busy',
];

/** What may be over at the next try. */
export function isPassing(error: unknown): boolean {
  return error instanceof EaselError && PASSING.includes(error.code);
}
