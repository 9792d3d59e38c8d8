/** A template's slots as a modal form, and a submitted form as raw values. Slack checks the bounds in the form. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import { choiceNames, type Slot, type Template } from '../../core/template.ts';
import type { Attachment, RawValues } from '../../templates/values.ts';
import { catalogue } from '../../i18n/index.ts';

/** What a form carries along, as Slack hands it back: at most 3000 characters. */
export const FormMemory = z.object({
  template: z.string(),
  channel: z.string(),
  thread: z.string().optional(),
  /** An image that was chosen before the form was opened; its slot is not asked for again. */
  file: z.object({ slot: z.string(), id: z.string() }).optional(),
});
export type FormMemory = z.infer<typeof FormMemory>;

export const FORM = 'run';

/** Slack's: characters of a title, of a label, of an option; options of a select; characters of an input. */
const MAX_TITLE = 24;
const MAX_LABEL = 75;
const MAX_OPTIONS = 100;
const MAX_TEXT = 3000;
const SEED_DIGITS = 20;
const VALUE = 'value';
const PREFIX = 'slot:';

/** `typed`: values that are filled in already. */
export function slotForm(
  template: Template,
  memory: FormMemory,
  typed: Record<string, string>,
  locale: string,
): types.ModalView {
  const { form } = catalogue(locale);
  const slots = Object.entries(template.slots).filter(([name]) => name !== memory.file?.slot);
  return {
    type: 'modal',
    callback_id: FORM,
    private_metadata: JSON.stringify(memory),
    title: plain(`/${template.name}`, MAX_TITLE),
    submit: plain(form.submit(), MAX_TITLE),
    close: plain(form.close(), MAX_TITLE),
    blocks: slots.map(([name, slot]) => ({
      type: 'input',
      block_id: blockOf(name),
      label: plain(name, MAX_LABEL),
      ...(slot.description && { hint: plain(slot.description, MAX_LABEL) }),
      optional: slot.required !== true,
      element: element(slot, typed[name]),
    })),
  };
}

/** The block that an error about a slot belongs to. */
export function blockOf(slot: string): string {
  return `${PREFIX}${slot}`;
}

function element(slot: Slot, typed: string | undefined): types.InputBlock['element'] {
  switch (slot.type) {
    case 'text':
      return {
        type: 'plain_text_input',
        action_id: VALUE,
        multiline: slot.required === true,
        max_length: Math.min(slot.maxLength ?? MAX_TEXT, MAX_TEXT),
        ...initial(typed ?? slot.default),
      };
    case 'integer':
    case 'number':
      return {
        type: 'number_input',
        action_id: VALUE,
        is_decimal_allowed: slot.type === 'number',
        ...(slot.min !== undefined && { min_value: String(slot.min) }),
        ...(slot.max !== undefined && { max_value: String(slot.max) }),
        ...initial(typed ?? slot.default?.toString()),
      };
    case 'boolean': {
      const option = { text: plain('✓', MAX_LABEL), value: 'true' };
      const on = typed === undefined ? slot.default === true : typed === 'true';
      return {
        type: 'checkboxes',
        action_id: VALUE,
        options: [option],
        ...(on && { initial_options: [option] }),
      };
    }
    case 'choice': {
      const names = choiceNames(slot);
      // a list too long for a select is typed; the words are checked all the same
      if (names.length > MAX_OPTIONS)
        return { type: 'plain_text_input', action_id: VALUE, ...initial(typed ?? slot.default) };
      const options = names.map((name, index) => ({ text: plain(name, MAX_LABEL), value: String(index) }));
      const picked = options[names.indexOf(typed ?? slot.default ?? '')];
      return { type: 'static_select', action_id: VALUE, options, ...(picked && { initial_option: picked }) };
    }
    case 'seed':
      return { type: 'plain_text_input', action_id: VALUE, max_length: SEED_DIGITS, ...initial(typed) };
    case 'image':
      return {
        type: 'file_input',
        action_id: VALUE,
        filetypes: ['png', 'jpg', 'jpeg', 'webp', 'gif'],
        max_files: 1,
      };
  }
}

const State = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      value: z.string().nullish(),
      selected_option: z.object({ value: z.string() }).nullish(),
      selected_options: z.array(z.object({ value: z.string() })).nullish(),
      files: z.array(z.object({ id: z.string() })).nullish(),
    }),
  ),
);

/** `attachment` turns a file's id into something that can be loaded. */
export function formValues(
  template: Template,
  state: unknown,
  attachment: (slot: string, id: string) => Attachment,
): RawValues {
  const blocks = State.parse(state);
  const raw: RawValues = {};
  for (const [name, slot] of Object.entries(template.slots)) {
    const input = blocks[blockOf(name)]?.[VALUE];
    if (!input) continue;
    const [file] = input.files ?? [];
    if (slot.type === 'image') {
      if (file) raw[name] = attachment(name, file.id);
    } else if (slot.type === 'boolean') {
      raw[name] = (input.selected_options ?? []).length > 0;
    } else if (input.selected_option && slot.type === 'choice') {
      raw[name] = choiceNames(slot)[Number(input.selected_option.value)] ?? '';
    } else if (input.value) {
      raw[name] = input.value;
    }
  }
  return raw;
}

function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: text.length > max ? `${text.slice(0, max - 1)}…` : text };
}

function initial(value: string | undefined): { initial_value?: string } {
  return value === undefined || value === '' ? {} : { initial_value: value };
}
