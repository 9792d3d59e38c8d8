/** Random numbers that are the same in every run: a test that fails once fails again. */
export interface Random {
  /** 0 to 1, never 1. */
  next(): number;
  /** A whole number from 0 to `n - 1`. */
  below(n: number): number;
  pick<T>(items: readonly [T, ...T[]] | readonly T[]): T;
}

/** Mulberry32. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return { next, below, pick: (items) => items[below(items.length)]! };
}
