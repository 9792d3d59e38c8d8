/**
 * How far a node of the graph is, where several count for it: the nodes that it was expanded to, each for itself, and one that
 * counts to its end and then begins again. Their steps add up, so that what is shown never goes back. A server says each
 * step twice (`progress_state`, `progress`): what is no news counts once.
 */
import type { NodeId } from '../../core/workflow.ts';
import type { FrameEvent } from '../wire/frames.ts';

type Count = Extract<FrameEvent, { kind: 'step' }>;
type Counted = Omit<Count, 'part'>;

interface Part {
  value: number;
  max: number;
  /** Of the times that it has counted to its end before. */
  before: number;
}

/** Nodes that count, of one run together. Steps of further ones show nothing. */
const MAX_PARTS = 500;

/** Takes the counts of one run in the order in which they come; undefined: no news. */
export function createStepCount(): (count: Count) => Counted | undefined {
  const nodes = new Map<NodeId, Map<NodeId, Part>>();
  const shown = new Map<NodeId, { value: number; max: number }>();
  let parts = 0;

  return ({ node, part, value, max }) => {
    const counting = nodes.get(node) ?? new Map<NodeId, Part>();
    const known = counting.get(part);
    if (!known) {
      if (parts >= MAX_PARTS) return undefined;
      parts += 1;
      nodes.set(node, counting);
      counting.set(part, { value, max, before: 0 });
    } else if (value >= known.value) Object.assign(known, { value, max });
    else if (isAnew(known, value, max))
      Object.assign(known, { value, max, before: known.before + known.max });
    else return undefined;

    const all = [...counting.values()];
    const before = all.reduce((sum, each) => sum + each.before, 0);
    const last = shown.get(node);
    const sum = {
      value: Math.max(last?.value ?? 0, before + all.reduce((done, each) => done + each.value, 0)),
      max: before + all.reduce((whole, each) => whole + each.max, 0),
    };
    // what counted further than it said: the sum does not go back with it
    sum.max = Math.max(sum.max, sum.value);
    if (last?.value === sum.value && last.max === sum.max) return undefined;
    shown.set(node, sum);
    return { kind: 'step', node, ...sum };
  };
}

/** It has begun again, and is not just a little behind what it said before. */
function isAnew(known: Part, value: number, max: number): boolean {
  return known.value >= known.max || max !== known.max || value <= known.value / 2;
}
