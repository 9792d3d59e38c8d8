/** Picks the catalogue for a person's locale. */
import { faultIn, type Problem } from '../core/errors.ts';
import type { Rank } from '../core/rank.ts';
import type { Warning } from '../core/summary.ts';
import { en, type Catalogue } from './en.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { zh } from './zh.ts';

export type { Catalogue };

const LANGUAGES = new Map<string, { name: string; words: Catalogue }>([
  ['en', { name: 'English', words: en }],
  ['ja', { name: '日本語', words: ja }],
  ['ko', { name: '한국어', words: ko }],
  ['zh', { name: '简体中文', words: zh }],
]);

/** `locale` is a BCP 47 tag as platforms send them: `en-US`, `ja`, `zh-CN`. A language that is not there is English. */
export function catalogue(locale: string): Catalogue {
  return LANGUAGES.get(languageOf(locale))?.words ?? en;
}

/** The tag of the language that `catalogue` speaks. */
export function languageOf(locale: string): string {
  const [language = ''] = locale.toLowerCase().split(/[-_]/);
  return LANGUAGES.has(language) ? language : 'en';
}

/** What a guild can choose from, with what each is called in itself. */
export function languages(): { tag: string; name: string }[] {
  return [...LANGUAGES].map(([tag, { name }]) => ({ tag, name }));
}

/**
 * The sentence for a problem, with what its reader can do about it. One that was stored may be damaged, or of another
 * version: then a general one.
 */
export function sentence({ problems, connect }: Catalogue, problem: Problem, reader: Rank): string {
  const other = () => problems.internal({ code: 'internal', ref: problem.code }, reader);
  const fault = faultIn(problem);
  if (fault !== undefined && 'backend' in problem && Object.hasOwn(connect.faults, fault))
    return connect.faults[fault][reader === 'operator' ? 'operator' : 'person'](problem);
  if (!Object.hasOwn(problems, problem.code)) return other();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- code and parameter belong together by construction
  const say = problems[problem.code] as (problem: Problem, reader: Rank) => string;
  try {
    return say(problem, reader);
  } catch {
    return other(); // it lacks what its sentence needs
  }
}

/** The sentence for something about the environment, or about what was entered, that is hardly meant so. */
export function warned(warning: Warning, { summary: { warnings } }: Catalogue): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- code and parameter belong together by construction
  const say = warnings[warning.code] as (warning: Warning) => string;
  return say(warning);
}

/** The same where the backend's own words stand beside it. */
export function sentenceAlone(words: Catalogue, problem: Problem, reader: Rank): string {
  return sentence(words, 'words' in problem ? { ...problem, words: '' } : problem, reader);
}
