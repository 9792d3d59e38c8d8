/** Modals: forms of labelled text fields, and what was written into them. */
import { createHash } from 'node:crypto';
import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type ModalSubmitInteraction,
} from 'discord.js';
import { EaselError } from '../../../core/errors.ts';
import { clip } from '../../../core/text.ts';
import { COMPONENT, MODAL } from '../limits.ts';

export interface Field {
  id: string;
  label: string;
  hint?: string | undefined;
  value?: string | undefined;
  /** Several lines may be written. */
  long?: boolean;
}

const { fields: MAX_FIELDS, title: MAX_TITLE, hint: MAX_HINT } = MODAL;
export const MAX_WRITTEN = MODAL.written;
/** It stands in a custom id, with what the form is for. */
const MAX_MARK = COMPONENT.customId - 20;

/** No field is required: what an empty one means, `commands/` says. */
export function form(
  id: string,
  title: string,
  fields: readonly Field[],
): APIModalInteractionResponseCallbackData {
  return {
    custom_id: id,
    title: clip(title, MAX_TITLE),
    components: fields.slice(0, MAX_FIELDS).map(({ id: field, label, hint, value = '', long = false }) => ({
      type: ComponentType.Label,
      label: clip(label, MAX_TITLE),
      ...(hint && { description: clip(hint, MAX_HINT) }),
      component: {
        type: ComponentType.TextInput,
        custom_id: field,
        style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
        required: false,
        max_length: MAX_WRITTEN,
        ...(value !== '' && { value: value.slice(0, MAX_WRITTEN) }),
      },
    })),
  };
}

/** By field; those that the form did not have are absent. */
export function written({ fields }: ModalSubmitInteraction): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const field of fields.fields.values())
    if (field.type === ComponentType.TextInput) texts[field.customId] = field.value;
  return texts;
}

/**
 * What the fields show, in short enough a text for a custom id: Discord does not give back what a form had. Short values
 * as they are; a long one as a hash. Empty where it is too long all the same.
 */
export function markOf(fields: readonly Field[]): string {
  const mark = fields
    .map(({ value = '', long }) => (long ? hashOf(value) : encodeURIComponent(value)))
    .join(',');
  return mark.length <= MAX_MARK ? mark : '';
}

/**
 * The values that a form had, by field; `now`: the fields as they would be shown now. Throws EaselError `setting-changed`
 * where a long one is another one by now.
 */
export function readMark(mark: string, now: readonly Field[]): Record<string, string> {
  const parts = mark.split(',');
  return Object.fromEntries(
    now.map(({ id, value = '', long }, index) => {
      const { [index]: part = '' } = parts;
      if (!long) return [id, decodeURIComponent(part)];
      if (hashOf(value) !== part)
        throw new EaselError({ code: 'setting-changed', setting: id, value: clip(value, 100) });
      return [id, value.slice(0, MAX_WRITTEN)];
    }),
  );
}

const hashOf = (value: string) => createHash('sha256').update(value).digest('base64url').slice(0, 16);
