/**
 * What somebody is asked before their command can be run: what a word was meant as, or which of the installed models it shall
 * be. What they typed is kept meanwhile, with the files that came along, so that nobody types it again. Kept in memory: a restart
 * forgets them.
 */
import { LRUCache } from 'lru-cache';
import type { Caller } from '../core/caller.ts';
import { EaselError, type Problem } from '../core/errors.ts';
import type { Template } from '../core/template.ts';
import { expiring, type Clock } from '../core/time.ts';
import type { RawValues } from '../templates/values.ts';
import type { Doubt } from './typed/parse.ts';

/** Words that were in doubt. */
export interface WordsQuestion {
  template: string;
  doubts: readonly Doubt[];
  /** What is in doubt is among the words. */
  values: RawValues;
  /** Taken as it was probably meant; absent where only its words are left. */
  meant?: RawValues;
}

/** A command that was given, and perhaps what it is to be run like. */
export interface Wish {
  name: string;
  valuesFor: (template: Template) => RawValues;
  /** As `Preference.variant`. */
  variant?: string | undefined;
}

export type Choosable = Extract<Problem, { code: 'not-a-choice' | 'choice-unclear' | 'choice-missing' }>;

export interface ModelQuestion {
  wish: Wish;
  problem: Choosable;
}

/** By the kind of screen that asks it. */
interface Kinds {
  ask: WordsQuestion;
  which: ModelQuestion;
}
type Kind = keyof Kinds;

export interface Questions {
  /** The address of its screen. */
  put<K extends Kind>(caller: Caller, kind: K, question: Kinds[K]): string;
  /** Throws EaselError `form-expired` for one that is gone, or somebody else's. */
  get<K extends Kind>(caller: Caller, kind: K, id: string): Kinds[K];
  /** What was chosen, as it stood there; undefined: nothing yet. Throws as `get`. */
  chosen(caller: Caller, kind: Kind, id: string): string | undefined;
  /**
   * Does what its answer asks for, once: undefined where it has been answered before. What is refused may be answered anew,
   * unless it is another question. Rejects as `get` and `work` do.
   */
  answer<T>(caller: Caller, answer: Answer, work: () => Promise<T>): Promise<T | undefined>;
  /** No job came of its answer: it may be answered anew, as long as it is there. */
  reopen(id: string): void;
}

export interface Answer {
  kind: Kind;
  id: string;
  /** As it stood there. */
  chosen: string;
}

const MAX_ASKED = 2000;
/** For thinking; Discord's links of what was attached live about as long. */
const KEPT_MS = 24 * 60 * 60 * 1000;

type Asked = { [K in Kind]: { kind: K; question: Kinds[K] } }[Kind] & { of: string; chosen?: string };

export function createQuestions(clock: Clock): Questions {
  const asked = new LRUCache<string, Asked>({ max: MAX_ASKED, ...expiring(clock, KEPT_MS) });
  const owner = ({ platform, guild, user }: Caller) => JSON.stringify([platform, guild, user]);
  const find = (caller: Caller, kind: Kind, id: string): Asked => {
    const found = asked.get(id);
    if (found?.kind !== kind || found.of !== owner(caller)) throw new EaselError({ code: 'form-expired' });
    return found;
  };
  return {
    put(caller, kind, question) {
      const id = crypto.randomUUID();
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the two belong together
      asked.set(id, { kind, question, of: owner(caller) } as Asked);
      return `${kind}/${id}`;
    },
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- found by its kind
    get: <K extends Kind>(caller: Caller, kind: K, id: string) => find(caller, kind, id).question as Kinds[K],
    chosen: (caller, kind, id) => find(caller, kind, id).chosen,
    async answer(caller, { kind, id, chosen }, work) {
      const found = find(caller, kind, id);
      if (found.chosen !== undefined) return undefined;
      found.chosen = chosen;
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof EaselError) || error.ask === undefined) delete found.chosen;
        throw error;
      }
    },
    reopen(id) {
      delete asked.get(id)?.chosen;
    },
  };
}

/** Whether a screen is a question: a job comes of what is pressed there. */
export function isQuestion(at: string): boolean {
  return at.startsWith('ask/') || at.startsWith('which/');
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
