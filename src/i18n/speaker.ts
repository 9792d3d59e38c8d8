/**
 * Says messages in one language. They are ICU MessageFormat: plurals, selections and numbers are the language's own
 * (Intl), and a message is read when it is first said.
 */
import { IntlMessageFormat } from 'intl-messageformat';
import type { Tag, Texts } from './languages.ts';
import { formats, type Formats } from './formats.ts';
import type { Say } from './say.ts';

/** A language: its messages, and how it writes lists, sizes and times. */
export interface Speaker extends Formats {
  tag: Tag;
  say: Say;
}

/** Of messages that come from one language's file. */
export function speaker(tag: Tag, texts: Texts): Speaker {
  const read = new Map<string, IntlMessageFormat>();
  const formatOf = (key: string) => {
    const known = read.get(key);
    if (known) return known;
    // `<` is a character as any other
    const format = new IntlMessageFormat(texts[key] ?? key, tag, undefined, { ignoreTag: true });
    read.set(key, format);
    return format;
  };
  const say: Say = (key, ...[values]) => String(formatOf(key).format(values && sayable(values)));
  return { tag, say, ...formats(tag, say) };
}

/** In a `select` a condition is `yes` or `no`. */
function sayable(values: Record<string, unknown>): Record<string, never> {
  const entries = Object.entries(values).map(([name, value]) => [
    name,
    typeof value === 'boolean' ? (value ? 'yes' : 'no') : typeof value === 'string' ? isolated(value) : value,
  ]);
  return Object.fromEntries(entries);
}

/** Scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\p{sc=Rohg}]/u;

/** So that a word from right to left does not reorder what the sentence says around it: Unicode's isolates (UAX 9). */
function isolated(value: string): string {
  return RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}
