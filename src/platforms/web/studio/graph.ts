/** A workflow as the page draws it: its nodes, each after those that feed it, and what fills their inputs. Pure. */
import type { Candidate, EditorView } from '../../../commands/verbs/editor.ts';
import { writeJson, type Json } from '../../../core/json.ts';
import { clip, oneLine } from '../../../core/text.ts';
import {
  linkedNode,
  nodeAt,
  nodeTitle,
  pathKey,
  type NodeId,
  type Workflow,
} from '../../../core/workflow.ts';
import { inputsOf } from '../../../templates/slots/index.ts';
import type { GraphInput, GraphNode } from '../studio-api.ts';

/** Of a value or a title, in UTF-16 units. */
const MAX_SHOWN = 80;

/** `candidates`: what a new slot could fill. */
export function graphNodes(
  workflow: Workflow,
  { slots, outputs }: Pick<EditorView, 'slots' | 'outputs'>,
  candidates: readonly Candidate[],
): GraphNode[] {
  const filledBy = new Map<string, string>();
  for (const { name, slot } of slots.toReversed())
    for (const path of inputsOf(slot)) filledBy.set(pathKey(path), name);
  const free = new Set(candidates.map(({ path }) => pathKey(path)));
  const posted = new Map(outputs.map(({ id, posted: isPosted }) => [id, isPosted]));

  const inputOf = (id: NodeId, name: string, value: Json): GraphInput => {
    const from = linkedNode(value);
    const slot = filledBy.get(pathKey([id, name]));
    const isLink = from !== undefined && nodeAt(workflow, from) !== undefined;
    return {
      name,
      ...(isLink ? { from } : { value: shown(value) }),
      ...(slot !== undefined && { slot }),
      free: free.has(pathKey([id, name])),
    };
  };
  return inOrder(workflow).map((id) => {
    const { class_type: type, inputs } = workflow[id] ?? { class_type: '', inputs: {} };
    const isPosted = posted.get(id);
    return {
      id,
      type: clip(oneLine(type), MAX_SHOWN),
      title: clip(oneLine(nodeTitle(workflow, id)), MAX_SHOWN),
      ...(isPosted !== undefined && { output: { posted: isPosted } }),
      inputs: Object.entries(inputs).map(([name, value]) => inputOf(id, name, value)),
    };
  });
}

function shown(value: Json): string {
  return clip(oneLine(typeof value === 'string' ? value : writeJson(value)), MAX_SHOWN);
}

/** Sources first; nodes that are equally far keep their order. The workflow has no circle. Linear, no recursion. */
function inOrder(workflow: Workflow): NodeId[] {
  const waitsFor = new Map<NodeId, number>();
  const feeds = new Map(Object.keys(workflow).map((id): [NodeId, NodeId[]] => [id, []]));
  for (const [id, { inputs }] of Object.entries(workflow)) {
    const sources = Object.values(inputs)
      .map((value) => feeds.get(linkedNode(value) ?? ''))
      .filter((fed) => fed !== undefined);
    waitsFor.set(id, sources.length);
    for (const fed of sources) fed.push(id);
  }
  const order = Object.keys(workflow).filter((id) => waitsFor.get(id) === 0);
  // grows while it is walked
  for (const done of order)
    for (const id of feeds.get(done) ?? []) {
      const left = (waitsFor.get(id) ?? 0) - 1;
      waitsFor.set(id, left);
      if (left === 0) order.push(id);
    }
  return order;
}
