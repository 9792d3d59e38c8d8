/** A question before a command is run: which of what is installed it shall be. Few are buttons, more are a list. */
import type { Caller } from '../../core/caller.ts';
import { rankOf } from '../../core/rank.ts';
import { CHOSEN, words as line } from '../../core/screen.ts';
import { sentence } from '../../i18n/index.ts';
import { wordsFor, type ReadSlot } from '../../templates/languages/words.ts';
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
  template,
}: Pick<ScreenDeps, 'question' | 'answer' | 'template'> & { questions: Questions }): { which: ScreenKind } {
  /** What its template calls the slot and the choices. */
  async function saidOf(caller: Caller, id: string, slot: string): Promise<ReadSlot> {
    const { wish } = questions.get(caller, 'which', id);
    const found = await template(caller, wish.name);
    return wordsFor(found ?? { name: wish.name, description: '' }, caller.locale).slot(slot, undefined);
  }

  const which: ScreenKind = {
    open: async (caller, [id = '']) => {
      const problem = question(caller, id);
      const words = wordsOf(caller);
      const { choices } = problem;
      const { name: slot, choice } = await saidOf(caller, id, problem.slot);
      const isFew = choices.length <= MAX_BUTTONS;
      const options = choices.map((name) => ({ value: name, label: choice(name) }));
      const head = { at: `which/${id}`, title: words.question.title(slot) };
      const chosen = questions.chosen(caller, 'which', id);
      if (chosen !== undefined) return answeredScreen(caller, head, choice(chosen));
      return {
        ...head,
        lines: [
          line(sentence(words, { ...problem, slot }, rankOf(caller))),
          ...(problem.code === 'choice-missing' ? [line(words.question.keep(), 'minor')] : []),
        ],
        fields: [],
        ...(!isFew && { menus: [{ action: CHOOSE, label: words.question.choose(), options }] }),
        actions: isFew ? choices.map((name, index) => ({ key: String(index), label: choice(name) })) : [],
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
