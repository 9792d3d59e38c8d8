/**
 * What somebody is asked before their command can be run: which of the installed models it shall be. What they typed is
 * kept meanwhile, with the files that came along, so that nobody types it again.
 */
import { LRUCache } from 'lru-cache';
import type { Caller } from '../../core/caller.ts';
import { EaselError, type Problem } from '../../core/errors.ts';
import type { Template } from '../../core/template.ts';
import type { RawValues } from '../../templates/values.ts';

/** A command that was given, and perhaps what it is to be run like. */
export interface Wish {
  name: string;
  valuesFor: (template: Template) => RawValues;
  /** As `Preference.variant`. */
  variant?: string | undefined;
}

export type Choosable = Extract<Problem, { code: 'not-a-choice' | 'choice-unclear' | 'choice-missing' }>;

export interface Question {
  wish: Wish;
  problem: Choosable;
}

export interface Questions {
  /** Resolves to the address of the screen that asks it. */
  keep(caller: Caller, wish: Wish, problem: Choosable): string;
  /** Throws EaselError `form-expired` for one that is not the caller's, or is forgotten. */
  of(caller: Caller, id: string): Question;
}

/** The kind of screen that asks. */
export const QUESTION = 'which';

const MAX_QUESTIONS = 200;
/** For thinking; the links of what was attached live about as long. */
const KEPT_MS = 60 * 60_000;

export function createQuestions(): Questions {
  const kept = new LRUCache<string, Question & { asker: string }>({ max: MAX_QUESTIONS, ttl: KEPT_MS });
  return {
    keep(caller, wish, problem) {
      const id = crypto.randomUUID();
      kept.set(id, { wish, problem, asker: askerOf(caller) });
      return `${QUESTION}/${id}`;
    },
    of(caller, id) {
      const found = kept.get(id);
      if (found?.asker !== askerOf(caller)) throw new EaselError({ code: 'form-expired' });
      return found;
    },
  };
}

function askerOf({ platform, guild, user }: Caller): string {
  return JSON.stringify([platform, guild, user]);
}

/** Something has to be chosen that only who asked can choose. */
export class ChoiceNeeded extends EaselError {
  readonly choosable: Choosable;

  constructor(choosable: Choosable, options?: ConstructorParameters<typeof EaselError>[1]) {
    super(choosable, options);
    this.choosable = choosable;
  }

  /** The same with where it is asked. */
  asking(ask: string): ChoiceNeeded {
    return new ChoiceNeeded(this.choosable, { cause: this.cause, ask });
  }
}
