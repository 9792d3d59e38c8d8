/** The application commands that Discord accepts, with every limit that it enforces on registration. */
import { z } from 'zod';
import { clashesIn, pathOf, type Localized } from './localized-names.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
/** `AvailableLocalesEnum` of Discord's OpenAPI description. */
export const LOCALES =
  'ar bg cs da de el en-GB en-US es-419 es-ES fi fr he hi hr hu id it ja ko lt nl no pl pt-BR ro ru sv-SE th tr uk vi zh-CN zh-TW';

const chatName = z
  .string()
  .regex(NAME, 'Command name is invalid')
  .refine((name) => name === name.toLowerCase(), {
    message: 'Command name must be lowercase',
    params: { code: 'APPLICATION_COMMAND_INVALID_NAME' },
  });
const localized = <T extends z.ZodType<string>>(text: T) =>
  z.partialRecord(z.enum(LOCALES.split(' ')), text).nullish();
const description = z.string().min(1).max(100);
const flag = z.boolean().nullish();

const base = {
  name: chatName,
  name_localizations: localized(chatName),
  description,
  description_localizations: localized(description),
  required: flag,
};

const choice = <T extends z.ZodType<string | number>>(value: T) =>
  z.strictObject({
    name: z.string().min(1).max(100),
    name_localizations: localized(z.string().min(1).max(100)),
    value,
  });

interface Choosing {
  readonly autocomplete?: boolean | null | undefined;
  readonly choices?: readonly (Localized & { readonly value: string | number })[] | null | undefined;
}

/** Choices are named once each, and there are none together with autocomplete. */
function checkChoices(option: Choosing, context: z.RefinementCtx): void {
  const choices = option.choices ?? [];
  for (const clash of clashesIn(choices))
    context.addIssue({
      code: 'custom',
      path: ['choices', ...pathOf(clash)],
      message: 'Choice names must be unique',
      params: { code: 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_DUPLICATE' },
    });

  if (option.autocomplete && choices.length > 0)
    context.addIssue({
      code: 'custom',
      path: ['autocomplete'],
      message: 'Autocomplete cannot be true when choices are given',
      params: { code: 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_AND_CHOICES' },
    });
}

const number = z.number().min(-Number.MAX_SAFE_INTEGER).max(Number.MAX_SAFE_INTEGER);
const choices = <T extends z.ZodType<string | number>>(value: T) => z.array(choice(value)).max(25).nullish();

const valueOption = z.discriminatedUnion('type', [
  z
    .strictObject({
      ...base,
      type: z.literal(3),
      autocomplete: flag,
      choices: choices(z.string().max(100)),
      min_length: z.int().min(0).max(6000).nullish(),
      max_length: z.int().min(1).max(6000).nullish(),
    })
    .superRefine(checkChoices),
  z
    .strictObject({
      ...base,
      type: z.literal(4),
      autocomplete: flag,
      choices: choices(z.int()),
      min_value: z.int().nullish(),
      max_value: z.int().nullish(),
    })
    .superRefine(checkChoices),
  z.strictObject({ ...base, type: z.literal(5) }),
  z.strictObject({ ...base, type: z.literal(6) }),
  z.strictObject({ ...base, type: z.literal(7), channel_types: z.array(z.int()).nullish() }),
  z.strictObject({ ...base, type: z.literal(8) }),
  z.strictObject({ ...base, type: z.literal(9) }),
  z
    .strictObject({
      ...base,
      type: z.literal(10),
      autocomplete: flag,
      choices: choices(number),
      min_value: number.nullish(),
      max_value: number.nullish(),
    })
    .superRefine(checkChoices),
  z.strictObject({ ...base, type: z.literal(11) }),
]);

interface Named extends Localized {
  readonly required?: boolean | null | undefined;
}

/** Names once each, in every locale, and what is required comes first. */
function checkOrder(options: readonly Named[] | null | undefined, context: z.RefinementCtx): void {
  for (const clash of clashesIn(options ?? []))
    context.addIssue({
      code: 'custom',
      path: pathOf(clash),
      message: 'Option names must be unique',
      params: { code: 'APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE' },
    });
  let optional = false;
  for (const [index, option] of (options ?? []).entries()) {
    if (option.required && optional)
      context.addIssue({
        code: 'custom',
        path: [index],
        message: 'Required options must be placed before non-required options',
        params: { code: 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID' },
      });

    optional ||= !option.required;
  }
}

const subcommand = z.strictObject({
  ...base,
  type: z.literal(1),
  options: z.array(valueOption).max(25).superRefine(checkOrder).nullish(),
});
const group = z.strictObject({
  ...base,
  type: z.literal(2),
  options: z.array(subcommand).min(1).max(25).superRefine(checkOrder),
});

const options = z
  .array(z.discriminatedUnion('type', [valueOption, subcommand, group]))
  .max(25)
  .superRefine(checkOrder)
  .superRefine((list, context) => {
    const nested = list.filter((option) => option.type < 3).length;
    if (nested > 0 && nested < list.length)
      context.addIssue({
        code: 'custom',
        path: [],
        message: 'Sub-commands and other options cannot be mixed',
        params: { code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID' },
      });
  });

const common = {
  id: z.string().nullish(),
  default_member_permissions: z.union([z.string().regex(/^\d+$/), z.int()]).nullish(),
  dm_permission: flag,
  contexts: z.array(z.int().min(0).max(2)).min(1).nullish(),
  integration_types: z.array(z.int().min(0).max(1)).min(1).nullish(),
  nsfw: flag,
  handler: z.int().nullish(),
};

const chatInput = z.strictObject({
  ...common,
  type: z.literal(1).nullish(),
  name: chatName,
  name_localizations: localized(chatName),
  description,
  description_localizations: localized(description),
  options: options.nullish(),
});

const contextMenu = z.strictObject({
  ...common,
  type: z.union([z.literal(2), z.literal(3)]),
  name: z.string().min(1).max(32),
  name_localizations: localized(z.string().min(1).max(32)),
  description: z.literal('').nullish(),
  options: z.array(z.never()).max(0).nullish(),
});

export const chatCommand = chatInput;
export const menuCommand = contextMenu;
type ChatCommand = z.infer<typeof chatInput>;
type MenuCommand = z.infer<typeof contextMenu>;
export type CommandBody = ChatCommand | MenuCommand;
export type CommandOption = z.infer<typeof options>[number];
export type ValueOption = z.infer<typeof valueOption>;
