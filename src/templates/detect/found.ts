/** What the rules hand to each other's numbering: a slot and the name that it would like to have. */
import { clip, oneLine } from '../../core/text.ts';
import type { Slot } from '../../core/template.ts';
import type { InputPath } from '../../core/workflow.ts';
import { ownTitle, type View } from './view.ts';

export interface Found {
  /** `prompt`: the second of that name becomes `prompt_2`. */
  name: string;
  slot: Slot;
}

/** Characters of a description: as many as every chat takes. */
const MAX_SUGGESTED = 100;

/** The title that a person gave the node, else `fallback`. */
export function describe(view: View, [id]: InputPath, fallback: string): string {
  return clip(oneLine(ownTitle(view, id) ?? '').trim() || fallback, MAX_SUGGESTED);
}

/** `groups.get(value)` lists what has that value, in order of appearance. */
export function groupBy<K, T>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** The first item of every key. */
export function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...groupBy(items, keyOf).values()].flatMap((group) => group.slice(0, 1));
}
