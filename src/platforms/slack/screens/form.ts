/** A template's slots as a modal form, and a submitted form as raw values. Slack checks the bounds in the form. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import { EaselError } from '../../../core/errors.ts';
import {
  choiceNames,
  type Slot,
  type SlotValue,
  type Template,
  type TextSlot,
} from '../../../core/template.ts';
import { clip } from '../../../core/text.ts';
import { catalogue } from '../../../i18n/index.ts';
import { randomSeed, readValues, type Attachment, type RawValues } from '../../../templates/values.ts';
import {
  fitsInput,
  input,
  MAX_TEXT,
  meant,
  modal,
  option,
  plain,
  select,
  textInput,
  VALUE,
} from './blocks.ts';
import type { SlackFile } from '../events/context.ts';
import { answers } from '../events/state.ts';

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

const SEED_DIGITS = 20;
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
  return modal({
    title: `/${template.name}`,
    callback: FORM,
    memory,
    submit: form.submit(),
    close: form.close(),
    blocks:
      slots.length > 0
        ? slots.map(([name, slot]) => question(template, name, slot, typed[name]))
        : [about(template)],
  });
}

/** The block that an error about a slot belongs to. */
export function blockOf(slot: string): string {
  return `${PREFIX}${slot}`;
}

/** The slot that a block asks for. */
export function slotOf(block: string): string {
  return block.slice(PREFIX.length);
}

function question(template: Template, name: string, slot: Slot, typed: string | undefined): types.InputBlock {
  // a required box would have to be ticked
  const required = slot.required === true && slot.type !== 'boolean';
  const asked = element(slot, typed, understood(template, name, slot, typed));
  return input(blockOf(name), name, asked, { hint: slot.description, required });
}

/** For a form with nothing to ask: Slack wants a block. */
function about({ description }: Template): types.SectionBlock {
  return { type: 'section', text: plain(description, MAX_TEXT) };
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
    case 'text':
      return textInput({
        value: typed ?? shownDefault(slot),
        multiline: slot.required === true,
        max: maxLength(slot),
      });
    case 'integer':
    case 'number': {
      const initial = decimal(typeof value === 'number' ? value : slot.default);
      return {
        type: 'number_input',
        action_id: VALUE,
        is_decimal_allowed: slot.type === 'number',
        ...(slot.min !== undefined && { min_value: decimal(slot.min) }),
        ...(slot.max !== undefined && { max_value: decimal(slot.max) }),
        ...(initial !== undefined && { initial_value: initial }),
      };
    }
    case 'boolean': {
      const tick = option('✓', 'true');
      const on = (value ?? slot.default) === true;
      return {
        type: 'checkboxes',
        action_id: VALUE,
        options: [tick],
        ...(on && { initial_options: [tick] }),
      };
    }
    case 'choice': {
      const names = choiceNames(slot);
      const picked = String(value ?? slot.default ?? '');
      // nobody knows the backend's own list: what is typed is taken
      if (names.length === 0) return textInput({ value: String(value ?? typed ?? slot.default ?? '') });
      return select(
        names.map((name) => option(name)),
        names.includes(picked) ? option(picked) : undefined,
      );
    }
    case 'seed':
      return textInput({ value: value?.toString(), max: SEED_DIGITS });
    case 'image':
      return {
        type: 'file_input',
        action_id: VALUE,
        filetypes: ['png', 'jpg', 'jpeg', 'webp', 'gif'],
        max_files: 1,
      };
  }
}

/** `attachment` turns a file's id into something that can be loaded. */
export function formValues(
  template: Template,
  state: unknown,
  attachment: (slot: string, file: SlackFile) => Attachment,
): RawValues {
  const answer = answers(state);
  const raw: RawValues = {};
  for (const [name, slot] of Object.entries(template.slots)) {
    const { asked, text, option: picked, options, file } = answer(blockOf(name));
    if (!asked) continue;
    if (slot.type === 'image') {
      if (file) raw[name] = attachment(name, file);
    } else if (slot.type === 'boolean') {
      raw[name] = (options ?? []).length > 0;
    } else if (picked !== undefined) {
      // what is not on the list any more is refused by its name
      raw[name] = slot.type === 'choice' ? (meant(choiceNames(slot), picked, String) ?? picked) : picked;
    } else if (text !== undefined) {
      raw[name] = text;
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
  const { default: given = '' } = slot;
  return fitsInput(given) && given.length <= maxLength(slot) ? clip(given, MAX_TEXT) : undefined;
}

/** Slack knows no exponents. */
function decimal(value: number): string;
function decimal(value: number | undefined): string | undefined;
function decimal(value: number | undefined): string | undefined {
  return value?.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}
