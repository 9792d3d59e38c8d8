/** What several slot types do alike. */
import type { Json } from '../../core/json.ts';
import type { SlotValue } from '../../core/template.ts';
import type { InputPath } from '../../core/workflow.ts';
import type { RawValue } from './definition.ts';

/** What was given, as its sentence shows it. */
export function asText(raw: RawValue): string {
  return typeof raw === 'object' ? raw.name : String(raw);
}

export function intoAll({ into = [] }: { into?: InputPath[] | undefined }, value: Json): [InputPath, Json][] {
  return into.map((path) => [path, value]);
}

/** What is given where nobody says anything: the default, or what stands there. */
export function standing(value: SlotValue | undefined, unasked: string[]): string[] {
  return value === undefined ? unasked : [String(value)];
}

/** As an admin writes it into a form. One way to match each digit: thousands of them must not take seconds. */
export const EDITED_NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Shown in a form; empty: none. */
export function shown(value: number | undefined): string {
  return value === undefined ? '' : String(value);
}
