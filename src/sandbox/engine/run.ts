/** One prompt on its way through the server, and what the history keeps of it. */
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { NodeId, Workflow } from '../../core/workflow.ts';

export interface Run {
  /** Place in the queue: lower runs first. */
  readonly number: number;
  readonly promptId: string;
  readonly graph: Workflow;
  /** What the nodes' IS_CHANGED answered, which ComfyUI writes into the graph that it shows. */
  readonly isChanged?: number | undefined;
  /** The POST's `extra_data` without secrets, with `client_id` and `create_time`. */
  readonly extra: JsonObject;
  /** Output nodes to run. */
  readonly outputs: readonly NodeId[];
  /** Whose socket hears of it. */
  readonly clientId: string | undefined;
  /** Milliseconds since 1970. */
  readonly createTime: number;
  interrupted: boolean;
  /** The node that runs now. */
  node: NodeId | undefined;
}

export type RunMessage = readonly [event: string, data: JsonObject];

export interface Ended {
  readonly run: Run;
  readonly outputs: Readonly<Record<NodeId, JsonObject>>;
  readonly success: boolean;
  readonly messages: readonly RunMessage[];
  /** That the server broke down over it, in its words. */
  readonly panic?: string;
  /** As `performance.now()`; before it the history pretends that the run still goes on. */
  readonly visibleAt: number;
}

/** The tuple that `/queue` and `/history` show. */
export function runTuple(run: Run): [number, string, JsonObject, JsonObject, NodeId[]] {
  return [run.number, run.promptId, promptJson(run), run.extra, [...run.outputs]];
}

/** The graph as records show it. */
export function promptJson({ graph, isChanged }: Run): JsonObject {
  const shown = graphJson(graph);
  if (isChanged === undefined) return shown;
  return Object.fromEntries(
    Object.entries(shown).map(([id, node]) => [
      id,
      isJsonObject(node) ? { ...node, is_changed: [isChanged] } : node,
    ]),
  );
}

export function graphJson(graph: Workflow): JsonObject {
  return Object.fromEntries(Object.entries(graph).map(([id, node]) => [id, nodeJson(node)]));
}

function nodeJson({ _meta, ...node }: Workflow[string]): JsonObject {
  const kept = Object.entries(_meta ?? {}).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { ...node, ...(_meta && { _meta: Object.fromEntries(kept) }) };
}

/** One entry of `/history`; `word`: what it says of how the run ended, where that is another thing than it is. */
export function historyEntry(ended: Ended, word?: Json): JsonObject {
  const { run, outputs, success, messages } = ended;
  const meta = Object.keys(outputs).map((id): [NodeId, JsonObject] => [
    id,
    { node_id: id, display_node: id, parent_node: null, real_node_id: id },
  ]);
  return {
    prompt: runTuple(run),
    outputs: { ...outputs },
    status: { ...executionStatus(success, messages), ...(word !== undefined && { status_str: word }) },
    meta: Object.fromEntries(meta),
  };
}

export function executionStatus(success: boolean, messages: readonly RunMessage[]): JsonObject {
  return {
    status_str: success ? 'success' : 'error',
    completed: success,
    messages: messages.map(([event, data]) => [event, data]),
  };
}
