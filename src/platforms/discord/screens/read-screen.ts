/** What somebody picked, pressed and wrote in a screen → what was entered, and what they had been shown. */
import {
  ComponentType,
  type AnySelectMenuInteraction,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
} from 'discord.js';
import { z } from 'zod';
import type { Entered, Shown } from '../../../commands/index.ts';
import type { Field, Screen } from '../../../core/screen.ts';
import type { Attachment } from '../../../templates/values.ts';
import { fileOf } from '../events/context.ts';
import { meant } from './options.ts';

type Value = Entered[string];

/** A form that was sent, by field; those that it did not have are absent. */
export function readForm(
  { fields: sent }: ModalSubmitInteraction,
  { fields }: Pick<Screen, 'fields'>,
  origins: readonly string[],
): Entered {
  const entered: Record<string, Value> = {};
  for (const field of fields) {
    const data = sent.fields.get(field.key);
    if (!data) continue;
    const value = valueIn(data, field, origins);
    if (value !== undefined) entered[field.key] = value;
  }
  return entered;
}

type Sent = NonNullable<ReturnType<ModalSubmitInteraction['fields']['fields']['get']>>;

function valueIn(data: Sent, field: Field, origins: readonly string[]): Value | undefined {
  switch (data.type) {
    case ComponentType.TextInput:
      return data.value;
    case ComponentType.Checkbox:
      return data.value;
    case ComponentType.RadioGroup:
      // nothing was chosen, which is no choice either
      return data.value === null ? undefined : one(field, data.value);
    case ComponentType.FileUpload:
      return file(data.attachments?.first(), field, origins);
    case ComponentType.StringSelect: {
      if (field.kind === 'one-of') return one(field, data.values[0] ?? '');
      return data.values.map((value) => one(field, value));
    }
    case ComponentType.CheckboxGroup:
      return data.values.map((value) => one(field, value));
    case ComponentType.UserSelect:
    case ComponentType.RoleSelect:
    case ComponentType.ChannelSelect:
    case ComponentType.MentionableSelect:
      return [...data.values];
    default:
      return undefined;
  }
}

function one(field: Field, picked: string): string {
  return meant('options' in field ? field.options : [], picked);
}

function file(
  attachment: Parameters<typeof fileOf>[0] | undefined,
  field: Field,
  origins: readonly string[],
): Attachment | undefined {
  return attachment && field.kind === 'file' ? fileOf(attachment, origins, field.maxBytes) : undefined;
}

/** What was picked in the panel's own menu of a field. */
export function readPicked(interaction: AnySelectMenuInteraction, field: Field): Value {
  const { values } = interaction;
  if (field.kind === 'one-of') return one(field, values[0] ?? '');
  return interaction.isStringSelectMenu() ? values.map((value) => one(field, value)) : [...values];
}

/** A menu as the bot has sent it. */
const Sentbefore = z.object({
  default_values: z.array(z.object({ id: z.string() })).nullish(),
  options: z.array(z.object({ value: z.string(), default: z.boolean().nullish() })).nullish(),
});

/** What the panel's own menu of a field had; of a list nothing where that is not known, so that nothing is taken out of it. */
export function shownIn(interaction: MessageComponentInteraction, field: Field): Shown | undefined {
  const { component } = interaction;
  const parsed = Sentbefore.safeParse(component && 'data' in component ? component.data : component);
  if (!parsed.success) return field.kind === 'one-of' ? undefined : { [field.key]: [] };
  const { default_values: entities, options } = parsed.data;
  const chosen = options?.filter((option) => option.default === true).map(({ value }) => one(field, value));
  const values = chosen ?? (entities ?? []).map(({ id }) => id);
  return { [field.key]: field.kind === 'one-of' ? (values[0] ?? '') : values };
}
