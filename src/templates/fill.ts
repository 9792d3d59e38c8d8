/** Template + values → graph. Pure: the template is never changed, and text lands as a JSON value, never by editing JSON text. */
import type { Json } from '../core/json.ts';
import type { Slot, SlotValue, SlotValues, Template } from '../core/template.ts';
import type { NodeClasses } from '../core/nodes.ts';
import { nodeTitle, type InputPath, type Workflow } from '../core/workflow.ts';

/** An image slot's place in the graph, filled once the backend has named the uploaded file. */
export interface ImageInput {
  slot: string;
  into: InputPath[];
}

export interface Filled {
  workflow: Workflow;
  /** Image slots that were given; `placeImage` puts the backend's file name in. */
  images: ImageInput[];
}

/** `values` must come from `readValues` of the same template. */
export function fill(template: Template, values: SlotValues): Filled {
  const workflow = structuredClone(template.workflow);
  const images: ImageInput[] = [];
  for (const [name, slot] of Object.entries(template.slots)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) continue;
    if (slot.type === 'image') images.push({ slot: name, into: slot.into });
    else for (const [path, item] of assignments(slot, value)) put(workflow, path, item);
  }
  return { workflow, images };
}

/** A copy of the graph with an uploaded image's name in its inputs. */
export function placeImage(workflow: Workflow, image: ImageInput, uploadedName: string): Workflow {
  const copy = structuredClone(workflow);
  for (const path of image.into) put(copy, path, uploadedName);
  return copy;
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

function put(workflow: Workflow, [node, input]: InputPath, value: Json): void {
  const target = workflow[node];
  if (!target) throw new TypeError(`the graph has no node ${node}`); // parseTemplate has checked this
  target.inputs[input] = value;
}
