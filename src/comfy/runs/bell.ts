/** A wait that can be cut short: whoever polls sleeps on it, and whoever learns something rings it. */
import { within, type Clock } from '../../core/time.ts';

export interface Bell {
  ring: () => void;
  /** Resolves after `ms`, or at once when ringing (also before the wait began); rejects when aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

export function createBell(clock: Clock): Bell {
  let ringing = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      ringing = true;
      wake?.();
    },
    async wait(ms, signal) {
      if (!ringing) {
        const early = new AbortController();
        wake = () => {
          early.abort();
        };
        try {
          await within(Infinity, (either) => clock.sleep(ms, either), signal, early.signal);
        } catch (error) {
          if (!early.signal.aborted) throw error;
        } finally {
          wake = undefined;
        }
      }
      ringing = false;
      signal.throwIfAborted();
    },
  };
}
