/** What people may type for a slot and its choices: their names in all languages of the template. Pure. */
import { folded } from '../../core/text.ts';
import type { Template } from '../../core/template.ts';
import { languageFor } from './words.ts';

/** A slot and a choice by what is typed; their own names are not among them. */
export interface Called {
  slot: (typed: string) => string | undefined;
  choice: (slot: string, typed: string) => string | undefined;
  /** Everything that `slot` knows, as it stands in the template. */
  slots: readonly string[];
}

/** Where two languages call two things alike, what `locale` reads is meant. */
export function calledIn(template: Pick<Template, 'slots' | 'languages'>, locale: string): Called {
  const { slots: own, languages = {} } = template;
  const first = languageFor(template, locale);
  const tags = Object.keys(languages).toSorted((a, b) => Number(b === first) - Number(a === first));
  const slots = new Map<string, string>();
  const choices = new Map<string, Map<string, string>>();
  for (const tag of tags)
    for (const [slot, { name, choices: called = {} }] of Object.entries(languages[tag]?.slots ?? {})) {
      if (!Object.hasOwn(own, slot)) continue;
      if (name !== undefined && !slots.has(folded(name))) slots.set(folded(name), slot);
      const known = choices.get(slot) ?? new Map<string, string>();
      for (const [value, label] of Object.entries(called))
        if (!known.has(folded(label))) known.set(folded(label), value);
      choices.set(slot, known);
    }
  return {
    slot: (typed) => (Object.hasOwn(own, typed) ? undefined : slots.get(folded(typed))),
    choice: (slot, typed) => choices.get(slot)?.get(folded(typed)),
    slots: [
      ...new Set(
        tags.flatMap((tag) => Object.values(languages[tag]?.slots ?? {}).flatMap(({ name }) => name ?? [])),
      ),
    ],
  };
}

/** The names of a template's command in all of its languages. */
export function commandNames({ languages = {} }: Pick<Template, 'languages'>): string[] {
  return [...new Set(Object.values(languages).flatMap(({ name }) => name ?? []))];
}

/** What a value is called where it is typed in another language; anything else is as it was. */
export function meantChoice(called: Called, slot: string, typed: string): string {
  return called.choice(slot, typed.trim()) ?? typed;
}
