/** Slots → the options of a slash command, within Discord's limits. */
import { ApplicationCommandOptionType } from 'discord.js';
import type { Slot } from '../../../core/template.ts';
import { english } from '../../../i18n/index.ts';
import type { SlotShape } from '../../../templates/slots/definition.ts';
import { clip } from '../../../core/text.ts';
import { typeOf } from '../../../templates/slots/index.ts';
import { optionLabels } from '../../kit/option-label.ts';
import { optionValue } from '../../kit/option-value.ts';
import { COMMAND } from '../limits.ts';
import type { Localizations } from './localizations.ts';

export interface Option {
  type: ApplicationCommandOptionType;
  name: string;
  name_localizations?: Localizations;
  description: string;
  description_localizations?: Localizations;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; name_localizations?: Localizations; value: string }[];
  min_value?: number;
  max_value?: number;
  max_length?: number;
  /** Of a subcommand. */
  options?: Option[];
}

/** Discord wants required options first. */
export function slotOptions(slots: Record<string, Slot>): Option[] {
  return Object.entries(slots)
    .map(([name, slot]) => option(name, slot))
    .toSorted((a, b) => Number(b.required ?? false) - Number(a.required ?? false));
}

function option(name: string, slot: Slot): Option {
  return {
    name,
    description: clip(
      slot.description ?? (typeOf(slot).drawn ? english().commands.seed() : english().commands.slot(name)),
      COMMAND.description,
    ),
    ...(slot.required && { required: true }),
    ...taking(typeOf(slot).field(slot)),
  };
}

function taking(shape: SlotShape): Pick<Option, 'type'> & Partial<Option> {
  switch (shape.kind) {
    case 'text':
    case 'long-text':
      return {
        type: ApplicationCommandOptionType.String,
        ...(shape.max !== undefined && { max_length: shape.max }),
      };
    case 'number':
      return numeric(shape);
    case 'yes-no':
      return { type: ApplicationCommandOptionType.Boolean };
    case 'one-of': {
      const listed = shape.options.length > 0 && shape.options.length <= COMMAND.choices;
      // without a list the backend decides, and has not been asked
      const offer = listed ? { choices: choicesOf(shape.options) } : { autocomplete: true };
      return { type: ApplicationCommandOptionType.String, ...offer };
    }
    case 'file':
      return { type: ApplicationCommandOptionType.Attachment };
  }
}

/** What is too long is shortened, and goes by its hash. */
export function choicesOf(options: readonly { value: string; label: string }[]) {
  const labels = optionLabels(
    options.map(({ label }) => label),
    COMMAND.choice,
  );
  return options.map(({ value }, index) => ({
    name: labels[index] ?? value,
    value: optionValue(value, COMMAND.choice),
  }));
}

/** Discord's integers end at 2^53: where more is allowed, as in a seed, the digits are a text. */
function numeric({ whole, min, max }: Extract<SlotShape, { kind: 'number' }>): ReturnType<typeof taking> {
  if (whole && max !== undefined && !isSayable(max))
    return { type: ApplicationCommandOptionType.String, max_length: max.length };
  return {
    type: whole ? ApplicationCommandOptionType.Integer : ApplicationCommandOptionType.Number,
    ...(min !== undefined && isSayable(min) && { min_value: Number(min) }),
    ...(max !== undefined && isSayable(max) && { max_value: Number(max) }),
  };
}

/** Discord takes bounds up to 2^53; a wider one bounds nothing there. */
function isSayable(bound: string): boolean {
  return Math.abs(Number(bound)) <= Number.MAX_SAFE_INTEGER;
}
