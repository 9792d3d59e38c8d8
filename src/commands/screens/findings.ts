/** All that is wrong with a draft, each with the slot that it is about. */
import type { Caller } from '../../core/caller.ts';
import { CHOSEN, type Screen } from '../../core/screen.ts';
import { sentence } from '../../i18n/index.ts';
import { grouped, listedIn, type Finding } from '../../core/finding.ts';
import { MAX_LISTED } from '../../i18n/phrases.ts';
import type { EditorView } from '../verbs/editor.ts';
import { slotOf } from './draft.ts';
import { textOf, unknownAction, wordsOf, type GoTo, type ScreenDeps, type ScreenKind } from './kind.ts';
import { findingLine, stateLine } from './lines.ts';

export function findingScreens({ editor }: ScreenDeps, goTo: GoTo): Record<'findings', ScreenKind> {
  const findings: ScreenKind = {
    open: async (caller, [id = '']) => findingsScreen(await editor.open(caller, id), caller),
    async act({ caller, of: [id = ''], action, entered }) {
      const slot = textOf(entered, CHOSEN)?.split(' ')[1];
      if (action === 'look') return goTo(caller, slot === undefined ? `draft/${id}` : `slot/${id}/${slot}`);
      return action === 'back' ? goTo(caller, `draft/${id}`) : unknownAction();
    },
  };
  return { findings };
}

/** What is alike together, as long as its sentence can name all of it; each where there is more: here none is left out. */
function shownWhole(findings: readonly Finding[]): Finding[] {
  const isTooMany = ({ problem }: Finding) => listedIn(problem).length > MAX_LISTED;
  // of one slot, or of none: each is looked at where it is
  const groups = [...Map.groupBy(findings, ({ at }) => JSON.stringify(at)).values()];
  return groups
    .flatMap((group) => (grouped(group).some(isTooMany) ? group : grouped(group)))
    .toSorted((a, b) => Number(b.blocking) - Number(a.blocking));
}

function findingsScreen({ draft, findings }: EditorView, caller: Caller): Screen {
  const words = wordsOf(caller);
  const { editor: say } = words;
  const partName = (at: Finding['at']) => (typeof at === 'string' ? say.partName(at) : at.slot);
  return {
    at: `findings/${draft.id}`,
    title: say.findings(),
    lines: [stateLine(findings, words)],
    items: shownWhole(findings).map((finding, index) => ({
      key: [index, slotOf(finding.at) ?? []].flat().join(' '),
      label: partName(finding.at),
      description: sentence(words, finding.problem, 'admin'),
      lines: [{ parts: [{ kind: 'strong', text: partName(finding.at) }] }, findingLine(finding, words)],
    })),
    itemActions: { choose: say.findingsPick(), actions: [{ key: 'look', label: say.findingsLook() }] },
    fields: [],
    actions: [{ key: 'back', label: say.back() }],
    parent: `draft/${draft.id}`,
  };
}
