/** Sentences for what is wrong with the words of a template in other languages. */
import type { Problem } from '../../core/errors.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { languageName } from './language-name.ts';

type Code = 'bad-language' | 'too-many-languages' | 'words-missing' | 'words-cut' | 'name-taken-in-language';
export type LanguageProblems = { [C in Code]: (problem: Extract<Problem, { code: C }>) => string };

export function languageProblems(speaker: Speaker): LanguageProblems {
  const { say, list } = speaker;
  return {
    'bad-language': ({ language }) => say('problems.bad-language', { language: clip(language) }),
    'too-many-languages': ({ max }) => say('problems.too-many-languages', { max }),
    'words-missing': ({ language, parts }) =>
      say('problems.words-missing', {
        language: languageName(speaker, language),
        parts: list(parts.map((part) => clip(part))),
      }),
    'words-cut': ({ language, part, length, max }) =>
      say('problems.words-cut', { language: languageName(speaker, language), part: clip(part), length, max }),
    'name-taken-in-language': ({ language, name }) =>
      say('problems.name-taken-in-language', { language: languageName(speaker, language), name: clip(name) }),
  };
}
