/** What the studio's page shows of a draft. Pure. */
import type { Candidate, EditorView } from '../../../commands/verbs/editor.ts';
import { EaselError } from '../../../core/errors.ts';
import type { Slot } from '../../../core/template.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import { grouped, type Finding } from '../../../core/finding.ts';
import { changeSlot, slotFields } from '../../../templates/slots/change.ts';
import { inputsOf, mainTextSlot, SLOT_TYPE_NAMES } from '../../../templates/slots/index.ts';
import { nodeTitle, type Workflow } from '../../../core/workflow.ts';
import { stateOf } from '../../../commands/screens/lines.ts';
import { slotFacts } from '../../../commands/screens/slot-facts.ts';
import { listed, slotField } from '../offer.ts';
import type { Draft, DraftFinding, DraftSlot } from '../studio-api.ts';
import { graphNodes } from './graph.ts';
import { said } from './said.ts';
import { draftWords, slotWords } from './words.ts';

export function shownDraft(view: EditorView, candidates: readonly Candidate[], words: Catalogue): Draft {
  const { draft, workflow, slots, findings, publishable, testable } = view;
  const main = mainTextSlot({ slots: Object.fromEntries(slots.map(({ name, slot }) => [name, slot])) });
  return {
    id: draft.id,
    name: draft.name,
    description: draft.description,
    inLanguages: draftWords(view, words),
    replaces: draft.head !== undefined,
    publishable,
    testable,
    state: shownState(findings, words),
    findings: grouped(findings.filter(({ at }) => typeof at === 'string')).map((finding) =>
      shownFinding(finding, words),
    ),
    slots: slots.map((shown) => ({
      ...shownSlot(shown, { workflow, words, main: shown.name === main }),
      inLanguages: slotWords(view, shown, words),
      findings: grouped(findings.filter(({ at }) => typeof at === 'object' && at.slot === shown.name)).map(
        (finding) => shownFinding(finding, words),
      ),
    })),
    nodes: graphNodes(workflow, view, candidates),
  };
}

const TONES = { ok: 'good', warning: 'warn', blocked: 'problem' } as const;

function shownState(findings: readonly Finding[], words: Catalogue): Draft['state'] {
  const { sentence, tone } = stateOf(findings, words);
  return { sentence, tone: TONES[tone] };
}

function shownFinding({ at, problem, blocking }: Finding, words: Catalogue): DraftFinding {
  const isField = at === 'name' || at === 'description' || at === 'outputs';
  return { ...said(problem, words), blocking, ...(isField && { at }) };
}

function shownSlot(
  { name, slot, choices }: EditorView['slots'][number],
  { workflow, words, main }: { workflow: Workflow; words: Catalogue; main: boolean },
): Omit<DraftSlot, 'findings' | 'inLanguages'> {
  const seen = new Set<string>();
  const field = slotField(name, slot, { main, words });
  const form = slotFields(slot);
  return {
    ...field,
    description: slot.description ?? '',
    ...(field.kind === 'one-of' && listed(choices)),
    ...(form.format && { format: form.format }),
    form,
    types: typesOf(name, slot, words),
    facts: slotFacts(slot, words),
    // a choice that sets several inputs names each of them again and again
    into: inputsOf(slot)
      .filter((path) => !seen.has(path.join('\0')) && seen.add(path.join('\0')))
      .map(([node, input]) => ({ node, input, title: nodeTitle(workflow, node) })),
  };
}

function typesOf(name: string, slot: Slot, { editor: say }: Catalogue): DraftSlot['types'] {
  const possible = SLOT_TYPE_NAMES.filter((type) => {
    try {
      changeSlot(name, slot, { type });
      return true;
    } catch (error) {
      if (error instanceof EaselError) return false;
      throw error;
    }
  });
  return possible.map((type) => ({ type, label: say.type(type) }));
}
