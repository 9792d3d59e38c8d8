/**
 * Follows one run to its verified end. The frames only decorate: they become events, and an announced end makes the
 * next question come at once. What ends the run is the backend's answer, asked for when an end is announced, when
 * the socket is lost or silent, and every now and then anyway.
 */
import { EaselError } from '../../core/errors.ts';
import type { RunEnd, RunEvent } from '../../core/run.ts';
import { backoff } from '../../core/time.ts';
import { createBell } from './bell.ts';
import type { Looker, Sight } from './lookups.ts';
import { aheadOf, readQueue } from '../wire/queue.ts';
import type { Listener, Router } from './router.ts';
import type { Server } from './deps.ts';

export interface Following {
  server: Server;
  looker: Looker;
  router: Router;
  /** Whether the socket, as it is now, gets this run's frames. */
  hears: (promptId: string) => boolean;
  /** Whether we asked for the run to be stopped. */
  isCancelled: (promptId: string) => boolean;
}

export async function followRun(
  following: Following,
  promptId: string,
  onEvent: (event: RunEvent) => void,
  signal: AbortSignal,
): Promise<RunEnd> {
  const { server, router } = following;
  const { timing, clock } = server;
  const bell = createBell(clock);
  const reporter = createReporter(server, promptId, onEvent);
  const glance = createGlance(following, promptId, reporter.silent);
  const judge = createJudge(following, promptId);
  let announced = false;
  let heardAt: number | undefined;

  const listener: Listener = {
    onFrame(frame) {
      heardAt = clock.monotonic();
      for (const event of frame.events) reporter.report(event);
      // Rung once only: a server that repeats itself must not turn into a storm of questions.
      if (frame.ended && !announced) bell.ring();
      announced ||= frame.ended;
    },
    onNudge: bell.ring,
  };

  let confirmations = 0;
  function pause(sight: Sight | undefined): number {
    if (sight === undefined) return backoff(glance.failures() - 1, timing.pollLostMs, timing.awayMs);
    if (announced || sight.state === 'success' || following.isCancelled(promptId)) {
      confirmations += 1;
      return backoff(confirmations - 1, timing.confirmMs, timing.pollLostMs);
    }
    if (!following.hears(promptId) || sight.state === 'unknown') return timing.pollLostMs;
    // A run that waits has nothing to say, so silence means nothing.
    if (sight.state === 'pending') return timing.pollMs;
    const silentIn = heardAt === undefined ? 0 : heardAt + timing.silenceMs - clock.monotonic();
    return silentIn <= 0 ? timing.pollLostMs : Math.min(timing.pollMs, silentIn);
  }

  const stopListening = router.listen(promptId, listener);
  try {
    for (;;) {
      const sight = await glance.look(signal);
      const end = sight && judge(sight);
      if (end) return end;
      if (sight?.state === 'pending') {
        reporter.asked('pending');
        await reporter.queued(signal);
      }
      if (sight?.state === 'running') reporter.asked('running');
      await bell.wait(pause(sight), signal);
    }
  } finally {
    stopListening();
  }
}

/** Asks, and outlives a backend that does not answer. */
function createGlance({ server, looker }: Following, promptId: string, onSilence: (error: unknown) => void) {
  let failures = 0;
  return {
    failures: () => failures,
    async look(signal: AbortSignal): Promise<Sight | undefined> {
      try {
        const sight = await looker.look(promptId, signal);
        failures = 0;
        return sight;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof EaselError)) throw error;
        failures += 1;
        const facts = { backend: server.address, promptId, failures, err: error };
        server.log[failures === 1 ? 'warn' : 'debug'](facts, 'state of a run not read');
        onSilence(error);
        return undefined;
      }
    },
  };
}

/** Decides whether an answer is the end, distrusting "no such run" and "done, but nothing there". */
function createJudge(
  { server, isCancelled }: Following,
  promptId: string,
): (sight: Sight) => RunEnd | undefined {
  let unknown = 0;
  let bare = 0;
  return (sight) => {
    unknown = sight.state === 'unknown' ? unknown + 1 : 0;
    switch (sight.state) {
      case 'unknown':
        // ComfyUI tells the owner of a deleted pending run nothing: it is just not there any more.
        if (isCancelled(promptId) && unknown >= 2) return { kind: 'cancelled' };
        return unknown >= server.timing.unknownPolls ? { kind: 'lost' } : undefined;
      case 'pending':
      case 'running':
        return undefined;
      case 'cancelled':
        return { kind: 'cancelled', outputs: sight.outputs };
      case 'failure': {
        const { problem, detail, outputs } = sight;
        return { kind: 'failure', problem, detail, outputs };
      }
      case 'success':
        bare += 1;
        return sight.settled || bare > server.timing.outputPolls
          ? { kind: 'success', outputs: sight.outputs }
          : undefined;
    }
  };
}

/** Passes events on, without those that polling or the protocol's double reporting would repeat. */
function createReporter(server: Server, promptId: string, onEvent: (event: RunEvent) => void) {
  let started = false;
  let lastAhead: number | undefined | null = null;
  let lastStep = '';

  function report(event: RunEvent): void {
    if (event.kind === 'step') {
      // `progress_state` and `progress` both tell each step.
      const step = `${event.node} ${event.value}/${event.max}`;
      if (step === lastStep) return;
      lastStep = step;
    }
    if (event.kind === 'started' && started) return;
    if (event.kind !== 'queued') started = true;
    tell(event);
  }

  function tell(event: RunEvent): void {
    try {
      onEvent(event);
    } catch (error) {
      server.log.error({ backend: server.address, promptId, err: error }, 'an event was not taken');
    }
  }

  return {
    report,
    silent: (error: unknown) => tell({ kind: 'silent', error }),
    asked(state: 'pending' | 'running') {
      tell({ kind: 'asked', state });
      if (state === 'running' && !started) report({ kind: 'started' });
    },
    async queued(signal: AbortSignal): Promise<void> {
      const ahead = await placeOf(server, promptId, signal);
      if (started || ahead === lastAhead) return;
      lastAhead = ahead;
      report(ahead === undefined ? { kind: 'queued' } : { kind: 'queued', ahead });
    },
  };
}

/** A nicety: not knowing it is no reason to stop following. */
async function placeOf(server: Server, promptId: string, signal: AbortSignal): Promise<number | undefined> {
  try {
    return aheadOf(await readQueue(server, signal), promptId);
  } catch (error) {
    signal.throwIfAborted();
    server.log.debug({ backend: server.address, promptId, err: error }, 'place in the queue not read');
    return undefined;
  }
}
