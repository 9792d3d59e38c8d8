/** What a template says to a reader: its words in the nearest of its languages, else its own. Pure. */
import { LRUCache } from 'lru-cache';
import { nearestTag } from '../../core/nearest-tag.ts';
import type { SlotWords, Template, TemplateWords } from '../../core/template.ts';

/** A list asks for each of hundreds of templates, and most have the same languages. */
const nearest = new LRUCache<string, { tag: string | undefined }>({ max: 500 });

/** As much of a template as says something. */
export type Worded = Pick<Template, 'name' | 'description' | 'languages'>;

export interface ReadSlot {
  /** What it is called: as it is shown, and may be typed. */
  name: string;
  /** Undefined where its author says nothing of it, in any language that is near. */
  description: string | undefined;
  /** What a choice is called. */
  choice: (value: string) => string;
}

export interface ReadWords {
  /** What the command is called. */
  name: string;
  description: string;
  slot: (name: string, slot: { description?: string | undefined } | undefined) => ReadSlot;
}

/** `locale`: a BCP 47 tag, as platforms send them. */
export function wordsFor(template: Worded, locale: string): ReadWords {
  const { name, description, slots = {} } = wordsIn(template, locale) ?? {};
  return {
    name: name ?? template.name,
    description: description ?? template.description,
    slot(own, slot) {
      const said: SlotWords = ownOf(slots, own) ?? {};
      return {
        name: said.name ?? own,
        description: said.description ?? slot?.description,
        choice: (value) => ownOf(said.choices ?? {}, value) ?? value,
      };
    },
  };
}

/** The language that `locale` is read in; undefined: none of the template's is near, and its own words are read. */
export function languageFor(
  { languages = {} }: Pick<Template, 'languages'>,
  locale: string,
): string | undefined {
  const tags = Object.keys(languages);
  if (tags.length === 0) return undefined;
  const key = [locale, ...tags].join(' ');
  const known = nearest.get(key);
  if (known) return known.tag;
  const tag = nearestTag(locale, tags);
  nearest.set(key, { tag });
  return tag;
}

function wordsIn(template: Worded, locale: string): TemplateWords | undefined {
  const tag = languageFor(template, locale);
  return tag === undefined ? undefined : template.languages?.[tag];
}

/** Not what every object inherits. */
export function ownOf<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
