/** Sentences that are not yet said by messages. */
import { connectionProblems as en1 } from './en/connection-problems.ts';
import { outputProblems as en2 } from './en/output-problems.ts';
import { runProblems as en3 } from './en/run-problems.ts';
import { connectionProblems as ja1 } from './ja/connection-problems.ts';
import { outputProblems as ja2 } from './ja/output-problems.ts';
import { runProblems as ja3 } from './ja/run-problems.ts';
import { connectionProblems as ko1 } from './ko/connection-problems.ts';
import { outputProblems as ko2 } from './ko/output-problems.ts';
import { runProblems as ko3 } from './ko/run-problems.ts';
import type { Tag } from './languages.ts';
import { connectionProblems as zh1 } from './zh/connection-problems.ts';
import { outputProblems as zh2 } from './zh/output-problems.ts';
import { runProblems as zh3 } from './zh/run-problems.ts';

const OLD = {
  en: { ...en1, ...en2, ...en3 },
  ja: { ...ja1, ...ja2, ...ja3 },
  ko: { ...ko1, ...ko2, ...ko3 },
  zh: { ...zh1, ...zh2, ...zh3 },
};

export function oldProblems(tag: Tag): (typeof OLD)['en'] {
  return OLD[tag];
}
