/**
 * What this process is writing: one at a time for each path, and never taken for what a process that died has left.
 */
import { createTurns } from '../core/turns.ts';

export interface Writes {
  /** Runs `work`, which writes at a path and beside it, after whatever else does. */
  run<T>(path: string, work: () => Promise<T>): Promise<T>;
  /** Whether that is so of anything for which it is asked. */
  some(of: (path: string) => boolean): boolean;
  /** From now on, until it is no longer needed. */
  watch(): Watch;
}

/** Remembers what was being written when it began, and all that was since. */
export interface Watch {
  has(path: string): boolean;
  /** Runs `work`, which removes what is at a path, unless something was written there; nothing is, meanwhile. */
  unlessWritten(path: string, work: () => Promise<void>): Promise<void>;
  end(): void;
}

export function createWrites(): Writes {
  const turns = createTurns();
  /** How many each. */
  const coming = new Map<string, number>();
  const watches = new Set<Set<string>>();

  return {
    async run(path, work) {
      coming.set(path, (coming.get(path) ?? 0) + 1);
      for (const seen of watches) seen.add(path);
      try {
        return await turns(path, work);
      } finally {
        const left = (coming.get(path) ?? 0) - 1;
        if (left > 0) coming.set(path, left);
        else coming.delete(path);
      }
    },
    some: (of) => coming.keys().some(of),
    watch() {
      const seen = new Set(coming.keys());
      watches.add(seen);
      return {
        has: (path) => seen.has(path),
        unlessWritten: (path, work) =>
          turns(path, async () => {
            if (!seen.has(path)) await work();
          }),
        end: () => void watches.delete(seen),
      };
    },
  };
}
