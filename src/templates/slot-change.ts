/** A slot as a form shows it, and back: everything is text, as people type it. */
import { z } from 'zod';
import { EaselError } from '../core/errors.ts';
import type { Assignment, ChoiceSlot, Slot } from '../core/template.ts';
import { oneLine } from '../core/text.ts';
import type { InputPath } from '../core/workflow.ts';
import { SlotSchema } from './schema.ts';
import { readSwitch } from './values.ts';

/** What a form of a slot holds. A slot type that lacks a field leaves it out. */
export interface SlotFields {
  description: string;
  default?: string;
  min?: string;
  max?: string;
  maxLength?: string;
  format?: string;
  /**
   * One a line; empty: whatever the backend offers. Where a choice sets several inputs, `NAME = VALUE, VALUE`, in the
   * order of `inputs`.
   */
  choices?: string;
}

/** Absent: unchanged. An empty text takes the value away. */
export interface SlotChange extends Partial<SlotFields> {
  name?: string;
  type?: Slot['type'];
  required?: boolean;
}

export function slotFields(slot: Slot): SlotFields {
  const fields: SlotFields = { description: slot.description ?? '' };
  switch (slot.type) {
    case 'text':
      return {
        ...fields,
        default: slot.default ?? '',
        maxLength: shown(slot.maxLength),
        format: slot.format ?? '',
      };
    case 'integer':
    case 'number':
      return { ...fields, default: shown(slot.default), min: shown(slot.min), max: shown(slot.max) };
    case 'boolean':
      return { ...fields, default: slot.default === undefined ? '' : slot.default ? 'yes' : 'no' };
    case 'choice':
      return { ...fields, default: slot.default ?? '', choices: choiceLines(slot) };
    case 'seed':
    case 'image':
      return fields;
  }
}

/** Throws EaselError `slot-broken`, naming the field. A text that is as `slotFields` gave it changes nothing. */
export function changeSlot(name: string, slot: Slot, change: SlotChange): Slot {
  const type = change.type ?? slot.type;
  const shownNow = slotFields(slot);
  const present: Partial<Slot> = sameFields(type, slot.type) ? slot : {};
  const fail: Fail = (field, detail) => {
    throw new EaselError({ code: 'slot-broken', slot: name, field, detail });
  };
  /** What stands there already can be more than a form's text says, such as an empty default. */
  const read = <T>(field: keyof SlotFields, from: (typed: string) => T): T | undefined => {
    const typed = change[field];
    const before: Partial<Record<keyof SlotFields, unknown>> = present;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the field of a slot of the same type
    if (typed === undefined || typed === shownNow[field]) return before[field] as T | undefined;
    return from(typed);
  };
  const number = (field: 'default' | 'min' | 'max' | 'maxLength') =>
    read(field, (typed) => readNumber(typed, field, type !== 'number', fail));
  const text = (field: 'default' | 'format') =>
    read(field, (typed) => (typed.trim() === '' ? undefined : typed));
  const required = (change.required ?? slot.required) === true;
  const described = oneLine(change.description ?? slot.description ?? '').trim();
  const base = { description: described || undefined, required: required || undefined, into: slot.into };

  const wanted = (): object => {
    switch (type) {
      case 'text':
        return { ...base, default: text('default'), maxLength: number('maxLength'), format: text('format') };
      case 'integer':
      case 'number':
        return { ...base, default: number('default'), min: number('min'), max: number('max') };
      case 'boolean':
        return { ...base, default: read('default', (typed) => readDefaultSwitch(typed, fail)) };
      case 'choice': {
        const before: ChoiceSlot = slot.type === 'choice' ? slot : { type, into: slot.into ?? [] };
        const choices = read('choices', (typed) => readChoices(before, typed, fail));
        return { ...base, default: text('default')?.trim(), choices };
      }
      case 'seed':
      case 'image':
        return base;
    }
  };
  if (type !== 'choice' && !slot.into) return fail('type', 'it sets several inputs, so it stays a choice');
  const parsed = SlotSchema.safeParse(withoutAbsent({ type, ...wanted() }));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = String(issue?.path[0] ?? 'type');
  return fail(field === 'into' ? 'choices' : field, issue?.message ?? z.prettifyError(parsed.error));
}

type Fail = (field: keyof SlotFields | (string & {}), detail: string) => never;

/** An integer may become a number and keep its bounds; what is no whole number may not become an integer unseen. */
function sameFields(type: Slot['type'], before: Slot['type']): boolean {
  return type === before || (type === 'number' && before === 'integer');
}

/** One way to match each digit, as in `values.ts`. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Empty: none. A comma is a decimal one; a whole number has none, where `1,000` would be 1. */
function readNumber(typed: string, field: string, whole: boolean, fail: Fail): number | undefined {
  const text = typed.trim();
  if (text === '') return undefined;
  const plain = whole ? text : text.replace(',', '.');
  if (!NUMBER.test(plain)) return fail(field, `write a ${whole ? 'whole ' : ''}number`);
  const value = Number(plain);
  return whole && !Number.isSafeInteger(value) ? fail(field, 'write a whole number') : value;
}

function readDefaultSwitch(typed: string, fail: Fail): boolean | undefined {
  if (typed.trim() === '') return undefined;
  return readSwitch(typed) ?? fail('default', 'write yes or no, or nothing');
}

function choiceLines({ choices = [] }: ChoiceSlot): string {
  if (Array.isArray(choices)) return choices.join('\n');
  return Object.entries(choices).map(choiceLine).join('\n');
}

function choiceLine([name, set]: [string, Assignment[]]): string {
  return `${name} = ${set.map(([, value]) => String(value)).join(', ')}`;
}

function readChoices({ choices }: ChoiceSlot, typed: string, fail: Fail): ChoiceSlot['choices'] {
  const lines = typed
    .split('\n')
    .map((line) => oneLine(line).trim())
    .filter(Boolean);
  if (!choices || Array.isArray(choices)) return lines.length === 0 ? undefined : lines;
  const before = new Map(Object.entries(choices));
  const asShown = new Map([...before].map((choice) => [choiceLine(choice), choice]));
  const [pattern = []] = before.values();
  const named = lines.map((line): [string, Assignment[]] => {
    const unchanged = asShown.get(line);
    if (unchanged) return unchanged;
    const [, name = '', values = ''] = /^(.*?)\s*=\s*(.*)$/.exec(line) ?? [];
    // one that is there keeps the inputs that it sets; a new one sets those of the first
    const like = before.get(name) ?? pattern;
    const parts = split(values, like);
    if (name === '' || parts.length !== like.length)
      return fail('choices', `write "name = ${like.map(([, value]) => value).join(', ')}" on each line`);
    return [name, like.map(([path, value], index) => assignment(path, value, parts[index] ?? '', fail))];
  });
  if (new Set(named.map(([name]) => name)).size < named.length)
    return fail('choices', 'the same choice twice');
  return Object.fromEntries(named);
}

/** A size may be written `1536×640`; words have an x of their own. */
function split(values: string, like: Assignment[]): string[] {
  if (like.length === 1) return [values];
  return values.split(like.every(([, value]) => typeof value === 'number') ? /\s*[,×x]\s*/i : /\s*,\s*/);
}

/** The typed value, of the same kind as the one that stood there. */
function assignment(path: InputPath, like: Assignment[1], typed: string, fail: Fail): Assignment {
  if (typeof like === 'string') return [path, typed];
  if (typeof like === 'boolean')
    return [path, readSwitch(typed) ?? fail('choices', `"${typed}" is not yes or no`)];
  return [path, NUMBER.test(typed) ? Number(typed) : fail('choices', `"${typed}" is not a number`)];
}

function shown(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}

function withoutAbsent(object: object): object {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
