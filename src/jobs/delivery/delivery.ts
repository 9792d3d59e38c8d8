/** The end of a job: fetch what was made, make the final reply, close the record. Repeatable until it is closed. */
import { randomUUID } from 'node:crypto';
import type { Delivery, MissingFile } from '../../core/audience.ts';
import { costText } from '../../core/cost.ts';
import { isDiskFull } from '../../core/disk.ts';
import { problemOf, type Problem } from '../../core/errors.ts';
import { transition, type Job, type JobEnd } from '../../core/job.ts';
import type { Save } from '../../core/backend.ts';
import type { StoredFile } from '../../core/files.ts';
import { mayRunAnew, settled, type Anew } from '../../core/rerun.ts';
import type { Output } from '../../core/run.ts';
import { backoff, within } from '../../core/time.ts';
import { asking } from '../runner/asking.ts';
import { summedUp } from './crowd.ts';
import type { DiskWait } from './disk-turns.ts';
import { calm, leftFor, mark, progressed } from './heavy.ts';
import { outputKey, sentKey } from '../job-files.ts';
import { missingSent } from '../runner/sent.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';
import { post } from './post.ts';

/**
 * Undefined: over. Otherwise what it made is gone from the backend, nothing is told yet, and one more run may bring it back.
 * Rejects only when the process is stopping: the record then says `delivering`, and the next start goes on.
 */
export async function deliverJob(live: LiveJob, end: JobEnd, deps: JobDeps): Promise<Anew | undefined> {
  const { job } = live;
  const { clock, halt, log, onEnd } = deps;
  const left = leftFor(live);
  job.end =
    left === 'all' ? settled(job, end) : { kind: 'failed', problem: { code: 'too-heavy', ref: job.id } };
  if (left !== 'all')
    log.error(
      { ...live.facts(), deaths: live.deaths },
      'Easel went down each time that it was at this result: it is not sent',
    );
  job.times.done ??= clock.now();
  // one that was begun before a crash may have made its final reply: no live state may come after that
  const begun = job.state === 'delivering';
  if (!begun) transition(job, 'delivering');
  // saves a write; one that is suspected is marked when it has its turn
  if (live.deaths === 0) mark(live);
  await live.trySave();
  if (end.kind === 'succeeded' && !begun) live.show({ kind: 'delivering' });
  if (job.draft !== undefined) await deps.tried?.(job);

  const missing = new Map<Output, MissingFile>();
  const wait = deps.diskTurns.wait(job.id);
  const anew = left === 'all' ? await goneOf(live, missing, wait, deps) : undefined;
  if (anew) return anew;
  const collect = async () => {
    await withhold(live, deps);
    const gathered = await gather(live, missing, wait, deps);
    deps.gate.leave(job.id);
    return summedUp(live, gathered, deps);
  };
  if (left === 'nothing') log.error(live.facts(), 'its words alone ended Easel: it is left without');
  else if (!(await post(live, collect, deps, halt))) {
    log.error(live.facts(), 'the reply could not be delivered');
    job.end = { kind: 'failed', problem: { code: 'delivery-failed' } };
    await confess(live, deps);
  }
  job.heavy = undefined;
  transition(job, job.end.kind);
  job.times.ended = clock.now();
  await live.trySave();
  const ms = job.times.ended - job.times.queued;
  const cost = job.cost && { cost: costText(job.cost) };
  log.info({ ...live.facts(), ms, ...cost, ...problemFact(job.end) }, 'job ended');
  onEnd?.(job);
  return undefined;
}

/** Of a run that the backend did not make but remember, files may be gone: then it may be asked for once more. */
async function goneOf(
  live: LiveJob,
  missing: Map<Output, MissingFile>,
  wait: DiskWait,
  deps: JobDeps,
): Promise<Anew | undefined> {
  const { job } = live;
  const { end } = job;
  if (end?.kind !== 'succeeded' || !end.cached?.length || !mayRunAnew(job)) return undefined;
  await withhold(live, deps);
  if (job.end !== end) return undefined;
  await fetchAll(live, missing, wait, deps);
  const { outputs } = end;
  const at = [...outputs.keys()].filter((place) => isGone(end, place, missing));
  if (at.length === 0) return undefined;
  deps.log.warn({ ...live.facts(), gone: at.length }, 'its files are gone from the backend, running it anew');
  await calm(live);
  return { id: randomUUID(), outputs, at };
}

function isGone(
  { outputs, cached }: Extract<JobEnd, { kind: 'succeeded' }>,
  place: number,
  missing: Map<Output, MissingFile>,
): boolean {
  const output = outputs[place];
  if (!output || cached?.includes(output.node) !== true) return false;
  return missing.get(output)?.problem.code === 'output-gone';
}

/** A record that says `delivering` without an end can only be a damaged one. */
export function lostEnd({ id }: Job): JobEnd {
  return { kind: 'failed', problem: { code: 'internal', ref: id } };
}

/** The words without the files may still find their way. */
async function confess(live: LiveJob, { audience, timing, kill, log }: JobDeps): Promise<void> {
  if (live.job.delivered > 0) return;
  const words = emptyDelivery(live);
  try {
    await within(timing.deliverMs, (limit) => audience.deliver(live.job, words, limit), kill);
  } catch (error) {
    kill.throwIfAborted();
    log.error({ ...live.facts(), err: error }, 'not even that could be told');
  }
}

/** A delivery of words alone. */
export function emptyDelivery(live: LiveJob): Delivery {
  const sent = async (count: number): Promise<void> => {
    live.job.delivered = count;
    progressed(live);
    await live.trySave();
  };
  return { files: [], texts: [], missing: [], sent };
}

/** What may not be shown any more is not fetched either. */
async function withhold(live: LiveJob, { whyNot, log }: JobDeps): Promise<void> {
  const { job } = live;
  if (job.delivered > 0 || !job.end || !('outputs' in job.end) || !job.end.outputs?.length) return;
  const problem = await whyNot?.(job);
  if (!problem) return;
  log.info({ ...live.facts(), problem: problem.code }, 'its result may not be shown any more');
  job.end = { kind: 'failed', problem };
  await live.trySave();
}

/** When nothing at all could be fetched, the job has failed and `job.end` says why. */
async function gather(
  live: LiveJob,
  missing: Map<Output, MissingFile>,
  wait: DiskWait,
  deps: JobDeps,
): Promise<Delivery> {
  const { job } = live;
  const delivery = await fetchAll(live, missing, wait, deps);
  const [first] = delivery.missing;
  const isBare = delivery.files.length === 0 && delivery.texts.length === 0;
  if (first && isBare && job.end?.kind === 'succeeded') {
    job.end = { kind: 'failed', problem: first.problem };
    await live.trySave();
  }
  return delivery;
}

/** What is kept already is not fetched again, nor what could not be. */
async function fetchAll(
  live: LiveJob,
  missing: Map<Output, MissingFile>,
  wait: DiskWait,
  deps: JobDeps,
): Promise<Delivery> {
  const { job } = live;
  const delivery = emptyDelivery(live);
  const outputs = job.end && 'outputs' in job.end ? (job.end.outputs ?? []) : [];
  for (const [index, output] of outputs.entries())
    if (output.text !== undefined) delivery.texts.push(output.text);
    else if (!missing.has(output)) {
      const { kept: sent } = output;
      const key = sent === undefined ? outputKey(job.id, index) : sentKey(job.id, sent);
      const kept = await deps.files.get(key);
      const file = kept ?? (await fetched(live, output, index, wait, deps).finally(() => wait.over()));
      if ('path' in file) delivery.files.push(file);
      else missing.set(output, file);
    }

  delivery.missing.push(...missing.values(), ...missingSent(job));
  return delivery;
}

/** From the backend to where it is kept, for as long as the backend is away, or the disk may have room for it. */
async function fetched(
  live: LiveJob,
  output: Output,
  index: number,
  wait: DiskWait,
  deps: JobDeps,
): Promise<StoredFile | MissingFile> {
  const { job, expired } = live;
  const { backend, breaker, heavy, files, clock, timing, halt, kill, log } = deps;
  const { filename: name } = output;
  // it was here, and is nowhere else
  if (output.kept !== undefined) return { name, problem: { code: 'output-gone', name } };
  const save: Save = (about, bytes) => files.put(outputKey(job.id, index), about, bytes);
  const fetch = (until: AbortSignal) => backend.fetch(output, save, until);
  // what was saved before a failure must not keep its words for the hours that a backend may be away
  const isRest = job.end?.kind === 'failed';
  const patienceMs = isRest ? timing.unreadMs : timing.fetchForMs;
  let failingSince: number | undefined;
  for (let failures = 0; ; failures += 1)
    try {
      const file = await heavy.run(live, () => asking(deps, timing.fetchMs, fetch, kill, expired.signal));
      breaker.nudge();
      return file;
    } catch (error) {
      kill.throwIfAborted();
      const blame = expired.signal.aborted
        ? 'final'
        : isDiskFull(error)
          ? 'disk'
          : await breaker.blame(error);
      log.warn({ ...live.facts(), node: output.node, blame, err: error }, 'an output could not be fetched');
      failingSince ??= clock.monotonic();
      if (!isRest && (blame === 'held' || blame === 'disk')) failingSince = undefined;
      const tooLong = failingSince !== undefined && clock.monotonic() - failingSince >= patienceMs;
      if (blame === 'disk' && (tooLong || wait.refused()))
        return { name, problem: { code: 'data-full', file: name } };
      if (blame === 'final' || tooLong) return { name, problem: told(job, problemOf(error, job.id)) };
      if (!isRest) live.show({ kind: 'delivering', late: job.times.done });
      await calm(live);
      const pauseMs = backoff(failures, timing.retryBaseMs, timing.retryCapMs);
      const pause = (either: AbortSignal) =>
        blame === 'held' && !isRest ? breaker.well(either) : clock.sleep(pauseMs, either);
      await within(Infinity, pause, halt, expired.signal).catch(() => halt.throwIfAborted());
    }
}

/** Made again, and gone again: that is no seed's matter. */
function told({ rerun }: Job, problem: Problem): Problem {
  return problem.code === 'output-gone' && rerun?.gone ? { ...problem, again: true } : problem;
}

function problemFact(end: JobEnd): Record<string, unknown> {
  return end.kind === 'failed' ? { problem: end.problem.code } : {};
}
