/** What the sentences for problems look like, in whatever files they are. */
import type { Problem } from '../../core/errors.ts';
import type { Rank } from '../../core/rank.ts';

/** A sentence for every problem, for who reads it. */
export type ProblemSentences = {
  [Code in Problem['code']]: (problem: Extract<Problem, { code: Code }>, reader: Rank) => string;
};

/** Those for the problems of one kind; `problems.ts` puts all of them together. */
export type SomeProblems = Partial<ProblemSentences>;
