/** `/api/jobs`: the same runs in the newer, uniform shape. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { NodeId } from '../../core/workflow.ts';
import type { Queue } from '../engine/queue.ts';
import { executionStatus, promptJson, type Ended, type Run, type RunMessage } from '../engine/run.ts';

export const JOB_STATUSES = ['pending', 'in_progress', 'completed', 'failed', 'cancelled'] as const;
export type JobStatus = (typeof JOB_STATUSES)[number];

/** Kinds of output that a gallery can show. */
const PREVIEWABLE = ['images', 'gifs', 'video', 'audio', '3d'];

/** All jobs, in the order in which they were made. */
export function listJobs(queue: Queue): JsonObject[] {
  return [
    ...queue.ended().map((ended) => endedJob(ended)),
    ...[...queue.running, ...queue.settling()].map((run) => openJob(run, 'in_progress')),
    ...queue.pending.map((run) => openJob(run, 'pending')),
  ];
}

/** One job with its outputs; a running one hides an ended one of the same id. */
export function jobDetail(queue: Queue, id: string): JsonObject | undefined {
  const byId = (run: Run): boolean => run.promptId === id;
  const running = queue.running.find(byId) ?? queue.settling().find(byId);
  if (running) return openJob(running, 'in_progress');
  const pending = queue.pending.find(byId);
  if (pending) return openJob(pending, 'pending');
  const ended = queue.ended().find(({ run }) => byId(run));
  if (!ended) return undefined;
  const { messages, outputs, run, success } = ended;
  return {
    ...endedJob(ended),
    outputs: { ...outputs },
    execution_status: executionStatus(success, messages),
    workflow: { prompt: promptJson(run), extra_data: run.extra },
  };
}

/** The same, with another word for how it is. */
export function inWord(job: JsonObject, word: Json | undefined): JsonObject {
  return word === undefined ? job : { ...job, status: word };
}

export function jobStatus({ success, messages }: Ended): JobStatus {
  if (success) return 'completed';
  return find(messages, 'execution_interrupted') ? 'cancelled' : 'failed';
}

function openJob(run: Run, status: JobStatus): JsonObject {
  return { ...head(run, status), outputs_count: 0, previewable_outputs_count: 0, ...workflowId(run) };
}

function endedJob(ended: Ended): JsonObject {
  const { messages, outputs, run } = ended;
  const error = find(messages, 'execution_error');
  const files = Object.entries(outputs).flatMap(([id, ui]) => filesOf(id, ui));
  const shown = files.filter((file) => PREVIEWABLE.includes(file.mediaType));
  const preview = shown.find((file) => file['type'] === 'output') ?? shown[0];
  return {
    ...head(run, jobStatus(ended)),
    execution_start_time: messages[0]?.[1]['timestamp'] ?? null,
    execution_end_time: messages.at(-1)?.[1]['timestamp'] ?? null,
    ...(error ? { execution_error: error } : {}),
    outputs_count: files.length,
    previewable_outputs_count: shown.length,
    ...(preview ? { preview_output: preview } : {}),
    ...workflowId(run),
  };
}

function head(run: Run, status: JobStatus): JsonObject {
  return { id: run.promptId, status, priority: run.number, create_time: run.createTime };
}

function filesOf(nodeId: NodeId, ui: JsonObject): (JsonObject & { mediaType: string })[] {
  return Object.entries(ui).flatMap(([mediaType, list]) =>
    asList(list)
      .filter(isJsonObject)
      .map((file) => ({ ...file, nodeId, mediaType })),
  );
}

function asList(value: Json): Json[] {
  return Array.isArray(value) ? value : [];
}

function find(messages: readonly RunMessage[], event: string): JsonObject | undefined {
  return messages.find(([name]) => name === event)?.[1];
}

/** The id that the editor gave its workflow, if it came along. */
function workflowId(run: Run): JsonObject {
  const info = run.extra['extra_pnginfo'];
  const workflow = isJsonObject(info) ? info['workflow'] : undefined;
  const id = isJsonObject(workflow) ? workflow['id'] : undefined;
  return id === undefined ? {} : { workflow_id: id };
}
