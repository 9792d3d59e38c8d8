/**
 * The one reading of a typed line: `imagine a red fox --steps 30`, `/template rename fox wolf`, `settings guildJobs:3`,
 * or plain words, which belong to the guild's default template. What it means is done by who shows it.
 */
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import { words as line, type Line, type Screen } from '../../core/screen.ts';
import type { Template } from '../../core/template.ts';
import { catalogue } from '../../i18n/index.ts';
import { mainTextSlot } from '../../templates/slots/index.ts';
import { ACT_USAGE, readAct } from './act-line.ts';
import { OPERATOR_WORD, type OperatorLine } from '../operator/operator-line.ts';
import { parseValues } from './parse.ts';
import type { Offered } from '../verbs/offered.ts';
import type { Preparations } from '../verbs/prepare.ts';
import type { Entered, Screens } from '../screens/index.ts';
import { readTemplateLine, TEMPLATE_USAGE, TEMPLATE_VERBS, type TemplateVerb } from './template-line.ts';
import { readFields, readWords } from './typed-words.ts';
import { verbNamed, type VerbDeps } from '../verbs/table.ts';

export type Intent =
  | { kind: 'open'; at: string }
  /** It was typed with all that it needs: nobody is asked again. */
  | { kind: 'act'; at: string; action: string; entered: Entered }
  /** `bare`: nothing was said but the template's name. `lacks`: something that must be given was not. */
  | {
      kind: 'run';
      template: Template;
      values: Readonly<Record<string, string>>;
      bare: boolean;
      lacks: boolean;
    }
  /** What is answered at once, to who asked alone; rejects with EaselError. */
  | {
      kind: 'answer';
      answer: () => Promise<readonly Line[]>;
      /** Nothing was done: it says what could be meant. */
      failed?: true;
    };

export interface UnderstandDeps extends VerbDeps, OperatorLine, Offered, Preparations {
  screens: Screens;
}

export interface Reading {
  /** What is no template's name without a slash in front is for the default template, where there is one. */
  slashes?: boolean | undefined;
  /** How a command is typed there, be it a template or Easel's own verb; by default with a slash. */
  call?: ((name: string) => string) | undefined;
  /**
   * Nothing can be pressed there: `do ACTION …` acts in the screen that was shown last, `in`, if there is one.
   */
  acts?: { in: Screen | undefined } | undefined;
  /** What is written after a template verb there, where that is something else. */
  usage?: Partial<Record<TemplateVerb, string>> | undefined;
}

/** Throws EaselError: for a template that is none, or not for the caller; for a slot that it does not have. */
export async function understand(
  caller: Caller,
  typed: string,
  deps: UnderstandDeps,
  reading: Reading = {},
): Promise<Intent> {
  const { slashes = false, call = slashed, acts } = reading;
  const text = typed.trim();
  const [, slash = '', word = '', rest = ''] = /^(\/?)(\S*)\s*([\s\S]*)$/.exec(text) ?? [];
  const name = word.toLowerCase();
  if (slashes && slash === '') return plainWords(caller, text, deps);
  const own = name === '' ? 'help' : name;
  const verb = verbNamed(own);
  const more = own === 'help' ? actHelp(caller, reading) : [];
  if (verb)
    return answer(async () => [...(await verb.answer({ caller, rest: rest.trim(), call }, deps)), ...more]);
  switch (name) {
    case 'settings':
      return settingsLine(caller, rest, deps);
    case 'template': {
      const read = readTemplateLine(rest);
      return read.kind === 'usage' ? { ...answer(async () => usage(caller, reading)), failed: true } : read;
    }
    default: {
      if (name === 'do' && acts?.in) return actIn(acts.in, rest);
      if (name === OPERATOR_WORD && (await deps.operates(caller)))
        return answer(async () => (await deps.operate(caller, rest)).map((each) => line(each)));
      return run(caller, { name, rest, text }, deps);
    }
  }
}

function slashed(verb: string): string {
  return `/${verb}`;
}

function answer(of: () => Promise<readonly Line[]>): Extract<Intent, { kind: 'answer' }> {
  return { kind: 'answer', answer: of };
}

/** With nothing to do it is shown once more. */
function actIn(screen: Screen, rest: string): Intent {
  const { at } = screen;
  return rest.trim() === '' ? { kind: 'open', at } : { kind: 'act', at, ...readAct(rest, screen) };
}

async function plainWords(caller: Caller, text: string, deps: UnderstandDeps): Promise<Intent> {
  const standard = await deps.defaultTemplate(caller);
  if (standard) return runOf(standard, text);
  const { terminal } = catalogue(caller.locale);
  return { ...answer(async () => [line(terminal.notACommand())]), failed: true };
}

/** The named template; words that name none are for the default one. */
async function run(
  caller: Caller,
  { name, rest, text }: { name: string; rest: string; text: string },
  deps: UnderstandDeps,
): Promise<Intent> {
  const template = await deps.template(caller, name);
  if (template) return runOf(template, rest);
  try {
    await deps.prepare(caller, name, {}); // says why somebody can't have it
  } catch (error) {
    const isUnknown = error instanceof EaselError && error.code === 'unknown-template';
    const standard = isUnknown ? await deps.defaultTemplate(caller) : undefined;
    if (!standard) throw error;
    return runOf(standard, text);
  }
  // it was published between the two questions
  throw new EaselError({ code: 'unknown-template', name, known: [] });
}

function runOf(template: Template, words: string): Intent {
  const values = parseValues(words, { slots: template.slots, main: mainTextSlot(template) });
  const lacks = Object.entries(template.slots).some(
    ([slot, { required }]) => required === true && values[slot] === undefined,
  );
  return { kind: 'run', template, values, bare: words.trim() === '', lacks };
}

/** `settings`, `settings audit`, or what shall hold: `settings guildJobs:3 blockedWords:"a, b"`. */
async function settingsLine(caller: Caller, rest: string, deps: UnderstandDeps): Promise<Intent> {
  const words = readWords(rest);
  if (words.length === 0) return { kind: 'open', at: 'settings' };
  if (words.length === 1 && words[0]?.toLowerCase() === 'audit') return { kind: 'open', at: 'audit' };
  const { fields } = await deps.screens.open(caller, 'settings');
  return { kind: 'act', at: 'settings', action: 'save', entered: readFields(words, fields) };
}

/** How something is done in a screen, where that is typed. */
function actHelp({ locale }: Caller, { call = slashed, acts }: Reading): Line[] {
  const { help: say, commands } = catalogue(locale);
  const entry = { usage: `${call('do')} ${ACT_USAGE}`, description: commands.act() };
  return acts ? [line(say.line(entry))] : [];
}

function usage({ locale }: Caller, { call = slashed, usage: own = {} }: Reading): Line[] {
  const { help: say, shelf } = catalogue(locale);
  return TEMPLATE_VERBS.map((verb) => {
    const typed = [call('template'), verb, own[verb] ?? TEMPLATE_USAGE[verb]].filter(Boolean).join(' ');
    return line(say.line({ usage: typed, description: shelf.verbs[verb]() }));
  });
}
