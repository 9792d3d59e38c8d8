/** The question what was meant by a word of a prompt: a slot that is nearly called so, or the word itself. */
import type { Problem } from '../../core/errors.ts';
import { rankOf } from '../../core/rank.ts';
import { words as line } from '../../core/screen.ts';
import { sentence } from '../../i18n/index.ts';
import { clip } from '../../core/text.ts';
import { wordsFor, type ReadWords } from '../../templates/languages/words.ts';
import { mainTextSlot } from '../../templates/slots/index.ts';
import type { Questions } from '../questions.ts';
import { answeredScreen, answering } from './answered.ts';
import { unknownAction, wordsOf, type ScreenDeps, type ScreenKind } from './kind.ts';

/** Characters of the words that are shown once more. */
const MAX_SHOWN = 1500;

/** With the slot as its reader's language calls it. */
function called(problem: Problem, said: ReadWords | undefined): Problem {
  if (!said || !('slot' in problem) || problem.slot === undefined) return problem;
  return { ...problem, slot: said.slot(problem.slot, undefined).name };
}

export function askScreens({
  questions,
  template,
  prepare,
  welcome,
}: Pick<ScreenDeps, 'template' | 'prepare' | 'welcome'> & { questions: Questions }): { ask: ScreenKind } {
  const ask: ScreenKind = {
    async open(caller, [id = '']) {
      const { doubts, values, meant, template: name } = questions.get(caller, 'ask', id);
      await welcome(caller, name);
      const words = wordsOf(caller);
      const { ask: say } = words;
      const found = await template(caller, name);
      const said = found && wordsFor(found, caller.locale);
      const main = found && mainTextSlot(found);
      const prompt = main === undefined ? undefined : values[main];
      const problems = doubts.flatMap(({ problem }) =>
        problem ? [line(sentence(words, called(problem, said), rankOf(caller)), 'warning')] : [],
      );
      const near = doubts.flatMap(({ meant: probably }) => (probably === undefined ? [] : [probably]));
      const written = doubts.map((doubt) => doubt.written);
      const head = { at: `ask/${id}`, title: meant ? say.meant(near) : say.isPrompt(written) };
      const chosen = questions.chosen(caller, 'ask', id);
      if (chosen !== undefined) return answeredScreen(caller, head, chosen);
      return {
        ...head,
        lines: [...problems, ...(typeof prompt === 'string' ? [line(clip(prompt, MAX_SHOWN), 'minor')] : [])],
        fields: [],
        actions: [
          ...(meant ? [{ key: 'yes', label: say.yes(), style: 'primary' as const }] : []),
          {
            key: 'no',
            label: meant ? say.no() : say.yesPrompt(),
            ...(!meant && { style: 'primary' as const }),
          },
        ],
      };
    },
    async act({ caller, of, action }) {
      const [id = ''] = of;
      const { template: name, values, meant } = questions.get(caller, 'ask', id);
      const raw = action === 'yes' ? meant : values;
      if (!raw || (action !== 'yes' && action !== 'no')) return unknownAction();
      const { ask: say } = wordsOf(caller);
      const chosen = action === 'yes' ? say.yes() : meant ? say.no() : say.yesPrompt();
      const run = () => prepare(caller, name, raw);
      return answering(questions, caller, { kind: 'ask', id, chosen }, run, () => ask.open(caller, of));
    },
  };
  return { ask };
}
