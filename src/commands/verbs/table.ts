/** Easel's own verbs, for everybody: what menus and help say of each, what may stand behind it, and what it answers. */
import type { Caller } from '../../core/caller.ts';
import { words as line, type Line } from '../../core/screen.ts';
import type { NameAt } from '../../i18n/command-names.ts';
import type { Catalogue } from '../../i18n/index.ts';
import type { JobVerbs } from './job-verbs.ts';

export interface VerbDeps extends JobVerbs {
  help(caller: Caller, call: (verb: string) => string): Promise<string[]>;
}

interface VerbCall {
  caller: Caller;
  /** What stands behind it, trimmed. */
  rest: string;
  /** How the platform calls such a verb. */
  call: (verb: string) => string;
}

export interface Verb {
  about: (words: Catalogue) => string;
  takes?: { name: NameAt<'option'>; about: (words: Catalogue) => string };
  /** To who asked alone. Rejects with EaselError. */
  answer: (request: VerbCall, deps: VerbDeps) => Promise<readonly Line[]>;
}

/** No template may be called like one of them (`RESERVED_NAMES` in templates/names.ts). */
export const VERBS: Readonly<Partial<Record<NameAt<'command'>, Verb>>> = {
  queue: {
    about: ({ commands }) => commands.queue(),
    answer: ({ caller }, deps) => deps.queueLines(caller),
  },
  cancel: {
    about: ({ commands }) => commands.cancel(),
    takes: { name: 'job', about: ({ commands }) => commands.cancelJob() },
    answer: ({ caller, rest }, deps) => deps.cancelLines(caller, rest || undefined),
  },
  help: {
    about: ({ commands }) => commands.help(),
    answer: async ({ caller, call }, deps) => (await deps.help(caller, call)).map((each) => line(each)),
  },
};

// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- of an object with exactly these keys
export const NAMED_VERBS = Object.entries(VERBS) as [NameAt<'command'>, Verb][];

/** By its default name. */
export function verbNamed(name: string): Verb | undefined {
  return NAMED_VERBS.find(([one]) => one === name)?.[1];
}
