/** A slot as a form shows it to an admin, and back: everything is text, as people type it. */
import { EaselError } from '../../core/errors.ts';
import type { Reason } from '../../core/reason.ts';
import type { Slot, SlotType } from '../../core/template.ts';
import { oneLine } from '../../core/text.ts';
import { mindedIn } from '../reason-of.ts';
import type { EditField, Edited, EditKey } from './definition.ts';
import { definitionOf, SlotSchema } from './index.ts';
import { EDITED_NUMBER } from './parts.ts';
import { MAX_DESCRIPTION } from './schema-parts.ts';

/**
 * What a form of a slot holds. A slot type that lacks a field leaves it out. Choices are one a line; empty: whatever the
 * backend offers. Where a choice sets several inputs, `NAME = VALUE, VALUE`, in the order of `inputs`.
 */
export type SlotFields = Partial<Record<EditKey, string>> & { description: string };

/** Absent: unchanged. An empty text takes the value away. */
export interface SlotChange extends Partial<SlotFields> {
  name?: string;
  type?: SlotType;
  required?: boolean;
}

/** The fields of a slot's form, besides its name, its type and whether it is required; empty ones for another type. */
export function editFields(slot: Slot, type: SlotType = slot.type): EditField[] {
  const definition = definitionOf(type);
  return [
    { key: 'description', kind: 'text', value: slot.description ?? '', max: MAX_DESCRIPTION },
    ...definition.editFields(type === slot.type ? slot : undefined),
  ];
}

export function slotFields(slot: Slot, type?: SlotType): SlotFields {
  const fields: SlotFields = { description: '' };
  for (const { key, value } of editFields(slot, type)) fields[key] = value;
  return fields;
}

/** Throws EaselError `slot-broken`, naming the field. A text that is as `slotFields` gave it changes nothing. */
export function changeSlot(name: string, slot: Slot, change: SlotChange): Slot {
  const type = change.type ?? slot.type;
  const definition = definitionOf(type);
  const shownNow = slotFields(slot);
  const isAlike = type === slot.type || definition.inherits?.includes(slot.type) === true;
  const present: Partial<Slot> = isAlike ? slot : {};
  const fail = (field: string, reason: Reason): never => {
    throw new EaselError({ code: 'slot-broken', slot: name, field, reason });
  };
  const form: Edited = {
    /** What stands there already can be more than a form's text says, such as an empty default. */
    read<T>(field: EditKey, from: (typed: string) => T | undefined): T | undefined {
      const typed = change[field];
      const before: Partial<Record<EditKey, unknown>> = present;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the field of a slot of the same type
      if (typed === undefined || typed === shownNow[field]) return before[field] as T | undefined;
      return from(typed);
    },
    text: (field) => form.read(field, (typed) => (typed.trim() === '' ? undefined : typed)),
    number: (field, whole) => form.read(field, (typed) => readNumber(typed, field, whole, fail)),
    fail,
  };
  const required = (change.required ?? slot.required) === true;
  const described = oneLine(change.description ?? slot.description ?? '').trim();
  const base = { description: described || undefined, required: required || undefined, into: slot.into };

  if (!slot.into && type !== slot.type) return fail('type', { code: 'stays-choice' });
  const edited = definition.edited(form, type === slot.type ? slot : undefined);
  const whole = withoutAbsent({ type, ...base, ...edited });
  const parsed = SlotSchema.safeParse(whole);
  if (parsed.success) return parsed.data;
  const { path, reason } = mindedIn(parsed.error, whole);
  const field = String(path[0] ?? 'type');
  return fail(field === 'into' ? 'choices' : field, reason);
}

/** Empty: none. A comma is a decimal one; a whole number has none, where `1,000` would be 1. */
function readNumber(typed: string, field: EditKey, whole: boolean, fail: Edited['fail']): number | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const plain = whole ? text : text.replace(',', '.');
  if (!EDITED_NUMBER.test(plain)) return fail(field, { code: whole ? 'write-whole-number' : 'write-number' });
  const value = Number(plain);
  return whole && !Number.isSafeInteger(value) ? fail(field, { code: 'write-whole-number' }) : value;
}

function withoutAbsent(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
