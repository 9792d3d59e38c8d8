/** Numbers within bounds: `integer` takes whole ones. */
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import type { NumberSlot } from '../../core/template.ts';
import { numberSlot } from '../detect/limits.ts';
import { because } from '../reason-of.ts';
import type { SlotFact, SlotTypeDefinition } from './definition.ts';
import { asText, intoAll, shown, standing } from './parts.ts';
import { base, Into } from './schema-parts.ts';

/** As a JSON schema says it. */
const SAFE = { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } as const;

export const integer = numberType('integer');
export const number = numberType('number');

function numberType(type: NumberSlot['type']): SlotTypeDefinition<NumberSlot> {
  const whole = type === 'integer';
  return {
    schema: schemaOf(type),
    field: ({ min, max, default: standard }, value = standard) => ({
      kind: 'number',
      value: typeof value === 'number' ? decimal(value) : '',
      whole,
      min: min === undefined ? undefined : decimal(min),
      max: max === undefined ? undefined : decimal(max),
    }),
    read(slot, { min, max }, raw) {
      const text = asText(raw).trim();
      const value = typeof raw === 'number' ? raw : NUMBER.test(text) ? Number(text) : Number.NaN;
      if (Number.isNaN(value) || (whole && Number.isFinite(value) && !Number.isInteger(value)))
        throw new EaselError({ code: 'not-a-number', slot, value: text, integer: whole });
      const limit = whole ? Number.MAX_SAFE_INTEGER : Number.MAX_VALUE;
      if (value < (min ?? -limit) || value > (max ?? limit))
        throw new EaselError({
          code: 'out-of-bounds',
          slot,
          value: text,
          ...bounds(value, limit, min, max),
        });
      return value;
    },
    absent: (slot) => slot.default,
    trial: ({ min = -Infinity, max = Infinity }, own) =>
      Math.min(max, Math.max(min, typeof own === 'number' ? own : 1)),
    write: intoAll,
    lands: (slot, _path, _own, unasked) => standing(slot.default, unasked),
    suggest: ({ path, name, own, info }) => numberSlot(type, name, own, info, [path]),
    facts: ({ default: standard, min, max }) => [
      ...(standard === undefined ? [] : [{ kind: 'default', value: String(standard) } satisfies SlotFact]),
      ...(min === undefined && max === undefined ? [] : [{ kind: 'bounds', min, max } satisfies SlotFact]),
    ],
    editFields: (slot) =>
      (['default', 'min', 'max'] as const).map((key) => ({
        key,
        kind: 'number',
        value: shown(slot?.[key]),
        whole,
      })),
    edited: (form) => ({
      default: form.number('default', whole),
      min: form.number('min', whole),
      max: form.number('max', whole),
    }),
    // what is no whole number may not become an integer unseen
    ...(!whole && { inherits: ['integer'] }),
  };
}

function schemaOf(type: NumberSlot['type']) {
  const one = type === 'number' ? z.number() : z.number().meta(SAFE);
  return z
    .strictObject({
      type: z.literal(type),
      into: Into,
      default: one.optional(),
      min: one.optional(),
      max: one.optional(),
      ...base,
    })
    .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
      ...because({ code: 'min-above-max' }),
      path: ['min'],
    })
    .refine(
      ({ default: d, min, max }) =>
        type === 'number' ||
        [d, min, max].every((value) => value === undefined || Number.isSafeInteger(value)),
      because({ code: 'whole-numbers-only' }),
    )
    .refine(({ default: d, min, max }) => d === undefined || (d >= (min ?? d) && d <= (max ?? d)), {
      ...because({ code: 'default-outside' }),
      path: ['default'],
    })
    .describe(type === 'number' ? 'A number within bounds.' : 'A whole number within bounds.');
}

/** One way to match each digit: thousands of them must not take seconds. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)$/;

/** The template's own bounds, and the one of the number format where `value` is beyond that. */
function bounds(value: number, limit: number, min?: number, max?: number): { min?: string; max?: string } {
  const low = min ?? (value < -limit ? -limit : undefined);
  const high = max ?? (value > limit ? limit : undefined);
  return { ...(low !== undefined && { min: String(low) }), ...(high !== undefined && { max: String(high) }) };
}

/** Every digit that tells it from other numbers, without an exponent: some chats know none. */
function decimal(value: number): string {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value)) ?? [];
  if (exponent === '0' || whole === '') return String(value);
  const point = whole.length + Number(exponent);
  const digits = `${'0'.repeat(Math.max(0, 1 - point))}${whole}${fraction}`;
  const at = Math.max(1, point);
  const padded = digits.padEnd(at, '0');
  const rest = padded.slice(at);
  return `${sign}${padded.slice(0, at)}${rest === '' ? '' : `.${rest}`}`;
}
