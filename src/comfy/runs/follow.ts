/**
 * Follows one run to its verified end. The frames only decorate: they become events, and an announced end makes the
 * next question come at once. What ends the run is the backend's answer, asked for when an end is announced, when
 * the socket is lost or silent, and every now and then anyway.
 */
import { EaselError } from '../../core/errors.ts';
import type { RunEnd, RunEvent } from '../../core/run.ts';
import { backoff } from '../../core/time.ts';
import type { NodeId } from '../../core/workflow.ts';
import { createAnnounced } from './announced.ts';
import { createBell } from './bell.ts';
import { cachedBy, withCached } from './cached.ts';
import type { RunDeps } from './deps.ts';
import { createLimbo } from './limbo.ts';
import { createReporter } from './reporter.ts';
import type { Listener, Router } from './router.ts';
import type { RunStatus } from './run-status.ts';
import type { StatusReader } from './status-reader.ts';
import { createVerdict } from './verdict.ts';

export interface FollowDeps extends RunDeps {
  statuses: StatusReader;
  router: Router;
  /** Whether the socket, as it is now, gets this run's frames. */
  getsFrames: (promptId: string) => boolean;
  /** Whether we asked for the run to be stopped. */
  isCancelled: (promptId: string) => boolean;
}

export async function followRun(
  deps: FollowDeps,
  promptId: string,
  onEvent: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<RunEnd> {
  const { timing, clock, router } = deps;
  const { unknownPolls, outputPolls } = timing;
  const isCancelled = () => deps.isCancelled(promptId);
  const bell = createBell(clock);
  const reporter = createReporter(deps, promptId, onEvent);
  const poll = createPoll(deps, promptId, (error) => reporter.silent(error));
  const heard = createAnnounced(deps.http.server);
  const verdict = createVerdict({ unknownPolls, outputPolls, isCancelled, announced: () => heard.status() });
  const limbo = createLimbo(deps);
  let announced = false;
  let cached: NodeId[] | undefined;
  let lastFrameAt: number | undefined;

  const listener: Listener = {
    onFrame(frame) {
      lastFrameAt = clock.monotonic();
      heard.hear(frame);
      for (const event of frame.events) reporter.report(event);
      limbo.sign(frame.events.length > 0 && !frame.ended);
      cached = cachedBy(frame) ?? cached;
      // rung once only: a server that repeats itself must not turn into a storm of questions
      if (frame.ended && !announced) bell.ring();
      announced ||= frame.ended;
    },
    onNudge(gap) {
      if (gap) heard.gap();
      bell.ring();
    },
  };

  let confirmations = 0;
  function pause(status: RunStatus | undefined): number {
    if (status === undefined) return backoff(poll.failures() - 1, timing.pollLostMs, timing.awayMs);
    if (announced || status.state === 'success' || status.state === 'cancelling' || isCancelled()) {
      confirmations += 1;
      return backoff(confirmations - 1, timing.confirmMs, timing.pollLostMs);
    }
    if (!deps.getsFrames(promptId) || status.state === 'unknown') return timing.pollLostMs;
    // a run that waits has nothing to say, so silence means nothing; one in an odd state is asked for by every route
    if (status.state === 'pending' || status.state === 'odd') return timing.pollMs;
    const silentIn = lastFrameAt === undefined ? 0 : lastFrameAt + timing.silenceMs - clock.monotonic();
    return silentIn <= 0 ? timing.pollLostMs : Math.min(timing.pollMs, silentIn);
  }

  const stopListening = router.listen(promptId, listener);
  try {
    for (;;) {
      const status = await poll.once(signal);
      const end = (status && verdict(status)) ?? limbo.end(status);
      if (end && status) {
        const told = deps.kind.latest().cachesFiles ? withCached(end, status, cached) : end;
        return { ...told, ...(status.cost && { cost: status.cost }) };
      }
      const state = status && stateToTell(status, limbo.atWork());
      if (state) reporter.asked(state);
      if (status?.state === 'pending') await reporter.queued(signal);
      await bell.wait(pause(status), signal);
    }
  } finally {
    stopListening();
  }
}

/** Undefined: it has ended, or is not known there. */
function stateToTell(
  { state }: RunStatus,
  atWork: boolean,
): 'pending' | 'running' | 'cancelling' | undefined {
  if (state === 'odd') return atWork ? 'running' : 'pending';
  return state === 'pending' || state === 'running' || state === 'cancelling' ? state : undefined;
}

/** Asks, and outlives a backend that does not answer. */
function createPoll(deps: FollowDeps, promptId: string, onSilence: (error: unknown) => void) {
  let failures = 0;
  return {
    failures: () => failures,
    async once(signal: AbortSignal): Promise<RunStatus | undefined> {
      try {
        const status = await deps.statuses.read(promptId, signal);
        failures = 0;
        return status;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof EaselError)) throw error;
        failures += 1;
        const facts = { backend: deps.server.address, promptId, failures, err: error };
        deps.log[failures === 1 ? 'warn' : 'debug'](facts, 'state of a run not read');
        onSilence(error);
        return undefined;
      }
    },
  };
}
