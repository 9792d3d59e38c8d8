/** The question what was meant by a word of a prompt: a slot that is nearly called so, or the word itself. */
import { rankOf } from '../../core/rank.ts';
import { words as line } from '../../core/screen.ts';
import { sentence } from '../../i18n/index.ts';
import { clip } from '../../core/text.ts';
import { mainTextSlot } from '../../templates/slots/index.ts';
import type { Questions } from '../questions.ts';
import { unknownAction, wordsOf, type ScreenDeps, type ScreenKind } from './kind.ts';

/** Characters of the words that are shown once more. */
const MAX_SHOWN = 1500;

export function askScreens({
  questions,
  template,
  prepare,
  welcome,
}: Pick<ScreenDeps, 'template' | 'prepare' | 'welcome'> & { questions: Questions }): { ask: ScreenKind } {
  return {
    ask: {
      async open(caller, [id = '']) {
        const { doubts, values, meant, template: name } = questions.get(caller, id);
        await welcome(caller, name);
        const words = wordsOf(caller);
        const { ask: say } = words;
        const found = await template(caller, name);
        const main = found && mainTextSlot(found);
        const prompt = main === undefined ? undefined : values[main];
        const problems = doubts.flatMap(({ problem }) =>
          problem ? [line(sentence(words, problem, rankOf(caller)), 'warning')] : [],
        );
        const near = doubts.flatMap(({ meant: probably }) => (probably === undefined ? [] : [probably]));
        const written = doubts.map((doubt) => doubt.written);
        return {
          at: `ask/${id}`,
          title: meant ? say.meant(near) : say.isPrompt(written),
          lines: [
            ...problems,
            ...(typeof prompt === 'string' ? [line(clip(prompt, MAX_SHOWN), 'minor')] : []),
          ],
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
        const { template: name, values, meant } = questions.get(caller, of[0] ?? '');
        const chosen = action === 'yes' ? meant : values;
        if (!chosen || (action !== 'yes' && action !== 'no')) return unknownAction();
        return { done: [], prepared: await prepare(caller, name, chosen) };
      },
    },
  };
}
