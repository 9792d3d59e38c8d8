/** Words: a prompt, a caption, lyrics. */
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import type { TextSlot } from '../../core/template.ts';
import { because } from '../reason-of.ts';
import type { SlotFact, SlotTypeDefinition } from './definition.ts';
import { intoAll, shown, standing } from './parts.ts';
import { base, Into } from './schema-parts.ts';

/** UTF-16 units. */
const LONGEST = 6000;
/** A prompt may have lines and marks for right-to-left writing, but nothing that hides or reorders its words. */
const PROMPT_HIDES = /[^\P{Cc}\t\n\r]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u;

const schema = z
  .strictObject({
    type: z.literal('text'),
    into: Into,
    default: z.string().meta({ maxLength: LONGEST }).optional(),
    maxLength: z.number().int().min(1).max(LONGEST).optional(),
    format: z
      .string()
      .includes('{value}')
      .refine((format) => !PROMPT_HIDES.test(format), because({ code: 'reordering-mark' }))
      .describe('What reaches the workflow; {value} stands for what was typed.')
      .meta({ not: { pattern: PROMPT_HIDES.source } })
      .optional(),
    ...base,
  })
  .refine(({ default: d, maxLength }) => (d?.length ?? 0) <= (maxLength ?? LONGEST), {
    ...because({ code: 'default-too-long' }),
    path: ['default'],
  })
  .describe('Free text.');

export const text: SlotTypeDefinition<TextSlot> = {
  schema,
  words: true,
  hasWords: true,
  source: true,
  field: ({ required, maxLength, default: standard = '' }, value = standard) => ({
    kind: required ? 'long-text' : 'text',
    value: String(value),
    max: maxLength,
  }),
  read(slot, { required, maxLength = LONGEST }, raw) {
    if (typeof raw === 'object') throw new EaselError({ code: 'not-text', slot });
    const typed = String(raw);
    if (required && typed.trim() === '') throw new EaselError({ code: 'missing-value', slot });
    if (typed.length > maxLength)
      throw new EaselError({ code: 'too-long', slot, length: typed.length, maxLength });
    return typed;
  },
  absent: (slot) => slot.default,
  trial: ({ maxLength }, own = '') => (String(own).trim() === '' ? 'test' : String(own)).slice(0, maxLength),
  write: (slot, value) => intoAll(slot, slot.format ? formatted(slot.format, String(value)) : value),
  isOpen: () => true,
  lands: ({ default: standard, format = '{value}' }, _path, _own, unasked) =>
    standing(standard === undefined ? undefined : formatted(format, standard), unasked),
  suggest: ({ path, own }) => (typeof own === 'string' ? textSlot([path], own) : undefined),
  facts: ({ default: standard, maxLength, format }) => [
    ...(standard ? [{ kind: 'default', value: standard } satisfies SlotFact] : []),
    ...(maxLength === undefined ? [] : [{ kind: 'max-length', max: maxLength } satisfies SlotFact]),
    ...(format === undefined ? [] : [{ kind: 'format', format } satisfies SlotFact]),
  ],
  editFields: (slot) => [
    { key: 'default', kind: 'long-text', value: slot?.default ?? '' },
    {
      key: 'maxLength',
      kind: 'number',
      value: shown(slot?.maxLength),
      whole: true,
      min: '1',
      max: String(LONGEST),
    },
    { key: 'format', kind: 'long-text', value: slot?.format ?? '' },
  ],
  edited: (form) => ({
    default: form.text('default'),
    maxLength: form.number('maxLength', true),
    format: form.text('format'),
  }),
};

/** For words that stand in a workflow. Those that are longer than what a slot takes stay there, and are no default. */
export function textSlot(into: TextSlot['into'], own: string): TextSlot {
  return { type: 'text', into, ...(own.length <= LONGEST && { default: own }) };
}

function formatted(format: string, value: string): string {
  return format.replaceAll('{value}', () => value);
}
