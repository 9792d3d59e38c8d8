/** A question that has its answer: what was chosen, and nothing to press any more. */
import type { Caller } from '../../core/caller.ts';
import { words as line, type Screen } from '../../core/screen.ts';
import { clip } from '../../core/text.ts';
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

/** Its job; who answers once more sees what they had chosen. */
export async function answering(
  prepared: PreparedRun | undefined,
  open: () => Promise<Screen>,
): Promise<Outcome> {
  return prepared ? { done: [], prepared } : { done: [], screen: await open() };
}
