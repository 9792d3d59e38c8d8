/** What was entered into a form, and what stood there when it was shown. */
import type { Entered, Shown } from '../../../commands/index.ts';
import type { FieldValue, Screen } from '../../../core/screen.ts';
import type { Attachment } from '../../../templates/values.ts';
import type { SlackFile } from '../events/context.ts';
import { answers, initially, inputsIn, type Answered } from '../events/state.ts';
import type { SeenView } from '../events/payload.ts';
import { HASHED } from '../../kit/option-value.ts';
import { meant } from './blocks.ts';
import { keyOf, NONE } from './render-field.ts';

/** By field. `attachment` turns a file of Slack's into something that can be loaded. */
export function enteredIn(
  { blocks, state }: Pick<SeenView, 'blocks' | 'state'>,
  attachment: (field: string, file: SlackFile) => Attachment,
): Entered {
  const answer = answers(state.values);
  const entered: Record<string, FieldValue | Attachment> = valuesOf(blocks, answer);
  for (const { block_id: block } of inputsIn(blocks)) {
    const { file } = answer(block);
    if (file) entered[keyOf(block)] = attachment(keyOf(block), file);
  }
  return entered;
}

export function shownIn({ blocks }: Pick<SeenView, 'blocks'>): Shown {
  return valuesOf(blocks, answers(initially(blocks)));
}

function valuesOf(
  blocks: readonly unknown[],
  answer: (block: string) => Answered,
): Record<string, FieldValue> {
  const values: Record<string, FieldValue> = {};
  for (const { block_id: block, element } of inputsIn(blocks)) {
    const key = keyOf(block);
    const value = valueOf(element.type, answer(block));
    if (value === undefined) continue;
    const before = Object.hasOwn(values, key) ? values[key] : undefined;
    // a long text has several inputs
    values[key] =
      typeof before === 'string' && typeof value === 'string'
        ? [before, value].filter(Boolean).join('\n')
        : value;
  }
  return values;
}

function valueOf(type: string, answered: Answered): FieldValue | undefined {
  const { asked, text = '', option = '', options = [], users = [], channels = [] } = answered;
  if (!asked) return undefined;
  switch (type) {
    case 'plain_text_input':
    case 'number_input':
      return text;
    case 'checkboxes':
      return options.length > 0;
    case 'static_select':
    case 'external_select':
      return option === NONE ? '' : option;
    case 'multi_static_select':
    case 'multi_external_select':
      return options;
    case 'multi_users_select':
      return users;
    case 'multi_conversations_select':
      return channels;
    default:
      return undefined;
  }
}

/** Slack has a mark instead of what is too long for the value of an option. */
export function hasMarks(values: Entered): boolean {
  return Object.values(values).some((value) => [value].flat().some(isMark));
}

/** With what the marks stand for. */
export function withoutMarks<T extends Entered>(values: T, { fields, menus = [], items = [] }: Screen): T {
  const all = [
    ...fields.flatMap((field) => (field.kind === 'one-of' || field.kind === 'some-of' ? field.options : [])),
    ...menus.flatMap(({ options }) => options),
  ];
  const known = [...all.map(({ value }) => value), ...items.map(({ key }) => key)];
  const read = (value: Entered[string]): Entered[string] => {
    if (typeof value === 'string') return isMark(value) ? meant(known, value) : value;
    return isList(value) ? value.map((one) => meant(known, one)) : value;
  };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a text stays a text, a list a list
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, read(value)])) as T;
}

function isMark(value: unknown): boolean {
  return typeof value === 'string' && value.startsWith(HASHED);
}

function isList(value: Entered[string]): value is readonly string[] {
  return Array.isArray(value);
}
