/**
 * Small pieces of Korean that many sentences are made of. Particles change with the sound before them, so sentences
 * put a known noun, or one that never changes (에, 에서, 의), after a name that somebody chose.
 */
import { clock, firstOf, sizeOf } from '../phrases.ts';

export function bytes(size: number): string {
  return sizeOf(size, (few) => `${few}바이트`);
}

export function duration(ms: number): string {
  const { minutes, seconds } = clock(ms);
  return minutes === 0 ? `${seconds}초` : `${minutes}분 ${seconds}초`;
}

export function list(items: string[]): string {
  return firstOf(items, (hidden) => `그 밖에 ${hidden}개`).join(', ') || '없음';
}
