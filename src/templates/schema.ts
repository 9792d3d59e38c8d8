/**
 * What `workflow.json` and `template.json` must look like; the border where an admin's files come in. Editors show what
 * is described here, and check what `meta` says of a refinement: `npm run schema` writes `template.schema.json` from it.
 */
import { z } from 'zod';
import type { Json } from '../core/json.ts';
import { MAX_RUN_LIMIT_MINUTES } from '../core/template.ts';
import type { Workflow } from '../core/workflow.ts';
import { LanguagesSchema } from './languages/schema.ts';
import { SlotName } from './names.ts';
import { because } from './reason-of.ts';
import { SlotSchema } from './slots/index.ts';
import { Description } from './slots/schema-parts.ts';

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

/** More than anybody wants to be asked for. A platform may take fewer (`Chat.findings`). */
export const MAX_SLOTS = 100;

/** As many workflows of one command as anybody maintains. */
const MAX_VARIANTS = 20;
const VARIANT_NAME = /^[a-z\d][-_a-z\d]{0,31}$/;
/** What `workflow.json` itself is called among them. */
export const OWN_WORKFLOW = 'workflow';

const VariantFile = z.strictObject({
  slots: z
    .record(SlotName, z.record(z.string(), z.unknown()))
    .describe(
      'The slots that this workflow has: of each, what is other than in the command, `into` above all.',
    ),
  outputs: z
    .array(z.string())
    .min(1)
    .describe('The nodes whose results are posted. Absent: those of all nodes.')
    .optional(),
  first: z.boolean().describe('It is tried before `workflow.json`.').optional(),
});
export type VariantFile = z.infer<typeof VariantFile>;

export const TemplateFile = z.strictObject({
  /** For editors only: it is not part of the template. */
  $schema: z.string().optional(),
  description: Description.describe('What people read beside the command.'),
  slots: z
    .record(SlotName, SlotSchema)
    .refine(
      (slots) => Object.keys(slots).length <= MAX_SLOTS,
      because({ code: 'too-many-slots', max: MAX_SLOTS }),
    )
    .describe('What people may fill, by name, in the order in which they are asked.')
    .meta({ maxProperties: MAX_SLOTS }),
  languages: LanguagesSchema.optional(),
  outputs: z
    .array(z.string())
    .min(1)
    .describe('The nodes whose results are posted. Absent: those of all nodes.')
    .optional(),
  variants: z
    .record(
      z
        .string()
        .refine((name) => VARIANT_NAME.test(name), because({ code: 'name-rule' }))
        .refine((name) => name !== OWN_WORKFLOW, because({ code: 'own-workflow' }))
        .meta({ pattern: VARIANT_NAME.source, not: { const: OWN_WORKFLOW } }),
      VariantFile,
    )
    .refine(
      (variants) => Object.keys(variants).length <= MAX_VARIANTS,
      because({ code: 'too-many-variants', max: MAX_VARIANTS }),
    )
    .describe(
      'Other workflows for the same command, by NAME of their file `workflow.NAME.json`. The first that the backend can run is taken: `workflow.json`, then these in their order.',
    )
    .meta({ maxProperties: MAX_VARIANTS })
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
