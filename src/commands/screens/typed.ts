/** What is typed for a field, where a platform has nothing better for it: a switch as yes or no, lists with commas. */
import type { FieldShape, FieldValue, Option } from '../../core/screen.ts';
import { readSwitch } from '../../core/switch.ts';

/**
 * Texts that the field does not know stay as they are: who takes the value says what is wrong with it. A file's is
 * whatever the platform finds files by.
 */
export function readTyped(field: FieldShape, typed: string): FieldValue {
  switch (field.kind) {
    case 'yes-no':
      return readSwitch(typed) ?? typed;
    case 'one-of':
      if (typed.trim() === '' || (field.none !== undefined && sameWords(field.none, typed))) return '';
      return chosenOf(field.options, typed)?.value ?? typed;
    case 'some-of':
      return partsOf(typed).map((part) => chosenOf(field.options, part)?.value ?? part);
    case 'people':
    case 'roles':
    case 'channels':
      return readList(typed);
    case 'long-text':
      // where a line ends with Enter, this is how one is typed inside it
      return typed.replaceAll(String.raw`\n`, '\n');
    case 'text':
    case 'number':
    case 'file':
      return typed;
  }
}

/** What was meant by a typed text: a value or a label; or else the only one that begins with it, or whose label holds it. */
export function chosenOf<T extends Pick<Option, 'value' | 'label'>>(
  options: readonly T[],
  typed: string,
): T | undefined {
  const exact =
    options.find(({ value }) => value === typed) ??
    options.find(({ value, label }) => sameWords(value, typed) || sameWords(label, typed));
  if (exact) return exact;
  const part = typed.trim().toLowerCase();
  const holding = options.filter(
    ({ value, label }) => part !== '' && (value.startsWith(part) || label.toLowerCase().includes(part)),
  );
  return holding.length === 1 ? holding[0] : undefined;
}

/** Ids, with commas or blanks between. */
export function readList(typed: string): string[] {
  return typed.split(/[\s,，、]+/).filter(Boolean);
}

/** A label may have blanks inside: where there are commas, they alone divide. */
function partsOf(typed: string): string[] {
  const parts = /[,，、\n]/.test(typed) ? typed.split(/[,，、\n]/) : [typed];
  return parts.map((part) => part.trim()).filter(Boolean);
}

function sameWords(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
