/** A template's slots as a modal form, and a submitted form as raw values. Slack checks the bounds in the form. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import { choiceNames, type Slot, type SlotValue, type Template, type TextSlot } from '../../core/template.ts';
import { clip } from '../../core/text.ts';
import { catalogue } from '../../i18n/index.ts';
import { randomSeed, readValues, type Attachment, type RawValues } from '../../templates/values.ts';
import { SlackFile } from './context.ts';

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

/** Slack's: characters of a title, of an option, of a hint; options of a select; characters of an input. */
const MAX_TITLE = 24;
const MAX_LABEL = 75;
const MAX_HINT = 2000;
const MAX_OPTIONS = 100;
const MAX_TEXT = 3000;
const SEED_DIGITS = 20;
const VALUE = 'value';
const PREFIX = 'slot:';

/** `typed`: values that are filled in already; what a slot cannot take is not, since Slack would refuse the form. */
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
    blocks:
      slots.length > 0
        ? slots.map(([name, slot]) => question(template, name, slot, typed[name]))
        : [about(template)],
  };
}

/** The block that an error about a slot belongs to. */
export function blockOf(slot: string): string {
  return `${PREFIX}${slot}`;
}

function question(template: Template, name: string, slot: Slot, typed: string | undefined): types.InputBlock {
  return {
    type: 'input',
    block_id: blockOf(name),
    label: plain(name, MAX_LABEL),
    ...(slot.description && { hint: plain(slot.description, MAX_HINT) }),
    // a required box would have to be ticked
    optional: slot.required !== true || slot.type === 'boolean',
    element: element(slot, typed, understood(template, name, slot, typed)),
  };
}

/** For a form with nothing to ask: Slack wants a block. */
function about({ description }: Template): types.SectionBlock {
  return { type: 'section', text: plain(description, MAX_HINT) };
}

/** What was typed, as the slot's value; undefined when it cannot be one. */
function understood(
  template: Template,
  name: string,
  slot: Slot,
  typed: string | undefined,
): SlotValue | undefined {
  if (typed === undefined) return undefined;
  try {
    return readValues({ ...template, slots: { [name]: slot } }, { [name]: typed }, randomSeed)[name];
  } catch (error) {
    if (error instanceof EaselError) return undefined;
    throw error;
  }
}

function element(
  slot: Slot,
  typed: string | undefined,
  value: SlotValue | undefined,
): types.InputBlock['element'] {
  switch (slot.type) {
    case 'text': {
      const max = maxLength(slot);
      return {
        type: 'plain_text_input',
        action_id: VALUE,
        multiline: slot.required === true,
        max_length: max,
        ...initial(typed === undefined ? shownDefault(slot) : clip(typed, max)),
      };
    }
    case 'integer':
    case 'number':
      return {
        type: 'number_input',
        action_id: VALUE,
        is_decimal_allowed: slot.type === 'number',
        ...(slot.min !== undefined && { min_value: decimal(slot.min) }),
        ...(slot.max !== undefined && { max_value: decimal(slot.max) }),
        ...initial(decimal(typeof value === 'number' ? value : slot.default)),
      };
    case 'boolean': {
      const option = { text: plain('✓', MAX_LABEL), value: 'true' };
      const on = (value ?? slot.default) === true;
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
        return {
          type: 'plain_text_input',
          action_id: VALUE,
          ...initial(String(value ?? typed ?? slot.default ?? '')),
        };
      const options = names.map((name, index) => ({ text: plain(name, MAX_LABEL), value: String(index) }));
      const picked = options[names.indexOf(String(value ?? slot.default ?? ''))];
      return { type: 'static_select', action_id: VALUE, options, ...(picked && { initial_option: picked }) };
    }
    case 'seed':
      return {
        type: 'plain_text_input',
        action_id: VALUE,
        max_length: SEED_DIGITS,
        ...initial(value?.toString()),
      };
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
      files: z.array(SlackFile).nullish(),
    }),
  ),
);

/** `attachment` turns a file's id into something that can be loaded. */
export function formValues(
  template: Template,
  state: unknown,
  attachment: (slot: string, file: SlackFile) => Attachment,
): RawValues {
  const blocks = State.parse(state);
  const raw: RawValues = {};
  for (const [name, slot] of Object.entries(template.slots)) {
    const input = blocks[blockOf(name)]?.[VALUE];
    if (!input) continue;
    const [file] = input.files ?? [];
    if (slot.type === 'image') {
      if (file) raw[name] = attachment(name, file);
    } else if (slot.type === 'boolean') {
      raw[name] = (input.selected_options ?? []).length > 0;
    } else if (input.selected_option && slot.type === 'choice') {
      raw[name] = choiceNames(slot)[Number(input.selected_option.value)] ?? '';
    } else if (input.value) {
      raw[name] = input.value;
    } else if (slot.type === 'text' && shownDefault(slot)) {
      // somebody emptied it, which is not the same as having left it alone
      raw[name] = '';
    }
  }
  return raw;
}

function maxLength(slot: TextSlot): number {
  return Math.min(slot.maxLength ?? MAX_TEXT, MAX_TEXT);
}

/** One that is too long for Slack is left to work unseen. */
function shownDefault(slot: TextSlot): string | undefined {
  return slot.default !== undefined && slot.default.length <= maxLength(slot) ? slot.default : undefined;
}

/** Slack knows no exponents. */
function decimal(value: number): string;
function decimal(value: number | undefined): string | undefined;
function decimal(value: number | undefined): string | undefined {
  return value?.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

function plain(text: string, max: number): types.PlainTextElement {
  return { type: 'plain_text', text: clip(text, max) };
}

function initial(value: string | undefined): { initial_value?: string } {
  return value === undefined || value === '' ? {} : { initial_value: value };
}
