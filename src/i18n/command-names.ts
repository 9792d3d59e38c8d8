/** What Easel's own commands and their options are called in each language, and which of them a typed word means. */
import { folded } from '../core/text.ts';
import type { Messages } from './keys.ts';
import { readTexts, TAGS } from './languages.ts';
import type { Say } from './say.ts';

/** How the keys of names begin, by where the names stand. A key ends with the default name, which is English. */
export const LEVELS = {
  command: 'commands.names.',
  template: 'commands.names.template.',
  settings: 'commands.names.settings.',
  operator: 'commands.names.operator.',
  option: 'commands.options.',
} as const;

/**
 * `command`: the first word; `template`, `settings` and `operator`: the word behind these; `option`: what a value of any of them is
 * given to.
 */
export type Level = keyof typeof LEVELS;

type Below<Prefix extends string, Key> = Key extends `${Prefix}${infer Name}`
  ? Name extends `${string}.${string}`
    ? never
    : Name
  : never;

/** The default names at a level. */
export type NameAt<L extends Level> = Below<(typeof LEVELS)[L], keyof Messages>;

/** The default name at a level that a key of a message is for; undefined where it is for none. */
export function nameIn(key: string, level: Level): string | undefined {
  const prefix = LEVELS[level];
  const name = key.startsWith(prefix) ? key.slice(prefix.length) : '';
  return name === '' || name.includes('.') ? undefined : name;
}

/** What a language calls something; by its default name where the language has none for it. */
export function nameSaid<L extends Level>(say: Say, level: L, name: NameAt<L>): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `NameAt` is made of these keys
  const key = `${LEVELS[level]}${name}` as `commands.options.${NameAt<'option'>}`;
  const said = say(key);
  return said === key ? name : said;
}

/** By level, then by the folded word. */
type Meanings = Record<Level, ReadonlyMap<string, string>>;
let meanings: Meanings | undefined;

/**
 * The default name of what a word means, in whichever language it is: upper and lower case, full and half width are one.
 * Undefined: it is no name there.
 */
export function meantBy<L extends Level>(level: L, word: string): NameAt<L> | undefined {
  meanings ??= readMeanings();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of the keys of this level
  return meanings[level].get(folded(word)) as NameAt<L> | undefined;
}

/** All words for these, in all languages; the default ones first. */
export function allWordsFor<L extends Level>(level: L, names: readonly NameAt<L>[]): string[] {
  meanings ??= readMeanings();
  const others = [...meanings[level]].flatMap(([word, name]) =>
    names.some((one) => one === name) ? [word] : [],
  );
  return [...new Set([...names, ...others])];
}

/** `npm run words` has seen to it that no word means two things. */
function readMeanings(): Meanings {
  const texts = TAGS.map(readTexts);
  const at = (level: Level) =>
    new Map(
      texts.flatMap((messages) =>
        Object.entries(messages).flatMap(([key, text]) => {
          const name = nameIn(key, level);
          return name === undefined ? [] : [[folded(text), name] as const];
        }),
      ),
    );
  return {
    command: at('command'),
    template: at('template'),
    settings: at('settings'),
    operator: at('operator'),
    option: at('option'),
  };
}
