/** What an admin does to a template before it is published. Pure: every change gives a new draft. */
import type { SlotAbout } from '../core/detected.ts';
import { EaselError } from '../core/errors.ts';
import type { Command } from '../core/finding.ts';
import { writeJson } from '../core/json.ts';
import type { NodeClasses } from '../core/nodes.ts';
import type { Template } from '../core/template.ts';
import { clip, oneLine } from '../core/text.ts';
import { inputAt, nodeAt, nodeTitle, type InputPath, type NodeId, type Workflow } from '../core/workflow.ts';
import { suggestSlot } from './detect/index.ts';
import { parseTemplate, parseWorkflow } from './parse.ts';
import type { Documents, Draft } from './library/records.ts';
import { SlotName } from './schema.ts';
import { changeSlot, type SlotChange } from './slots/change.ts';
import { MAX_DESCRIPTION } from './slots/schema-parts.ts';

export type Edit =
  | { kind: 'about'; name: string; description: string }
  | { kind: 'slot'; slot: string; change: SlotChange }
  | { kind: 'drop'; slot: string }
  /** -1: one place to the front. */
  | { kind: 'move'; slot: string; by: -1 | 1 }
  /** A new slot for an input that holds a plain value. */
  | { kind: 'add'; path: InputPath }
  /** Empty: the outputs of every node are posted. */
  | { kind: 'outputs'; nodes: NodeId[] };

/** Longer names and descriptions are cut while they are typed; what is still too long is a finding. */
const MAX_TYPED = 2 * MAX_DESCRIPTION;

/**
 * `workflow`: the draft's, parsed; `nodes`: what the backend takes, where that is known; `say`: the words for a slot that
 * is added. Throws EaselError naming slot and field.
 */
export function applyEdit(
  draft: Draft,
  workflow: Workflow,
  edit: Edit,
  nodes: NodeClasses | undefined,
  say: (about: SlotAbout) => string,
): Draft {
  switch (edit.kind) {
    case 'about':
      return { ...draft, name: cleanName(edit.name), description: clean(edit.description) };
    case 'slot':
      return change(draft, edit.slot, edit.change);
    case 'drop':
      return { ...draft, slots: draft.slots.toSpliced(indexOf(draft, edit.slot), 1) };
    case 'move': {
      const from = indexOf(draft, edit.slot);
      const to = Math.max(0, Math.min(draft.slots.length - 1, from + edit.by));
      const [moved] = draft.slots.slice(from, from + 1);
      return moved ? { ...draft, slots: draft.slots.toSpliced(from, 1).toSpliced(to, 0, moved) } : draft;
    }
    case 'add':
      return add(draft, workflow, edit.path, nodes, say);
    case 'outputs':
      return setOutputs(draft, workflow, edit.nodes);
  }
}

/** Parses it: who asks often asks a `WorkflowMemory`. Throws EaselError as parseWorkflow. */
export function workflowOf({ workflow: source, name }: Pick<Draft, 'workflow' | 'name'>): Workflow {
  return parseWorkflow(source, `${name}/workflow.json`);
}

/** As people would meet it in a chat. */
export function commandOf({ name, description, slots }: Draft): Command {
  return { name, description, slots: Object.fromEntries(slots.map((one) => [one.name, one.slot])) };
}

/** The two files that the draft stands for. */
export function documentsOf(draft: Draft): Documents {
  const { outputs, runLimitMinutes, workflow } = draft;
  const { description, slots } = commandOf(draft);
  const file = {
    description,
    slots,
    ...(outputs && { outputs }),
    ...(runLimitMinutes !== undefined && { runLimitMinutes }),
  };
  return { template: `${writeJson(file, 2)}\n`, workflow };
}

/** `workflow`: the draft's, parsed. Throws EaselError when it is no template yet: its name or description is wrong. */
export function templateOf(draft: Draft, workflow: Workflow): Template {
  return parseDocuments(draft.name, documentsOf(draft), workflow);
}

/** `parsed`: the workflow, where it is known already. Throws EaselError `template-broken` or `ui-format-workflow`. */
export function parseDocuments(
  name: string,
  { template, workflow: source, variants = {} }: Documents,
  parsed?: Workflow,
): Template {
  const others = Object.entries(variants).map(([variant, text]) => {
    return [variant, { text, file: `${name}/workflow.${variant}.json` }] as const;
  });
  return parseTemplate({
    name,
    template: { text: template, file: `${name}/template.json` },
    workflow: { text: source, file: `${name}/workflow.json`, parsed },
    variants: Object.fromEntries(others),
  });
}

/** What a draft takes over from a template, to go on editing it. */
export function contentsOf(
  template: Template,
): Pick<Draft, 'description' | 'slots' | 'outputs' | 'runLimitMinutes'> {
  return {
    description: template.description,
    slots: Object.entries(template.slots).map(([name, slot]) => ({ name, slot })),
    ...(template.outputs && { outputs: template.outputs }),
    ...(template.runLimitMinutes !== undefined && { runLimitMinutes: template.runLimitMinutes }),
  };
}

/** What somebody typed as a command's name, as it would have to be: `/My Fox` → `my-fox`. */
export function cleanName(typed: string): string {
  return clean(typed).replace(/^\//, '').toLowerCase().replaceAll(' ', '-');
}

function clean(typed: string): string {
  return clip(oneLine(typed).trim(), MAX_TYPED);
}

function indexOf({ slots }: Draft, slot: string): number {
  const index = slots.findIndex(({ name }) => name === slot);
  if (index === -1)
    throw new EaselError({ code: 'unknown-slot', slot, known: slots.map(({ name }) => name) });
  return index;
}

function change(draft: Draft, name: string, wanted: SlotChange): Draft {
  const index = indexOf(draft, name);
  const present = draft.slots[index];
  if (!present) return draft;
  const renamed = wanted.name === undefined ? name : cleanName(wanted.name);
  if (!SlotName.safeParse(renamed).success)
    throw new EaselError({
      code: 'slot-broken',
      slot: name,
      field: 'name',
      reason: { code: 'slot-name-rule' },
    });
  if (renamed !== name && draft.slots.some((other) => other.name === renamed))
    throw new EaselError({ code: 'slot-exists', slot: renamed });
  const slot = changeSlot(name, present.slot, wanted);
  return { ...draft, slots: draft.slots.with(index, { name: renamed, slot }) };
}

function add(
  draft: Draft,
  workflow: Workflow,
  path: InputPath,
  nodes: NodeClasses | undefined,
  say: (about: SlotAbout) => string,
): Draft {
  const [node, input] = path;
  const suggested = inputAt(workflow, path) === undefined ? undefined : suggestSlot(workflow, path, nodes);
  if (!suggested) throw new EaselError({ code: 'not-an-input', node: nodeTitle(workflow, node), input });
  const name = freeName(suggested.name, draft);
  const slot = { ...suggested.slot, description: freeWords(suggested.about, draft, say) };
  return { ...draft, slots: [...draft.slots, { name, slot }] };
}

/** The second slot for one purpose is told from the first. */
function freeWords(about: SlotAbout, { slots }: Draft, say: (about: SlotAbout) => string): string {
  const taken = new Set(slots.map(({ slot }) => slot.description));
  const words = say(about);
  if (about.purpose === 'named' || about.purpose === 'input' || !taken.has(words)) return words;
  for (let nth = 2; ; nth += 1) {
    const told = say({ ...about, nth });
    if (!taken.has(told)) return told;
  }
}

function freeName(wanted: string, { slots }: Draft): string {
  const taken = new Set(slots.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted.slice(0, 28)}_${number}`;
  return name;
}

function setOutputs(draft: Draft, workflow: Workflow, wanted: NodeId[]): Draft {
  const { outputs: _, ...rest } = draft;
  const known = wanted.filter((id) => nodeAt(workflow, id) !== undefined);
  return known.length === 0 ? rest : { ...rest, outputs: known };
}
