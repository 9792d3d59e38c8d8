/**
 * A workflow as the slot detector sees it: what leads to an output, in which order, and where outputs go. Hostile
 * graphs have cycles and thousands of nodes, so nothing here recurses.
 */
import type { NodeClasses } from '../../core/nodes.ts';
import type { NodeId, Workflow } from '../../core/workflow.ts';
import { outputNodes, type Ended } from './outputs.ts';
import { linksInto, readView, type Input, type View } from './view.ts';

export interface Graph extends Ended {
  /** Nodes that an output needs, in the file's order. */
  readonly live: readonly NodeId[];
  /** The same, each after what it needs: a base sampler comes before its refiner. */
  readonly order: readonly NodeId[];
  /** The inputs that a node's outputs go to, live nodes only. */
  readonly uses: ReadonlyMap<NodeId, readonly Input[]>;
  /** Inputs that a title has claimed (`pathKey`); no rule looks at them again. */
  readonly taken: Set<string>;
}

export function linkedGraph(workflow: Workflow, nodes?: NodeClasses): Graph {
  const view = readView(workflow, nodes);
  const outputs = outputNodes(view);
  const needed = new Set(upstreamFirst(view, outputs));
  const live = Object.keys(workflow).filter((id) => needed.has(id));
  const uses = new Map<NodeId, Input[]>();
  for (const id of live)
    for (const input of linksInto(view, id)) {
      const known = uses.get(input.link.from);
      if (known) known.push(input);
      else uses.set(input.link.from, [input]);
    }
  return { ...view, outputs, live, order: upstreamFirst(view, live), uses, taken: new Set() };
}

/** `roots` and all that they need, sources first. In a cycle, whatever is met first comes last. */
function upstreamFirst(view: View, roots: readonly NodeId[]): NodeId[] {
  const entered = new Set<NodeId>();
  const left = new Set<NodeId>();
  const stack = roots.toReversed();
  for (let id = stack.at(-1); id !== undefined; id = stack.at(-1)) {
    if (entered.has(id)) {
      stack.pop();
      left.add(id);
      continue;
    }
    entered.add(id);
    for (const { link } of linksInto(view, id).toReversed())
      if (!entered.has(link.from)) stack.push(link.from);
  }
  return [...left];
}
