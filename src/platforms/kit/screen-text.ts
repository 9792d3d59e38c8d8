/** What a screen says, as plain text: for platforms without formatting, and for what must be read without it. */
import { plainMoment } from '../../core/moment.ts';
import type { Field, Line, Part } from '../../core/screen.ts';
import type { Catalogue } from '../../i18n/index.ts';

const MARKS: Record<NonNullable<Line['tone']>, string> = {
  ok: '✅ ',
  warning: '⚠ ',
  blocked: '⛔ ',
  minor: '',
  heading: '',
};
/** Of those that are shown at once. */
const MAX_OPTIONS = 12;

/** `say`: a part that is no text. */
export function lineText(
  { parts, tone }: Line,
  say: (part: Exclude<Part, string>) => string = plainPart,
): string {
  const mark = tone === undefined ? '' : MARKS[tone];
  return mark + parts.map((part) => (typeof part === 'string' ? part : say(part))).join('');
}

/** People and places by their id, moments with their day. */
export function plainPart(part: Exclude<Part, string>): string {
  switch (part.kind) {
    case 'strong':
    case 'code':
      return part.text;
    case 'person':
    case 'role':
    case 'channel':
      return part.id;
    case 'date':
      return plainMoment(part.at, 0);
    case 'picture':
      return part.file;
  }
}

/** `guildJobs: 2 (default)  (Jobs at once)`, and below it what else there is to say of the field. */
export function fieldLines(field: Field, words: Catalogue): string[] {
  const { key, label, hint, required, note, applies, problem } = field;
  const about = [...(label === key ? [] : [label]), ...(required ? [words.editor.required()] : [])];
  const value = fieldText(field, words) || applies || words.settings.none();
  const below = [
    note !== value && note,
    !applies && hint,
    optionsText(field),
    problem && MARKS.blocked + problem,
  ];
  return [
    `${key}: ${value}${about.length > 0 ? `  (${about.join(', ')})` : ''}`,
    ...below.filter((text) => typeof text === 'string').map((text) => `  ${text}`),
  ];
}

/** What it holds, as it could be typed; empty where it holds nothing. */
export function fieldText(field: Field, { editor: say }: Catalogue): string {
  switch (field.kind) {
    case 'text':
    case 'number':
      return field.value;
    case 'long-text':
      return field.value.replaceAll('\n', String.raw`\n`);
    case 'yes-no':
      return say.yesOrNo(field.value);
    case 'one-of':
      return field.value || (field.none ?? '');
    case 'some-of':
    case 'people':
    case 'roles':
    case 'channels':
      return field.value.join(', ');
    case 'file':
      return '';
  }
}

/** What may be typed there. */
function optionsText(field: Field): string | undefined {
  if (field.kind === 'number')
    return field.min === undefined && field.max === undefined
      ? undefined
      : `${field.min ?? ''}–${field.max ?? ''}`;
  if (field.kind !== 'one-of' && field.kind !== 'some-of') return undefined;
  return firstOptions(field.options.map(({ value }) => value)).join(' | ') || undefined;
}

export function firstOptions(all: readonly string[]): string[] {
  return all.length > MAX_OPTIONS ? [...all.slice(0, MAX_OPTIONS), '…'] : [...all];
}
