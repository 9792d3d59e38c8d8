/**
 * What ComfyUI keeps between runs: the results of the last prompt's nodes, by what went into them. A node whose
 * class, inputs and ancestors are the same is not run again.
 */
import { createHash } from 'node:crypto';
import { isJsonObject, writeJson } from '../../core/json.ts';
import { linkedNode, type NodeId, type Workflow } from '../../core/workflow.ts';
import type { FileStore } from '../files.ts';
import { Inputs, type NodeResult, type InstalledNodes } from '../nodes/node.ts';

export type Signature = string;
export type ResultCache = Map<Signature, NodeResult>;

/** The signature of each node that `outputs` need: ids do not matter, so a renumbered graph is still cached. */
export function signatures(
  graph: Workflow,
  outputs: readonly NodeId[],
  nodes: InstalledNodes,
  files: FileStore,
): Map<NodeId, Signature> {
  const known = new Map<NodeId, Signature>();
  const sign = (id: NodeId): Signature => {
    const done = known.get(id);
    if (done !== undefined) return done;
    const node = graph[id];
    const type = node ? nodes.get(node.class_type) : undefined;
    const inputs = Object.entries(node?.inputs ?? {})
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, input]) => {
        const from = linkedNode(input);
        return from === undefined ? [name, input] : [name, sign(from), Array.isArray(input) ? input[1] : 0];
      });
    const plain = isJsonObject(node?.inputs) ? node.inputs : {};
    const extra = type?.fingerprint?.(new Inputs(plain, new Map()), files);
    const text = writeJson([node?.class_type, inputs, extra ?? null]);
    const signature = createHash('sha256').update(text).digest('base64url');
    known.set(id, signature);
    return signature;
  };
  for (const id of outputs) sign(id);
  return known;
}

/** Forgets what the current prompt does not have, as ComfyUI's default cache does. */
export function keepOnly(cache: ResultCache, wanted: Iterable<Signature>): void {
  const keep = new Set(wanted);
  for (const signature of cache.keys()) if (!keep.has(signature)) cache.delete(signature);
}
