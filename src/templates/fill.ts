/** Template + values → graph. Pure: the template is never changed, and text lands as a JSON value, never by editing JSON text. */
import type { Json } from '../core/json.ts';
import type { Slot, SlotValue, SlotValues, Template } from '../core/template.ts';
import type { NodeClasses } from '../core/nodes.ts';
import { changed, nodeTitle, type Change, type InputPath, type Workflow } from '../core/workflow.ts';

/** An image slot's place in the graph, filled once the backend has named the uploaded file. */
export interface ImageInput {
  slot: string;
  into: InputPath[];
}

/** What a job writes into its template's graph. */
export interface Filling {
  changes: Change[];
  /** Image slots that were given; `placeImage` puts the backend's file name in. */
  images: ImageInput[];
}

export interface Filled extends Filling {
  /** With the changes; what is not changed is the template's own. */
  workflow: Workflow;
}

/** `values` must come from `readValues` of the same template. */
export function fill(template: Template, values: SlotValues): Filled {
  const changes: Change[] = [];
  const images: ImageInput[] = [];
  for (const [name, slot] of Object.entries(template.slots)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) continue;
    if (slot.type === 'image') images.push({ slot: name, into: slot.into });
    else for (const [[node, input], item] of assignments(slot, value)) changes.push([node, input, item]);
  }
  // parseTemplate has checked that the nodes are there
  return { workflow: changed(template.workflow, changes), changes, images };
}

/** The graph with an uploaded image's name in its inputs. */
export function placeImage(workflow: Workflow, { into }: ImageInput, uploadedName: string): Workflow {
  return changed(
    workflow,
    into.map(([node, input]) => [node, input, uploadedName]),
  );
}

/**
 * What stands in the graph at each text and choice slot, once it is filled: what was given or is the default, what a
 * format or a choice makes of it, and the workflow's own text where there is neither.
 */
export function slotTexts(template: Template, values: SlotValues): [slot: string, text: string][] {
  const { workflow } = fill(template, values);
  const given: [string, string][] = [];
  const standing: [string, string][] = [];
  for (const [name, slot] of Object.entries(template.slots)) {
    if (slot.type !== 'text' && slot.type !== 'choice') continue;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) given.push([name, String(value)]);
    const written = value === undefined ? [] : assignments(slot, value).map(([path]) => path);
    for (const [node, input] of [...(slot.into ?? []), ...written]) {
      const text = workflow[node]?.inputs[input];
      if (typeof text === 'string' && text !== value) standing.push([name, text]);
    }
  }
  // several slots may share an input: what was given is told first, since it is whose it is
  return [...given, ...standing];
}

/** Every other text of a graph, with its node: what is picked from a list, such as a model's name, is none. */
export function literalTexts(
  workflow: Workflow,
  nodes: NodeClasses | undefined,
): [node: string, text: string][] {
  return Object.entries(workflow).flatMap(([id, { class_type: type, inputs }]) =>
    Object.entries(inputs).flatMap(([input, text]): [string, string][] =>
      typeof text !== 'string' || nodes?.get(type)?.inputs.get(input)?.options
        ? []
        : [[nodeTitle(workflow, id), text]],
    ),
  );
}

function assignments(slot: Exclude<Slot, { type: 'image' }>, value: SlotValue): [InputPath, Json][] {
  if (slot.type === 'choice' && slot.choices && !Array.isArray(slot.choices)) {
    const picked = slot.choices[String(value)] ?? [];
    const named = (slot.into ?? []).map((path): [InputPath, Json] => [path, value]);
    return [...named, ...picked.map(([path, item]): [InputPath, Json] => [path, item])];
  }
  const item =
    slot.type === 'text' && slot.format ? slot.format.replaceAll('{value}', () => String(value)) : value;
  return (slot.into ?? []).map((path) => [path, item]);
}
