/** The shape of stored records: what an older or damaged store hands back is checked here. */
import { z } from 'zod';
import type { Problem } from '../../core/errors.ts';
import type { EndedJob, Job, Missed, Received } from '../../core/job.ts';
import { isJsonObject, type Json } from '../../core/json.ts';
import type { Hold } from '../../core/standing.ts';
import type { Workflow } from '../../core/workflow.ts';
import { SLOT_TYPE_NAMES } from '../../templates/slots/index.ts';
import type { Filling } from '../../templates/fill.ts';

/** Written by us a moment or a restart ago: its outline is enough, its insides are ours. */
const StoredJson = z.custom<Json>((value) => value !== undefined);
/** Its nodes are looked at, since a damaged one would only be met while a run is followed. */
export const StoredWorkflow = z.custom<Workflow>(
  (value) => isJsonObject(value) && Object.values(value).every(isNode),
);

function isNode(value: unknown): boolean {
  return isJsonObject(value) && typeof value['class_type'] === 'string' && isJsonObject(value['inputs']);
}

/** Of what was attached; a type that is not known any more is told as a picture. */
const FileType = z.enum(SLOT_TYPE_NAMES).exactOptional().catch('image');

const StoredProblem = z
  .custom<Problem>((value) => isJsonObject(value) && typeof value['code'] === 'string')
  .transform(withoutAddress)
  .transform(withReason);

/** Older records name the backend with its host, which is no longer told. */
function withoutAddress(problem: Problem): Problem {
  if (!('backend' in problem) || typeof problem.backend !== 'string') return problem;
  return { ...problem, backend: problem.backend.replace(/^(ComfyUI|Comfy Cloud) at .*$/s, '$1') };
}

/** Older ones say in English why a template is broken. */
function withReason(problem: Problem): Problem {
  if ('findings' in problem && Array.isArray(problem.findings))
    return { ...problem, findings: problem.findings.map(withReason) };
  if (!REASONED.includes(problem.code) || 'reason' in problem) return problem;
  const { detail, ...rest } = problem as Problem & { detail?: unknown };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as it would be written today
  return { ...rest, reason: { code: 'words', words: typeof detail === 'string' ? detail : '' } } as Problem;
}

const REASONED: readonly Problem['code'][] = ['template-broken', 'slot-broken'];

export const FillingRecord = z.object({
  changes: z.array(z.tuple([z.string(), z.string(), StoredJson])),
  images: z.array(
    z.object({ slot: z.string(), into: z.array(z.tuple([z.string(), z.string()])), type: FileType }),
  ),
  inputs: z.record(z.string(), z.array(z.tuple([z.string(), z.string()]))).optional(),
}) satisfies z.ZodType<Filling>;

const Integer = z.number().int().nonnegative();

const OutputRecord = z.object({
  node: z.string(),
  kind: z.enum(['image', 'video', 'audio', 'text', 'file']),
  filename: z.string(),
  subfolder: z.string(),
  type: z.string(),
  text: z.string().exactOptional(),
  kept: z.string().exactOptional(),
});

const ReceivedRecord = z.object({
  node: z.string(),
  files: z.array(OutputRecord),
  bytes: Integer,
  next: Integer,
  expected: z.number().optional(),
  all: z.literal(true).optional(),
  lack: z.enum(['limit', 'disk']).optional(),
}) satisfies z.ZodType<Received>;

const MissedRecord = z.object({
  node: z.string(),
  title: z.string(),
  got: Integer,
  of: z.number().optional(),
  why: z.enum(['lost', 'limit', 'disk']),
}) satisfies z.ZodType<Missed>;

const CostRecord = z.record(z.string(), z.number());

const RerunRecord = z.object({
  id: z.uuid(),
  crashed: z.literal(true).optional(),
  unsent: z.object({ outputs: z.array(OutputRecord) }).optional(),
  gone: z
    .object({
      outputs: z.array(OutputRecord).optional(),
      at: z.array(Integer),
      nodes: z.array(z.string()),
      remade: z.literal(true).optional(),
    })
    .optional(),
});

export const JobRecord = z.object({
  id: z.uuid(),
  rerun: RerunRecord.optional(),
  guild: z.string(),
  user: z.string(),
  platform: z.string(),
  locale: z.string(),
  rank: z.enum(['person', 'admin', 'operator']).optional().catch(undefined),
  place: z.string().optional(),
  template: z.object({ name: z.string(), version: z.string(), variant: z.string().optional() }),
  values: z.record(z.string(), z.union([z.string(), z.number(), z.bigint(), z.boolean()])),
  taken: z.array(z.string()).optional(),
  mainSlot: z.string().optional(),
  graph: z.string(),
  images: z.array(z.object({ slot: z.string(), type: FileType })),
  inputBytes: Integer.optional(),
  mayName: z.array(z.string()).optional(),
  outputNodes: z.array(z.string()).optional(),
  reply: StoredJson,
  runLimitMinutes: z.number().positive().optional(),
  all: z.boolean().optional(),
  trial: z.boolean().optional(),
  draft: z.string().optional(),
  unclaimed: z.boolean().optional(),
  backend: z.string(),
  promptId: z.string().optional(),
  state: z.enum(['queued', 'submitting', 'running', 'delivering', 'succeeded', 'failed', 'cancelled']),
  attempts: Integer,
  standIns: z.array(z.object({ wanted: z.string(), taken: z.string() })).optional(),
  shrunk: z.array(z.object({ slot: z.string(), width: Integer, height: Integer })).optional(),
  unmade: z
    .array(z.object({ node: z.string(), title: z.string(), problem: StoredProblem.optional() }))
    .optional(),
  received: z.array(ReceivedRecord).optional(),
  missed: z.array(MissedRecord).optional(),
  ranMs: z.number().nonnegative().optional(),
  cost: CostRecord.optional().catch(undefined),
  cancelledBy: z.string().optional(),
  heavy: Integer.optional(),
  end: z
    .discriminatedUnion('kind', [
      z.object({
        kind: z.literal('succeeded'),
        outputs: z.array(OutputRecord),
        cached: z.array(z.string()).optional(),
      }),
      z.object({
        kind: z.literal('failed'),
        problem: StoredProblem,
        outputs: z.array(OutputRecord).optional(),
      }),
      z.object({ kind: z.literal('cancelled'), away: z.literal(true).optional() }),
    ])
    .optional(),
  delivered: Integer,
  times: z.object({
    queued: z.number(),
    started: z.number().optional(),
    held: z.number().optional(),
    done: z.number().optional(),
    ended: z.number().optional(),
  }),
}) satisfies z.ZodType<Job>;

export const EndedRecord = JobRecord.pick({
  id: true,
  guild: true,
  user: true,
  platform: true,
  place: true,
  template: true,
  values: true,
  taken: true,
  images: true,
  trial: true,
  all: true,
  state: true,
  times: true,
}).extend({
  end: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('succeeded'), outputs: z.array(OutputRecord).optional() }),
      z.object({ kind: z.literal('failed'), problem: StoredProblem }),
      z.object({ kind: z.literal('cancelled'), away: z.literal(true).optional() }),
    ])
    .optional(),
}) satisfies z.ZodType<EndedJob>;

/** One of the failures that the operator sees. */
export const FailureRow = z.object({
  job: z.string(),
  at: z.number(),
  platform: z.string(),
  guild: z.string(),
  user: z.string(),
  template: z.string(),
  problem: StoredProblem,
  prompt: z.string().optional(),
  cost: CostRecord.optional().catch(undefined),
  /** Counts up; its place in the ring follows from it. */
  turn: Integer,
});
export type FailureRow = z.infer<typeof FailureRow>;

export const HoldRecord = z.object({
  since: z.number(),
  kind: z.enum(['away', 'account', 'busy']),
  problem: StoredProblem,
}) satisfies z.ZodType<Hold>;

export const InputRecord = z.object({ name: z.string(), type: z.string(), base64: z.string() });
