/** A question before a command is run: which of what is installed it shall be. Few are buttons, more are a list. */
import { rankOf } from '../../core/rank.ts';
import { CHOSEN, words as line } from '../../core/screen.ts';
import { sentence } from '../../i18n/index.ts';
import type { Questions } from '../questions.ts';
import { answeredScreen, answering } from './answered.ts';
import { textOf, unknownAction, wordsOf, type ScreenDeps, type ScreenKind } from './kind.ts';

/** A row of buttons in any chat. */
const MAX_BUTTONS = 5;
const CHOOSE = 'choose';

export function questionScreens({
  questions,
  question,
  answer,
}: Pick<ScreenDeps, 'question' | 'answer'> & { questions: Questions }): { which: ScreenKind } {
  const which: ScreenKind = {
    open: async (caller, [id = '']) => {
      const problem = question(caller, id);
      const words = wordsOf(caller);
      const { choices, slot } = problem;
      const isFew = choices.length <= MAX_BUTTONS;
      const options = choices.map((name) => ({ value: name, label: name }));
      const head = { at: `which/${id}`, title: words.question.title(slot) };
      const chosen = questions.chosen(caller, 'which', id);
      if (chosen !== undefined) return answeredScreen(caller, head, chosen);
      return {
        ...head,
        lines: [
          line(sentence(words, problem, rankOf(caller))),
          ...(problem.code === 'choice-missing' ? [line(words.question.keep(), 'minor')] : []),
        ],
        fields: [],
        ...(!isFew && { menus: [{ action: CHOOSE, label: words.question.choose(), options }] }),
        actions: isFew ? choices.map((label, index) => ({ key: String(index), label })) : [],
      };
    },
    async act({ caller, of, action, entered }) {
      const [id = ''] = of;
      const { choices } = question(caller, id);
      const chosen =
        action === CHOOSE ? textOf(entered, CHOSEN) : choices.find((_, index) => String(index) === action);
      if (chosen === undefined || !choices.includes(chosen)) return unknownAction();
      const run = () => answer(caller, id, chosen);
      return answering(questions, caller, { kind: 'which', id, chosen }, run, () => which.open(caller, of));
    },
  };
  return { which };
}
