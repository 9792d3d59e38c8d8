/** Everything that a person reads, said in one language. */
import type { Tag } from './languages.ts';
import { en, type Catalogue as Old } from './en.ts';
import { ja } from './ja.ts';
import { ko } from './ko.ts';
import { zh } from './zh.ts';
import { advice } from './sentences/advice.ts';
import { bodies } from './sentences/bodies.ts';
import { data } from './sentences/data.ts';
import { operatorLine } from './sentences/operator-line.ts';
import { settings } from './sentences/settings.ts';
import { shelf } from './sentences/shelf.ts';
import { slack } from './sentences/slack.ts';
import { summary } from './sentences/summary.ts';
import { languageProblems } from './sentences/language-problems.ts';
import { slotNames } from './sentences/slot-names.ts';
import { templateWords } from './sentences/template-words.ts';
import type { Speaker } from './speaker.ts';

const OLD: Record<Tag, Old> = { en, ja, ko, zh };

export type Catalogue = ReturnType<typeof catalogueOf>;

export function catalogueOf(speaker: Speaker) {
  const old = OLD[speaker.tag];
  return {
    ...old,
    bodies: bodies(speaker),
    data: data(speaker),
    operatorLine: operatorLine(speaker),
    settings: settings(speaker),
    shelf: shelf(speaker),
    slack: slack(speaker),
    summary: summary(speaker),
    web: { ...old.web, advice: advice(speaker) },
    problems: { ...old.problems, ...languageProblems(speaker) },
    slotNames: slotNames(speaker),
    templateWords: templateWords(speaker),
  };
}
