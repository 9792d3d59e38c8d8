/** What `workflow.json` and `template.json` must look like; the border where an admin's files come in. */
import { z } from 'zod';
import type { Json } from '../core/json.ts';
import type { Slot } from '../core/template.ts';
import type { Workflow } from '../core/workflow.ts';

/** Lowercase letters, digits, `-` and `_`: legal as a Discord command or option, and as a Slack flag. */
const NAME = /^[-_\p{Ll}\p{Lo}\p{N}]{1,32}$/u;
/** A slot begins with a letter, so that a typed `16:9` or `-x` is never taken for one. */
const SLOT_NAME = /^[\p{Ll}\p{Lo}_][-_\p{Ll}\p{Lo}\p{N}]{0,31}$/u;
const SlotName = z
  .string()
  .regex(SLOT_NAME, 'begin with a letter; 32 lowercase letters, digits, "-" or "_" at most');
export const Name = z.string().regex(NAME, 'use 1–32 lowercase letters, digits, "-" or "_"');

const JsonSchema: z.ZodType<Json> = z.lazy(() =>
  z.union([
    z.null(),
    z.boolean(),
    z.number(),
    z.bigint(),
    z.string(),
    z.array(JsonSchema),
    z.record(z.string(), JsonSchema),
  ]),
);

export const WorkflowSchema = z.record(
  z.string(),
  z.object({
    class_type: z.string().min(1),
    inputs: z.record(z.string(), JsonSchema),
    _meta: z.object({ title: z.string().optional() }).catchall(JsonSchema).optional(),
  }),
) satisfies z.ZodType<Workflow>;

const Description = z.string().min(1).max(100);
const Path = z.tuple([z.string(), z.string()]);
const Into = z.array(Path).min(1);
const base = { description: Description.optional(), required: z.boolean().optional() };
const Assignments = z.array(z.tuple([Path, z.union([z.string(), z.number(), z.boolean()])])).min(1);
const ChoiceName = z.string().min(1).max(100);

const Text = z
  .strictObject({
    type: z.literal('text'),
    into: Into,
    default: z.string().optional(),
    maxLength: z.number().int().min(1).max(6000).optional(),
    format: z.string().includes('{value}').optional(),
    ...base,
  })
  .refine(({ default: d, maxLength }) => (d?.length ?? 0) <= (maxLength ?? 6000), {
    message: 'longer than maxLength',
    path: ['default'],
  });
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
  });
const Boolean = z.strictObject({
  type: z.literal('boolean'),
  into: Into,
  default: z.boolean().optional(),
  ...base,
});
const Choice = z
  .strictObject({
    type: z.literal('choice'),
    into: Into.optional(),
    choices: z.union([
      // Discord refuses all commands when one has a choice twice
      z.array(ChoiceName).min(1).refine(isUnique, 'the same choice twice'),
      z.record(ChoiceName, Assignments).refine((named) => Object.keys(named).length > 0, 'no choices'),
    ]),
    default: z.string().optional(),
    ...base,
  })
  .refine(({ choices, into }) => !Array.isArray(choices) || into !== undefined, {
    message: 'a list of choices needs "into"',
    path: ['into'],
  })
  .refine(
    ({ choices, default: d }) =>
      d === undefined || (Array.isArray(choices) ? choices.includes(d) : Object.hasOwn(choices, d)),
    { message: 'is not one of the choices', path: ['default'] },
  );
function isUnique(names: string[]): boolean {
  return new Set(names).size === names.length;
}
const Seed = z.strictObject({ type: z.literal('seed'), into: Into, ...base });
const Image = z.strictObject({ type: z.literal('image'), into: Into, ...base });

export const SlotSchema = z.discriminatedUnion('type', [
  Text,
  Numeric,
  Boolean,
  Choice,
  Seed,
  Image,
]) satisfies z.ZodType<Slot>;

/** Discord takes 25 options a command; a template that fits everywhere keeps to it. */
const MAX_SLOTS = 25;

export const TemplateFile = z.strictObject({
  $schema: z.string().optional(),
  description: Description,
  slots: z
    .record(SlotName, SlotSchema)
    .refine((slots) => Object.keys(slots).length <= MAX_SLOTS, `at most ${MAX_SLOTS} slots`),
  outputs: z.array(z.string()).min(1).optional(),
});
export type TemplateFile = z.infer<typeof TemplateFile>;
