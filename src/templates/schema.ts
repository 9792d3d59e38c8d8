/**
 * What `workflow.json` and `template.json` must look like; the border where an admin's files come in. Editors show what
 * is described here, and check what `meta` says of a refinement: `npm run schema` writes `template.schema.json` from it.
 */
import { z } from 'zod';
import type { Json } from '../core/json.ts';
import { MAX_RUN_LIMIT_MINUTES, type ChoiceSlot, type Slot } from '../core/template.ts';
import { SHOWABLE, unshowable } from '../core/text.ts';
import type { Workflow } from '../core/workflow.ts';

/** Lowercase letters, digits, `-` and `_`: a word that people type, and legal as a command's or an option's name in every chat. */
const NAME = /^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u;
/** A slot begins with a letter, so that a typed `16:9` or `-x` is never taken for one. */
const SLOT_NAME = /^[\p{Ll}\p{Lo}_][-_\p{Ll}\p{Lo}\p{N}]{0,31}$/u;
export const SlotName = z
  .string()
  .regex(SLOT_NAME, 'begin with a letter; 32 lowercase letters, digits, "-" or "_" at most')
  .refine((name) => name !== '__proto__', '"__proto__" cannot be a name')
  .meta({ not: { const: '__proto__' } });
export const Name = z.string().regex(NAME, 'use 1–32 lowercase letters, digits, "-" or "_"');

/** What stands here was just parsed from JSON; walking it again would take longer than the parsing. */
const JsonValue = z.custom<Json>((value) => value !== undefined);

/** Long enough for any name that a person gave; each edit of a reply may show one. */
const MAX_TITLE = 1000;

/** Node keys that ComfyUI adds when it saves a picture, such as `is_changed`, are left out. */
export const WorkflowSchema = z.record(
  z.string(),
  z.object({
    class_type: z.string().min(1).max(MAX_TITLE),
    inputs: z.record(z.string(), JsonValue),
    _meta: z
      .object({ title: z.string().max(MAX_TITLE).optional() })
      .catchall(JsonValue)
      .optional(),
  }),
) satisfies z.ZodType<Workflow>;

/** Characters: a line in a list. A platform may take fewer (`Chat.findings`). */
export const MAX_DESCRIPTION = 200;
/** A chat may refuse all commands for one text that it cannot show. */
const Description = shown(MAX_DESCRIPTION);
const Path = z
  .tuple([z.string(), z.string()])
  .describe('A node of the workflow by its id, and one of its inputs.');
const Into = z.array(Path).min(1).describe('The inputs that the value is written into.');
const base = {
  description: Description.describe('What people read beside the slot.').optional(),
  required: z.boolean().describe('Nothing runs without it.').optional(),
};
const Assignments = z
  .array(z.tuple([Path, z.union([z.string(), z.number(), z.boolean()])]))
  .min(1)
  .describe('What it writes when it is picked: pairs of an input and its value.');
const ChoiceName = shown(100);
/** A prompt may have lines and marks for right-to-left writing, but nothing that hides or reorders its words. */
const PROMPT_HIDES = /[^\P{Cc}\t\n\r]|[\p{Cs}\u202a-\u202e\u2066-\u2069]/u;
const LONGEST_TEXT = 6000;
const WholeNumber = { type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER };

const Text = z
  .strictObject({
    type: z.literal('text'),
    into: Into,
    default: z.string().meta({ maxLength: LONGEST_TEXT }).optional(),
    maxLength: z.number().int().min(1).max(LONGEST_TEXT).optional(),
    format: z
      .string()
      .includes('{value}')
      .refine((text) => !PROMPT_HIDES.test(text), 'has a control character, or one that reorders text')
      .describe('What reaches the workflow; {value} stands for what was typed.')
      .meta({ not: { pattern: PROMPT_HIDES.source } })
      .optional(),
    ...base,
  })
  .refine(({ default: d, maxLength }) => (d?.length ?? 0) <= (maxLength ?? LONGEST_TEXT), {
    message: 'longer than maxLength',
    path: ['default'],
  })
  .describe('Free text.');
const Numeric = z
  .strictObject({
    type: z.enum(['integer', 'number']),
    into: Into,
    default: z.number().optional(),
    min: z.number().optional(),
    max: z.number().optional(),
    ...base,
  })
  .refine(({ min, max }) => min === undefined || max === undefined || min <= max, {
    message: 'min is larger than max',
    path: ['min'],
  })
  .refine(
    ({ type, default: d, min, max }) =>
      type === 'number' || [d, min, max].every((value) => value === undefined || Number.isSafeInteger(value)),
    { message: 'an integer slot takes whole numbers' },
  )
  .refine(({ default: d, min, max }) => d === undefined || (d >= (min ?? d) && d <= (max ?? d)), {
    message: 'outside min and max',
    path: ['default'],
  })
  .describe('A number within bounds.')
  .meta({
    if: { properties: { type: { const: 'integer' } } },
    // oxlint-disable-next-line unicorn/no-thenable -- a word of JSON schema
    then: { properties: { default: WholeNumber, min: WholeNumber, max: WholeNumber } },
  });
const Boolean = z
  .strictObject({ type: z.literal('boolean'), into: Into, default: z.boolean().optional(), ...base })
  .describe('Yes or no.');
const Choice = z
  .strictObject({
    type: z.literal('choice'),
    into: Into.optional(),
    choices: z
      .union([
        // nobody could tell them apart, and a chat may refuse all commands for it
        z.array(ChoiceName).min(1).refine(isUnique, 'the same choice twice').meta({ uniqueItems: true }),
        z
          .record(ChoiceName, Assignments)
          .refine((named) => Object.keys(named).length > 0, 'no choices')
          .meta({ minProperties: 1 }),
      ])
      .describe('Values, or names with what each of them sets. Absent: whatever the backend offers.')
      .optional(),
    default: z.string().optional(),
    ...base,
  })
  .refine(({ choices, into }) => isNamed(choices) || into !== undefined, {
    message: 'needs "into", unless its choices say what they set',
    path: ['into'],
  })
  .refine(
    ({ choices, default: d }) =>
      d === undefined ||
      choices === undefined ||
      (Array.isArray(choices) ? choices.includes(d) : Object.hasOwn(choices, d)),
    { message: 'is not one of the choices', path: ['default'] },
  )
  .describe('One of several.')
  .meta({
    anyOf: [{ required: ['into'] }, { required: ['choices'], properties: { choices: { type: 'object' } } }],
  });
/** One line that a chat shows as it is. */
function shown(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .refine((text) => unshowable(text) === undefined, {
      error: ({ input }) =>
        `has a line break, a control or a hidden character (${unshowable(String(input))}); take it out`,
    })
    .meta({ pattern: SHOWABLE });
}
function isNamed(choices: ChoiceSlot['choices']): boolean {
  return choices !== undefined && !Array.isArray(choices);
}
function isUnique(names: string[]): boolean {
  return new Set(names).size === names.length;
}
const Seed = z
  .strictObject({ type: z.literal('seed'), into: Into, ...base })
  .describe('Drawn by Easel when nobody gives one, and shown with the result.');
const Image = z
  .strictObject({ type: z.literal('image'), into: Into, ...base })
  .describe('A picture that people attach.');

export const SlotSchema = z.discriminatedUnion('type', [
  Text,
  Numeric,
  Boolean,
  Choice,
  Seed,
  Image,
]) satisfies z.ZodType<Slot>;

/** More than anybody wants to be asked for. A platform may take fewer (`Chat.findings`). */
export const MAX_SLOTS = 100;

export const TemplateFile = z.strictObject({
  /** For editors only: it is not part of the template. */
  $schema: z.string().optional(),
  description: Description.describe('What people read beside the command.'),
  slots: z
    .record(SlotName, SlotSchema)
    .refine((slots) => Object.keys(slots).length <= MAX_SLOTS, `at most ${MAX_SLOTS} slots`)
    .describe('What people may fill, by name, in the order in which they are asked.')
    .meta({ maxProperties: MAX_SLOTS }),
  outputs: z
    .array(z.string())
    .min(1)
    .describe('The nodes whose results are posted. Absent: those of all nodes.')
    .optional(),
  runLimitMinutes: z
    .number()
    .int()
    .min(1)
    .max(MAX_RUN_LIMIT_MINUTES)
    .describe('How long a run may take, where that is not what holds for all.')
    .optional(),
});
export type TemplateFile = z.infer<typeof TemplateFile>;
