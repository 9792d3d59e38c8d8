/** Passes a run's events on, without those that polling or the protocol's double reporting would repeat. */
import type { RunEvent } from '../../core/run.ts';
import { clip, oneLine } from '../../core/text.ts';
import { clean } from '../wire/clean.ts';
import type { FrameEvent } from '../wire/frames.ts';
import { aheadOf, getQueue } from '../wire/queue.ts';
import type { Connection } from './connection.ts';
import { createStepCount } from './step-count.ts';

export interface Reporter {
  report(event: FrameEvent): void;
  /** A question that had no answer. */
  silent(error: unknown): void;
  /** A question, and what its answer was. */
  asked(state: 'pending' | 'running' | 'cancelling'): void;
  /** Asks how many are ahead of it, and reports it where that is news. Rejects only when aborted. */
  queued(signal: AbortSignal): Promise<void>;
}

export function createReporter(
  connection: Connection,
  promptId: string,
  onEvent: (event: RunEvent) => void,
): Reporter {
  let started = false;
  let lastAhead: number | undefined | null = null;
  const count = createStepCount();
  const inWords = createWords(connection);

  function report(event: FrameEvent): void {
    const news = newsOf(event);
    if (!news) return;
    // a run that waits may say so
    if (news.kind !== 'queued' && news.kind !== 'said') started = true;
    emit(news);
  }

  function newsOf(event: FrameEvent): RunEvent | undefined {
    if (event.kind === 'step') return count(event);
    if (event.kind === 'said') return inWords(event.text);
    return event.kind === 'started' && started ? undefined : event;
  }

  function emit(event: RunEvent): void {
    try {
      onEvent(event);
    } catch (error) {
      connection.log.error(
        { backend: connection.server.address, promptId, err: error },
        'an event was not taken',
      );
    }
  }

  return {
    report,
    silent: (error) => emit({ kind: 'silent', error }),
    asked(state) {
      emit({ kind: 'asked', state });
      if (state === 'running' && !started) report({ kind: 'started' });
    },
    async queued(signal) {
      const ahead = await placeOf(connection, promptId, signal);
      if (started || ahead === lastAhead) return;
      lastAhead = ahead;
      report(ahead === undefined ? { kind: 'queued' } : { kind: 'queued', ahead });
    },
  };
}

const MAX_SAID = 160;

/** What is said as it can be shown: in one line, without secrets; undefined where nothing is, or too much at once. */
function createWords(connection: Connection): (text: string) => RunEvent | undefined {
  const { clock, timing, server } = connection;
  const burstMs = timing.saidMs * timing.saidBurst;
  /** When all that was said would have been said at the pace that is allowed. */
  let paidUntil = -Infinity;
  return (said) => {
    const now = clock.monotonic();
    // before it is looked at: a flood of long texts is to cost nothing
    const until = Math.max(paidUntil, now) + timing.saidMs;
    if (until > now + burstMs) return undefined;
    paidUntil = until;
    const lines = clean(said, server).split(/[\r\n]+/);
    const text = clip(
      lines
        .map((line) => oneLine(line).trim())
        .filter(Boolean)
        .join(' · '),
      MAX_SAID,
    );
    return text === '' ? undefined : { kind: 'said', text };
  };
}

/** A nicety: not knowing it is no reason to stop following. */
async function placeOf(
  connection: Connection,
  promptId: string,
  signal: AbortSignal,
): Promise<number | undefined> {
  try {
    return aheadOf(await getQueue(connection.http, signal), promptId);
  } catch (error) {
    signal.throwIfAborted();
    connection.log.debug(
      { backend: connection.server.address, promptId, err: error },
      'place in the queue not read',
    );
    return undefined;
  }
}
