/**
 * Whether words without a slash mean the command that their first one names, or are a prompt that only begins so: `help` is a
 * command, "help me draw a fox" and "cancel culture poster" are pictures.
 */
import type { Caller } from '../../core/caller.ts';
import { SETTING_KEYS } from '../../guilds/setting-kinds.ts';
import { meantBy, type NameAt } from '../../i18n/command-names.ts';
import { operatorVerb, OPERATOR_WORD } from '../operator/operator-line.ts';
import type { JobVerbs } from '../verbs/job-verbs.ts';
import { verbNamed, NAMED_VERBS } from '../verbs/table.ts';
import { mostWords, verbOf } from './template-line.ts';
import { givenTo } from './typed-words.ts';

/** What follows a name when people write to somebody: `imagine: a fox`, `help!`. */
const AFTER_NAME = /[:：,，、!！?？.。…]+$/u;
/** The same with white space before it: `imagine - a fox`. */
const BEFORE_WORDS = /^(?:[-–—:：,，、]+(?:\s+|$))+/u;
/** As `crypto.randomUUID` makes them. */
const JOB = /^[\da-f]{8}-[\da-f-]{27}$/i;

export interface FirstWord {
  slash: boolean;
  /** In lower case, without what follows it; empty where there is no word. */
  name: string;
  rest: string;
}

const MODELS_WORD = /^(?:default|usual)?models?$/i;

/** `models`, behind `settings`, however people remember it: what follows a colon, or nothing. Undefined where it is another word. */
export function modelsIn(word: string): string | undefined {
  const [, name = '', , more = ''] = /^([^:：]*)([:：](.*))?$/su.exec(word) ?? [];
  return MODELS_WORD.test(name) || meantBy('settings', name) === 'models' ? more : undefined;
}

/** Easel's own commands that are no verbs of everybody's. */
const ADMINS = ['template', 'settings'] as const;
export const OWN_COMMANDS: readonly NameAt<'command'>[] = [...NAMED_VERBS.map(([name]) => name), ...ADMINS];

/** A path, as `/r/aww`, is no command. */
export function firstWord(text: string): FirstWord {
  const [, slash = '', word = '', rest = ''] = /^(\/?)(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  const name = word.replace(AFTER_NAME, '').toLowerCase();
  const isPath = slash !== '' && (name.includes('/') || (name === '' && rest !== ''));
  if (isPath) return { slash: false, name: '', rest: text };
  // behind a slash whatever follows the name is the command's own
  return { slash: slash !== '', name, rest: slash === '' ? rest.replace(BEFORE_WORDS, '') : rest };
}

/** Whether one of Easel's own commands is meant, though no slash says so. `names`: of templates. */
export function meansOwn(
  { name, rest }: FirstWord,
  caller: Caller,
  { own }: Pick<JobVerbs, 'own'>,
  names: readonly string[],
): boolean {
  const words = rest.trim().split(/\s+/).filter(Boolean);
  const [first = ''] = words;
  switch (name) {
    case 'help':
      return (
        words.length === 0 || (words.length === 1 && isCommand(first.replace(/^\//, '').toLowerCase(), names))
      );
    case 'cancel': {
      const wanted = givenTo('job', rest).toLowerCase();
      return (
        wanted === '' ||
        JOB.test(wanted) ||
        own(caller).some(({ title }) => title.toLowerCase().includes(wanted))
      );
    }
    case 'settings':
      return (
        words.length === 0 ||
        /^["“]?[\p{L}_-]+[:：]/u.test(first) ||
        (words.length === 1 && isSetting(first)) ||
        (modelsIn(first) !== undefined && words.slice(1).every((word) => /[:：]/.test(word)))
      );
    case 'template': {
      const verb = verbOf(first);
      if (verb === undefined) return words.length === 0;
      return words.length - 1 <= mostWords(verb);
    }
    case OPERATOR_WORD:
      return words.length === 0 || operatorVerb(first) !== undefined;
    default:
      return words.length === 0 && verbNamed(name) !== undefined;
  }
}

function isSetting(word: string): boolean {
  const wanted = word.toLowerCase();
  return meantBy('settings', word) !== undefined || SETTING_KEYS.some((key) => key.toLowerCase() === wanted);
}

function isCommand(name: string, templates: readonly string[]): boolean {
  const meant = meantBy('command', name);
  return OWN_COMMANDS.some((one) => one === meant) || templates.includes(name);
}
