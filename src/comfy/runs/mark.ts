/**
 * Our mark on a run, so that it can be found when the answer to its submit was lost and the backend chose its own
 * id. It goes into `extra_data`; Comfy Cloud's queue shows only the graph, so there it also goes into one node's
 * `_meta`, which no server reads.
 */
import { writeJson } from '../../core/json.ts';
import type { Workflow } from '../../core/workflow.ts';

const MARK = 'easel_prompt_id';

export function mark(promptId: string): Record<string, string> {
  return { [MARK]: promptId };
}

/** A copy of the graph whose first node carries the mark. */
export function markGraph(workflow: Workflow, promptId: string): Workflow {
  const [first] = Object.entries(workflow);
  if (!first) return workflow;
  const [id, node] = first;
  return { ...workflow, [id]: { ...node, _meta: { ...node._meta, ...mark(promptId) } } };
}

/** Whether a queue item or history entry, whatever its shape, carries the mark. */
export function carriesMark(entry: unknown, promptId: string): boolean {
  try {
    return writeJson(entry).includes(writeJson(mark(promptId)).slice(1, -1));
  } catch (error) {
    // nested deeper than can be written, so not by us
    if (error instanceof RangeError) return false;
    throw error;
  }
}
