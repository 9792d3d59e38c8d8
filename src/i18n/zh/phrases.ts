/** Small pieces of Chinese that many sentences are made of: bounds, lists, sizes, times. */
import { firstOf, sizeOf } from '../phrases.ts';

export function bytes(size: number): string {
  return sizeOf(size, (few) => `${few} 字节`);
}

/** What a value must be; it follows the value's name. */
export function range(min?: string, max?: string): string {
  if (min !== undefined && max !== undefined) return `必须在 ${min} 到 ${max} 之间`;
  return min === undefined ? `不能大于 ${max}` : `不能小于 ${min}`;
}

export function list(items: string[]): string {
  return firstOf(items, (hidden) => `另外 ${hidden} 个`).join('、') || '无';
}
