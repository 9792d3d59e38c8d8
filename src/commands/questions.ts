/** Lines that were in doubt, until whoever typed them has said what was meant. Kept in memory: a restart forgets them. */
import { LRUCache } from 'lru-cache';
import type { Caller } from '../core/caller.ts';
import { EaselError } from '../core/errors.ts';
import { expiring, type Clock } from '../core/time.ts';
import type { RawValues } from '../templates/values.ts';
import type { Doubt } from './typed/parse.ts';

export interface Question {
  template: string;
  doubts: readonly Doubt[];
  /** What is in doubt is among the words. */
  values: RawValues;
  /** Taken as it was probably meant; absent where only its words are left. */
  meant?: RawValues;
}

export interface Questions {
  /** The address of its screen. */
  put(caller: Caller, question: Question): string;
  /** Throws EaselError `form-expired` for one that is gone, or somebody else's. */
  get(caller: Caller, id: string): Question;
}

const MAX_ASKED = 2000;
const KEPT_MS = 24 * 60 * 60 * 1000;

export function createQuestions(clock: Clock): Questions {
  const asked = new LRUCache<string, { of: string; question: Question }>({
    max: MAX_ASKED,
    ...expiring(clock, KEPT_MS),
  });
  const owner = ({ platform, guild, user }: Caller) => JSON.stringify([platform, guild, user]);
  return {
    put(caller, question) {
      const id = crypto.randomUUID();
      asked.set(id, { of: owner(caller), question });
      return `ask/${id}`;
    },
    get(caller, id) {
      const found = asked.get(id);
      if (found?.of !== owner(caller)) throw new EaselError({ code: 'form-expired' });
      return found.question;
    },
  };
}
