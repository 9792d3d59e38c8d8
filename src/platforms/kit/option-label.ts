/** What people read of options, where a chat limits their length: names that are equal at their beginning stay apart. */
import { createHash } from 'node:crypto';

/** Characters of a hash that tells two apart which are shortened to the same, and what stands before it. */
const MARK = 6;
const BEFORE_MARK = ' #';

/**
 * At most `max` characters, at least 20; what is cut is cut in the middle, since the ends of files' names tell more. No two are
 * equal unless their texts are.
 */
export function optionLabels(texts: readonly string[], max: number): string[] {
  const short = texts.map((text) => clipMiddle(text, max));
  const times = new Map<string, number>();
  for (const one of short) times.set(one, (times.get(one) ?? 0) + 1);
  return short.map((label, index) => {
    const text = texts[index] ?? '';
    if (label === text || times.get(label) === 1) return label;
    const mark = createHash('sha256').update(text).digest('hex').slice(0, MARK);
    return `${clipMiddle(text, max - MARK - BEFORE_MARK.length)}${BEFORE_MARK}${mark}`;
  });
}

/** At most `max` UTF-16 units, with … in the middle when cut; no character is cut in half. */
function clipMiddle(text: string, max: number): string {
  if (text.length <= max) return text;
  const end = Math.floor((max - 1) / 2);
  const begin = text.slice(0, max - 1 - end).replace(/[\ud800-\udbff]$/, '');
  return `${begin}…${text.slice(text.length - end).replace(/^[\udc00-\udfff]/, '')}`;
}
