/** What the rules hand to each other's numbering: a slot and the name that it would like to have. */
import type { SlotAbout, TemplateAbout } from '../../core/detected.ts';
import type { Slot } from '../../core/template.ts';
import type { NodeId } from '../../core/workflow.ts';

export interface Found {
  /** `prompt`: the second of that name becomes `prompt_2`. */
  name: string;
  /** Without a description: its words are the catalogue's. */
  slot: Slot;
  about: SlotAbout;
}

export interface Suggestion {
  /** In the order in which a command should list them; at most 25. */
  slots: Found[];
  /** Nodes whose files are worth posting; undefined: all. */
  outputs: NodeId[] | undefined;
  about: TemplateAbout;
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
