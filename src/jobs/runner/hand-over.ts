/**
 * A job's images and graph on their way to the backend. Written before acted: a record says `submitting` before the
 * graph leaves, so whoever finds it after a crash looks on the backend before sending it again.
 */
import type { Backend } from '../../core/backend.ts';
import { EaselError, UncertainSubmit } from '../../core/errors.ts';
import { transition, type Job } from '../../core/job.ts';
import { runIdOf } from '../../core/rerun.ts';
import { backoff, within } from '../../core/time.ts';
import { asking } from './asking.ts';
import type { Blame } from '../outages/breaker.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';
import { whyUnmade } from './unmade.ts';
import { readied } from './readied.ts';
import { fromTheFirst } from './sent.ts';
import type { Outcome, Pass } from '../outages/turnstile.ts';

/** What is not in the record. */
interface Course {
  /** The backend may have it. */
  maybeSent: boolean;
  /** What the backend is being asked. That it does not say whether it has the run says nothing about the job. */
  step: 'preparing' | 'looking' | 'submitting';
  /** Sent while nothing was held, and perhaps what ended the backend: it counts if it turns out not to be there. */
  suspected?: unknown;
  /** That it has been so once too often. */
  verdict?: unknown;
  /** Since when the backend, which answers others, does not say whether it has it: monotonic. */
  unreadSince?: number | undefined;
}

/**
 * The backend has it; or it was cancelled before it was sent; or it was refused in a way that others may not be, and goes
 * back in line, behind them.
 */
export type HandedOver = 'sent' | 'cancelled' | 'back';

/** `maybeSent`: the backend is asked for it first. Rejects when it has failed by itself too often, or is aborted. */
export async function handOver(
  live: LiveJob,
  deps: JobDeps,
  maybeSent: boolean,
  signal: AbortSignal,
): Promise<HandedOver> {
  const { job } = live;
  const { breaker, gate, clock, timing, log } = deps;
  const course: Course = { maybeSent, step: 'preparing' };
  if (job.state !== 'submitting') transition(job, 'submitting');
  job.attempts = Math.max(1, job.attempts);
  job.times.started ??= clock.now();
  await live.save();
  live.show({ kind: 'submitting', retrying: false });

  for (let failures = 0; ; failures += 1) {
    const pass = await ownTurn(live, course, deps, signal);
    if (!pass) return 'cancelled';
    if (gate.shut && !course.maybeSent) {
      pass.leave('unasked');
      if (await changed(live, deps, signal)) continue;
      return 'cancelled';
    }
    gate.enter(job.id, true);
    const calm = breaker.hold === undefined;
    try {
      const sent = await send(live, course, deps, signal);
      // that it was found says nothing of what the account may
      const accepted = sent && (course.step === 'submitting' || breaker.hold?.kind !== 'account');
      pass.leave(accepted ? 'well' : 'unasked');
      if (!sent) {
        gate.leave(job.id);
        return 'cancelled';
      }
      gate.enter(job.id);
      job.promptId = sent.promptId;
      if (sent.unmade) job.unmade = await whyUnmade(sent.unmade, live, deps);
      job.times.held = undefined;
      transition(job, 'running');
      await live.trySave();
      log.info(live.facts(), 'submitted');
      return 'sent';
    } catch (error) {
      if (course.maybeSent) gate.enter(job.id);
      else gate.leave(job.id);
      const judged = signal.aborted || error === course.verdict;
      const blame = judged ? undefined : await breaker.blame(error, job.template.name);
      pass.leave(outcome(error, course, blame));
      signal.throwIfAborted();
      if (judged || blame === 'final') throw error;
      log.warn({ ...live.facts(), failures, blame, err: error }, 'submit failed, trying again');
      if (blame === 'held') course.unreadSince = undefined;
      if (course.step === 'looking') requireRead(course, deps, error, blame);
      else if (blame === 'own') charge(live, deps, error);
      else if (calm && mayHaveEndedIt(error)) course.suspected = error;
      if (blame === 'held') requireHope(live, deps);
      if (blame === 'held' && mayBeItsOwn(error) && !course.maybeSent) return 'back';
      if (blame !== 'own') continue;
      if (job.cancelledBy === undefined) live.show({ kind: 'submitting', retrying: true });
      await clock.sleep(backoff(failures, timing.retryBaseMs, timing.retryCapMs), signal);
    }
  }
}

/** Waits until another backend has taken the present one's place. False: cancelled meanwhile. */
async function changed(live: LiveJob, { gate }: JobDeps, signal: AbortSignal): Promise<boolean> {
  try {
    await gate.opened(signal, live.cancelled.signal);
    return true;
  } catch (error) {
    signal.throwIfAborted();
    if (live.cancelled.signal.aborted) return false;
    throw error;
  }
}

/** A failure that counts against the job. Throws it when there have been enough. */
export function charge({ job }: LiveJob, { timing }: JobDeps, error: unknown): void {
  if (job.attempts >= timing.attempts) throw error;
  job.attempts += 1;
}

/** A backend that answers others is asked for a while whether it has this one. */
function requireRead(
  course: Course,
  { clock, timing }: JobDeps,
  error: unknown,
  blame: Blame | undefined,
): void {
  if (blame !== 'own') return;
  course.unreadSince ??= clock.monotonic();
  if (clock.monotonic() - course.unreadSince >= timing.unreadMs) throw error;
}

/** A hold that ends for others, and begins anew for this one, is held against it for no longer than any other hold. */
function requireHope({ job }: LiveJob, { backend, clock, timing }: JobDeps): void {
  job.times.held ??= clock.now();
  if (clock.now() - job.times.held < timing.holdMs) return;
  const hours = Math.max(1, Math.round(timing.holdMs / 3600_000));
  throw new EaselError({ code: 'held-too-long', backend: backend.name, hours });
}

/** What a failure says to those who wait: an answer is a sign of life, but of nothing more where the account may not. */
function outcome(error: unknown, { step }: Course, blame: Blame | undefined): Outcome {
  if (blame === undefined || (blame === 'final' && step === 'preparing')) return 'unasked';
  const refused = error instanceof EaselError && error.code === 'backend-forbids';
  return blame === 'final' && !refused ? 'well' : 'ill';
}

/** Its answer was lost, or stands for one: a graph that ends a backend must not end it again and again. */
function mayHaveEndedIt(error: unknown): boolean {
  return error instanceof UncertainSubmit && error.code !== 'backend-timeout';
}

/** Refused for what it is, perhaps, so that others may be taken. */
function mayBeItsOwn(error: unknown): boolean {
  return error instanceof EaselError && (error.code === 'backend-forbids' || error.code === 'backend-busy');
}

/** Waits to be let through, and says why. Undefined: cancelled meanwhile, and never sent. */
async function ownTurn(
  live: LiveJob,
  { maybeSent }: Course,
  { breaker }: JobDeps,
  signal: AbortSignal,
): Promise<Pass | undefined> {
  const { job, cancelled } = live;
  const tell = (): void => {
    if (job.cancelledBy !== undefined) return;
    if (breaker.hold) live.show({ kind: 'held', hold: breaker.hold });
    else if (live.standing.kind === 'held') live.show({ kind: 'submitting', retrying: true });
  };
  tell();
  const stop = breaker.listen(tell);
  try {
    // until it is sent, cancelling waits for nobody
    const signals = maybeSent ? [signal] : [signal, cancelled.signal];
    return await within(Infinity, (either) => breaker.enter(job.times.queued, either), ...signals);
  } catch (error) {
    signal.throwIfAborted();
    if (cancelled.signal.aborted) return undefined;
    throw error;
  } finally {
    stop();
  }
}

async function send(
  live: LiveJob,
  course: Course,
  deps: JobDeps,
  signal: AbortSignal,
): Promise<Awaited<ReturnType<Backend['submit']>> | undefined> {
  const { job } = live;
  const { backend, timing, kill } = deps;
  const find = (until: AbortSignal) => backend.find(runIdOf(job), until);
  course.step = course.maybeSent ? 'looking' : 'preparing';
  const found = course.maybeSent ? await asking(deps, timing.callMs, find, signal) : undefined;
  if (found) return found;
  course.step = 'preparing';
  course.unreadSince = undefined;
  chargeSuspected(live, course, deps);
  if (isCancelled(job)) return undefined;
  const workflow = await readied(live, deps, signal, (step) => {
    course.step = step;
  });
  if (isCancelled(job)) return undefined;
  fromTheFirst(job);
  course.step = 'submitting';
  try {
    const submit = (until: AbortSignal) => backend.submit({ promptId: runIdOf(job), workflow }, until);
    // not under `signal`: at a stop, an answer that is on its way is worth the grace time
    return await asking(deps, timing.callMs, submit, kill);
  } catch (error) {
    const late = error instanceof EaselError && error.code === 'backend-timeout';
    course.maybeSent ||= late || error instanceof UncertainSubmit;
    throw error;
  }
}

/** A function, since the answer may change during an await, which the type checker does not see. */
function isCancelled(job: Job): boolean {
  return job.cancelledBy !== undefined;
}

/** It is not there, and the backend went away over it. */
function chargeSuspected(live: LiveJob, course: Course, deps: JobDeps): void {
  const { suspected } = course;
  if (suspected === undefined) return;
  course.suspected = undefined;
  if (live.job.attempts >= deps.timing.attempts) course.verdict = suspected;
  charge(live, deps, suspected);
}
