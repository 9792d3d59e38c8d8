/**
 * How long something has been asked in vain *at a stretch*. A limit of hours is judged by the wall clock, but only by
 * somebody who was there: a machine that slept through the night asks for a while before it gives anything up.
 */
import type { Clock } from '../../core/time.ts';

export interface Stretch {
  /** Asked in vain, again. Resolves to the ms since the first time of this stretch. */
  asked(): number;
}

/** Clocks that part by more than this have been set, or one of them slept. */
const APART_MS = 60_000;

/** `gapMs`: whoever has not asked for longer begins anew. */
export function createStretch(clock: Clock, gapMs: number): Stretch {
  let from: number | undefined;
  let last = { wall: 0, steady: 0 };
  return {
    asked() {
      const now = { wall: clock.now(), steady: clock.monotonic() };
      const steady = now.steady - last.steady;
      const asleep = Math.abs(now.wall - last.wall - steady) > APART_MS;
      if (from === undefined || steady > gapMs || asleep) from = now.steady;
      last = now;
      return now.steady - from;
    },
  };
}
