/** Whether a word is a slip of the finger away from a name. Pure. */
import { distance } from './nearest.ts';

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
  return (typed[0] === name[0] || isSwapped) && distance(typed, name) <= most;
}
