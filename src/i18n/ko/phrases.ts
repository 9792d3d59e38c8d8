/**
 * Small pieces of Korean that many sentences are made of. Particles change with the sound before them, so sentences
 * put a known noun, or one that never changes (에, 에서, 의), after a name that somebody chose.
 */
import { firstOf, sizeOf } from '../phrases.ts';

export function bytes(size: number): string {
  return sizeOf(size, (few) => `${few}바이트`);
}

export function range(min?: string, max?: string): string {
  return [min !== undefined && `${min} 이상`, max !== undefined && `${max} 이하`].filter(Boolean).join(' ');
}

export function list(items: string[]): string {
  return firstOf(items, (hidden) => `그 밖에 ${hidden}개`).join(', ') || '없음';
}
