/** Every word that the painter understands, with what it may mean. Made once, when the first prompt is read. */
import type { ShapeName } from '../shapes.ts';
import * as grammar from './grammar.ts';
import * as things from './things.ts';
import type { Hour, Sky, Terrain, Weather } from './things.ts';

/** What can be drawn, and left away. */
export type Thing = ShapeName | Terrain | Sky;

export type Meaning =
  | { is: 'subject'; name: ShapeName }
  | { is: 'terrain'; name: Terrain }
  | { is: 'hour'; name: Hour }
  | { is: 'weather'; name: Weather }
  | { is: 'sky'; name: Sky }
  | { is: 'kind'; names: readonly Thing[] }
  | { is: 'absence'; names: readonly Thing[] }
  | { is: 'color'; value: number }
  | { is: 'count'; count: number }
  | { is: 'no'; side: 'before' | 'after' }
  | { is: 'join' | 'part' | 'article' | 'particle' | 'filler' | 'other' };

export interface Entry {
  meanings: Meaning[];
  plural: boolean;
}

/** The longest entry in words; Chinese and Japanese ones may be parted into as many. */
export const MOST_WORDS = 5;

let made: ReadonlyMap<string, Entry> | undefined;

export function lexicon(): ReadonlyMap<string, Entry> {
  made ??= make();
  return made;
}

function make(): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  const add = (word: string, meaning: Meaning, plural = false): void => {
    const entry = entries.get(word) ?? { meanings: [], plural };
    entry.meanings.push(meaning);
    entries.set(word, entry);
  };
  const all = (words: string, meaning: Meaning): void => {
    for (const word of new Set(words.split('|'))) add(word, meaning);
  };
  const nouns = (words: string, meaning: Meaning): void => {
    const singular = new Set(words.split('|'));
    for (const word of singular) add(word, meaning, PLURALS.has(word));
    for (const word of singular)
      for (const plural of pluralsOf(word)) if (!singular.has(plural)) add(plural, meaning, true);
  };
  const table = <T extends string>(
    words: Readonly<Record<T, string>>,
    put: (words: string, meaning: Meaning) => void,
    meaning: (name: T) => Meaning,
  ): void => {
    for (const name in words) put(words[name], meaning(name));
  };
  table(things.SUBJECTS, nouns, (name) => ({ is: 'subject', name }));
  table(things.TERRAINS, nouns, (name) => ({ is: 'terrain', name }));
  table(things.SKIES, nouns, (name) => ({ is: 'sky', name }));
  table(things.WEATHERS, nouns, (name) => ({ is: 'weather', name }));
  table(things.HOURS, all, (name) => ({ is: 'hour', name }));
  for (const [words, names] of Object.entries(things.KINDS)) nouns(words, { is: 'kind', names });
  for (const [words, names] of Object.entries(things.ABSENCES)) all(words, { is: 'absence', names });
  for (const [words, value] of Object.entries(grammar.COLORS)) all(words, { is: 'color', value });
  for (const [words, count] of Object.entries(grammar.COUNTS)) all(words, { is: 'count', count });
  all(grammar.NEGATORS.before, { is: 'no', side: 'before' });
  all(grammar.NEGATORS.after, { is: 'no', side: 'after' });
  all(grammar.JOINS, { is: 'join' });
  all(grammar.PARTS, { is: 'part' });
  all(grammar.ARTICLES, { is: 'article' });
  all(grammar.PARTICLES, { is: 'particle' });
  nouns(things.OTHERS, { is: 'other' });
  // what is known as something else is no filler
  for (const word of grammar.FILLERS.split('|')) if (!entries.has(word)) add(word, { is: 'filler' });
  return entries;
}

/** Words that are plurals by themselves. */
const PLURALS = new Set(
  'people|persons|men|women|children|humans|kitties|puppies|bunnies|ponies|ladies|heroes|人々|木々'.split(
    '|',
  ),
);

function pluralsOf(word: string): string[] {
  if (/[^a-z -]/.test(word) || PLURALS.has(word)) return [];
  if (word.endsWith('olf')) return [`${word.slice(0, -1)}ves`];
  if (/(s|x|z|ch|sh)$/.test(word)) return [`${word}es`];
  if (word.endsWith('mouse')) return [];
  return [`${word}s`];
}
