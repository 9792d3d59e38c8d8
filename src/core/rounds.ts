/** Work that is done again and again, from `start` to `stop`. */
import type { Clock } from './time.ts';

export interface Rounds {
  /** Idempotent. */
  start: () => void;
  /** Resolves once the round under way has ended. */
  stop: () => Promise<void>;
}

export interface RoundsOptions {
  clock: Clock;
  /** From the end of a round to the next, in ms. */
  everyMs: number;
  /** Ends the wait between two rounds; what a round waits for listens to it, too. */
  stopping: AbortController;
  /** Resolves to `over` when no other is needed. */
  round: () => Promise<'over' | void>;
  /** A round has failed, and nobody stops; the next one comes as usual. */
  failed: (error: unknown) => void;
}

export function createRounds({ clock, everyMs, stopping, round, failed }: RoundsOptions): Rounds {
  const { signal } = stopping;
  let running: Promise<void> | undefined;

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        if ((await round()) === 'over') return;
      } catch (error) {
        if (!signal.aborted) failed(error);
      }
      await clock.sleep(everyMs, signal).catch(() => undefined); // aborted only
    }
  }

  return {
    start() {
      running ??= run();
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}
