/** Small pieces of Japanese that many sentences are made of: lists, bounds, sizes, times. */
import { clock, firstOf, sizeOf } from '../phrases.ts';

export function bytes(size: number): string {
  return sizeOf(size, (few) => `${few}バイト`);
}

export function duration(ms: number): string {
  const { minutes, seconds } = clock(ms);
  return minutes === 0 ? `${seconds}秒` : `${minutes}分${seconds}秒`;
}

/** Without または before the last: the sentences say whether all of them are meant or one. */
export function list(items: string[]): string {
  return items.length === 0 ? 'なし' : firstOf(items, (hidden) => `ほか${hidden}件`).join('、');
}
