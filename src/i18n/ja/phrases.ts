/** Small pieces of Japanese that many sentences are made of: lists, bounds, sizes, times. */
import { firstOf, sizeOf } from '../phrases.ts';

export function bytes(size: number): string {
  return sizeOf(size, (few) => `${few}バイト`);
}

export function range(min?: string, max?: string): string {
  if (min !== undefined && max !== undefined) return `${min}以上${max}以下`;
  return min === undefined ? `${max}以下` : `${min}以上`;
}

/** Without または before the last: the sentences say whether all of them are meant or one. */
export function list(items: string[]): string {
  return items.length === 0 ? 'なし' : firstOf(items, (hidden) => `ほか${hidden}件`).join('、');
}
