/** Whether a word is a slip of the finger away from a name. Pure. */

/** Names from this length on may have two slips. */
const LONG = 7;
/** Shorter words are near to too much. */
const SHORTEST = 3;

/**
 * Letters changed, left out, added or swapped: one, or two in a long name, and not the first one, which is seldom mistyped and
 * tells `need` from `seed`. Swapped first letters count (`miagine`). Names are in lower case.
 */
export function isNear(typed: string, name: string): boolean {
  if (typed === name || name.length < SHORTEST || typed.length < SHORTEST - 1) return false;
  const most = name.length >= LONG ? 2 : 1;
  if (Math.abs(typed.length - name.length) > most) return false;
  const isSwapped = typed[0] === name[1] && typed[1] === name[0];
  return (typed[0] === name[0] || isSwapped) && slips(typed, name) <= most;
}

/** The optimal string alignment distance. Both are short: a word of any length was measured before. */
function slips(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[j - 2] ?? 0) + 1 : Infinity,
      );
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
