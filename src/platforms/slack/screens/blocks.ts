/** Block Kit in small pieces that keep Slack's limits, for the forms. Plain text stays plain; mrkdwn comes escaped. */
import type { types } from '@slack/bolt';
import { clip, oneLine } from '../../../core/text.ts';
import { meantBy, optionValue } from '../../kit/option-value.ts';
import { BLOCK, MODAL, OPTION } from '../limits.ts';

export const { count: MAX_OPTIONS } = OPTION;
export const { title: MAX_TITLE, input: MAX_TEXT } = MODAL;
const { text: MAX_OPTION, value: MAX_VALUE } = OPTION;
const { label: MAX_LABEL, placeholder: MAX_PLACEHOLDER } = BLOCK;

/** The action_id of what is only read when its form is submitted. */
export const VALUE = 'value';

type InputElement = types.InputBlock['element'];

export function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: clip(text, max) || '…' };
}

export function section(text: string): types.SectionBlock {
  return { type: 'section', text: { type: 'mrkdwn', text: clip(text, MAX_TEXT), verbatim: true } };
}

/** An option whose value says what it stands for, whatever becomes of the list meanwhile. */
export function option(text: string, value = text, description = ''): types.PlainTextOption {
  return {
    text: plain(oneLine(text), MAX_OPTION),
    value: optionValue(value, MAX_VALUE),
    ...(description && { description: plain(oneLine(description), MAX_OPTION) }),
  };
}

/** Which of them the value of an option stands for; one that is none of them stands for itself. */
export const meant = (all: readonly string[], value: string): string => meantBy(all, value, MAX_VALUE);

interface Select {
  action?: string;
  picked?: types.PlainTextOption | undefined;
  /** What is typed may be picked, too. */
  open?: boolean | undefined;
  /** What stands there where it asks for its options. */
  placeholder?: string;
}

/** A list to choose from; one that is too long for Slack asks for what it shows (`suggest.ts`). */
export function select(
  options: types.PlainTextOption[],
  { action = VALUE, picked, open = false, placeholder }: Select = {},
): types.StaticSelect | types.ExternalSelect {
  const head = { action_id: action, ...(picked && { initial_option: picked }) };
  if (options.length <= MAX_OPTIONS && !open) return { type: 'static_select', ...head, options };
  const hint = placeholder !== undefined && { placeholder: plain(placeholder, MAX_PLACEHOLDER) };
  return { type: 'external_select', ...head, min_query_length: 0, ...hint };
}

export interface TextInput {
  value?: string | undefined;
  multiline?: boolean;
  max?: number;
}

/** A value longer than Slack's inputs is cut. */
export function textInput({ value, multiline = false, max = MAX_TEXT }: TextInput): types.PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: VALUE,
    multiline,
    max_length: max,
    ...(value && { initial_value: clip(value, max) }),
  };
}

export function input(
  block: string,
  label: string,
  element: InputElement,
  { hint, required = false }: { hint?: string | undefined; required?: boolean | undefined } = {},
): types.InputBlock {
  return {
    type: 'input',
    block_id: block,
    label: plain(label, MAX_LABEL),
    ...(hint && { hint: plain(hint, MAX_LABEL) }),
    optional: !required,
    element,
  };
}

export function button(action: string, text: string, value: string, style?: 'danger'): types.Button {
  const styled = style && { style };
  return { type: 'button', action_id: action, text: plain(text, MAX_OPTION), value, ...styled };
}

interface Modal {
  title: string;
  close: string;
  /** Slack wants one where there are inputs. */
  submit?: string;
  callback?: string;
  /** Comes back with everything that is done in the form; at most 3000 characters as JSON. */
  memory?: object;
  blocks: types.KnownBlock[];
}

export function modal({ title, close, submit, callback, memory, blocks }: Modal): types.ModalView {
  return {
    type: 'modal',
    title: plain(title, MAX_TITLE),
    close: plain(close, MAX_TITLE),
    ...(submit !== undefined && { submit: plain(submit, MAX_TITLE) }),
    ...(callback !== undefined && { callback_id: callback }),
    ...(memory && { private_metadata: JSON.stringify(memory) }),
    blocks,
  };
}
