/** A graph's models by the names that a backend has for them, as they are when it is handed over. Pure. */
import type { NodeClasses } from '../../core/nodes.ts';
import type { Change, Workflow } from '../../core/workflow.ts';
import { modelInputs } from './inputs.ts';
import { needsOf, standIn } from './nearest.ts';
import { sameFile } from './same-file.ts';

/**
 * A graph's models by the names under which the backend has them; what it lacks stays. `standIns`: those that are other files
 * than the graph names.
 */
export function installedNames(
  workflow: Workflow,
  nodes: NodeClasses | undefined,
): { changes: Change[]; standIns: { wanted: string; taken: string }[] } {
  if (!nodes) return { changes: [], standIns: [] };
  const needs = needsOf(workflow);
  const found = modelInputs(workflow, nodes).flatMap(({ path: [node, input], ...at }) => {
    const taken = standIn(at, needs);
    if (taken === undefined || taken === at.value) return [];
    const isOther = sameFile(at.value, at.installed) === undefined;
    return [{ change: [node, input, taken] satisfies Change, wanted: at.value, taken, isOther }];
  });
  const others = found.filter(({ isOther }) => isOther);
  const standIns = new Map(others.map(({ wanted, taken }) => [wanted, { wanted, taken }]));
  return { changes: found.map(({ change }) => change), standIns: [...standIns.values()] };
}
