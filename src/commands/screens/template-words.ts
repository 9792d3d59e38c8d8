/** What a draft says in other languages: which ones there are, and in one of them the command and each slot. */
import { createHash } from 'node:crypto';
import { EaselError } from '../../core/errors.ts';
import { CHOSEN, words as line, type Field, type Screen } from '../../core/screen.ts';
import type { Slot } from '../../core/template.ts';
import type { Catalogue } from '../../i18n/index.ts';
import { requireLanguage, wordsForm, type WordsChange } from '../../templates/languages/change.ts';
import { COMMON_LANGUAGES } from '../../templates/languages/common.ts';
import { ownOf } from '../../templates/languages/words.ts';
import type { EditorView } from '../verbs/editor.ts';
import {
  textOf,
  unknownAction,
  wordsOf,
  type Act,
  type GoTo,
  type Outcome,
  type ScreenDeps,
  type ScreenKind,
} from './kind.ts';

const FIELDS = ['name', 'description', 'choices'] as const;

/** Their addresses are `languages/DRAFT` and `words/DRAFT/TAG`, with a slot's key at the end: the longest names leave no room. */
export function templateWordScreens(
  { editor }: ScreenDeps,
  goTo: GoTo,
): Record<'languages' | 'words', ScreenKind> {
  const languages: ScreenKind = {
    open: async (caller, [id = '']) => languagesScreen(await editor.open(caller, id), wordsOf(caller)),
    async act({ caller, of: [id = ''], action, entered }) {
      switch (action) {
        case 'add':
        case 'edit':
          return goTo(caller, `words/${id}/${textOf(entered, CHOSEN) ?? ''}`);
        case 'open': {
          const typed = textOf(entered, 'language')?.trim() ?? '';
          if (typed === '') return goTo(caller, `languages/${id}`);
          const { draft } = await editor.open(caller, id);
          return goTo(caller, `words/${id}/${requireLanguage(draft.languages ?? {}, typed)}`);
        }
        case 'remove':
          await editor.change(caller, id, { kind: 'drop-language', language: textOf(entered, CHOSEN) ?? '' });
          return goTo(caller, `languages/${id}`);
        case 'back':
          return goTo(caller, `draft/${id}`);
        default:
          return unknownAction();
      }
    },
  };

  async function save({ caller, of: [id = '', tag = '', at], entered }: Act): Promise<Outcome> {
    const view = await editor.open(caller, id);
    const slot = at === undefined ? undefined : slotAt(view, at).name;
    const change: WordsChange = {};
    for (const key of FIELDS) {
      const text = textOf(entered, key);
      if (text !== undefined) change[key] = text;
    }
    await editor.change(caller, id, {
      kind: 'words',
      language: tag,
      ...(slot !== undefined && { slot }),
      change,
    });
    return goTo(caller, `words/${id}/${tag}`);
  }

  const words: ScreenKind = {
    async open(caller, [id = '', tag = '', key]) {
      const view = await editor.open(caller, id);
      requireLanguage(view.draft.languages ?? {}, tag);
      if (key === undefined) return commandScreen(view, tag, wordsOf(caller));
      return slotScreen(view, tag, key, wordsOf(caller));
    },
    async act(act) {
      const {
        caller,
        of: [id = '', tag = '', key],
        action,
        entered,
      } = act;
      switch (action) {
        case 'save':
          return save(act);
        case 'edit':
          return goTo(caller, `words/${id}/${tag}/${slotKey(textOf(entered, CHOSEN) ?? '')}`);
        case 'back':
          return goTo(caller, key === undefined ? `languages/${id}` : `words/${id}/${tag}`);
        default:
          return unknownAction();
      }
    },
  };
  return { languages, words };
}

function slotKey(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 8);
}

/** Throws EaselError `form-expired` for a slot that is not there any more. */
function slotAt({ draft }: EditorView, key: string): { name: string; slot: Slot } {
  const found = draft.slots.find(({ name }) => slotKey(name) === key);
  if (!found) throw new EaselError({ code: 'form-expired' });
  return found;
}

function languagesScreen({ draft }: EditorView, { templateWords: say, editor }: Catalogue): Screen {
  const there = Object.entries(draft.languages ?? {});
  const others = COMMON_LANGUAGES.filter((tag) => !there.some(([one]) => one === tag));
  return {
    at: `languages/${draft.id}`,
    title: say.title(),
    lines: [
      line(`/${draft.name}`, 'heading'),
      line(say.about(), 'minor'),
      ...(there.length === 0 ? [line(say.none())] : []),
    ],
    items: there.map(([tag, { description }]) => ({
      key: tag,
      label: say.language(tag),
      ...(description !== undefined && { description }),
      lines: [
        {
          parts: [
            { kind: 'strong', text: say.language(tag) },
            description === undefined ? '' : ` — ${description}`,
          ],
        },
      ],
    })),
    itemsTitle: say.title(),
    itemActions: {
      choose: say.choose(),
      actions: [
        { key: 'edit', label: say.edit() },
        { key: 'remove', label: say.remove(), style: 'danger' },
      ],
    },
    menus: [
      {
        action: 'add',
        label: say.add(),
        options: others.map((tag) => ({ value: tag, label: say.language(tag), description: tag })),
      },
    ],
    fields: [
      {
        key: 'language',
        kind: 'text',
        value: '',
        label: say.tag(),
        hint: say.tagHint(),
        group: 'tag',
        applies: '',
      },
    ],
    groups: { tag: say.tag() },
    save: 'open',
    actions: [{ key: 'back', label: editor.back() }],
    parent: `draft/${draft.id}`,
  };
}

function commandScreen(
  { draft, slots }: EditorView,
  tag: string,
  { templateWords: say, editor }: Catalogue,
): Screen {
  const said = draft.languages?.[tag] ?? {};
  const title = say.in(draft.name, tag);
  return {
    at: `words/${draft.id}/${tag}`,
    title,
    lines: [line(title, 'heading')],
    items: slots.map(({ name, slot }) => {
      const { name: called, description } = ownOf(said.slots ?? {}, name) ?? {};
      const about = [called, description].filter(Boolean).join(' — ');
      return {
        key: name,
        label: name,
        description: about || slot.description,
        lines: [{ parts: [{ kind: 'strong', text: name }, about === '' ? '' : ` — ${about}`] }],
      };
    }),
    itemsTitle: editor.slots(),
    itemActions: { choose: say.chooseSlot(), actions: [{ key: 'edit', label: say.edit() }] },
    fields: [
      field('name', said.name, { label: say.name(tag), hint: say.asDefault(draft.name) }),
      field('description', said.description, {
        label: say.description(tag),
        hint: say.asDefault(draft.description),
      }),
    ],
    groups: { words: say.edit() },
    save: 'save',
    actions: [
      { key: 'save', label: say.save(), style: 'primary' },
      { key: 'back', label: editor.back() },
    ],
    parent: `languages/${draft.id}`,
  };
}

function slotScreen(
  view: EditorView,
  tag: string,
  key: string,
  { templateWords: say, editor }: Catalogue,
): Screen {
  const { draft } = view;
  const { name, slot } = slotAt(view, key);
  const form = wordsForm(ownOf(draft.languages?.[tag]?.slots ?? {}, name), slot);
  const title = say.slotIn(name, tag);
  const { description = '' } = slot;
  return {
    at: `words/${draft.id}/${tag}/${key}`,
    title,
    lines: [line(title, 'heading')],
    fields: [
      field('name', form.name, { label: say.name(tag), hint: say.asDefault(name) }),
      field('description', form.description, {
        label: say.description(tag),
        ...(description !== '' && { hint: say.asDefault(description) }),
      }),
      ...(form.choices === undefined
        ? []
        : [
            field('choices', form.choices, { label: say.choices(tag), hint: say.choicesHint() }, 'long-text'),
          ]),
    ],
    groups: { words: say.edit() },
    save: 'save',
    actions: [
      { key: 'save', label: say.save(), style: 'primary' },
      { key: 'back', label: editor.back() },
    ],
    parent: `words/${draft.id}/${tag}`,
  };
}

function field(
  key: keyof WordsChange,
  value: string | undefined,
  about: { label: string; hint?: string },
  kind: 'text' | 'long-text' = 'text',
): Field {
  return { key, kind, value: value ?? '', group: 'words', ...about };
}
