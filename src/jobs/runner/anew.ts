/**
 * A graph whose nodes run although the backend has them cached: an input that their class does not know changes what ComfyUI
 * remembers them by (0.27 and 0.3.64 take it, and hand it to nobody). Values and seed stay as they are.
 */
import type { NodeClasses } from '../../core/nodes.ts';
import { changed, nodeAt, type Change, type NodeId, type Workflow } from '../../core/workflow.ts';

const INPUT = 'easel_anew';

/** `mark`: what no run before had there. Nodes that the graph does not have are left out. */
export function runningAnew(
  workflow: Workflow,
  ids: readonly NodeId[],
  mark: string,
  classes: NodeClasses | undefined,
): Workflow {
  const changes = ids.flatMap((id): Change[] => {
    const node = nodeAt(workflow, id);
    if (!node) return [];
    const known = classes?.get(node.class_type)?.inputs;
    let input = INPUT;
    while (known?.has(input) === true || Object.hasOwn(node.inputs, input)) input += '_';
    return [[id, input, mark]];
  });
  return changed(workflow, changes);
}
