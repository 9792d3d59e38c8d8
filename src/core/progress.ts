/**
 * Progress of a run: a pure reducer over its events. A node counts as much as it has sampler steps, so the bar
 * moves evenly through a graph whose one KSampler takes nearly all the time. The fraction never goes backwards.
 */
import type { RunEvent } from './run.ts';
import { linkedNode, nodeTitle, type NodeId, type Workflow } from './workflow.ts';

export interface Progress {
  /** 0 to 1. */
  fraction: number;
  /** The title of the node that runs. */
  node?: string | undefined;
  step?: { value: number; max: number } | undefined;
  done: ReadonlySet<NodeId>;
  /** The node whose steps are counted. */
  current?: NodeId | undefined;
}

export const NO_PROGRESS: Progress = { fraction: 0, done: new Set() };

/** More than this many steps is no longer a sampler's count but somebody's private unit. */
const MAX_WEIGHT = 200;

export function advance(workflow: Workflow, before: Progress, event: RunEvent): Progress {
  switch (event.kind) {
    case 'asked':
    case 'silent':
    case 'queued':
    case 'started':
    case 'preview':
      return before;
    case 'cached':
    case 'finished':
      return settle(workflow, {
        ...before,
        done: new Set([...before.done, ...known(workflow, event.nodes)]),
      });
    case 'node':
      return event.node === before.current
        ? before
        : settle(workflow, {
            ...before,
            done: before.current === undefined ? before.done : new Set([...before.done, before.current]),
            current: event.node,
            node: nodeTitle(workflow, event.node),
            step: undefined,
          });
    case 'step': {
      if (!Number.isFinite(event.value) || !Number.isFinite(event.max)) return before;
      const max = Math.max(1, event.max);
      return settle(workflow, {
        ...before,
        current: event.node,
        node: nodeTitle(workflow, event.node),
        step: { value: Math.min(Math.max(0, event.value), max), max },
      });
    }
  }
}

function settle(workflow: Workflow, progress: Progress): Progress {
  let total = 0;
  let reached = 0;
  for (const id of Object.keys(workflow)) {
    const weight = weightOf(workflow, id);
    total += weight;
    if (progress.done.has(id)) reached += weight;
    else if (id === progress.current && progress.step)
      reached += (weight * progress.step.value) / progress.step.max;
  }
  const fraction = total === 0 ? 0 : reached / total;
  return { ...progress, fraction: Math.max(progress.fraction, Math.min(1, fraction)) };
}

/** A node's `steps`, also when they come through a link from a primitive node; 1 for everything else. */
function weightOf(workflow: Workflow, id: NodeId): number {
  const steps = workflow[id]?.inputs['steps'];
  const linked = linkedNode(steps);
  const value = linked === undefined ? steps : Object.values(workflow[linked]?.inputs ?? {})[0];
  return typeof value === 'number' && value >= 1 ? Math.min(value, MAX_WEIGHT) : 1;
}

function known(workflow: Workflow, nodes: NodeId[]): NodeId[] {
  return nodes.filter((id) => Object.hasOwn(workflow, id));
}
