/** What an editor shows of a draft's workflow: whose outputs may be posted, and what stands in an input. Pure. */
import { writeJson, type Json } from '../../core/json.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import { clip, oneLine } from '../../core/text.ts';
import { nodeTitle, type NodeId, type Workflow } from '../../core/workflow.ts';
import type { Draft } from '../../templates/library/records.ts';

const MAX_SHOWN_VALUE = 60;

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

/** On one line. */
export function shownValue(value: Json | undefined): string {
  return clip(oneLine(typeof value === 'string' ? value : writeJson(value ?? null)), MAX_SHOWN_VALUE);
}
