/** A question that has its answer: what was chosen, and nothing to press any more. */
import type { Caller } from '../../core/caller.ts';
import { words as line, type Screen } from '../../core/screen.ts';
import { clip } from '../../core/text.ts';
import type { Answer, Questions } from '../questions.ts';
import type { PreparedRun } from '../verbs/run.ts';
import { wordsOf, type Outcome } from './kind.ts';

/** Characters of what was chosen. */
const MAX_CHOSEN = 200;

export function answeredScreen(
  caller: Caller,
  { at, title }: Pick<Screen, 'at' | 'title'>,
  chosen: string,
): Screen {
  const said = wordsOf(caller).question.chosen(clip(chosen, MAX_CHOSEN));
  return { at, title, lines: [line(said, 'ok')], fields: [], actions: [] };
}

/** Its job, once; who answers once more sees what they had chosen. What keeps the job from being made opens the question anew. */
export async function answering(
  questions: Questions,
  caller: Caller,
  answer: Answer,
  work: () => Promise<PreparedRun>,
  open: () => Promise<Screen>,
): Promise<Outcome> {
  const prepared = await questions.answer(caller, answer, work);
  if (!prepared) return { done: [], screen: await open() };
  return { done: [], prepared: { ...prepared, unmade: () => questions.reopen(answer.id) } };
}
