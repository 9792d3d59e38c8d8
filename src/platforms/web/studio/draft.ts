/** What the studio's page shows of a draft. Pure. */
import type { Candidate, EditorView } from '../../../commands/editor.ts';
import { EaselError } from '../../../core/errors.ts';
import { MAX_SEED, mainTextSlot, type Slot } from '../../../core/template.ts';
import { sentence, type Catalogue } from '../../../i18n/index.ts';
import type { Finding } from '../../../core/finding.ts';
import { workflowOf } from '../../../templates/draft.ts';
import { inputsOf } from '../../../templates/parse.ts';
import { changeSlot, slotFields } from '../../../templates/slot-change.ts';
import { nodeTitle, type Workflow } from '../../../core/workflow.ts';
import { slotFacts } from '../../../commands/screens/slot-facts.ts';
import type { Field } from '../api.ts';
import { MAX_CHOICES } from '../offer.ts';
import type { Draft, DraftFinding, DraftSlot } from '../studio-api.ts';
import { TYPES } from './change.ts';
import { graphNodes } from './graph.ts';

export function shownDraft(view: EditorView, candidates: readonly Candidate[], words: Catalogue): Draft {
  const { draft, slots, findings, publishable } = view;
  const workflow = workflowOf(draft);
  const main = mainTextSlot({ slots: Object.fromEntries(slots.map(({ name, slot }) => [name, slot])) });
  return {
    id: draft.id,
    name: draft.name,
    description: draft.description,
    replaces: draft.head !== undefined,
    publishable,
    findings: findings
      .filter(({ at }) => typeof at === 'string')
      .map((finding) => shownFinding(finding, words)),
    slots: slots.map((shown) => ({
      ...shownSlot(shown, workflow, words),
      main: shown.name === main,
      findings: findings
        .filter(({ at }) => typeof at === 'object' && at.slot === shown.name)
        .map((finding) => shownFinding(finding, words)),
    })),
    nodes: graphNodes(workflow, view, candidates),
  };
}

function shownFinding({ at, problem, blocking }: Finding, words: Catalogue): DraftFinding {
  const isField = at === 'name' || at === 'description' || at === 'outputs';
  return { sentence: sentence(words, problem), blocking, ...(isField && { at }) };
}

function shownSlot(
  { name, slot, choices }: EditorView['slots'][number],
  workflow: Workflow,
  words: Catalogue,
): Omit<DraftSlot, 'main' | 'findings'> {
  const seen = new Set<string>();
  return {
    name,
    type: slot.type,
    description: slot.description ?? '',
    required: slot.required === true,
    ...bounds(slot),
    ...(slot.type === 'choice' && {
      choices: choices.slice(0, MAX_CHOICES),
      open: choices.length === 0 || choices.length > MAX_CHOICES,
    }),
    form: slotFields(slot),
    types: typesOf(name, slot),
    facts: slotFacts(slot, words),
    // a choice that sets several inputs names each of them again and again
    into: inputsOf(slot)
      .filter((path) => !seen.has(path.join('\0')) && seen.add(path.join('\0')))
      .map(([node, input]) => ({ node, input, title: nodeTitle(workflow, node) })),
  };
}

function bounds(slot: Slot): Pick<DraftSlot, 'default' | 'min' | 'max' | 'maxLength' | 'format'> {
  const standard = 'default' in slot && slot.default !== undefined && { default: String(slot.default) };
  switch (slot.type) {
    case 'text':
      return {
        ...standard,
        ...(slot.maxLength !== undefined && { maxLength: slot.maxLength }),
        ...(slot.format !== undefined && { format: slot.format }),
      };
    case 'integer':
    case 'number':
      return {
        ...standard,
        ...(slot.min !== undefined && { min: String(slot.min) }),
        ...(slot.max !== undefined && { max: String(slot.max) }),
      };
    case 'boolean':
    case 'choice':
      return { ...standard };
    case 'seed':
      return { min: '0', max: String(MAX_SEED) };
    case 'image':
      return {};
  }
}

function typesOf(name: string, slot: Slot): Field['type'][] {
  return TYPES.filter((type) => {
    try {
      changeSlot(name, slot, { type });
      return true;
    } catch (error) {
      if (error instanceof EaselError) return false;
      throw error;
    }
  });
}
