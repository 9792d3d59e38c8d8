/** A walk through what was typed, as in a shell: back with the up arrow, forth with the down arrow, to where it began. Pure. */

/**
 * `at`: the entry that is shown; one behind the last is what was being written when the walk began. `held`: what was made of
 * entries on the way.
 *
 * @template T
 * @typedef {{ entries: readonly T[], at: number, held: ReadonlyMap<number, T> }} Walk
 */

/** @template T @param {readonly T[]} entries oldest first @returns {Walk<T>} */
export function walkOf(entries) {
  return { entries, at: entries.length, held: new Map() };
}

/**
 * Undefined: there is nothing further in that direction.
 *
 * @template T
 * @param {Walk<T>} walk
 * @param {number} by −1: back
 * @param {T} current what is shown now, which is there again on the way back
 * @returns {{ walk: Walk<T>, shown: T } | undefined}
 */
export function step({ entries, at, held }, by, current) {
  const to = at + by;
  const kept = new Map(held).set(at, current);
  const shown = kept.get(to) ?? entries[to];
  return shown === undefined ? undefined : { walk: { entries, at: to, held: kept }, shown };
}
