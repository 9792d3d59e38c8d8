/** How a language writes what many sentences hold: lists, sizes, times, bounds. */
import { MAX_LISTED } from './phrases.ts';
import type { Say } from './say.ts';

export interface Formats {
  /** The first twelve, and how many others there are. `nor`: of a sentence that says of each that it is not. */
  list: (items: readonly string[], last?: 'and' | 'or' | 'nor') => string;
  /** A size in bytes; 1 KB is 1024. */
  bytes: (size: number) => string;
  /** As the budget of the data folder is counted: 1 GB is 10^9 bytes. */
  gigabytes: (size: number) => string;
  duration: (ms: number) => string;
  /** What a value must be; digits as they were written. */
  range: (min?: string, max?: string) => string;
}

export function formats(tag: string, say: Say): Formats {
  return {
    list: (items, last = 'and') => {
      if (items.length === 0) return say('list.nothing');
      const shown = items.slice(0, MAX_LISTED);
      const hidden = items.length - shown.length;
      const word = last === 'nor' ? say('list.nor') : last;
      const type = word === 'or' ? 'disjunction' : 'conjunction';
      return new Intl.ListFormat(tag, { type }).format(
        hidden > 0 ? [...shown, say('list.more', { hidden })] : shown,
      );
    },
    bytes: (size) => {
      if (size < 1024) return say('size.bytes', { size });
      if (size < 1024 * 1024) return say('size.kilobytes', { size: Math.round(size / 1024) });
      return say('size.megabytes', { size: size / 1024 / 1024 });
    },
    gigabytes: (size) =>
      size < 1e9
        ? say('size.wholeMegabytes', { size: Math.ceil(size / 1e6) })
        : say('size.gigabytes', { size: size / 1e9 }),
    duration: (ms) => {
      if (ms < 10_000) return say('duration.short', { seconds: ms / 1000 });
      const seconds = Math.round(ms / 1000);
      const minutes = Math.floor(seconds / 60);
      if (minutes === 0) return say('duration.seconds', { seconds });
      return say('duration.minutes', { minutes, seconds: seconds % 60 });
    },
    range: (min, max) => {
      if (min === undefined) return say('range.atMost', { max: max ?? '' });
      return max === undefined ? say('range.atLeast', { min }) : say('range.between', { min, max });
    },
  };
}
