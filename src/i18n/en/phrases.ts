/** Small pieces of English that many sentences are made of: plurals, lists, sizes, times. */
import { clock, firstOf, sizeOf } from '../phrases.ts';

const ORDINALS = new Intl.PluralRules('en', { type: 'ordinal' });
const SUFFIXES: Record<string, string> = { one: 'st', two: 'nd', few: 'rd' };

export function ordinal(n: number): string {
  return `${n}${SUFFIXES[ORDINALS.select(n)] ?? 'th'}`;
}

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

export function bytes(size: number): string {
  return sizeOf(size, (few) => count(few, 'byte'));
}

export function duration(ms: number): string {
  const { minutes, seconds } = clock(ms);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds} s`;
}

export function list(items: string[], last: 'and' | 'or' = 'and'): string {
  const shown = firstOf(items, (hidden) => `${hidden} more`);
  if (shown.length === 0) return 'nothing';
  return new Intl.ListFormat('en', { type: last === 'and' ? 'conjunction' : 'disjunction' }).format(shown);
}

/** `a video`, `an audio file`. */
export function article(noun: string): string {
  return `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
