/** Slots → the options of a slash command, within Discord's limits. */
import { ApplicationCommandOptionType } from 'discord.js';
import { choiceNames, type Slot } from '../../../core/template.ts';
import { en } from '../../../i18n/en.ts';
import { COMMAND } from '../limits.ts';

/** The longest 64-bit seed has 20 digits; Discord's integers end at 2^53, so a seed is a string option. */
const SEED_DIGITS = 20;

export interface Option {
  type: ApplicationCommandOptionType;
  name: string;
  description: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string }[];
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
  const base = {
    name,
    description: slot.description ?? (slot.type === 'seed' ? en.commands.seed() : en.commands.slot(name)),
    ...(slot.required && { required: true }),
  };
  switch (slot.type) {
    case 'text':
      return {
        ...base,
        type: ApplicationCommandOptionType.String,
        ...(slot.maxLength !== undefined && { max_length: slot.maxLength }),
      };
    case 'integer':
    case 'number':
      return {
        ...base,
        type:
          slot.type === 'integer'
            ? ApplicationCommandOptionType.Integer
            : ApplicationCommandOptionType.Number,
        ...(isSayable(slot.min) && { min_value: slot.min }),
        ...(isSayable(slot.max) && { max_value: slot.max }),
      };
    case 'boolean':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'choice': {
      const names = choiceNames(slot);
      const listed = names.length > 0 && names.length <= COMMAND.choices;
      // without a list the backend decides, and has not been asked
      const offer = listed
        ? { choices: names.map((value) => ({ name: value, value })) }
        : { autocomplete: true };
      return { ...base, type: ApplicationCommandOptionType.String, ...offer };
    }
    case 'seed':
      return { ...base, type: ApplicationCommandOptionType.String, max_length: SEED_DIGITS };
    case 'image':
      return { ...base, type: ApplicationCommandOptionType.Attachment };
  }
}

/** Discord takes bounds up to 2^53; a wider one bounds nothing there. */
function isSayable(bound: number | undefined): bound is number {
  return bound !== undefined && Math.abs(bound) <= Number.MAX_SAFE_INTEGER;
}
