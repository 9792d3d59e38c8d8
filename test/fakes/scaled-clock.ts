/** A clock that runs so many times as fast as real time, so that hours of an outage pass while a test looks on. */
import type { Clock } from '../../src/core/time.ts';

export interface ScaledClock extends Clock {
  /** Scaled ms for each real one; may be set at any time, and who sleeps follows. */
  speed: number;
  /** Sets the wall clock forward or back; nothing else notices. */
  jump(ms: number): void;
  /** Time stands still, as in a machine that sleeps, until the function that this gives is called. */
  freeze(): () => void;
}

/** The longest that a timer of Node's can take. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** `speed` 1 is real time, for a wall clock that can jump. Timers that do not ask the clock are real ones. */
export function createScaledClock(speed = 1): ScaledClock {
  let pace = speed;
  const start = Date.now();
  const armed = new Set<() => void>();
  let passed = 0;
  let since: number | undefined = performance.now();
  let jumped = 0;

  const monotonic = (): number => passed + (since === undefined ? 0 : (performance.now() - since) * pace);

  return {
    get speed() {
      return pace;
    },
    set speed(next) {
      passed = monotonic();
      if (since !== undefined) since = performance.now();
      pace = next;
      for (const arm of armed) arm();
    },
    now: () => start + monotonic() + jumped,
    monotonic,
    jump(ms) {
      jumped += ms;
    },
    freeze() {
      passed = monotonic();
      since = undefined;
      return () => {
        since ??= performance.now();
        for (const arm of armed) arm();
      };
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const due = monotonic() + ms;
        let timer: NodeJS.Timeout | undefined;
        const finish = (): void => {
          clearTimeout(timer);
          armed.delete(arm);
          signal?.removeEventListener('abort', abort);
        };
        const abort = (): void => {
          finish();
          reject(signal?.reason);
        };
        const arm = (): void => {
          clearTimeout(timer);
          const left = (due - monotonic()) / pace;
          timer = setTimeout(ring, Math.min(Math.max(0, left), MAX_TIMER_MS));
        };
        // a timer may be early, and nobody wakes while time stands still
        const ring = (): void => {
          if (since === undefined) return;
          if (monotonic() < due) return arm();
          finish();
          resolve();
        };
        armed.add(arm);
        signal?.addEventListener('abort', abort, { once: true });
        arm();
      });
    },
  };
}
