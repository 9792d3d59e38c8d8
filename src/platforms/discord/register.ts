/** Templates → slash commands, put in place only when they differ from what Discord has. */
import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  Routes,
  type REST,
} from 'discord.js';
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { choiceNames, type Slot, type Template } from '../../core/template.ts';
import type { Log } from '../../core/log.ts';
import { en } from '../../i18n/en.ts';

/** Discord's: 25 choices; more are offered by autocomplete. */
export const MAX_CHOICES = 25;
/** The longest 64-bit seed has 20 digits; Discord's integers end at 2^53, so a seed is a string option. */
const SEED_DIGITS = 20;

interface Option {
  type: ApplicationCommandOptionType;
  name: string;
  description: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string }[];
  min_value?: number;
  max_value?: number;
  max_length?: number;
}

export interface SlashCommand {
  type: ApplicationCommandType.ChatInput;
  name: string;
  description: string;
  options: Option[];
  contexts: InteractionContextType[];
  integration_types: ApplicationIntegrationType[];
}

export function slashCommands(templates: readonly Template[]): SlashCommand[] {
  const { commands } = en;
  const job: Option = {
    type: ApplicationCommandOptionType.String,
    name: 'job',
    description: commands.cancelJob(),
    autocomplete: true,
  };
  return [
    ...templates.map(({ name, description, slots }) => command(name, description, options(slots))),
    command('cancel', commands.cancel(), [job]),
    command('help', commands.help(), []),
    command('queue', commands.queue(), []),
  ];
}

/** True when it wrote. Throws discord.js's error when Discord refuses them. */
export async function registerCommands(
  rest: REST,
  application: string,
  templates: readonly Template[],
  log: Log,
): Promise<boolean> {
  const wanted = slashCommands(templates);
  const route = Routes.applicationCommands(application);
  const present = Present.parse(await rest.get(route));
  if (isDeepStrictEqual(canonical(present), canonical(wanted))) return false;
  await rest.put(route, { body: wanted });
  log.info({ commands: wanted.map(({ name }) => name) }, 'slash commands put in place');
  return true;
}

/** In servers, in direct messages and as a user-installed app. */
function command(name: string, description: string, its: Option[]): SlashCommand {
  return {
    type: ApplicationCommandType.ChatInput,
    name,
    description,
    options: its,
    contexts: [
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    ],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  };
}

/** Discord wants required options first. */
function options(slots: Record<string, Slot>): Option[] {
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
        ...(slot.min !== undefined && { min_value: slot.min }),
        ...(slot.max !== undefined && { max_value: slot.max }),
      };
    case 'boolean':
      return { ...base, type: ApplicationCommandOptionType.Boolean };
    case 'choice': {
      const names = choiceNames(slot);
      const choices = names.map((value) => ({ name: value, value }));
      const offer = names.length > MAX_CHOICES ? { autocomplete: true } : { choices };
      return { ...base, type: ApplicationCommandOptionType.String, ...offer };
    }
    case 'seed':
      return { ...base, type: ApplicationCommandOptionType.String, max_length: SEED_DIGITS };
    case 'image':
      return { ...base, type: ApplicationCommandOptionType.Attachment };
  }
}

/** What Discord gives back, cut to what Easel sets. */
const Present = z.array(
  z.object({
    type: z.number(),
    name: z.string(),
    description: z.string(),
    options: z
      .array(
        z.object({
          type: z.number(),
          name: z.string(),
          description: z.string(),
          required: z.boolean().optional(),
          autocomplete: z.boolean().optional(),
          choices: z
            .array(z.object({ name: z.string(), value: z.union([z.string(), z.number()]) }))
            .optional(),
          min_value: z.number().optional(),
          max_value: z.number().optional(),
          max_length: z.number().optional(),
        }),
      )
      .default([]),
    contexts: z.array(z.number()).nullish(),
    integration_types: z.array(z.number()).optional(),
  }),
);

/** Sorted by name; absent, null and false mean the same to Discord. */
function canonical(commands: readonly { name: string }[]): unknown {
  const text = JSON.stringify(
    commands.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    (_key, value: unknown) => (value === false || value === null ? undefined : value),
  );
  return JSON.parse(text);
}
