/** Block Kit in small pieces that keep Slack's limits, for the forms. Plain text stays plain; mrkdwn comes escaped. */
import { createHash } from 'node:crypto';
import type { types } from '@slack/bolt';
import { clip, oneLine } from '../../../core/text.ts';
import { BLOCK, MODAL, OPTION } from '../limits.ts';

export const { count: MAX_OPTIONS } = OPTION;
export const { title: MAX_TITLE, input: MAX_TEXT } = MODAL;
const { text: MAX_OPTION, value: MAX_VALUE } = OPTION;
const { label: MAX_LABEL } = BLOCK;

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
    value: optionValue(value),
    ...(description && { description: plain(oneLine(description), MAX_OPTION) }),
  };
}

/** The text itself, or its hash where it is too long for Slack. */
export function optionValue(text: string): string {
  if (text.length <= MAX_VALUE) return text;
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** Which of them an option with that value stands for. */
export function meant<T>(
  all: readonly T[],
  value: string | undefined,
  nameOf: (one: T) => string,
): T | undefined {
  return value === undefined ? undefined : all.find((one) => optionValue(nameOf(one)) === value);
}

/** A list to choose from; one that is too long for Slack asks for what it shows (`suggest.ts`). */
export function select(
  options: types.PlainTextOption[],
  picked: types.PlainTextOption | undefined,
): types.StaticSelect | types.ExternalSelect {
  const initial = picked && { initial_option: picked };
  if (options.length <= MAX_OPTIONS) return { type: 'static_select', action_id: VALUE, options, ...initial };
  return { type: 'external_select', action_id: VALUE, min_query_length: 0, ...initial };
}

export interface TextInput {
  value?: string | undefined;
  multiline?: boolean;
  max?: number;
}

/** A value longer than Slack's inputs is not for this: see `fitsInput`. */
export function textInput({ value, multiline = false, max = MAX_TEXT }: TextInput): types.PlainTextInput {
  return {
    type: 'plain_text_input',
    action_id: VALUE,
    multiline,
    max_length: max,
    ...(value && { initial_value: clip(value, max) }),
  };
}

export function fitsInput(text: string): boolean {
  return text.length <= MAX_TEXT;
}

export function input(
  block: string,
  label: string,
  element: InputElement,
  { hint, required = false }: { hint?: string | undefined; required?: boolean } = {},
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

export function button(action: string, text: string, value: string): types.Button {
  return { type: 'button', action_id: action, text: plain(text, MAX_OPTION), value };
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
