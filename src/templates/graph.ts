/** What a workflow must be besides JSON: a graph in API format, of a sane size, without a circle. */
import type { z } from 'zod';
import { EaselError } from '../core/errors.ts';
import { isJsonObject, type Json, type JsonObject } from '../core/json.ts';
import { clip, oneLine } from '../core/text.ts';
import { linkedNode, nodeAt, nodeTitle, type NodeId, type Workflow } from '../core/workflow.ts';
import { mindedIn, type Minded } from './reason-of.ts';
import { WorkflowSchema } from './schema.ts';

/** Several times the largest workflows that people share. */
export const MAX_NODES = 3000;
const MAX_NAMED = 10;
const MAX_TITLE = 60;

/**
 * Takes parsed JSON for a workflow. What ComfyUI adds to a node beside class, inputs and title (`is_changed`) is
 * left out. Throws EaselError `ui-format-workflow`, `template-as-workflow`, `not-a-workflow`, `too-many-nodes`,
 * `workflow-circle`, or `template-broken` with the place in the file.
 */
export function checkedWorkflow(value: Json, file: string): Workflow {
  if (!isJsonObject(value))
    throw new EaselError({ code: 'not-a-workflow', file, found: Array.isArray(value) ? 'list' : 'value' });
  if (isEditorGraph(value)) throw new EaselError({ code: 'ui-format-workflow', file });
  if (isTemplate(value)) throw new EaselError({ code: 'template-as-workflow', file });
  const count = Object.keys(value).length;
  if (!Object.values(value).some(isNode))
    throw new EaselError({ code: 'not-a-workflow', file, found: 'nothing' });
  if (count > MAX_NODES) throw new EaselError({ code: 'too-many-nodes', file, count, max: MAX_NODES });

  const workflow = check(WorkflowSchema, value, file);
  const circle = circleIn(workflow);
  if (circle.length > 0) {
    const nodes = circle.slice(0, MAX_NAMED).map((id) => `${title(workflow, id)} (${clip(id, MAX_TITLE)})`);
    throw new EaselError({ code: 'workflow-circle', file, nodes });
  }
  return workflow;
}

/** Checks a value against a schema; throws EaselError `template-broken` with the first thing that is wrong. */
export function check<T>(schema: z.ZodType<T>, value: unknown, file: string, at = ''): T {
  const result = parsed(schema, value);
  if (result?.success) return result.data;
  const minded: Minded = result ? mindedIn(result.error, value) : { path: [], reason: { code: 'invalid' } };
  const path = [at, ...minded.path].filter((part) => part !== '').join('.');
  throw new EaselError({ code: 'template-broken', file, path, reason: minded.reason });
}

/** Undefined where zod itself trips: it compares the `length` of whatever has one, be it a number or not (4.6.7). */
function parsed<T>(schema: z.ZodType<T>, value: unknown): z.ZodSafeParseResult<T> | undefined {
  try {
    return schema.safeParse(value);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Or the beginning of one: any other JSON has none. */
function isNode(value: Json): boolean {
  return isJsonObject(value) && Object.hasOwn(value, 'class_type');
}

/** As ComfyUI's editor saves it: a list of nodes with their places on the canvas. */
function isEditorGraph(value: JsonObject): boolean {
  return (
    Object.hasOwn(value, 'nodes') && Array.isArray(value['nodes']) && !Object.hasOwn(value, 'class_type')
  );
}

function isTemplate(value: JsonObject): boolean {
  const slots = Object.hasOwn(value, 'slots') ? value['slots'] : undefined;
  return isJsonObject(slots) && !Object.hasOwn(slots, 'class_type');
}

function title(workflow: Workflow, id: NodeId): string {
  return clip(oneLine(nodeTitle(workflow, id)).trim(), MAX_TITLE);
}

/** The nodes of the first circle that the links make, in order; none when there is no circle. Linear, no recursion. */
function circleIn(workflow: Workflow): NodeId[] {
  const done = new Set<NodeId>();
  for (const start of Object.keys(workflow)) {
    if (done.has(start)) continue;
    const path = [{ id: start, feeds: feedsOf(workflow, start) }];
    const onPath = new Set([start]);
    for (let top = path.at(-1); top; top = path.at(-1)) {
      const id = top.feeds.pop();
      if (id === undefined) {
        path.pop();
        onPath.delete(top.id);
        done.add(top.id);
      } else if (onPath.has(id))
        return path.slice(path.findIndex((step) => step.id === id)).map((step) => step.id);
      else if (!done.has(id)) {
        path.push({ id, feeds: feedsOf(workflow, id) });
        onPath.add(id);
      }
    }
  }
  return [];
}

/** The nodes that feed this one, missing ones included. */
function feedsOf(workflow: Workflow, id: NodeId): NodeId[] {
  return Object.values(nodeAt(workflow, id)?.inputs ?? {})
    .map(linkedNode)
    .filter((from) => from !== undefined);
}
