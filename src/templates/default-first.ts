/** Which template words go to that name none, and lists that begin with it. */
import type { Template } from '../core/template.ts';
import { mainTextSlot } from './slots/index.ts';

/** Where a guild has chosen none. */
const STANDARD = 'imagine';

export function takesWords(template: Pick<Template, 'slots'>): boolean {
  return mainTextSlot(template) !== undefined;
}

/**
 * The chosen one first, else `imagine`, else one that needs nothing but words, else any that takes words; the others stay in
 * their order. One that takes no words is never the default.
 */
export function defaultFirst<T extends Pick<Template, 'name' | 'slots'>>(
  all: readonly T[],
  chosen?: string,
): T[] {
  const able = all.filter(takesWords);
  const first =
    able.find(({ name }) => name === chosen) ??
    able.find(({ name }) => name === STANDARD) ??
    able.find(needsWordsAlone) ??
    able[0];
  return first ? [first, ...all.filter((one) => one !== first)] : [...all];
}

function needsWordsAlone({ slots }: Pick<Template, 'slots'>): boolean {
  const main = mainTextSlot({ slots });
  return Object.entries(slots).every(([name, { required }]) => name === main || !required);
}
