/** What the studio's page shows of a draft's words in other languages. Pure. */
import type { EditorView } from '../../../commands/verbs/editor.ts';
import type { Slot } from '../../../core/template.ts';
import type { Catalogue } from '../../../i18n/index.ts';
import { wordsForm } from '../../../templates/languages/change.ts';
import { COMMON_LANGUAGES } from '../../../templates/languages/common.ts';
import { ownOf } from '../../../templates/languages/words.ts';
import type { DraftSlot, DraftWords } from '../studio-api.ts';

export function draftWords({ draft }: EditorView, { templateWords: say }: Catalogue): DraftWords {
  const { languages = {}, name, description } = draft;
  const tags = [...new Set([...Object.keys(languages), ...COMMON_LANGUAGES])];
  return {
    label: say.heading(),
    standard: say.standard(),
    remove: say.remove(),
    hints: {
      name: say.asDefault(name),
      ...(description !== '' && { description: say.asDefault(description) }),
    },
    languages: tags.map((tag) => {
      const said = ownOf(languages, tag);
      return {
        tag,
        name: say.language(tag),
        there: said !== undefined,
        labels: { name: say.name(tag), description: say.description(tag), choices: say.choices(tag) },
        form: { name: said?.name ?? '', description: said?.description ?? '' },
      };
    }),
  };
}

/** By language, for those that say something of it; `empty`: of any other. */
export function slotWords(
  { draft: { languages = {} } }: EditorView,
  { name, slot }: { name: string; slot: Slot },
  { templateWords: say }: Catalogue,
): DraftSlot['inLanguages'] {
  const forms = Object.entries(languages).flatMap(([tag, { slots = {} }]) => {
    const said = ownOf(slots, name);
    return said ? [[tag, wordsForm(said, slot)] as const] : [];
  });
  return {
    forms: Object.fromEntries(forms),
    empty: wordsForm(undefined, slot),
    hints: {
      name: say.asDefault(name),
      ...(slot.description !== undefined && { description: say.asDefault(slot.description) }),
      choices: say.choicesHint(),
    },
  };
}
