/** Fills in the choices that the backend decides: checkpoints, LoRAs, samplers. Pure. */
import { takesFile } from '../core/file-inputs.ts';
import type { NodeClasses } from '../core/nodes.ts';
import { choiceNames, type ChoiceSlot, type Slot, type Template } from '../core/template.ts';
import { nodeAt, type Workflow } from '../core/workflow.ts';

/** A copy with the lists that are known; a slot whose list is not stays without, and takes any text. */
export function withChoices(template: Template, nodes: NodeClasses | undefined): Template {
  const slots = Object.entries(template.slots).map(([name, slot]): [string, Slot] => {
    if (slot.type !== 'choice' || slot.choices) return [name, slot];
    const choices = offered(slot, template.workflow, nodes);
    return [name, choices ? { ...slot, choices } : slot];
  });
  return { ...template, slots: Object.fromEntries(slots) };
}

/** What can be picked; empty where that is not known, or nothing is picked. */
export function choicesNow(slot: Slot, workflow: Workflow, nodes: NodeClasses | undefined): string[] {
  if (slot.type !== 'choice') return [];
  return slot.choices ? choiceNames(slot) : (offered(slot, workflow, nodes) ?? []);
}

function offered(
  { into = [] }: ChoiceSlot,
  workflow: Workflow,
  nodes: NodeClasses | undefined,
): string[] | undefined {
  const [path] = into;
  const type = path && nodeAt(workflow, path[0])?.class_type;
  // files that others have sent are nobody's to choose from
  if (into.some(([id, input]) => takesFile(nodeAt(workflow, id)?.class_type ?? '', input, nodes)))
    return undefined;
  const options = type === undefined ? undefined : nodes?.get(type)?.inputs.get(path?.[1] ?? '')?.options;
  // an empty list is a backend without such files: then the words are the backend's to judge, and it says so
  return options && options.length > 0 ? options.map(String) : undefined;
}

/** Choices that hold what was typed, those that begin with it first, at most `max`. */
export function matchingChoices(slot: ChoiceSlot, typed: string, max: number): string[] {
  const wanted = typed.trim().toLowerCase();
  const begin: string[] = [];
  const hold: string[] = [];
  for (const name of choiceNames(slot)) {
    const at = name.toLowerCase().indexOf(wanted);
    if (at === 0) begin.push(name);
    else if (at > 0) hold.push(name);
    if (begin.length >= max) break;
  }
  return [...begin, ...hold].slice(0, max);
}
