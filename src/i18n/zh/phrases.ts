/** Small pieces of Chinese that many sentences are made of: bounds, lists, sizes, times. */
import { clock, firstOf, sizeOf } from '../phrases.ts';

export function bytes(size: number): string {
  return sizeOf(size, (few) => `${few} 字节`);
}

export function duration(ms: number): string {
  const { minutes, seconds } = clock(ms);
  return minutes === 0 ? `${seconds} 秒` : `${minutes} 分 ${seconds} 秒`;
}

export function list(items: string[]): string {
  return firstOf(items, (hidden) => `另外 ${hidden} 个`).join('、') || '无';
}
