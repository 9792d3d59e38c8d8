/**
 * Time as far as this process had it. A platform's deadline is a promise of Easel's, which runs in the same process: what
 * a busy machine gives neither of them is not counted.
 */
export interface FairClock {
  /** In ms. */
  now(): number;
  /** Acts when so many ms have been counted. Returns what calls it off. */
  after(ms: number, act: () => void): () => void;
  stop(): void;
}

const TICK_MS = 10;
/** Counted between two ticks, however far apart they are. */
const MOST_MS = 2 * TICK_MS;

export function createFairClock(): FairClock {
  const waiting = new Set<{ at: number; act: () => void }>();
  let counted = 0;
  let last = performance.now();

  function now(): number {
    const here = performance.now();
    counted += Math.min(here - last, MOST_MS);
    last = here;
    return counted;
  }

  const ticking = setInterval(() => {
    const at = now();
    for (const one of waiting)
      if (one.at <= at) {
        waiting.delete(one);
        one.act();
      }
  }, TICK_MS).unref();

  return {
    now,
    after(ms, act) {
      const one = { at: now() + ms, act };
      waiting.add(one);
      return () => void waiting.delete(one);
    },
    stop() {
      clearInterval(ticking);
      waiting.clear();
    },
  };
}
