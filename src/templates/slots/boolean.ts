/** Switches. */
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import { readSwitch } from '../../core/switch.ts';
import type { BooleanSlot } from '../../core/template.ts';
import type { SlotTypeDefinition } from './definition.ts';
import { asText, intoAll, standing } from './parts.ts';
import { base, Into } from './schema-parts.ts';

export const boolean: SlotTypeDefinition<BooleanSlot> = {
  schema: z
    .strictObject({ type: z.literal('boolean'), into: Into, default: z.boolean().optional(), ...base })
    .describe('Yes or no.'),
  flag: true,
  // one that must be set is nothing that anybody wants
  neverRequired: true,
  field: (slot, value = slot.default ?? false) => ({ kind: 'yes-no', value: value === true }),
  read(slot, _slot, raw) {
    const value = readSwitch(asText(raw));
    if (value === undefined) throw new EaselError({ code: 'not-a-boolean', slot, value: asText(raw) });
    return value;
  },
  absent: (slot) => slot.default,
  trial: (_slot, own) => own === true,
  write: intoAll,
  lands: (slot, _path, _own, unasked) => standing(slot.default, unasked),
  suggest: ({ path, own }) =>
    typeof own === 'boolean' ? { type: 'boolean', into: [path], default: own } : undefined,
  facts: ({ default: standard }) => (standard === undefined ? [] : [{ kind: 'default', value: standard }]),
  editFields: (slot) => [
    {
      key: 'default',
      kind: 'one-of',
      value: slot?.default === undefined ? '' : slot.default ? 'yes' : 'no',
      options: ['yes', 'no'].map((value) => ({ value, label: value })),
      // neither: what stands in the workflow
      none: '',
    },
  ],
  edited: (form) => ({
    default: form.read('default', (typed) =>
      typed.trim() === ''
        ? undefined
        : (readSwitch(typed) ?? form.fail('default', { code: 'write-yes-or-no' })),
    ),
  }),
};
