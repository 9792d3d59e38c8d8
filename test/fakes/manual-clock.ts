/** A clock that stands still until a test moves it. */
import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../../src/core/time.ts';

/** What happens to a wall clock, in ms: winter time, a wrong zone, a day that the machine missed. */
export const JUMPS = [-3_600_000, 3_600_000, 86_400_000] as const;

interface Sleeper {
  due: number;
  wake: () => void;
}

export interface ManualClock extends Clock {
  /** Moves time on and wakes who is due, in order. */
  advance(ms: number): void;
  /** As `advance`, one sleeper after the other, each with time to go on; for those who sleep again and again. */
  pass(ms: number): Promise<void>;
  /** Sets the wall clock forward or back; nothing else notices. */
  jump(ms: number): void;
  /** How many are asleep. */
  readonly sleeping: number;
  /** Every sleep so far, in ms. */
  readonly sleeps: readonly number[];
  /** As in the options; from now on. */
  skipping: boolean;
}

const TURNS = 10;

export interface ManualClockOptions {
  /** Nobody waits: a sleep moves the clock by its length and ends on the next turn of the event loop. */
  skipping?: boolean;
}

export function createManualClock(start = 1_000_000, options: ManualClockOptions = {}): ManualClock {
  let now = start;
  let wall = 0;
  const sleepers = new Set<Sleeper>();
  const sleeps: number[] = [];

  function advance(ms: number): void {
    now += ms;
    for (const sleeper of [...sleepers].toSorted((a, b) => a.due - b.due))
      if (sleeper.due <= now) sleeper.wake();
  }

  /** Turns of the event loop for who was woken. */
  async function turns(): Promise<void> {
    for (let turn = 0; turn < TURNS; turn += 1) await setImmediate();
  }

  const clock: ManualClock = {
    skipping: options.skipping ?? false,
    now: () => now + wall,
    // another origin, so that a mix-up of the two shows
    monotonic: () => now - start + 1,
    jump(ms) {
      wall += ms;
    },
    sleeps,
    advance,
    async pass(ms) {
      const end = now + ms;
      await turns();
      for (;;) {
        const next = Math.min(end, ...[...sleepers].map(({ due }) => due));
        advance(Math.max(0, next - now));
        await turns();
        if (next >= end) return;
      }
    },
    get sleeping() {
      return sleepers.size;
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        sleeps.push(ms);
        const abort = () => {
          sleepers.delete(sleeper);
          reject(signal?.reason);
        };
        const sleeper: Sleeper = {
          due: now + ms,
          wake() {
            sleepers.delete(sleeper);
            signal?.removeEventListener('abort', abort);
            resolve();
          },
        };
        signal?.addEventListener('abort', abort, { once: true });
        sleepers.add(sleeper);
        if (clock.skipping) void skip(sleeper);
      });
    },
  };

  async function skip(sleeper: Sleeper): Promise<void> {
    await setImmediate();
    if (sleepers.has(sleeper)) advance(Math.max(0, sleeper.due - now));
  }

  return clock;
}
