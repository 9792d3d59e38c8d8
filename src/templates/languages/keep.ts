/** The words of a template that is being edited: what becomes of them when its slots change. Pure. */
import type { Languages, Slot, SlotWords, TemplateWords } from '../../core/template.ts';
import { typeOf } from '../slots/index.ts';
import { ownOf } from './words.ts';

/** What a draft has of them. `suggested`: those that nobody wrote. */
export interface Worded {
  languages?: Languages | undefined;
  suggested?: Languages | undefined;
}

/** Gives the words of a slot new ones; undefined: none. `slot` is the slot's own name. */
type ChangeSlot = (said: SlotWords, slot: string, tag: string) => SlotWords | undefined;

/** Empty languages and slots are left out; undefined where nothing is left. */
function changed(
  languages: Languages | undefined,
  command: (said: TemplateWords, tag: string) => TemplateWords,
  slot: ChangeSlot,
): Languages | undefined {
  const kept = Object.entries(languages ?? {}).flatMap(([tag, words]): [string, TemplateWords][] => {
    const { slots = {}, ...said } = command(words, tag);
    const own = Object.entries(slots).flatMap(([name, one]): [string, SlotWords][] => {
      const next = slot(one, name, tag);
      return next && hasAny(next) ? [[name, present(next)]] : [];
    });
    const next = { ...present(said), ...(own.length > 0 && { slots: Object.fromEntries(own) }) };
    return hasAny(next) ? [[tag, next]] : [];
  });
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
}

/** The same draft with other words. */
function withWords<D extends Worded>(
  draft: D,
  change: (languages: Languages | undefined) => Languages | undefined,
): D {
  const { languages: _languages, suggested: _suggested, ...rest } = draft;
  const languages = change(draft.languages);
  const suggested = change(draft.suggested);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- both may be absent in any draft
  return { ...rest, ...(languages && { languages }), ...(suggested && { suggested }) } as D;
}

/** Without words for slots and choices that are not there. */
export function fitting<D extends Worded>(draft: D, slots: Readonly<Record<string, Slot>>): D {
  return withWords(draft, (languages) => fittingWords(languages, slots));
}

export function fittingWords(
  languages: Languages | undefined,
  slots: Readonly<Record<string, Slot>>,
): Languages | undefined {
  return changed(
    languages,
    (said) => said,
    (said, name) => {
      const slot = ownOf(slots, name);
      if (!slot) return undefined;
      const { choices = {}, ...rest } = said;
      const own = typeOf(slot).choices?.(slot);
      const isKept = ([value, label]: [string, string]) =>
        slot.type === 'choice' &&
        (!own || (own.includes(value) && !(own.includes(label) && label !== value)));
      const kept = Object.entries(choices).filter(isKept);
      return { ...rest, ...(kept.length > 0 && { choices: Object.fromEntries(kept) }) };
    },
  );
}

/** The slot `from` is called `to` now. */
export function renamedIn<D extends Worded>(draft: D, from: string, to: string): D {
  const rename = (words: TemplateWords): TemplateWords => {
    if (!words.slots || !Object.hasOwn(words.slots, from)) return words;
    const slots = Object.entries(words.slots).map(
      ([name, said]) => [name === from ? to : name, said] as const,
    );
    return { ...words, slots: Object.fromEntries(slots) };
  };
  return withWords(draft, (languages) => changed(languages, rename, (said) => said));
}

/**
 * Takes back what was suggested beside words that an admin has changed by hand: it would say something else than they do. What
 * somebody wrote stays. `slot`: undefined where it is the template's own.
 */
export function withoutSuggested<D extends Worded>(
  draft: D,
  field: 'name' | 'description',
  slot?: string,
): D {
  const { suggested = {} } = draft;
  const less = <W extends { name?: string | undefined; description?: string | undefined }>(
    said: W,
    was: typeof said | SlotWords | undefined,
  ): W => {
    const { [field]: text, ...rest } = said;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- less one that may be absent
    return text !== undefined && text === was?.[field] ? (rest as unknown as W) : said;
  };
  return withWords(draft, (languages) =>
    changed(
      languages,
      (said, tag) => (slot === undefined ? less(said, ownOf(suggested, tag)) : said),
      (said, name, tag) =>
        name === slot ? less(said, ownOf(ownOf(suggested, tag)?.slots ?? {}, name)) : said,
    ),
  );
}

/** With what is suggested for a slot, by language, where nothing is said of it yet. */
export function withSuggested<D extends Worded>(
  draft: D,
  slot: string,
  said: Readonly<Record<string, SlotWords>>,
): D {
  return withWords(draft, (languages = {}) => {
    const all = { ...languages };
    for (const [tag, words] of Object.entries(said)) {
      const { slots, ...rest } = all[tag] ?? {};
      all[tag] = { ...rest, slots: { ...slots, [slot]: words } };
    }
    return changed(
      all,
      (words) => words,
      (words) => words,
    );
  });
}

function present<T extends object>(words: T): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what is undefined may be absent
  return Object.fromEntries(Object.entries(words).filter(([, value]) => value !== undefined)) as T;
}

function hasAny(words: object): boolean {
  return Object.values(words).some((value) => value !== undefined);
}
