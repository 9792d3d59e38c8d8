/** Picks the catalogue for a person's locale. */
import { LRUCache } from 'lru-cache';
import { faultIn, type Problem } from '../core/errors.ts';
import type { Rank } from '../core/rank.ts';
import type { Warning } from '../core/summary.ts';
import { catalogueOf, type Catalogue } from './catalogue.ts';
import { readTexts, TAGS, type Tag } from './languages.ts';
import { nearestTag } from '../core/nearest-tag.ts';
import type { PageName, PageWords } from './page-messages.ts';
import { pageWords } from './page-words.ts';
import { speaker } from './speaker.ts';

export type { Catalogue };

const made = new Map<string, Catalogue>();
/** Matching is asked with each edit of a reply, and apps may send anything. */
const nearest = new LRUCache<string, Tag>({ max: 200 });

/** `locale` is a BCP 47 tag as platforms send them: `en-US`, `ja`, `zh-CN`. A language that is not there is English. */
export function catalogue(locale: string): Catalogue {
  const tag = languageOf(locale);
  const known = made.get(tag);
  if (known) return known;
  const words = catalogueOf(speaker(tag, readTexts(tag)));
  made.set(tag, words);
  return words;
}

/** Every language that there is, by its tag. */
export function catalogues(): Record<Tag, Catalogue> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- made of all tags
  return Object.fromEntries(TAGS.map((tag) => [tag, catalogue(tag)])) as Record<Tag, Catalogue>;
}

/** What Easel's log and its terminal speak. */
export function english(): Catalogue {
  return catalogue('en');
}

/** The tag of the language that `catalogue` speaks. */
export function languageOf(locale: string): Tag {
  const known = nearest.get(locale);
  if (known) return known;
  const found = nearestTag(locale, TAGS);
  const tag = TAGS.find((one) => one === found) ?? 'en';
  nearest.set(locale, tag);
  return tag;
}

const pages = new Map<string, PageWords>();

/** What a page in the browser says, in the language that `catalogue` speaks. */
export function wordsOfPage(page: PageName, locale: string): PageWords {
  const tag = languageOf(locale);
  const known = pages.get(`${tag} ${page}`);
  if (known) return known;
  const words = pageWords(readTexts(tag), page);
  pages.set(`${tag} ${page}`, words);
  return words;
}

/** What a guild can choose from, with what each is called in itself. */
export function languages(): { tag: Tag; name: string }[] {
  return TAGS.map((tag) => ({ tag, name: readTexts(tag)['language.name'] ?? tag }));
}

/**
 * The sentence for a problem, with what its reader can do about it. One that was stored may be damaged, or of another
 * version: then a general one.
 */
export function sentence(words: Catalogue, stored: Problem, reader: Rank): string {
  const { problems, connect } = words;
  const problem = words.withBackendNamed(stored);
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
