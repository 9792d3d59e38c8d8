/** Small pieces of English that many sentences are made of: plurals, lists, sizes, times. */
import { firstOf, sizeOf } from '../phrases.ts';

export function count(n: number, noun: string): string {
  return `${n} ${noun}${n === 1 ? '' : 's'}`;
}

export function bytes(size: number): string {
  return sizeOf(size, (few) => count(few, 'byte'));
}

export function range(min?: string, max?: string): string {
  if (min !== undefined && max !== undefined) return `between ${min} and ${max}`;
  return min === undefined ? `at most ${max}` : `at least ${min}`;
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
