/** A question before a command is run: which of what is installed it shall be. Few are buttons, more are a list. */
import { rankOf } from '../../core/rank.ts';
import { CHOSEN, words as line } from '../../core/screen.ts';
import { sentence } from '../../i18n/index.ts';
import { QUESTION } from '../verbs/questions.ts';
import { textOf, unknownAction, wordsOf, type ScreenDeps, type ScreenKind } from './kind.ts';

/** A row of buttons in any chat. */
const MAX_BUTTONS = 5;
const CHOOSE = 'choose';

export function questionScreens({
  question,
  answer,
}: Pick<ScreenDeps, 'question' | 'answer'>): Record<typeof QUESTION, ScreenKind> {
  return {
    [QUESTION]: {
      open: async (caller, [id = '']) => {
        const problem = question(caller, id);
        const words = wordsOf(caller);
        const { choices, slot } = problem;
        const isFew = choices.length <= MAX_BUTTONS;
        const options = choices.map((name) => ({ value: name, label: name }));
        return {
          at: `${QUESTION}/${id}`,
          title: words.question.title(slot),
          lines: [
            line(sentence(words, problem, rankOf(caller))),
            ...(problem.code === 'choice-missing' ? [line(words.question.keep(), 'minor')] : []),
          ],
          fields: [],
          ...(!isFew && { menus: [{ action: CHOOSE, label: words.question.choose(), options }] }),
          actions: isFew ? choices.map((label, index) => ({ key: String(index), label })) : [],
        };
      },
      async act({ caller, of: [id = ''], action, entered }) {
        const { choices } = question(caller, id);
        const chosen =
          action === CHOOSE ? textOf(entered, CHOSEN) : choices.find((_, index) => String(index) === action);
        if (chosen === undefined || !choices.includes(chosen)) return unknownAction();
        return { done: [], prepared: await answer(caller, id, chosen) };
      },
    },
  };
}
