/**
 * Progress of a run: a pure reducer over its events. A node counts as much as it has sampler steps, so the bar
 * moves evenly through a graph whose one KSampler takes nearly all the time. The fraction never goes backwards.
 */
import { DoneNodes, type NodeSet } from './done-nodes.ts';
import type { RunEvent } from './run.ts';
import { nodeAt, nodeTitle, type NodeId, type Workflow } from './workflow.ts';

export interface Progress {
  /** 0 to 1. */
  fraction: number;
  /** The title of the node that runs. */
  node?: string | undefined;
  step?: { value: number; max: number } | undefined;
  /** What the backend or the node says of it in words, until the next one begins or counts. */
  said?: string | undefined;
  /** Nodes of the graph only. */
  done: NodeSet;
  /** The node whose steps are counted. */
  current?: NodeId | undefined;
}

export const NO_PROGRESS: Progress = { fraction: 0, done: new Set() };

/**
 * `before` itself when nothing changed: what a server says of nodes that are not in the graph counts for nothing. Costs as
 * much as the event is long, but for the first of a run, which looks at the graph once.
 */
export function advance(workflow: Workflow, before: Progress, event: RunEvent): Progress {
  switch (event.kind) {
    case 'asked':
    case 'silent':
    case 'queued':
    case 'preview':
      return before;
    case 'started':
      // what was said of it while it waited
      return before.said === undefined ? before : { ...before, said: undefined };
    case 'said':
      return event.text === before.said ? before : { ...before, said: event.text };
    case 'cached':
    case 'finished': {
      const done = DoneNodes.in(workflow, before.done).with(event.nodes);
      return done === before.done ? before : settle(before, done);
    }
    case 'node': {
      if (event.node === before.current || !nodeAt(workflow, event.node)) return before;
      const { current } = before;
      const done = DoneNodes.in(workflow, before.done).with(current === undefined ? [] : [current]);
      const node = nodeTitle(workflow, event.node);
      return settle({ ...before, current: event.node, node, step: undefined, said: undefined }, done);
    }
    case 'step': {
      if (!Number.isFinite(event.value) || !Number.isFinite(event.max)) return before;
      if (!nodeAt(workflow, event.node)) return before;
      const max = Math.max(1, event.max);
      const step = { value: Math.min(Math.max(0, event.value), max), max };
      const node = nodeTitle(workflow, event.node);
      const now = { ...before, current: event.node, node, step, said: undefined };
      return settle(now, DoneNodes.in(workflow, before.done));
    }
  }
}

function settle(progress: Progress, done: DoneNodes): Progress {
  const { current, step } = progress;
  const underWay =
    current === undefined || step === undefined || done.has(current)
      ? 0
      : (done.weight(current) * step.value) / step.max;
  const fraction = done.total === 0 ? 0 : (done.reached + underWay) / done.total;
  return { ...progress, done, fraction: Math.max(progress.fraction, Math.min(1, fraction)) };
}
