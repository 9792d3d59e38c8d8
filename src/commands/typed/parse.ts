/**
 * Reads a typed command: `/imagine a red fox --steps 30 size:wide negative:"blurry, dark"`. A text slot takes all
 * words up to the next slot; every other slot takes one word or one quoted text. Words before any slot belong to
 * the main text slot.
 *
 * A colon is a colon: only what a slot is called is taken out of the words, and `nier:automata`, `cat:1.2` and `--v 6` stay
 * in them as they were written. What is nearly a slot (`stepz:30`), or gives one what it cannot be (`size:1.3`), is in
 * doubt: it is read both ways, and whoever shows the question has both.
 */
import { EaselError, type Problem } from '../../core/errors.ts';
import type { Slot } from '../../core/template.ts';
import { isModelFile, meantFile, sameFile } from '../../templates/models/same-file.ts';
import { typeOf } from '../../templates/slots/index.ts';
import { meantChoice, type Called } from '../../templates/languages/called.ts';
import { enclosedIn } from './enclosed.ts';
import { isRatio, shapedLike, slotCalled, slotNear } from './slot-names.ts';

export interface Typed {
  name: string;
  rest: string;
}

const COMMAND = /^\/([\p{L}\p{N}_-]+)(?:\s+([\s\S]*))?$/u;

/** `/name rest`; undefined when it is no command. */
export function parseCommand(line: string): Typed | undefined {
  const [, name, rest = ''] = COMMAND.exec(line.trim()) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), rest };
}

const SPACE = /\s+/y;
/** Phones insert curly quotes. */
const QUOTED = /["“”„＂]((?:[^"“”＂\\]|\\.)*)["“”＂](?=\s|$)/suy;
const WORD = /\S+/y;
/** Phones make one long dash of two. */
const FLAG = /(--|[—–]{1,2})([\p{L}_][\p{L}\p{N}_-]*)(?:[=:：]|\s+|$)/uy;
/** Not `http://…`. "Negative prompt" is what the web UI of Stable Diffusion writes into its pictures. */
const KEY = /(negative prompt|[\p{L}_][\p{L}\p{N}_-]*)[:：](?!\/\/)\s*/iuy;
const SWITCH = /(?:true|false|yes|no|on|off)(?=\s|$)/iuy;
const RATIO = /(\d{1,5}(?:\.\d{1,3})?)[:：/x](\d{1,5}(?:\.\d{1,3})?)(?=[\s,;]|$)/uy;
const ADDRESS = /^[a-z][a-z\d+.-]*:\/\//i;
/** What stands between values that are told like a list. */
const SEPARATORS = /[,;、，；]+$/u;

interface Slots {
  slots: Record<string, Slot>;
  main?: string | undefined;
  /** What slots and choices are called in other languages, too. */
  called?: Called | undefined;
}

type Values = Record<string, string>;

export interface Doubt {
  /** As it stands in the words. */
  written: string;
  /** What was probably meant. */
  meant?: string;
  /** Why the slot that it names cannot take it. */
  problem?: Problem;
}

export interface Parsed {
  /** By slot, as text; what is in doubt is among the words. */
  values: Values;
  doubts: Doubt[];
  /** With everything taken as it was probably meant; absent where nothing is in doubt, or that would be refused. */
  meant?: Values;
}

/** Throws EaselError `unknown-slot` or `bad-command` for words that no slot can take. */
export function parseValues(input: string, slots: Slots): Parsed {
  const plain = scan(input, slots, false);
  if (plain.doubts.length === 0 || plain.doubts.some(({ problem }) => problem)) return plain;
  return { ...plain, meant: scan(input, slots, true).values };
}

interface Named {
  name: string;
  slot: Slot;
  /** Written `--hires`: a switch needs no value then, and takes none but a clear yes or no. */
  bare: boolean;
  /** It is nearly called so. */
  near: boolean;
}

interface Piece {
  raw: string;
  quoted?: string | undefined;
}

function scan(text: string, { slots, main, called: others }: Slots, takesNear: boolean): Parsed {
  const isEnclosed = enclosedIn(text);
  const boundary = beforeSlots(Object.keys(slots), others?.slots ?? []);
  const values = new Map<string, string>();
  const words = new Map<string, Piece[]>();
  const doubts: Doubt[] = [];
  let at = 0;
  let open = main;

  const eat = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  /** By a word of another language. `画像：` is one of the prompt's: nobody types a file so, but for `--画像 PATH`. */
  const calledElsewhere = (typed: string, isFlag: boolean): string | undefined => {
    const name = others?.slot(typed);
    const slot = name === undefined ? undefined : slots[name];
    return slot && (isFlag || !typeOf(slot).file) ? name : undefined;
  };
  /** The slot named at this place; moves past its name. */
  const slotHere = (): Named | undefined => {
    if (isEnclosed(at)) return undefined;
    const before = at;
    const [flag, dashes = '', flagName] = eat(FLAG) ?? [];
    const [key = '', keyName] = flag === undefined ? (eat(KEY) ?? []) : [];
    const typed = (flagName ?? keyName)?.toLowerCase();
    if (typed === undefined) return undefined;
    const called = slotCalled(typed, slots, flag !== undefined) ?? calledElsewhere(typed, flag !== undefined);
    // a long dash begins many a word that only looks like a slot
    const name = called ?? (flag === undefined || dashes === '--' ? slotNear(typed, slots) : undefined);
    const slot = name === undefined ? undefined : slots[name];
    if (slot && name !== undefined && (main !== undefined || called !== undefined))
      return { name, slot, bare: flag !== undefined && !/[=:：]$/.test(flag), near: called === undefined };
    // where no words are taken, whatever looks like a slot is meant as one
    if (main === undefined && (flag !== undefined || /[:：]$/.test(key)))
      throw new EaselError({ code: 'unknown-slot', slot: typed, known: Object.keys(slots), typed: true });
    at = before;
    return undefined;
  };
  const word = (): Piece => {
    const before = at;
    const quoted = eat(QUOTED)?.[1];
    if (quoted !== undefined)
      return { raw: text.slice(before, at), quoted: quoted.replaceAll(/\\(.)/gs, '$1') };
    const [raw = ''] = eat(WORD) ?? [];
    const cut = ADDRESS.test(raw) || !boundary ? -1 : raw.search(boundary);
    if (cut <= 0 || isEnclosed(before)) return { raw };
    at = before + cut;
    return { raw: raw.slice(0, cut) };
  };
  const say = (piece: Piece): void => {
    if (open === undefined) throw new EaselError({ code: 'bad-command', detail: piece.raw });
    const said = words.get(open);
    if (said) said.push(piece);
    else words.set(open, [piece]);
  };
  /** The comma before a slot is none of the words'. */
  const endWords = (): void => {
    const last = open === undefined ? undefined : words.get(open)?.at(-1);
    if (last && last.quoted === undefined) last.raw = last.raw.replace(SEPARATORS, '');
  };
  /** `--ar 16:9` → the nearest shape that there is. */
  const ratioHere = (): boolean => {
    const before = at;
    const name = isEnclosed(at) ? undefined : eat(FLAG)?.[2]?.toLowerCase();
    const [, width, height] =
      name !== undefined && isRatio(name) && !Object.hasOwn(slots, name) ? (eat(RATIO) ?? []) : [];
    const ratio = Number(width) / Number(height);
    const shape = ratio > 0 && Number.isFinite(ratio) ? shapedLike(ratio, slots) : undefined;
    if (!shape) at = before;
    else endWords();
    for (const [slot, value] of Object.entries(shape ?? {})) values.set(slot, value);
    return shape !== undefined;
  };
  const valueOf = ({ slot, bare }: Named): string => {
    if (typeOf(slot).flag && bare) return eat(SWITCH)?.[0] ?? 'true';
    const { raw, quoted } = word();
    const value = quoted ?? raw;
    return quoted !== undefined || typeOf(slot).file ? value : value.replace(SEPARATORS, '') || value;
  };
  const take = (named: Named, before: number): void => {
    const { name, slot, near } = named;
    if (typeOf(slot).words) {
      const written = text.slice(before, at).trimEnd();
      if (near) doubts.push({ written, meant: `${name}:…` });
      if (near && !takesNear) return say({ raw: written });
      endWords();
      open = name;
      // its words follow; there may be none
      if (!words.has(name)) words.set(name, []);
      return undefined;
    }
    const given = valueOf(named);
    const value = others ? meantChoice(others, name, given) : given;
    const problem = main === undefined ? undefined : misfit(name, slot, value);
    const written = text.slice(before, at);
    // what a backend has not told of a choice, nothing can be said to be one of
    const isUntold = slot.type === 'choice' && slot.choices === undefined;
    if (near && (problem || isUntold)) {
      // neither its name nor its value is the slot's
      at = before;
      return say(word());
    }
    if (near) doubts.push({ written, meant: `${name}:${value}` });
    else if (problem) doubts.push({ written, problem });
    if (problem || (near && !takesNear)) return say({ raw: written.trimEnd() });
    endWords();
    values.set(name, value);
    return undefined;
  };

  for (eat(SPACE); at < text.length; eat(SPACE)) {
    const before = at;
    if (ratioHere()) continue;
    const named = slotHere();
    if (named) take(named, before);
    else say(word());
  }
  for (const [name, pieces] of words) values.set(name, joined(pieces));
  return { values: Object.fromEntries(values), doubts };
}

/** One quoted text is what stands in the quotes; amid other words the quotes are the person's own, as in `a sign "OPEN"`. */
function joined(pieces: readonly Piece[]): string {
  const said = pieces.filter(({ raw, quoted }) => quoted !== '' && raw !== '');
  const [first] = said;
  if (said.length === 1 && first?.quoted !== undefined) return first.quoted;
  return said.map(({ raw }) => raw).join(' ');
}

/** Why a slot cannot take it: it is nothing of the kind. A number that is too large was meant as one all the same. */
function misfit(name: string, slot: Slot, value: string): Problem | undefined {
  if (typeOf(slot).file || isModelNamed(slot, value)) return undefined;
  try {
    typeOf(slot).read(name, slot, value);
    return undefined;
  } catch (error) {
    if (!(error instanceof EaselError)) throw error;
    const { problem } = error;
    return MISFITS.includes(problem.code) ? problem : undefined;
  }
}

/** A name for one of the models, if not to the letter: which is meant, whoever makes the job finds out, or asks. */
function isModelNamed(slot: Slot, value: string): boolean {
  if (slot.type !== 'choice' || !Array.isArray(slot.choices)) return false;
  const { choices } = slot;
  if (!choices.some(isModelFile)) return false;
  if (isModelFile(value)) return true;
  // "model: a tall woman" names none
  return (value.length < MODEL_WORD ? sameFile : meantFile)(value, choices) !== undefined;
}

/** So long is a part of a model's name that is no common word, in characters. */
const MODEL_WORD = 4;

const MISFITS: readonly Problem['code'][] = [
  'not-a-number',
  'not-a-choice',
  'not-a-boolean',
  'missing-value',
];

/**
 * Where a slot begins inside of a word: behind a comma, or a letter of a script that has no spaces. `others`, its names in other
 * languages, are common words of such scripts (猫の画像：…), and begin only behind a comma.
 */
function beforeSlots(own: readonly string[], others: readonly string[]): RegExp | undefined {
  const any = (names: readonly string[]) => `(?:${names.map((name) => RegExp.escape(name)).join('|')})[:：]`;
  const marks = ',;、，；。！？';
  const letters = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}`;
  const places = [
    ...(own.length > 0 ? [`(?<=[${marks}${letters}])${any(own)}`] : []),
    ...(others.length > 0 ? [`(?<=[${marks}])${any(others)}`] : []),
  ];
  return places.length > 0 ? new RegExp(places.join('|'), 'iu') : undefined;
}
