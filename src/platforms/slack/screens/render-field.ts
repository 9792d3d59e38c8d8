/** A field of a screen → the inputs of a form that hold it, as Slack takes them. */
import type { types } from '@slack/bolt';
import type { Field, FieldShape } from '../../../core/screen.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import { BLOCK } from '../limits.ts';
import { input, MAX_OPTIONS, MAX_TEXT, option, plain, select, textInput, VALUE } from './blocks.ts';

type Shape<K extends FieldShape['kind']> = Extract<FieldShape, { kind: K }>;
type InputElement = types.InputBlock['element'];

/** Stands for "nothing chosen", since nobody can take back a choice in Slack; no option is called that. */
export const NONE = ':none';
/** The action_id of a field that is told of as soon as it is changed. */
export const REDRAW = 'redraw';
/** What a ticked box is called. */
const YES = 'yes';
/** Characters that the last of several inputs has free for more. */
const ROOM = 500;

/** None where Slack has nothing that could hold it. A text that is too long for one input has several. */
export function inputsOf(field: Field, words: Catalogue): types.InputBlock[] {
  const { key, label, note, required, redraws } = field;
  const hint = [note, beyondMenu(field, words), field.hint].filter(Boolean).join('. ');
  return elementsOf(field, words).map((element, index) => ({
    ...input(blockOf(key, index), label, redraws ? { ...element, action_id: REDRAW } : element, {
      hint,
      // whoever empties one of several has not emptied them all
      required: required && index === 0,
    }),
    ...(redraws && { dispatch_action: true }),
  }));
}

/** That a menu has room for some of what is chosen only. */
function beyondMenu(field: Field, words: Catalogue): string {
  if (field.kind !== 'some-of' || field.value.length <= MAX_OPTIONS) return '';
  return words.editor.menuHasSome(MAX_OPTIONS, field.value.length).replace(/[.。]$/, '');
}

/** The input block of a field; a long text has further ones. */
export function blockOf(key: string, index = 0): string {
  return index === 0 ? key : `${key}:${index}`;
}

/** The field that an input block belongs to. */
export function keyOf(block: string): string {
  return block.replace(/:\d+$/, '');
}

function elementsOf(field: Field, words: Catalogue): InputElement[] {
  switch (field.kind) {
    case 'text':
    case 'long-text':
      return textInputs(field);
    case 'number':
      return [numberInput(field)];
    case 'yes-no': {
      const tick = option(words.editor.yesOrNo(true), YES);
      const ticked = field.value && { initial_options: [tick] };
      return [{ type: 'checkboxes', action_id: VALUE, options: [tick], ...ticked }];
    }
    case 'one-of':
      return [oneOf(field, words)];
    case 'some-of':
      return someOf(field, words);
    case 'people': {
      const ids = field.value.filter((id) => /^[UW][A-Z0-9]{2,}$/.test(id));
      const chosen = ids.length > 0 && { initial_users: ids };
      return [{ type: 'multi_users_select', action_id: VALUE, ...chosen }];
    }
    case 'channels': {
      const ids = field.value.filter((id) => /^[CG][A-Z0-9]{2,}$/.test(id));
      const chosen = ids.length > 0 && { initial_conversations: ids };
      // direct messages are nobody's channel
      const filter = { include: ['public', 'private'] } satisfies types.MultiConversationsSelect['filter'];
      return [{ type: 'multi_conversations_select', action_id: VALUE, filter, ...chosen }];
    }
    case 'file':
      return [{ type: 'file_input', action_id: VALUE, filetypes: [...field.endings], max_files: 1 }];
    // Slack has none that an app can see
    case 'roles':
      return [];
  }
}

/** None for one whose lines are too long. */
function textInputs({ kind, value, max = MAX_TEXT }: Shape<'text' | 'long-text'>): InputElement[] {
  const multiline = kind === 'long-text';
  const limit = Math.min(max, MAX_TEXT);
  const parts = multiline && value.length > MAX_TEXT - ROOM ? partsOf(value) : [value];
  if (parts.some((part) => part.length > limit)) return [];
  return parts.map((part) => textInput({ value: part, multiline, max: limit }));
}

/** Whole lines, as many as leave room for more. */
function partsOf(text: string): string[] {
  const parts: string[][] = [];
  let length = 0;
  for (const line of text.split('\n')) {
    length += line.length + 1;
    const last = parts.at(-1);
    if (last && length <= MAX_TEXT - ROOM) last.push(line);
    else {
      parts.push([line]);
      length = line.length;
    }
  }
  return parts.map((lines) => lines.join('\n'));
}

/** Where more is allowed than a number holds, as in a seed, the digits are a text. */
function numberInput({ value, whole, min, max }: Shape<'number'>): InputElement {
  if (whole && max !== undefined && !Number.isSafeInteger(Number(max)))
    return textInput({ value, max: max.length });
  const number = Number(value);
  const isWithin = number >= Number(min ?? -Infinity) && number <= Number(max ?? Infinity);
  const isShown = /^-?\d+(?:\.\d+)?$/.test(value) && isWithin && !(whole && value.includes('.'));
  return {
    type: 'number_input',
    action_id: VALUE,
    is_decimal_allowed: !whole,
    ...(min !== undefined && { min_value: min }),
    ...(max !== undefined && { max_value: max }),
    ...(isShown && { initial_value: value }),
  };
}

function oneOf({ value, options, none, open }: Shape<'one-of'>, words: Catalogue): InputElement {
  const all = optionsOf({ options, none });
  if (all.length === 0) return textInput({ value });
  const known = value === '' ? NONE : value;
  const index = [...(none === undefined ? [] : [NONE]), ...options.map((one) => one.value)].indexOf(known);
  const typed = open && value !== '' ? option(value) : undefined;
  return select(all, { picked: all[index] ?? typed, open, placeholder: words.slack.search() });
}

/** As they are listed, what stands for no choice first. */
export function optionsOf({
  options,
  none,
}: Pick<Shape<'one-of'>, 'options' | 'none'>): types.PlainTextOption[] {
  const listed = options.map(({ value, label, description }) => option(label, value, description));
  return none === undefined ? listed : [option(none, NONE), ...listed];
}

/** One that is too long for Slack asks for what it shows, as `select` does. What it has no room for, it leaves as it is. */
function someOf({ value, options }: Shape<'some-of'>, words: Catalogue): InputElement[] {
  const chosen = options.filter((one) => value.includes(one.value)).slice(0, MAX_OPTIONS);
  if (options.length === 0) return [];
  const initial = chosen.length > 0 && { initial_options: optionsOf({ options: chosen }) };
  if (options.length <= MAX_OPTIONS)
    return [{ type: 'multi_static_select', action_id: VALUE, options: optionsOf({ options }), ...initial }];
  const placeholder = plain(words.slack.search(), BLOCK.placeholder);
  return [{ type: 'multi_external_select', action_id: VALUE, min_query_length: 0, placeholder, ...initial }];
}
