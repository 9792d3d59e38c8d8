/**
 * The order in which ComfyUI runs the nodes of a graph (`ExecutionList` in its `comfy_execution/graph.py`): whatever
 * leads soonest to an output is run first, so that previews appear early.
 */
import { linkedNode, type NodeId, type Workflow } from '../../core/workflow.ts';

/** Yields the next node to run; the caller runs it before it asks for the next. */
export function* executionOrder(
  graph: Workflow,
  outputs: readonly NodeId[],
  isCached: (id: NodeId) => boolean,
  isOutput: (id: NodeId) => boolean,
): Generator<NodeId, void> {
  const pending = new Set<NodeId>();
  const blockedBy = new Map<NodeId, Set<NodeId>>();
  const blocks = (id: NodeId): NodeId[] => [...pending].filter((other) => blockedBy.get(other)?.has(id));

  for (const output of outputs) {
    const stack = [output];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (pending.has(id)) continue;
      pending.add(id);
      const inputs = Object.values(graph[id]?.inputs ?? {});
      const sources = inputs.flatMap((input) => linkedNode(input) ?? []).filter((from) => !isCached(from));
      blockedBy.set(id, new Set(sources));
      stack.push(...sources);
    }
  }

  const pick = (ready: readonly NodeId[]): NodeId | undefined =>
    ready.find(isOutput) ??
    ready.find((id) => blocks(id).some(isOutput)) ??
    ready.find((id) => blocks(id).some((next) => blocks(next).some(isOutput))) ??
    ready[0];

  while (pending.size > 0) {
    const ready = [...pending].filter((id) => blockedBy.get(id)?.size === 0);
    const next = pick(ready);
    if (next === undefined) return;
    yield next;
    pending.delete(next);
    for (const waiting of blockedBy.values()) waiting.delete(next);
  }
}
