/** Words of a typed line, and `key:value` words as what is entered into a screen's fields. */
import { EaselError } from '../../core/errors.ts';
import type { Field } from '../../core/screen.ts';
import { folded } from '../../core/text.ts';
import { meantBy, type NameAt } from '../../i18n/command-names.ts';
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

/** `job:fox`, `--version=3`: what is given to an option of a command, in whichever language that is named; undefined: to none. */
export function optionIn(word: string): { option: NameAt<'option'>; value: string } | undefined {
  const [, name = '', value = ''] = /^(?:--)?([^\s:：=]+)[:：=](.+)$/su.exec(word) ?? [];
  const option = meantBy('option', name);
  return option && { option, value: value.trim() };
}

/** What is given to the only option of a command, whether that is named or not. */
export function givenTo(option: NameAt<'option'>, rest: string): string {
  const given = optionIn(rest.trim());
  return given?.option === option ? given.value : rest.trim();
}

/** `key:value` of one of the fields, or with its label where `key` stands; undefined: the word is none. */
export function fieldEntry(
  word: string,
  fields: readonly Field[],
): { field: Field; typed: string } | undefined {
  const [, name = '', typed = ''] = /^([^:：]+)[:：](.*)$/su.exec(word) ?? [];
  const field =
    fields.find(({ key }) => folded(key) === folded(name)) ??
    fields.find(({ label }) => squeezed(label) === squeezed(name));
  return field && { field, typed };
}

/** As somebody may type a label of several words. */
function squeezed(label: string): string {
  return folded(label).replaceAll(/[\s…]/g, '');
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
