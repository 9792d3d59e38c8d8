/** What the page asks for, read at the border: a change of a draft, and what is done to a template that is published. */
import { z } from 'zod';
import type { Edit } from '../../../templates/draft.ts';
import { MAX_NODES } from '../../../templates/graph.ts';
import { SLOT_TYPE_NAMES } from '../../../templates/slots/index.ts';
import { readBody, type Body } from '../body.ts';
import type { Change } from '../studio-api.ts';

/** Far beyond every field's own limit, which says what is wrong. */
const MAX_TEXT = 200_000;
const Text = z.string().max(MAX_TEXT);

const SlotChangeSchema = z.strictObject({
  name: Text.exactOptional(),
  type: z.enum(SLOT_TYPE_NAMES).exactOptional(),
  required: z.boolean().exactOptional(),
  description: Text.exactOptional(),
  default: Text.exactOptional(),
  min: Text.exactOptional(),
  max: Text.exactOptional(),
  maxLength: Text.exactOptional(),
  format: Text.exactOptional(),
  choices: Text.exactOptional(),
});

const WordsChangeSchema = z.strictObject({
  name: Text.exactOptional(),
  description: Text.exactOptional(),
  choices: Text.exactOptional(),
});

const ChangeSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('about'), name: Text, description: Text }),
  z.strictObject({ kind: z.literal('slot'), slot: Text, change: SlotChangeSchema }),
  z.strictObject({ kind: z.literal('drop'), slot: Text }),
  z.strictObject({ kind: z.literal('move'), slot: Text, by: z.union([z.literal(-1), z.literal(1)]) }),
  z.strictObject({ kind: z.literal('add'), node: Text, input: Text }),
  z.strictObject({ kind: z.literal('outputs'), nodes: z.array(Text).max(MAX_NODES) }),
  z.strictObject({
    kind: z.literal('words'),
    language: Text,
    slot: Text.exactOptional(),
    change: WordsChangeSchema,
  }),
  z.strictObject({ kind: z.literal('drop-language'), language: Text }),
]) satisfies z.ZodType<Change>;

export const EditRequest = z.strictObject({ edit: Text });
export const RenameRequest = z.strictObject({ to: Text });
export const RollbackRequest = z.strictObject({ version: z.number().int() });
export const SwitchRequest = z.strictObject({ off: z.boolean() });

/** Rejects with EaselError `bad-request`. */
export async function readChange(request: Body): Promise<Edit> {
  const change = await readBody(ChangeSchema, request);
  return change.kind === 'add' ? { kind: 'add', path: [change.node, change.input] } : change;
}
