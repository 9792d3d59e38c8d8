/** What an admin does to a template before it is published. Pure: every change gives a new draft. */
import type { SlotAbout } from '../core/detected.ts';
import { EaselError } from '../core/errors.ts';
import type { Command } from '../core/finding.ts';
import { writeJson } from '../core/json.ts';
import type { NodeClasses } from '../core/nodes.ts';
import type { Template } from '../core/template.ts';
import { inputAt, nodeAt, nodeTitle, type InputPath, type NodeId, type Workflow } from '../core/workflow.ts';
import { ownWords, slotWords, suggestSlot, type DetectedLanguages } from './detect/index.ts';
import { parseTemplate, parseWorkflow } from './parse.ts';
import type { Documents, Draft } from './library/records.ts';
import { fitting, fittingWords, renamedIn, withoutSuggested, withSuggested } from './languages/keep.ts';
import { changedCommand, changedSlot, requireLanguage, type WordsChange } from './languages/change.ts';
import { cleanName, cleanWords, SlotName } from './names.ts';
import { ownOf } from './languages/words.ts';
import { changeSlot, type SlotChange } from './slots/change.ts';

export type Edit =
  | { kind: 'about'; name: string; description: string }
  | { kind: 'slot'; slot: string; change: SlotChange }
  | { kind: 'drop'; slot: string }
  /** -1: one place to the front. */
  | { kind: 'move'; slot: string; by: -1 | 1 }
  /** A new slot for an input that holds a plain value. */
  | { kind: 'add'; path: InputPath }
  /** Empty: the outputs of every node are posted. */
  | { kind: 'outputs'; nodes: NodeId[] }
  /** What is said in a language; of the command itself without `slot`. */
  | { kind: 'words'; language: string; slot?: string | undefined; change: WordsChange }
  /** All that is said in it. */
  | { kind: 'drop-language'; language: string };

/**
 * `workflow`: the draft's, parsed; `nodes`: what the backend takes, where that is known; `say`: the words for a slot that
 * is added, in all languages. Throws EaselError naming slot and field.
 */
export function applyEdit(
  draft: Draft,
  workflow: Workflow,
  edit: Edit,
  nodes: NodeClasses | undefined,
  say: DetectedLanguages,
): Draft {
  switch (edit.kind) {
    case 'about':
      return described(draft, cleanName(edit.name), cleanWords(edit.description));
    case 'slot':
      return change(draft, edit.slot, edit.change);
    case 'drop':
      return fitted({ ...draft, slots: draft.slots.toSpliced(indexOf(draft, edit.slot), 1) });
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
    case 'words':
      return fitted(changeWords(draft, edit));
    case 'drop-language': {
      const { [edit.language]: _dropped, ...languages } = draft.languages ?? {};
      return fitted({ ...draft, languages });
    }
  }
}

/** Parses it: who asks often asks a `WorkflowMemory`. Throws EaselError as parseWorkflow. */
export function workflowOf({ workflow: source, name }: Pick<Draft, 'workflow' | 'name'>): Workflow {
  return parseWorkflow(source, `${name}/workflow.json`);
}

/** As people would meet it in a chat. */
export function commandOf({ name, description, slots, languages }: Draft): Command {
  const own = Object.fromEntries(slots.map((one) => [one.name, one.slot]));
  return { name, description, slots: own, ...(languages && { languages }) };
}

/** The two files that the draft stands for. */
export function documentsOf(draft: Draft): Documents {
  const { outputs, runLimitMinutes, workflow, suggested } = draft;
  const { description, slots, languages } = commandOf(draft);
  const file = {
    description,
    slots,
    ...(languages && { languages }),
    ...(outputs && { outputs }),
    ...(runLimitMinutes !== undefined && { runLimitMinutes }),
  };
  return { template: `${writeJson(file, 2)}\n`, workflow, ...(suggested && { suggested }) };
}

/** `workflow`: the draft's, parsed. Throws EaselError when it is no template yet: its name or description is wrong. */
export function templateOf(draft: Draft, workflow: Workflow): Template {
  return parseDocuments(draft.name, documentsOf(draft), workflow);
}

/** `parsed`: the workflow, where it is known already. Throws EaselError `template-broken` or `ui-format-workflow`. */
export function parseDocuments(
  name: string,
  { template, workflow: source, variants = {}, suggested }: Documents,
  parsed?: Workflow,
): Template {
  const others = Object.entries(variants).map(([variant, text]) => {
    return [variant, { text, file: `${name}/workflow.${variant}.json` }] as const;
  });
  const read = parseTemplate({
    name,
    template: { text: template, file: `${name}/template.json` },
    workflow: { text: source, file: `${name}/workflow.json`, parsed },
    variants: Object.fromEntries(others),
  });
  return suggested ? { ...read, documents: { ...read.documents, suggested } } : read;
}

/** What a draft takes over from a template, to go on editing it. */
export function contentsOf(
  template: Template,
): Pick<Draft, 'description' | 'slots' | 'languages' | 'suggested' | 'outputs' | 'runLimitMinutes'> {
  const { languages, documents } = template;
  return {
    description: template.description,
    slots: Object.entries(template.slots).map(([name, slot]) => ({ name, slot })),
    ...(languages && { languages: fittingWords(languages, template.slots) }),
    ...(documents.suggested && { suggested: documents.suggested }),
    ...(template.outputs && { outputs: template.outputs }),
    ...(template.runLimitMinutes !== undefined && { runLimitMinutes: template.runLimitMinutes }),
  };
}

function indexOf({ slots }: Draft, slot: string): number {
  const index = slots.findIndex(({ name }) => name === slot);
  if (index === -1)
    throw new EaselError({ code: 'unknown-slot', slot, known: slots.map(({ name }) => name) });
  return index;
}

/** Without words for what is not there any more. */
function fitted(draft: Draft): Draft {
  return fitting(draft, commandOf(draft).slots);
}

function described(draft: Draft, name: string, description: string): Draft {
  const changed = { ...draft, name, description };
  return description === draft.description ? changed : withoutSuggested(changed, 'description');
}

/** What a slot may not be called: as another one is, by itself or in `language`; without one, in any. */
function takenNames(draft: Draft, except: string, language?: string): string[] {
  const { languages = {} } = draft;
  const tags = language === undefined ? Object.keys(languages) : [language];
  const elsewhere = tags.flatMap((tag) => Object.entries(languages[tag]?.slots ?? {}));
  return [
    ...draft.slots.map((other) => other.name),
    ...elsewhere.flatMap(([other, { name }]) => (other === except || name === undefined ? [] : [name])),
  ].filter((other) => other !== except);
}

function changeWords(
  draft: Draft,
  { language, slot, change: wanted }: Extract<Edit, { kind: 'words' }>,
): Draft {
  const { languages = {} } = draft;
  const tag = requireLanguage(languages, language);
  const words = languages[tag] ?? {};
  if (slot === undefined)
    return { ...draft, languages: { ...languages, [tag]: changedCommand(words, wanted) } };
  const found = draft.slots[indexOf(draft, slot)];
  if (!found) return draft;
  const said = ownOf(words.slots ?? {}, slot) ?? {};
  const next = changedSlot(slot, found.slot, said, wanted, takenNames(draft, slot, tag));
  return {
    ...draft,
    languages: { ...languages, [tag]: { ...words, slots: { ...words.slots, [slot]: next } } },
  };
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
  if (renamed !== name && takenNames(draft, name).includes(renamed))
    throw new EaselError({ code: 'slot-exists', slot: renamed });
  const slot = changeSlot(name, present.slot, wanted);
  let next: Draft = { ...draft, slots: draft.slots.with(index, { name: renamed, slot }) };
  // they would say something else than the admin does
  if (slot.description !== present.slot.description) next = withoutSuggested(next, 'description', name);
  if (renamed !== name) next = renamedIn(withoutSuggested(next, 'name', name), name, renamed);
  return fitted(next);
}

function add(
  draft: Draft,
  workflow: Workflow,
  path: InputPath,
  nodes: NodeClasses | undefined,
  say: DetectedLanguages,
): Draft {
  const [node, input] = path;
  const suggested = inputAt(workflow, path) === undefined ? undefined : suggestSlot(workflow, path, nodes);
  if (!suggested) throw new EaselError({ code: 'not-an-input', node: nodeTitle(workflow, node), input });
  const taken = takenNames(draft, '');
  const name = freeName(suggested.name, taken);
  const about = freeAbout(suggested.about, draft, ownWords(say).slot);
  const slot = { ...suggested.slot, description: ownWords(say).slot(about) };
  const inLanguages = Object.keys(say.all).flatMap((tag) => {
    const said = slotWords({ ...suggested, name, about }, taken, say, tag);
    return said ? [[tag, said] as const] : [];
  });
  const added = { ...draft, slots: [...draft.slots, { name, slot }] };
  return withSuggested(added, name, Object.fromEntries(inLanguages));
}

/** The second slot for one purpose is told from the first. */
function freeAbout(about: SlotAbout, { slots }: Draft, say: (about: SlotAbout) => string): SlotAbout {
  const taken = new Set(slots.map(({ slot }) => slot.description));
  if (about.purpose === 'named' || about.purpose === 'input' || !taken.has(say(about))) return about;
  for (let nth = 2; ; nth += 1) if (!taken.has(say({ ...about, nth }))) return { ...about, nth };
}

function freeName(wanted: string, taken: readonly string[]): string {
  let name = wanted;
  for (let number = 2; taken.includes(name); number += 1) name = `${wanted.slice(0, 28)}_${number}`;
  return name;
}

function setOutputs(draft: Draft, workflow: Workflow, wanted: NodeId[]): Draft {
  const { outputs: _, ...rest } = draft;
  const known = wanted.filter((id) => nodeAt(workflow, id) !== undefined);
  return known.length === 0 ? rest : { ...rest, outputs: known };
}
