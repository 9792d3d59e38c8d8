/** Everything that can be wrong with a stored record: a field that is gone, of another type, or a word that nobody knows. */
import { isJsonObject, writeJson, type Json, type JsonObject } from '../../src/core/json.ts';

export interface Damage {
  /** `times.queued is gone`. */
  name: string;
  /** What stands in the row instead. */
  text: string;
}

/** Deeper than this it is somebody else's record. */
const DEPTH = 3;

/** `depth`: of fields in fields. */
export function damages(record: Json, depth = DEPTH): Damage[] {
  const whole = [
    '{broken',
    '{"value":',
    'null',
    '{"value":null}',
    '{"value":7}',
    '{"value":[]}',
    '{"value":"odd"}',
  ];
  return [
    ...whole.map((text) => ({ name: `it is ${text}`, text })),
    ...within(record, depth).map(({ name, value }) => ({ name, text: writeJson({ value }) })),
  ];
}

function within(record: Json, depth: number): { name: string; value: Json }[] {
  if (depth === 0) return [];
  if (Array.isArray(record))
    return record.slice(0, 1).flatMap((first) => [
      { name: '0 is odd', value: [odd(first), ...record.slice(1)] },
      ...within(first, depth - 1).map(({ name, value }) => ({
        name: `0.${name}`,
        value: [value, ...record.slice(1)],
      })),
    ]);
  if (!isJsonObject(record)) return [];
  return Object.entries(record).flatMap(([field, present]) => [
    { name: `${field} is gone`, value: without(record, field) },
    { name: `${field} is odd`, value: { ...record, [field]: odd(present) } },
    { name: `${field} is an unknown word`, value: { ...record, [field]: 'frobnicated' } },
    ...within(present, depth - 1).map(({ name, value }) => ({
      name: `${field}.${name}`,
      value: { ...record, [field]: value },
    })),
  ]);
}

function odd(value: Json): Json {
  return typeof value === 'object' && value !== null ? 7 : { odd: true };
}

function without(record: JsonObject, field: string): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== field));
}
