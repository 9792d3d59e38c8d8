/**
 * Which nodes of a graph are done, and how much of the whole that is. A value that never changes, yet the next one costs
 * no copy: they share one list that only grows, of which each sees its own beginning. A server may send thousands of
 * events about thousands of nodes in a second.
 */
import { linkedNode, nodeAt, type NodeId, type Workflow } from './workflow.ts';

/** A set does as well. */
export interface NodeSet extends Iterable<NodeId> {
  readonly size: number;
  has(id: NodeId): boolean;
}

/** More than this many steps is no longer a sampler's count but somebody's private unit. */
const MAX_WEIGHT = 200;

export class DoneNodes implements NodeSet {
  readonly size: number;
  /** The weight of all that are done. */
  readonly reached: number;
  readonly #graph: Weighed;
  /** Where each stands in the list that is shared; those from `size` on are others' business. */
  readonly #ranks: Map<NodeId, number>;

  private constructor(graph: Weighed, ranks: Map<NodeId, number>, size: number, reached: number) {
    this.#graph = graph;
    this.#ranks = ranks;
    this.size = size;
    this.reached = reached;
  }

  /** `nodes` as the done ones of this graph: at once when they are so already, else once over the graph. */
  static in(workflow: Workflow, nodes: NodeSet): DoneNodes {
    if (nodes instanceof DoneNodes && nodes.#graph.workflow === workflow) return nodes;
    return new DoneNodes(weigh(workflow), new Map(), 0, 0).with(nodes);
  }

  /** The weight of the whole graph. */
  get total(): number {
    return this.#graph.total;
  }

  /** How much this node is of the whole; 0 for a stranger. */
  weight(id: NodeId): number {
    return this.#graph.weights.get(id) ?? 0;
  }

  has(id: NodeId): boolean {
    return (this.#ranks.get(id) ?? Infinity) < this.size;
  }

  /** Those and these, without strangers to the graph; itself if that is nothing new. */
  with(ids: Iterable<NodeId>): DoneNodes {
    let ranks = this.#ranks;
    let { reached, size } = this;
    for (const id of ids) {
      const weight = this.#graph.weights.get(id);
      if (weight === undefined || (ranks.get(id) ?? Infinity) < size) continue;
      // somebody else has gone on from here, to other nodes
      if (ranks.size > size) ranks = new Map([...ranks].slice(0, size));
      ranks.set(id, size);
      size += 1;
      reached += weight;
    }
    return size === this.size ? this : new DoneNodes(this.#graph, ranks, size, reached);
  }

  *[Symbol.iterator](): Iterator<NodeId> {
    for (const [id, rank] of this.#ranks) if (rank < this.size) yield id;
  }
}

interface Weighed {
  workflow: Workflow;
  weights: ReadonlyMap<NodeId, number>;
  total: number;
}

function weigh(workflow: Workflow): Weighed {
  const weights = new Map<NodeId, number>();
  const linked = new Map<NodeId, unknown>();
  let total = 0;
  for (const [id, { inputs }] of Object.entries(workflow)) {
    let steps: unknown = inputs['steps'];
    const from = linkedNode(inputs['steps']);
    if (from !== undefined) {
      // a primitive node has one input only
      if (!linked.has(from)) linked.set(from, Object.values(nodeAt(workflow, from)?.inputs ?? {})[0]);
      steps = linked.get(from);
    }
    const weight = typeof steps === 'number' && steps >= 1 ? Math.min(Math.floor(steps), MAX_WEIGHT) : 1;
    weights.set(id, weight);
    total += weight;
  }
  return { workflow, weights, total };
}
