/** Modals: forms of labelled text fields, and what was written into them. */
import {
  ComponentType,
  TextInputStyle,
  type APIModalInteractionResponseCallbackData,
  type ModalSubmitInteraction,
} from 'discord.js';
import { clip } from '../../core/text.ts';

export interface Field {
  id: string;
  label: string;
  hint?: string | undefined;
  value?: string | undefined;
  /** Several lines may be written. */
  long?: boolean;
}

/** Discord's: fields in a form; characters of a title and a label, of a hint, of what is written. */
const MAX_FIELDS = 5;
const MAX_TITLE = 45;
const MAX_HINT = 100;
export const MAX_WRITTEN = 4000;

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
