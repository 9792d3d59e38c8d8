/**
 * A job's images and graph on their way to the backend. Written before acted: a record says `submitting` before the
 * graph leaves, so whoever finds it after a crash looks on the backend before sending it again.
 */
import { EaselError, UncertainSubmit } from '../core/errors.ts';
import { transition, type Job } from '../core/job.ts';
import { backoff, within } from '../core/time.ts';
import { asking } from './asking.ts';
import type { Blame } from './breaker.ts';
import type { JobRoom, LiveJob } from './live-job.ts';
import { readied } from './readied.ts';
import type { Pass } from './turnstile.ts';

/** What is not in the record. */
interface Course {
  /** The backend may have it. */
  maybeSent: boolean;
  /** It is only being looked for: that this fails says nothing about the job. */
  looking: boolean;
  /** Since when the backend, which answers others, does not say whether it has it: monotonic. */
  unreadSince?: number | undefined;
}

/**
 * `maybeSent`: the backend is asked for it first. False when it was cancelled before it was sent. Rejects when it has
 * failed by itself too often, or is aborted.
 */
export async function handOver(
  live: LiveJob,
  room: JobRoom,
  maybeSent: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const { job } = live;
  const { breaker, clock, timing, log } = room;
  const course: Course = { maybeSent, looking: false };
  if (job.state !== 'submitting') {
    transition(job, 'submitting');
    job.attempts = 1;
  }
  job.times.started ??= clock.now();
  await live.save();
  live.show({ kind: 'submitting', retrying: false });

  for (let failures = 0; ; failures += 1) {
    const pass = await ownTurn(live, course, room, signal);
    if (!pass) return false;
    try {
      const sent = await send(live, course, room, signal);
      pass.leave(sent ? 'well' : 'unasked');
      if (!sent) return false;
      job.promptId = sent.promptId;
      transition(job, 'running');
      await live.trySave();
      log.info(live.facts(), 'submitted');
      return true;
    } catch (error) {
      const blame = signal.aborted ? undefined : await breaker.blame(error, job.template.name);
      // an answer is a sign of life, but of nothing more where the account may not
      const answered =
        blame === 'final' && !(error instanceof EaselError && error.code === 'backend-forbids');
      pass.leave(answered ? 'well' : 'ill');
      signal.throwIfAborted();
      if (blame === 'final') throw error;
      log.warn({ ...live.facts(), failures, blame, err: error }, 'submit failed, trying again');
      if (blame === 'held') course.unreadSince = undefined;
      if (course.looking) requireRead(course, room, error, blame);
      else if (blame === 'own' || mayHaveEndedIt(error)) charge(live, room, error);
      if (blame !== 'own') continue;
      if (job.cancelledBy === undefined) live.show({ kind: 'submitting', retrying: true });
      await clock.sleep(backoff(failures, timing.retryBaseMs, timing.retryCapMs), signal);
    }
  }
}

/** A failure that counts against the job. Throws it when there have been enough. */
export function charge({ job }: LiveJob, { timing }: JobRoom, error: unknown): void {
  if (job.attempts >= timing.attempts) throw error;
  job.attempts += 1;
}

/** A backend that answers others is asked for a while whether it has this one. */
function requireRead(
  course: Course,
  { clock, timing }: JobRoom,
  error: unknown,
  blame: Blame | undefined,
): void {
  if (blame !== 'own') return;
  course.unreadSince ??= clock.monotonic();
  if (clock.monotonic() - course.unreadSince >= timing.unreadMs) throw error;
}

/** The connection was lost over it: a graph that ends a backend must not end it again and again. */
function mayHaveEndedIt(error: unknown): boolean {
  return error instanceof UncertainSubmit && error.code === 'backend-unreachable';
}

/** Waits to be let through, and says why. Undefined: cancelled meanwhile, and never sent. */
async function ownTurn(
  live: LiveJob,
  { maybeSent }: Course,
  { breaker }: JobRoom,
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
  room: JobRoom,
  signal: AbortSignal,
): Promise<{ promptId: string } | undefined> {
  const { job } = live;
  const { backend, timing, kill } = room;
  const find = (until: AbortSignal) => backend.find(job.id, until);
  course.looking = course.maybeSent;
  const found = course.maybeSent ? await asking(room, timing.callMs, find, signal) : undefined;
  if (found) return found;
  course.looking = false;
  course.unreadSince = undefined;
  if (isCancelled(job)) return undefined;
  const workflow = await readied(live, room, signal);
  if (isCancelled(job)) return undefined;
  try {
    const submit = (until: AbortSignal) => backend.submit({ promptId: job.id, workflow }, until);
    // not under `signal`: at a stop, an answer that is on its way is worth the grace time
    return await asking(room, timing.callMs, submit, kill);
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
