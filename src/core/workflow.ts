/** A ComfyUI graph in API format: what "Export (API)" writes and `POST /prompt` takes. */
import type { Json } from './json.ts';

/** ComfyUI's node id: `"3"`, or `"12:3"` inside a subgraph. */
export type NodeId = string;

export interface WorkflowNode {
  class_type: string;
  inputs: Record<string, Json>;
  /** ComfyUI keeps whatever else stands here. */
  _meta?: { title?: string | undefined; [key: string]: Json | undefined } | undefined;
}

export type Workflow = Record<NodeId, WorkflowNode>;

/** One node input, the place a slot writes to. */
export type InputPath = readonly [node: NodeId, input: string];

/** An input, and what a job writes there instead of what its template has. */
export type Change = readonly [node: NodeId, input: string, value: Json];

/** A link `["4", 0]` is node 4's first output; anything else in an input is a plain value. */
export function linkedNode(input: Json | undefined): NodeId | undefined {
  return Array.isArray(input) && input.length === 2 && typeof input[0] === 'string' ? input[0] : undefined;
}

/** The node with that id. Ids come from outside, so one like `constructor` must not find what every object has. */
export function nodeAt(workflow: Workflow, id: NodeId): WorkflowNode | undefined {
  return Object.hasOwn(workflow, id) ? workflow[id] : undefined;
}

/** One string for one input. Ids and names come from outside and may hold any mark, but NUL is in none that ComfyUI takes. */
export function pathKey([node, input]: InputPath): string {
  return `${node}\0${input}`;
}

/** The value that stands in an input; undefined when there is no such input. */
export function inputAt(workflow: Workflow, [id, input]: InputPath): Json | undefined {
  const node = nodeAt(workflow, id);
  return node && Object.hasOwn(node.inputs, input) ? node.inputs[input] : undefined;
}

/** The name a person gave the node, or its class. */
export function nodeTitle(workflow: Workflow, id: NodeId): string {
  const node = nodeAt(workflow, id);
  return node?._meta?.title ?? node?.class_type ?? id;
}

/** The name that a person gave the node; undefined where that is its class. */
export function ownTitle(workflow: Workflow, id: NodeId): string | undefined {
  const node = nodeAt(workflow, id);
  const title = node?._meta?.title;
  return title === node?.class_type ? undefined : title;
}

/** The graph with these changes, the last one of an input counting; what is not changed is shared. Throws TypeError. */
export function changed(workflow: Workflow, changes: readonly Change[]): Workflow {
  const nodes = new Map(Object.entries(workflow));
  for (const [id, input, value] of changes) {
    const node = nodes.get(id);
    if (!node) throw new TypeError(`the graph has no node ${id}`);
    nodes.set(id, { ...node, inputs: { ...node.inputs, [input]: value } });
  }
  return Object.fromEntries(nodes);
}
