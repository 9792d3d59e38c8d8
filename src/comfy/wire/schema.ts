/** What the client reads of a backend's answers: only the fields used, and lenient about all others. */
import { z } from 'zod';
import { Priced } from './costs.ts';

const text = z.string().optional().catch(undefined);

/** Not empty. `min(1)` throws at an object whose `length` cannot be compared (zod 4.6.7). */
export const Filled = z.string().regex(/./s);

/** As in an `execution_error` event, a history message and `execution_error` of `/api/jobs/{id}`. */
export const RunError = z.object({
  node_id: z.coerce.string().optional().catch(undefined),
  node_type: text,
  exception_type: text,
  exception_message: text,
});
export type RunError = z.infer<typeof RunError>;

/** History's `messages`: `["execution_error", {…}]`. */
const Message = z.tuple([z.string(), z.unknown()], z.unknown());
const ExecutionStatus = z.object({
  status_str: z.unknown(),
  completed: z.boolean().optional().catch(undefined),
  messages: z.array(Message.or(z.unknown())).optional().catch(undefined),
});
export type ExecutionStatus = z.infer<typeof ExecutionStatus>;

/** How a run is, in the server's word, whatever that is; an answer without any is none. */
const Word = z.unknown().refine((word) => word !== undefined);

const NodeOutputs = z.record(z.string(), z.unknown());

/** `GET /api/jobs/{id}`. */
export const JobAnswer = z.object({
  status: Word,
  outputs: NodeOutputs.nullish().catch(undefined),
  outputs_count: z.number().nullish().catch(undefined),
  execution_error: RunError.nullish().catch(undefined),
  execution_status: ExecutionStatus.nullish().catch(undefined),
  ...Priced.shape,
});
export type JobAnswer = z.infer<typeof JobAnswer>;

/** `GET /api/job/{id}/status`, Comfy Cloud only. */
export const JobStatusAnswer = z.object({ status: Word, error_message: text.nullable(), ...Priced.shape });
export type JobStatusAnswer = z.infer<typeof JobStatusAnswer>;

export const HistoryEntry = z.object({
  outputs: NodeOutputs.nullish(),
  status: ExecutionStatus.nullish().catch(undefined),
  ...Priced.shape,
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** `[number, id, graph, extra_data, outputs, …]`; Cloud has other things from the fourth on. */
export const QueueItem = z.tuple([z.number(), z.string()], z.unknown());
export type QueueItem = z.infer<typeof QueueItem>;

export const QueueAnswer = z.object({
  queue_running: z.array(QueueItem),
  queue_pending: z.array(QueueItem),
});
export type QueueAnswer = z.infer<typeof QueueAnswer>;

const NodeErrors = z.record(
  z.string(),
  z.object({
    class_type: text,
    /** The output nodes that are not run because of it. */
    dependent_outputs: z.array(z.coerce.string()).optional().catch(undefined),
    errors: z
      .array(
        z.object({
          type: text,
          message: text,
          details: text,
          extra_info: z
            .object({ input_name: text, received_value: z.unknown().optional() })
            .optional()
            .catch(undefined),
        }),
      )
      .catch([]),
  }),
);
export type NodeErrors = z.infer<typeof NodeErrors>;

export const SubmitAnswer = z.object({
  prompt_id: Filled,
  node_errors: NodeErrors.optional().catch(undefined),
});
export type SubmitAnswer = z.infer<typeof SubmitAnswer>;

/** ComfyUI: `{error: {type, …}, node_errors}` or `{error: "…"}`; Comfy Cloud also `{code, message}`. */
export const RefusalAnswer = z.object({
  error: z
    .union([
      z.string(),
      z.object({
        type: text,
        message: text,
        details: text,
        extra_info: z.object({ class_type: text, node_id: text }).optional().catch(undefined),
      }),
    ])
    .optional()
    .catch(undefined),
  node_errors: NodeErrors.optional().catch(undefined),
  code: text,
  message: text,
  /** A proxy's. */
  detail: text,
});
export type RefusalAnswer = z.infer<typeof RefusalAnswer>;

export const UploadAnswer = z.object({
  name: Filled,
  subfolder: z.string().nullish(),
  type: z.string().nullish(),
});
export type UploadAnswer = z.infer<typeof UploadAnswer>;

/** `POST /api/jobs/{id}/cancel`, ComfyUI ≥ 0.25. */
export const CancelAnswer = z.object({ cancelled: z.boolean() });
export type CancelAnswer = z.infer<typeof CancelAnswer>;

/** Runs that a backend remembers: each with all that is told of it, or only their ids. */
export type RecentRuns = { entries: { id: string; entry: unknown }[] } | { ids: string[] };

export const RecentRuns: z.ZodType<RecentRuns> = z.union([
  // Comfy Cloud's `history_v2`
  z
    .object({ history: z.array(z.looseObject({ prompt_id: z.string() })) })
    .transform(({ history }) => ({ entries: history.map((entry) => ({ id: entry.prompt_id, entry })) })),
  // Comfy Cloud's `jobs`
  z
    .object({ jobs: z.array(z.object({ id: z.string() })) })
    .transform(({ jobs }) => ({ ids: jobs.map(({ id }) => id) })),
  // ComfyUI's `history`: by prompt id
  z
    .record(z.string(), z.unknown())
    .transform((byId) => ({ entries: Object.entries(byId).map(([id, entry]) => ({ id, entry })) })),
]);
