/**
 * The one reading of a typed line: `imagine a red fox --steps 30`, `/template rename fox wolf`, `settings guildJobs:3`,
 * or plain words, which belong to the guild's default template. What it means is done by who shows it.
 */
import type { Caller } from '../../core/caller.ts';
import { EaselError } from '../../core/errors.ts';
import { isNear } from '../../core/near.ts';
import { words as line, type Line, type Screen } from '../../core/screen.ts';
import type { Template } from '../../core/template.ts';
import { meantBy, allWordsFor } from '../../i18n/command-names.ts';
import { catalogue } from '../../i18n/index.ts';
import { calledIn, commandNames } from '../../templates/languages/called.ts';
import { mainTextSlot } from '../../templates/slots/index.ts';
import { readAct } from './act-line.ts';
import { OPERATOR_WORD, type OperatorLine } from '../operator/operator-line.ts';
import { firstWord, meansOwn, modelsIn, OWN_COMMANDS, type FirstWord } from './command-word.ts';
import { parseValues, type Doubt } from './parse.ts';
import type { Offered } from '../verbs/offered.ts';
import type { Preparations } from '../verbs/prepare.ts';
import type { Entered, Screens } from '../screens/index.ts';
import { readTemplateLine, TEMPLATE_VERBS, usageOf, type TemplateVerb } from './template-line.ts';
import { givenTo, readFields, readWords } from './typed-words.ts';
import { typedAs } from '../verbs/typed-as.ts';
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
  /** Something in it is in doubt: whoever typed it is asked. */
  | {
      kind: 'ask';
      template: Template;
      doubts: readonly Doubt[];
      /** With what is in doubt among the words. */
      values: Readonly<Record<string, string>>;
      /** As it was probably meant; absent where that cannot be. */
      meant?: Readonly<Record<string, string>>;
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
  /** Commands have a slash there: words that only begin with a template's name are for the default one. */
  slashes?: boolean | undefined;
  /** Files came along. */
  files?: boolean | undefined;
  /** How a command is typed there, be it a template or Easel's own verb; by default with a slash. */
  call?: ((name: string) => string) | undefined;
  /**
   * Nothing can be pressed there: `do ACTION …` acts in the screen that was shown last, `in`, if there is one.
   */
  acts?: { in: Screen | undefined } | undefined;
  /** What is written after a template verb there, where that is something else. */
  usage?: Partial<Record<TemplateVerb, string>> | undefined;
}

/** Throws EaselError: for a template that is none, or not for the caller; for words that no slot can take. */
export async function understand(
  caller: Caller,
  typed: string,
  deps: UnderstandDeps,
  reading: Reading = {},
): Promise<Intent> {
  const { acts, slashes = false } = reading;
  const text = typed.trim();
  const written = firstWord(text);
  const said = await byDefaultName(written, caller, deps);
  const { slash, name, rest } = said;
  if (text === '' || (slash && name === '')) return helpOf(caller, deps, reading);
  if (name === 'do' && acts?.in && (slash || !slashes)) return actIn(acts.in, rest);
  const names = slash
    ? []
    : (await deps.templates(caller)).flatMap((one) => [one.name, ...commandNames(one)]);
  if (!slash && !meansOwn(said, caller, deps, names)) return plainWords(caller, text, written, deps, reading);
  const intent = await ownCommand(caller, said, deps, reading);
  if (intent) return intent;
  // who only thinks that they run Easel gets no picture of "operator stop"
  return slash || rest !== ''
    ? runOf(await named(caller, name, deps), rest, caller)
    : plainWords(caller, text, written, deps, reading);
}

/**
 * The first word by its English name, in whichever language it names a command. A template of a guild may be called so; then that
 * is meant.
 */
async function byDefaultName(
  said: FirstWord,
  caller: Caller,
  deps: Pick<Offered, 'template'>,
): Promise<FirstWord> {
  const name = meantBy('command', said.name);
  if (name === undefined || name === said.name) return said;
  const template = await deps.template(caller, said.name);
  return template?.name === said.name ? said : { ...said, name };
}

/** What one of Easel's own commands asks for; undefined where it is none of them. */
async function ownCommand(
  caller: Caller,
  { name, rest }: FirstWord,
  deps: UnderstandDeps,
  reading: Reading,
): Promise<Intent | undefined> {
  const { call = slashed } = reading;
  const verb = verbNamed(name);
  if (name === 'help') return helpOf(caller, deps, reading);
  if (verb) {
    const given = verb.takes ? givenTo(verb.takes.name, rest) : rest.trim();
    return answer(() => verb.answer({ caller, rest: given, call }, deps));
  }
  switch (name) {
    case 'settings':
      return settingsLine(caller, rest, deps);
    case 'template': {
      const read = readTemplateLine(rest);
      return read.kind === 'usage' ? { ...answer(async () => usage(caller, reading)), failed: true } : read;
    }
    case OPERATOR_WORD:
      if (!(await deps.operates(caller))) return undefined;
      return answer(async () => (await deps.operate(caller, rest)).map((each) => line(each)));
    default:
      return undefined;
  }
}

function helpOf(caller: Caller, deps: UnderstandDeps, reading: Reading): Intent {
  const { call = slashed } = reading;
  return answer(async () => [
    ...(await deps.help(caller, call)).map((each) => line(each)),
    ...actHelp(caller, reading),
  ]);
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

/**
 * What is said without a slash: for the template that its first word names, else for the default one. Where commands have a slash,
 * words are words: only the default template's own name may stand before them, or a name alone.
 */
async function plainWords(
  caller: Caller,
  text: string,
  { name, rest }: FirstWord,
  deps: UnderstandDeps,
  { slashes = false, files = false }: Reading,
): Promise<Intent> {
  const standard = await deps.defaultTemplate(caller);
  const isNamed = name !== '' && (!slashes || rest === '' || name === standard?.name);
  const template = isNamed ? await namedIfAny(caller, name, deps) : undefined;
  if (template) {
    const intent = runIfRead(template, rest, files, caller);
    if (intent) return intent;
  }
  if (standard) return runOf(standard, text, caller);
  await deps.welcome(caller, '');
  const { terminal } = catalogue(caller.locale);
  return { ...answer(async () => [line(terminal.notACommand())]), failed: true };
}

/** Rejects with EaselError: why there is no such template for the caller, and what may have been meant. */
async function named(caller: Caller, name: string, deps: UnderstandDeps): Promise<Template> {
  const template = await deps.template(caller, name);
  if (template) return template;
  try {
    await deps.prepare(caller, name, {}); // says why somebody can't have it
  } catch (error) {
    if (!(error instanceof EaselError) || error.problem.code !== 'unknown-template') throw error;
    const { problem } = error;
    const near = [...problem.known, ...allWordsFor('command', OWN_COMMANDS)].filter((one) =>
      isNear(name, one),
    );
    throw new EaselError({ ...problem, ...(near.length > 0 && { near }) }, { cause: error });
  }
  // it was published between the two questions
  throw new EaselError({ code: 'unknown-template', name, known: [] });
}

async function namedIfAny(caller: Caller, name: string, deps: UnderstandDeps): Promise<Template | undefined> {
  try {
    return await named(caller, name, deps);
  } catch (error) {
    if (error instanceof EaselError && error.code === 'unknown-template') return undefined;
    throw error;
  }
}

/**
 * Undefined where the template takes no words, and there are some: "blank canvas on an easel" is none of /blank. With a file
 * it is meant all the same, as in "upscale this".
 */
function runIfRead(template: Template, words: string, files: boolean, caller: Caller): Intent | undefined {
  try {
    return runOf(template, words, caller);
  } catch (error) {
    const isUnread = error instanceof EaselError && ['bad-command', 'unknown-slot'].includes(error.code);
    if (!isUnread) throw error;
    return files ? runOf(template, '', caller) : undefined;
  }
}

function runOf(template: Template, words: string, { locale }: Caller): Intent {
  const { values, doubts, meant } = parseValues(words, {
    slots: template.slots,
    main: mainTextSlot(template),
    called: calledIn(template, locale),
  });
  if (doubts.length > 0) return { kind: 'ask', template, doubts, values, ...(meant && { meant }) };
  const lacks = Object.entries(template.slots).some(
    ([slot, { required }]) => required === true && values[slot] === undefined,
  );
  return { kind: 'run', template, values, bare: words.trim() === '', lacks };
}

/**
 * `settings`, `settings audit`, or what shall hold: `settings guildJobs:3 blockedWords:"a, b"`. `settings models
 * imagine:flux1-dev` likewise, or with a colon behind `models`.
 */
async function settingsLine(caller: Caller, rest: string, deps: UnderstandDeps): Promise<Intent> {
  const words = readWords(rest);
  if (words.length === 0) return { kind: 'open', at: 'settings' };
  const screen = words.length === 1 ? meantBy('settings', words[0] ?? '') : undefined;
  if (screen === 'audit') return { kind: 'open', at: 'audit' };
  if (screen === 'show') return { kind: 'open', at: 'settings' };
  const more = modelsIn(words[0] ?? '');
  const isModels = more !== undefined;
  const at = isModels ? 'models' : 'settings';
  const typed = isModels
    ? [more, ...words.slice(1)].map((word) => givenTo('choose', word)).filter(Boolean)
    : words;
  const { fields } = await deps.screens.open(caller, at);
  // without fields the screen says why there are none
  if (isModels && (typed.length === 0 || fields.length === 0)) return { kind: 'open', at };
  return { kind: 'act', at, action: 'save', entered: readFields(typed, fields) };
}

/** How something is done in a screen, where that is typed. */
function actHelp({ locale }: Caller, { call = slashed, acts }: Reading): Line[] {
  const words = catalogue(locale);
  const entry = {
    usage: `${typedAs(words, call, 'do')} ${words.usage.act()}`,
    description: words.commands.act(),
  };
  return acts ? [line(words.help.line(entry))] : [];
}

function usage({ locale }: Caller, { call = slashed, usage: own = {} }: Reading): Line[] {
  const words = catalogue(locale);
  return TEMPLATE_VERBS.map((verb) => {
    const typed = typedAs(words, call, 'template', verb);
    const entry = {
      usage: [typed, own[verb] ?? usageOf(verb, words)].filter(Boolean).join(' '),
      description: words.shelf.verbs[verb](),
    };
    return line(words.help.line(entry));
  });
}
