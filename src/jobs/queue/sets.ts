/** Waiting jobs by the set of backends that can run them: one rotation a set, and which backend is spared for whom. */
import type { Ticket } from '../../core/queue.ts';
import { createRotation, type Rotation } from './rotation.ts';

export interface BackendSet {
  readonly key: string;
  /** Undefined: any. */
  readonly names: ReadonlySet<string> | undefined;
  readonly rotation: Rotation;
  /** Jobs that wait with it. */
  waiting: number;
}

export interface Sets {
  /** The one that a job belongs to; made where nobody waits with it. */
  of(needs: Ticket['needs']): BackendSet;
  /** Forgets one with which nobody waits. */
  settle(set: BackendSet): void;
  /** Those with which somebody waits. */
  all(): readonly BackendSet[];
  /** Of the free ones that can run it, the one that the fewest others of the sets could use; the first of several. */
  backend(set: BackendSet, free: readonly string[]): string | undefined;
}

export function createSets(): Sets {
  const sets = new Map<string, BackendSet>();
  let list: readonly BackendSet[] = [];

  /** Sets that could use a backend, but for those that could use any. */
  function rivals(backend: string): number {
    let count = 0;
    for (const { names } of list) if (names?.has(backend)) count += 1;
    return count;
  }

  return {
    of(needs) {
      const key = keyOf(needs);
      const known = sets.get(key);
      if (known) return known;
      const set = { key, names: needs && new Set(needs), rotation: createRotation(), waiting: 0 };
      sets.set(key, set);
      list = [...list, set];
      return set;
    },
    settle({ key, waiting }) {
      if (waiting > 0) return;
      sets.delete(key);
      list = [...sets.values()];
    },
    all: () => list,
    backend(set, free) {
      const able = free.filter((name) => set.names?.has(name) ?? true);
      if (able.length < 2) return able[0];
      return able.map((name) => ({ name, count: rivals(name) })).reduce(fewer).name;
    },
  };
}

/** One of these can run what is in it. */
export function canUse({ names }: BackendSet, backends: readonly string[]): boolean {
  return names === undefined ? backends.length > 0 : backends.some((name) => names.has(name));
}

function keyOf(needs: Ticket['needs']): string {
  return needs === undefined ? 'any' : JSON.stringify([...new Set(needs)].toSorted());
}

function fewer<T extends { count: number }>(a: T, b: T): T {
  return b.count < a.count ? b : a;
}
