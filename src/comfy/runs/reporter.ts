/** Passes a run's events on, without those that polling or the protocol's double reporting would repeat. */
import type { RunEvent } from '../../core/run.ts';
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

  function report(event: FrameEvent): void {
    const news = event.kind === 'step' ? count(event) : event;
    if (!news || (news.kind === 'started' && started)) return;
    if (news.kind !== 'queued') started = true;
    emit(news);
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
