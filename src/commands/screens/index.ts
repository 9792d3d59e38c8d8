/**
 * What an admin or a person sees and can do, for every platform: `open` makes a screen, `act` does what was done with it.
 * Both check who asks. What is wrong with one field stands at that field; what is wrong with all of it, on top.
 */
import type { Caller } from '../../core/caller.ts';
import { EaselError, fieldOf, type Problem } from '../../core/errors.ts';
import type { Log } from '../../core/log.ts';
import { rankOf } from '../../core/rank.ts';
import { words as line, type Screen } from '../../core/screen.ts';
import { catalogue, sentence } from '../../i18n/index.ts';
import type { Questions } from '../questions.ts';
import { addScreens } from './add.ts';
import { askScreens } from './ask.ts';
import { draftScreens } from './draft.ts';
import { findingScreens } from './findings.ts';
import type { Act, Entered, Outcome, ScreenDeps, ScreenKind, Shown, Typed } from './kind.ts';
import { questionScreens } from './question.ts';
import { runScreens } from './run.ts';
import { settingsScreens } from './settings.ts';
import { slotScreens } from './slot.ts';
import { templateWordScreens } from './template-words.ts';
import { templateScreens } from './templates.ts';
import { usualModelScreens } from './usual-models.ts';

export type { Entered, Outcome, Shown } from './kind.ts';

export interface Screens {
  /** What addresses begin with: one for each kind of screen. */
  readonly kinds: readonly string[];
  /**
   * `at`: as a screen names itself, `template/fox`; `typed`: what its fields begin with, as far as they can take it. Rejects
   * with EaselError; `form-expired` for no such screen.
   */
  open(caller: Caller, at: string, typed?: Typed): Promise<Screen>;
  /**
   * `entered`: as much as was entered, by field; `shown`: what the form had in these fields, so that what somebody else
   * has changed meanwhile is merged or told; it may throw an EaselError. Rejects with EaselError where there is no screen that could say it.
   */
  act(
    caller: Caller,
    at: string,
    action: string,
    entered: Entered,
    more: { shown?: Shown | (() => Shown | undefined) | undefined; signal: AbortSignal },
  ): Promise<Outcome>;
}

export function createScreens(deps: ScreenDeps & { questions: Questions; log: Log }): Screens {
  const goTo = async (caller: Caller, at: string): Promise<Outcome> => ({
    done: [],
    screen: await open(caller, at),
  });
  const kinds: Record<string, ScreenKind> = {
    ...settingsScreens(deps, goTo),
    ...usualModelScreens(deps, goTo),
    ...templateScreens(deps, goTo),
    ...addScreens(deps, goTo),
    ...draftScreens(deps, goTo),
    ...findingScreens(deps, goTo),
    ...slotScreens(deps, goTo),
    ...templateWordScreens(deps, goTo),
    ...runScreens(deps),
    ...askScreens(deps),
    ...questionScreens(deps),
  };

  function kindOf(at: string): { kind: ScreenKind; of: string[] } {
    const [name = '', ...of] = at.split('/');
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (!kind) throw new EaselError({ code: 'form-expired' });
    return { kind, of };
  }

  async function open(caller: Caller, at: string, typed?: Typed): Promise<Screen> {
    const { kind, of } = kindOf(at);
    return kind.open(caller, of, typed);
  }

  return {
    kinds: Object.keys(kinds),
    open,
    async act(caller, at, action, entered, { shown, signal }) {
      const { kind, of } = kindOf(at);
      const act: Act = { caller, of, action, entered, shown: undefined, signal };
      try {
        act.shown = typeof shown === 'function' ? shown() : shown;
        return await kind.act(act);
      } catch (error) {
        // rights are no part of a form
        if (!(error instanceof EaselError) || error.code === 'not-an-admin') throw error;
        if (error.ask !== undefined) return goTo(caller, error.ask);
        const screen = await kind.open(caller, of).catch((why: unknown) => {
          // who may not see it is told that, whatever they have pressed; else the first error says more
          const isTheirs = why instanceof EaselError && why.code !== 'not-an-admin';
          throw isTheirs && error.code !== 'form-expired' ? error : why;
        });
        const { guild, platform, user } = caller;
        deps.log.info({ guild, platform, user, at, action, err: error }, 'an action was refused');
        const { problem } = error;
        const field = kind.fieldOf?.(problem, act) ?? fieldOf(problem);
        return { failed: true, done: [], screen: withProblem(screen, field, problem, caller) };
      }
    },
  };
}

function withProblem(screen: Screen, key: string | undefined, problem: Problem, caller: Caller): Screen {
  const text = sentence(catalogue(caller.locale), problem, rankOf(caller));
  if (!screen.fields.some((field) => field.key === key))
    return { ...screen, lines: [line(text, 'blocked'), ...screen.lines] };
  const fields = screen.fields.map((field) => (field.key === key ? { ...field, problem: text } : field));
  return { ...screen, fields };
}
