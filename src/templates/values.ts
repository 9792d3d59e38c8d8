/** Checks what a person gave against a template's slots. The sentence they get names slot, value and what is allowed. */
import { EaselError } from '../core/errors.ts';
import type { Slot, SlotValue, SlotValues, Template } from '../core/template.ts';
import type { RawValues } from './slots/definition.ts';
import { typeOf } from './slots/index.ts';

export type { Attachment, RawValue, RawValues } from './slots/definition.ts';

/**
 * Defaults filled in, seeds drawn, files as their names. A slot that was not given and has no default is
 * left out: the workflow's own value stays. Throws EaselError for the first thing that is wrong.
 */
export function readValues(template: Template, raw: RawValues, drawSeed: () => bigint): SlotValues {
  const known = Object.keys(template.slots);
  for (const slot of Object.keys(raw))
    if (!known.includes(slot)) throw new EaselError({ code: 'unknown-slot', slot, known });

  const values: SlotValues = {};
  for (const [name, slot] of Object.entries(template.slots)) {
    const rawValue = Object.hasOwn(raw, name) ? raw[name] : undefined;
    const value =
      rawValue === undefined ? whenAbsent(name, slot, drawSeed) : typeOf(slot).read(name, slot, rawValue);
    if (value !== undefined) values[name] = value;
  }
  return values;
}

/** A seed of at most 15 digits, so that it can be read aloud, typed again and kept by any JSON parser. */
export function randomSeed(): bigint {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (BigInt(high & 0xffff) << 32n) | BigInt(low);
}

function whenAbsent(name: string, slot: Slot, drawSeed: () => bigint): SlotValue | undefined {
  const value = typeOf(slot).absent?.(slot, drawSeed);
  if (value === undefined && slot.required) throw new EaselError({ code: 'missing-value', slot: name });
  return value;
}
