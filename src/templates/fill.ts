/** Template + values → graph. Pure: the template is never changed, and text lands as a JSON value, never by editing JSON text. */
import type { NodeClasses } from '../core/nodes.ts';
import type { Slot, SlotType, SlotValues, Template } from '../core/template.ts';
import { changed, nodeTitle, type Change, type InputPath, type Workflow } from '../core/workflow.ts';
import { inputsOf, typeOf } from './slots/index.ts';

/** A file slot's inputs in the graph, filled once the backend has named the uploaded file. */
export interface FileInput {
  slot: string;
  into: InputPath[];
  /** Absent: it is a picture. */
  type?: SlotType | undefined;
}

/** What a job writes into its template's graph. */
export interface Filling {
  changes: Change[];
  /** Whose input is whose: by slot. Absent in jobs from before that was written down. */
  inputs?: Readonly<Record<string, InputPath[]>> | undefined;
  /** Of the file slots that were given; `withFile` puts the backend's file name in. */
  images: FileInput[];
}

export interface Filled extends Filling {
  /** With the changes; what is not changed is the template's own. */
  workflow: Workflow;
}

/** `values` must come from `readValues` of the same template. */
export function fill(template: Template, values: SlotValues): Filled {
  const changes: Change[] = [];
  const images: FileInput[] = [];
  for (const [name, slot] of Object.entries(template.slots)) {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) continue;
    const type = typeOf(slot);
    if (type.file) images.push({ slot: name, into: slot.into ?? [], ...typed(slot) });
    else for (const [[node, input], item] of type.write(slot, value)) changes.push([node, input, item]);
  }
  // parseTemplate has checked that the nodes are there
  const inputs = Object.entries(template.slots).map(([name, slot]) => [name, inputsOf(slot)]);
  return {
    workflow: changed(template.workflow, changes),
    changes,
    images,
    inputs: Object.fromEntries(inputs),
  };
}

/** Older versions know pictures only, and take what says no type for one. */
function typed({ type }: Slot): Pick<FileInput, 'type'> {
  return type === 'image' ? {} : { type };
}

/** The graph with an uploaded file's name in its inputs. */
export function withFile(workflow: Workflow, { into }: FileInput, uploadedName: string): Workflow {
  return changed(
    workflow,
    into.map(([node, input]) => [node, input, uploadedName]),
  );
}

/**
 * What stands in the graph at each slot that has words, once it is filled: what was given or is the default, what a
 * format or a choice makes of it, and the workflow's own text where there is neither.
 */
export function slotTexts(template: Template, values: SlotValues): [slot: string, text: string][] {
  const { workflow } = fill(template, values);
  const entered: [string, string][] = [];
  const standing: [string, string][] = [];
  for (const [name, slot] of Object.entries(template.slots)) {
    if (!typeOf(slot).hasWords) continue;
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value !== undefined) entered.push([name, String(value)]);
    const written =
      value === undefined
        ? []
        : typeOf(slot)
            .write(slot, value)
            .map(([path]) => path);
    for (const [node, input] of [...(slot.into ?? []), ...written]) {
      const text = workflow[node]?.inputs[input];
      if (typeof text === 'string' && text !== value) standing.push([name, text]);
    }
  }
  // several slots may share an input: what was given is told first, since it is whose it is
  return [...entered, ...standing];
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
