/** Which nodes of a draft may have their outputs posted. */
import type { NodeClasses } from '../core/nodes.ts';
import { nodeTitle, type NodeId, type Workflow } from '../core/workflow.ts';
import type { Draft } from '../templates/records.ts';

export interface OutputNode {
  id: NodeId;
  title: string;
  posted: boolean;
}

/** Those that save or show something, as far as is known; and those that the draft names. */
export function outputNodes(
  { outputs }: Draft,
  workflow: Workflow,
  nodes: NodeClasses | undefined,
): OutputNode[] {
  return Object.entries(workflow)
    .filter(([id, { class_type: type }]) => outputs?.includes(id) || nodes?.get(type)?.isOutput)
    .map(([id]) => ({ id, title: nodeTitle(workflow, id), posted: outputs?.includes(id) ?? true }));
}
