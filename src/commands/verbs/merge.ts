/**
 * Two people who change settings from forms that they opened at the same time: what does not touch is merged, and whose
 * change would undo one that they have not seen is told so, before anything is written.
 */
import { EaselError } from '../../core/errors.ts';

/** `shown`: what the form had; undefined where there was none, and what was given holds. */
export function mergedList(
  wanted: string[],
  shown: readonly string[] | undefined,
  current: readonly string[],
): string[] {
  if (!shown) return wanted;
  const gone = shown.filter((one) => !wanted.includes(one));
  const added = wanted.filter((one) => !shown.includes(one) && !current.includes(one));
  return [...current.filter((one) => !gone.includes(one)), ...added];
}

/** Throws EaselError `setting-changed`. `shown` absent: there was no form, and what was given holds. */
export function mergedOne<T extends string | number | boolean | undefined>(
  setting: string,
  wanted: T,
  shown: { value: T } | undefined,
  current: T,
): T {
  if (!shown) return wanted;
  if (wanted === shown.value) return current;
  if (current === shown.value || wanted === current) return wanted;
  throw new EaselError({ code: 'setting-changed', setting, value: String(current ?? '') });
}
