/** Words of a typed line, and `key:value` words as what is entered into a screen's fields. */
import { EaselError } from '../../core/errors.ts';
import type { Field } from '../../core/screen.ts';
import type { Entered } from '../screens/index.ts';
import { readTyped } from '../screens/typed.ts';

/**
 * Words as a shell would read them: what stands in double quotes is one, with `\"` for a quote inside. Smart quotes, which
 * phones insert, count as plain ones.
 */
export function readWords(text: string): string[] {
  const plain = text.replaceAll(/[“”„＂]/g, '"');
  return [...plain.matchAll(/(?:"(?:\\"|[^"])*"|[^\s"]+)+/g)].map(([word]) =>
    word.replaceAll(/\\(")|"/g, (_mark, inside: string | undefined) => inside ?? ''),
  );
}

/** `key:value` of one of the fields; undefined: the word is none. */
export function fieldEntry(
  word: string,
  fields: readonly Field[],
): { field: Field; typed: string } | undefined {
  const [, key = '', typed = ''] = /^([\p{L}\p{N}_-]+)[:：](.*)$/su.exec(word) ?? [];
  const field = fields.find((one) => one.key.toLowerCase() === key.toLowerCase());
  return field && { field, typed };
}

/** What was typed into a form, as each field reads it; what is no field, as what was chosen, stays as it is. */
export function readForm(typed: Entered, fields: readonly Field[]): Entered {
  const read = Object.entries(typed).map(([key, value]) => {
    const field = fields.find((one) => one.key === key);
    return [key, field && typeof value === 'string' ? readTyped(field, value) : value] as const;
  });
  return Object.fromEntries(read);
}

/** What is typed into fields, as each of them reads it; a later word wins. Throws EaselError `unknown-slot`. */
export function readFields(words: readonly string[], fields: readonly Field[]): Entered {
  const entries = words.map((word) => {
    const entry = fieldEntry(word, fields);
    if (entry) return [entry.field.key, readTyped(entry.field, entry.typed)] as const;
    const [slot = word] = /^[^:：\s]+(?=[:：])/.exec(word) ?? [];
    throw new EaselError({ code: 'unknown-slot', slot, known: fields.map(({ key }) => key) });
  });
  return Object.fromEntries(entries);
}
