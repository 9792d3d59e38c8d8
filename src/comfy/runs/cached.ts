/**
 * Which nodes of a run the backend did not run but remember: what they saved is of an earlier run, and whoever cleans up there
 * may have taken it away. The run's record tells it; where that says nothing, the frames did.
 */
import { z } from 'zod';
import type { RunEnd } from '../../core/run.ts';
import type { NodeId } from '../../core/workflow.ts';
import { graphNode, type Frame } from '../wire/frames.ts';
import type { ExecutionStatus } from '../wire/schema.ts';
import type { RunStatus } from './run-status.ts';

const Cached = z.object({ nodes: z.array(z.coerce.string()) });

/** Undefined: a record that does not say it. */
export function cachedIn(facts: ExecutionStatus | null | undefined): NodeId[] | undefined {
  for (const message of facts?.messages ?? []) {
    if (!Array.isArray(message) || message[0] !== 'execution_cached') continue;
    const told = Cached.safeParse(message[1]);
    if (told.success) return told.data.nodes.map(graphNode);
  }
  return undefined;
}

/** The same of a frame. */
export function cachedBy({ events }: Frame): NodeId[] | undefined {
  return events.find((event) => event.kind === 'cached')?.nodes;
}

/** Whatever nobody tells of may be of an earlier run. */
export function withCached(end: RunEnd, status: RunStatus, seen: NodeId[] | undefined): RunEnd {
  if (end.kind !== 'success' || status.state !== 'success') return end;
  return { ...end, cached: status.cached ?? seen ?? end.outputs.map(({ node }) => node) };
}
