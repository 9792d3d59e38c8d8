/** Owners of files whose time is set: the first to go first, and a few at a time looked at for whose time is over. */

export interface Timed {
  /** In ms since 1970. */
  set(owner: string, until: number): void;
  delete(owner: string): void;
  get(owner: string): number | undefined;
  /** Whoever was set first; on each shelf all have about the same time. */
  first(): string | undefined;
  /** Looks at so many at most, going on where it stopped: those whose time is over by `now`. */
  over(now: number, most: number): string[];
}

export function createTimed(): Timed {
  const owners = new Map<string, number>();
  let looking: Iterator<[string, number]> | undefined;
  return {
    set(owner, until) {
      if (owners.get(owner) === until) return;
      owners.delete(owner);
      owners.set(owner, until);
    },
    delete: (owner) => void owners.delete(owner),
    get: (owner) => owners.get(owner),
    first: () => owners.keys().next().value,
    over(now, most) {
      const found: string[] = [];
      looking ??= owners.entries();
      for (let looked = 0; looked < most; looked += 1) {
        const { value } = looking.next();
        if (!value) {
          looking = undefined;
          break;
        }
        if (value[1] <= now) found.push(value[0]);
      }
      return found;
    },
  };
}
