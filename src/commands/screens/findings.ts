/** All that is wrong with a draft, each with the slot that it is about. */
import type { Caller } from '../../core/caller.ts';
import { CHOSEN, words as line, type Line, type Screen } from '../../core/screen.ts';
import { sentence } from '../../i18n/index.ts';
import type { Finding } from '../../core/finding.ts';
import type { EditorView } from '../verbs/editor.ts';
import { slotOf } from './draft.ts';
import { textOf, unknownAction, wordsOf, type GoTo, type ScreenDeps, type ScreenKind } from './kind.ts';
import { findingLine } from './lines.ts';

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

function findingsScreen({ draft, findings }: EditorView, caller: Caller): Screen {
  const words = wordsOf(caller);
  const { editor: say } = words;
  const partName = (at: Finding['at']) => (typeof at === 'string' ? say.partName(at) : at.slot);
  const blocking = findings.filter((finding) => finding.blocking).length;
  const state: Line = blocking > 0 ? line(say.blocked(blocking), 'blocked') : line(say.ready(), 'ok');
  return {
    at: `findings/${draft.id}`,
    title: say.findings(),
    lines: [state],
    items: findings.map((finding, index) => ({
      key: [index, slotOf(finding.at) ?? []].flat().join(' '),
      label: partName(finding.at),
      description: sentence(words, finding.problem),
      lines: [{ parts: [{ kind: 'strong', text: partName(finding.at) }] }, findingLine(finding, words)],
    })),
    itemActions: { choose: say.findingsPick(), actions: [{ key: 'look', label: say.findingsLook() }] },
    fields: [],
    actions: [{ key: 'back', label: say.back() }],
    parent: `draft/${draft.id}`,
  };
}
