/** A template's slots as a modal form, and a submitted form as raw values. Slack checks the bounds in the form. */
import type { types } from '@slack/bolt';
import { z } from 'zod';
import { EaselError } from '../../../core/errors.ts';
import type { Slot, SlotValue, Template } from '../../../core/template.ts';
import { clip } from '../../../core/text.ts';
import { catalogue } from '../../../i18n/index.ts';
import type { SlotShape } from '../../../templates/slots/definition.ts';
import { typeOf } from '../../../templates/slots/index.ts';
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
  const required = slot.required === true && typeOf(slot).field(slot).kind !== 'yes-no';
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
  const shape = typeOf(slot).field(slot, value);
  switch (shape.kind) {
    case 'text':
    case 'long-text':
      return textInput({
        value: typed ?? shownDefault(shape),
        multiline: shape.kind === 'long-text',
        max: maxLength(shape),
      });
    case 'number':
      return numberInput(shape);
    case 'yes-no': {
      const tick = option('✓', 'true');
      return {
        type: 'checkboxes',
        action_id: VALUE,
        options: [tick],
        ...(shape.value && { initial_options: [tick] }),
      };
    }
    case 'one-of': {
      // nobody knows the backend's own list: what is typed is taken
      if (shape.open) return textInput({ value: String(value ?? typed ?? shape.value) });
      const picked = shape.options.find((one) => one.value === shape.value);
      return select(
        shape.options.map((one) => option(one.label, one.value)),
        picked && option(picked.label, picked.value),
      );
    }
    case 'file':
      return { type: 'file_input', action_id: VALUE, filetypes: [...shape.endings], max_files: 1 };
  }
}

/** Where more is allowed than a number holds, as in a seed, the digits are a text. */
function numberInput({ value, whole, min, max }: Shape<'number'>): types.InputBlock['element'] {
  if (whole && max !== undefined && !Number.isSafeInteger(Number(max)))
    return textInput({ value, max: max.length });
  return {
    type: 'number_input',
    action_id: VALUE,
    is_decimal_allowed: !whole,
    ...(min !== undefined && { min_value: min }),
    ...(max !== undefined && { max_value: max }),
    ...(value !== '' && { initial_value: value }),
  };
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
    const shape = typeOf(slot).field(slot);
    if (shape.kind === 'file') {
      if (file) raw[name] = attachment(name, file);
    } else if (shape.kind === 'yes-no') {
      raw[name] = (options ?? []).length > 0;
    } else if (picked !== undefined) {
      const offered = shape.kind === 'one-of' ? shape.options : [];
      // what is not on the list any more is refused by its name
      raw[name] = meant(offered, picked, (one) => one.value)?.value ?? picked;
    } else if (text !== undefined) {
      raw[name] = text;
    } else if ((shape.kind === 'text' || shape.kind === 'long-text') && shownDefault(shape)) {
      // somebody emptied it, which is not the same as having left it alone
      raw[name] = '';
    }
  }
  return raw;
}

type Shape<K extends SlotShape['kind']> = Extract<SlotShape, { kind: K }>;

function maxLength({ max = MAX_TEXT }: Shape<'text' | 'long-text'>): number {
  return Math.min(max, MAX_TEXT);
}

/** One that is too long for Slack is left to work unseen. */
function shownDefault(shape: Shape<'text' | 'long-text'>): string | undefined {
  const { value } = shape;
  return fitsInput(value) && value.length <= maxLength(shape) ? clip(value, MAX_TEXT) : undefined;
}
