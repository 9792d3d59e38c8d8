/**
 * A run that the backend has: its progress, its limit, its end, and how it is stopped. A backend that does not answer is
 * waited for, as long as it takes; the limit counts only what the backend has called running, and is judged only when it
 * has just said so.
 */
import { EaselError } from '../../core/errors.ts';
import { advance, NO_PROGRESS } from '../../core/progress.ts';
import { runIdOf } from '../../core/rerun.ts';
import type { MediaFile, RunEnd, RunEvent } from '../../core/run.ts';
import type { Standing } from '../../core/standing.ts';
import { backoff, within } from '../../core/time.ts';
import type { Workflow } from '../../core/workflow.ts';
import { asking } from './asking.ts';
import { knownGraph } from './known-graph.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';

export interface Followed {
  end: RunEnd;
  /** It was stopped because it ran for too long. */
  overdue: boolean;
  /** While the backend had it, it was never more than in line: whatever ended the backend was not this run. */
  innocent: boolean;
}

/** Between two questions that were both answered with "running"; more than this is our absence. */
const MOST_BETWEEN_MS = 60_000;
const SAVE_EVERY_MS = 60_000;

/** Rejects with `run-too-long` where the backend cannot stop it, when its state cannot be read, or when aborted. */
export async function followRun(live: LiveJob, deps: JobDeps, signal: AbortSignal): Promise<Followed> {
  const { job } = live;
  const { backend, breaker, clock, timing } = deps;
  const limitMs = job.runLimitMinutes === undefined ? timing.runLimitMs : job.runLimitMinutes * 60_000;
  const holds = breaker.holds;
  const abandoned = new AbortController();
  const over = new AbortController();
  const watch = createStopwatch(live, deps);
  const display = createDisplay(live, deps, await knownGraph(live, deps));
  let sighted: 'pending' | 'running' | undefined;
  let unreadSince: number | undefined;
  let overdue = false;
  let unstoppable = false;
  let stoppedAt: number | undefined;
  /** The backend did not have it: it may have been on its way from the line to the run. */
  let missedIt = false;
  let stopping: Promise<void> | undefined;

  async function stop(): Promise<void> {
    missedIt = false;
    const result = await stopRun(live, deps, over.signal);
    unstoppable = result === 'unstoppable';
    missedIt = result === 'gone';
    stoppedAt = clock.monotonic();
  }

  /** How long it may go on after the backend was asked to stop it. What cannot be stopped ends out of sight. */
  function graceMs(): number {
    if (!unstoppable) return timing.stopMs;
    return overdue ? 0 : Infinity;
  }

  /** It is only unread while the backend answers others. */
  async function missed(error: unknown): Promise<void> {
    watch.pause();
    if ((await breaker.blame(error)) === 'held') unreadSince = undefined;
    else {
      unreadSince ??= clock.monotonic();
      if (clock.monotonic() - unreadSince >= timing.unreadMs) abandoned.abort(error);
    }
  }

  return within(
    Infinity,
    async (scope) => {
      const onCancel = (): void => void (stopping ??= stop());
      const onEvent = (event: RunEvent): void => {
        if (event.kind === 'silent') return void missed(event.error);
        display.take(event);
        if (event.kind !== 'asked') {
          // the socket is quicker than the next question
          if (event.kind !== 'queued') sighted = 'running';
          return;
        }
        unreadSince = undefined;
        sighted = event.state;
        breaker.nudge();
        overdue ||= watch.saw(event.state) >= limitMs;
        if (overdue) onCancel();
        if (missedIt) stopping = stop();
        if (stoppedAt !== undefined && clock.monotonic() - stoppedAt >= graceMs())
          abandoned.abort(tooLong(limitMs));
      };
      if (job.cancelledBy !== undefined) onCancel();
      live.cancelled.signal.addEventListener('abort', onCancel, { once: true });
      try {
        const end = await backend.follow(job.promptId ?? runIdOf(job), onEvent, scope);
        return { end, overdue, innocent: breaker.holds > holds && sighted === 'pending' };
      } finally {
        live.cancelled.signal.removeEventListener('abort', onCancel);
        display.close();
        over.abort();
        await stopping;
      }
    },
    signal,
    abandoned.signal,
  );
}

export function tooLong(limitMs: number): EaselError {
  return new EaselError({ code: 'run-too-long', minutes: Math.max(1, Math.round(limitMs / 60_000)) });
}

/** Counts what the backend calls running, into the record. */
function createStopwatch(live: LiveJob, { clock }: JobDeps) {
  const { job } = live;
  let running: number | undefined;
  let savedAt = clock.monotonic();
  return {
    pause() {
      running = undefined;
    },
    /** Resolves to the ms so far. */
    saw(state: 'pending' | 'running'): number {
      const now = clock.monotonic();
      const passed = running === undefined ? 0 : Math.min(now - running, MOST_BETWEEN_MS);
      running = state === 'running' ? now : undefined;
      const ran = (job.ranMs ?? 0) + passed;
      if (passed > 0) job.ranMs = ran;
      if (now - savedAt >= SAVE_EVERY_MS) {
        savedAt = now;
        void live.trySave();
      }
      return ran;
    },
  };
}

/** What its reply shows, until somebody cancels it. */
function createDisplay(live: LiveJob, { breaker }: JobDeps, graph: Workflow) {
  const { job } = live;
  let progress = NO_PROGRESS;
  let preview: MediaFile | undefined;
  let latest: Standing | undefined;

  const show = (standing: Standing): void => {
    latest = standing;
    if (job.cancelledBy === undefined) live.show(standing);
  };
  const held = (): void => {
    if (job.cancelledBy !== undefined) return;
    if (breaker.hold?.kind === 'away') live.show({ kind: 'held', hold: breaker.hold });
    else if (live.standing.kind === 'held') live.show(latest ?? { kind: 'submitting', retrying: false });
  };
  held();
  const close = breaker.listen(held);
  return {
    close,
    take(event: RunEvent) {
      if (event.kind === 'queued' && latest?.kind !== 'running') {
        if (event.ahead !== undefined) show({ kind: 'lined-up', ahead: event.ahead });
        return;
      }
      if (event.kind === 'asked' && (event.state === 'pending' || latest?.kind === 'running')) return;
      progress = advance(graph, progress, event);
      if (event.kind === 'preview') preview = event.image;
      show({ kind: 'running', progress, preview });
    },
  };
}

/** Asks the backend to stop the run, as long as it takes; the end is still read by following it. Never rejects. */
async function stopRun(live: LiveJob, deps: JobDeps, scope: AbortSignal): Promise<string | undefined> {
  const { job } = live;
  const { backend, breaker, clock, timing, log } = deps;
  for (let failures = 0; !scope.aborted; failures += 1)
    try {
      const cancel = (until: AbortSignal) => backend.cancel(job.promptId ?? runIdOf(job), until);
      const result = await asking(deps, timing.callMs, cancel, scope);
      log.info({ ...live.facts(), result }, 'asked the backend to stop the run');
      if (job.cancelledBy !== undefined && job.delivered === 0)
        live.show({ kind: 'cancelling', unstoppable: result === 'unstoppable' });
      return result;
    } catch (error) {
      if (scope.aborted) return undefined;
      const blame = await breaker.blame(error);
      log.warn({ ...live.facts(), failures, blame, err: error }, 'the run could not be stopped');
      if (blame === 'final') return undefined;
      const pause =
        blame === 'held'
          ? breaker.well(scope)
          : clock.sleep(backoff(failures, timing.retryBaseMs, timing.retryCapMs), scope);
      await pause.catch(() => undefined); // aborted: the run is over
    }

  return undefined;
}
