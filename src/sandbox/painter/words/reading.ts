/** What a prompt asks for: things with their counts and colours, things that are not wanted, and words that it cannot draw. */
import * as grammar from './grammar.ts';
import { lexicon, MOST_WORDS, type Entry, type Meaning } from './lexicon.ts';
import { BARS } from './things.ts';
import { clausesOf, type Clause, type Token } from './tokens.ts';

export type Noun = Extract<Meaning, { is: 'subject' | 'terrain' | 'hour' | 'weather' | 'sky' | 'kind' }>;

export interface Mention {
  nouns: Noun[];
  count: number;
  /** 0xRRGGBB: the colour word of its own. */
  color: number | undefined;
  /** How many were asked for in so many words, or not at all. */
  counted: boolean;
  negated: boolean;
  /** Its clause, as it was typed. */
  said: string;
}

export interface Reading {
  mentions: Mention[];
  /** Colour words that belong to nothing that is drawn. */
  tints: number[];
  barred: Set<string>;
  /** Clauses with words that the painter does not know, as they were typed. */
  unknown: string[];
  /** All of it that is words. */
  said: string;
}

/** What several without a number means: "cats". */
const SEVERAL = 3;

export function read(prompt: string): Reading {
  const reading: Reading = { mentions: [], tints: [], barred: new Set(), unknown: [], said: '' };
  let negating = false;
  const clauses = clausesOf(prompt);
  reading.said = clauses.map(({ text }) => text).join(', ');
  for (const [index, clause] of clauses.entries()) {
    const goesOn = negating && clause.listed && listGoesOn(clauses.slice(index));
    negating = readClause(clause, goesOn, reading);
  }
  for (const mention of reading.mentions)
    if (mention.negated)
      for (const noun of mention.nouns) for (const name of barsOf(noun)) reading.barred.add(name);

  return reading;
}

/** Everything that a negative prompt names; there "no" is only another word. */
export function barredBy(negative: string): Set<string> {
  const { barred, mentions } = read(negative);
  for (const { nouns } of mentions)
    for (const noun of nouns) for (const name of barsOf(noun)) barred.add(name);
  return barred;
}

function barsOf(noun: Noun): readonly string[] {
  return noun.is === 'kind' ? noun.names : (BARS[noun.name] ?? [noun.name]);
}

/** "no trees, people or cars": the words before the `or` are in the same list. */
function listGoesOn(clauses: readonly Clause[]): boolean {
  for (const { listed, tokens } of clauses) {
    if (!listed) return false;
    if (tokens.some(({ text }) => text === 'or' || text === 'nor')) return true;
    if (tokens.length > 2) return false;
  }
  return false;
}

/** Returns whether it ended within what is not wanted. */
function readClause({ text, tokens }: Clause, negated: boolean, reading: Reading): boolean {
  let negating = negated;
  let count: number | undefined;
  let colors: number[] = [];
  /** What a word after it, as "not there", is about. */
  let group: Mention[] = [];
  let joined = false;
  let strange = false;
  const startOver = (): void => {
    reading.tints.push(...colors);
    colors = [];
    count = undefined;
  };
  for (let at = 0; at < tokens.length;) {
    const token = tokens[at];
    if (!token) break;
    const amount = amountAt(tokens, at);
    if (amount) {
      const before = reading.mentions.at(-1);
      const follows =
        amount.counter && before && group.includes(before) && !before.counted && nounEndsAt(tokens, at);
      at += amount.words;
      if (follows && !/^[の의的]/u.test(tokens[at]?.text ?? '')) {
        before.count = amount.count;
        before.counted = true;
      } else count = amount.count;
      continue;
    }
    const { entry, words } = longestAt(tokens, at);
    const nouns = entry?.meanings.filter(isNoun) ?? [];
    const [first] = entry?.meanings ?? [];
    const from = at;
    at += words;
    if (nouns.length > 0 && !isBefore(tokens, at, entry)) {
      const number = count ?? (entry?.plural || isMany(tokens[from + words - 1]) ? SEVERAL : 1);
      const mention: Mention = {
        nouns,
        count: number,
        counted: count !== undefined,
        color:
          colors.at(-1) ??
          ownColor(
            tokens
              .slice(from, at)
              .map(({ text: part }) => part)
              .join(''),
          ),
        said: text,
        negated: negating || count === 0,
      };
      reading.mentions.push(mention);
      // "animals" says too little to be drawn
      if (!mention.negated && nouns.every(({ is }) => is === 'kind')) strange = true;
      group = joined ? [...group, mention] : [mention];
      joined = false;
      count = undefined;
      reading.tints.push(...colors.slice(0, -1));
      colors = [];
      continue;
    }
    switch (first?.is) {
      case 'no':
        if (first.side === 'before') {
          negating = true;
          startOver();
        } else for (const mention of group) mention.negated = true;
        break;
      case 'absence':
        for (const name of first.names) reading.barred.add(name);
        break;
      case 'color':
        if (!negating) colors.push(first.value);
        break;
      case 'count':
        ({ count } = first);
        break;
      case 'article':
        // "no trees and a cat"
        if (joined || group.length > 0) negating = false;
        count = 1;
        break;
      case 'join':
        joined = group.length > 0;
        count = undefined;
        break;
      case 'part':
        negating = false;
        group = [];
        startOver();
        break;
      case 'particle':
        if (token.text === '的' && negating && group.length > 0) negating = false;
        break;
      case 'filler':
        break;
      case 'other':
      case 'subject':
      case 'terrain':
      case 'hour':
      case 'weather':
      case 'sky':
      case 'kind':
      case undefined:
        if (!negating && !MEASURE.test(token.text)) strange = true;
        if (nouns.length > 0 || first?.is === 'other') startOver();
    }
  }
  startOver();
  if (strange) reading.unknown.push(text);
  return negating;
}

function isNoun(meaning: Meaning): meaning is Noun {
  return ['subject', 'terrain', 'hour', 'weather', 'sky', 'kind'].includes(meaning.is);
}

/** The longest known words that begin here and end where a word ends. */
function longestAt(tokens: readonly Token[], at: number): { entry: Entry | undefined; words: number } {
  for (let words = Math.min(MOST_WORDS, tokens.length - at); words > 0; words -= 1) {
    const run = tokens.slice(at, at + words);
    const entry = lookUp(run.map(({ gap, text }, index) => (index > 0 && gap ? ` ${text}` : text)).join(''));
    if (entry) return { entry, words };
  }
  return { entry: undefined, words: 1 };
}

function lookUp(text: string): Entry | undefined {
  const known = lexicon();
  const entry = known.get(text) ?? known.get(text.replace(/-/g, ' '));
  if (entry || !/\p{Script=Hangul}$/u.test(text)) return entry;
  const stem = stemOf(text);
  return stem === text ? undefined : known.get(stem);
}

const JOSA = new RegExp(`(?:${grammar.JOSA})$`, 'u');

/** Without its particle; a word keeps at least one syllable. */
function stemOf(text: string): string {
  const stem = text.replace(JOSA, '');
  return stem === '' ? text : stem;
}

function isMany(token: Token | undefined): boolean {
  return token?.hangul === true && /들(이|은|을|의|과|도)?$/u.test(token.text);
}

/** `8k`, `35mm`, `3d`: of the picture, not in it. */
const MEASURE = /^\d+(k|p|px|mm|d|fps)$/;
const VERB = /(ing|ed|ly|wards?)$/;

/**
 * "cat food" is no cat: a thing that says only of what kind the next, unknown one is. In English, and in Korean without a
 * particle; in Japanese before a word in katakana.
 */
function isBefore(tokens: readonly Token[], at: number, entry: Entry | undefined): boolean {
  const last = tokens[at - 1];
  const next = tokens[at];
  if (
    !last ||
    !next ||
    !entry ||
    entry.plural ||
    entry.meanings.some(({ is }) => is === 'hour' || is === 'weather')
  )
    return false;
  if (amountAt(tokens, at) || longestAt(tokens, at).entry) return false;
  if (last.latin) return next.latin && !VERB.test(next.text);
  if (last.hangul) return next.hangul && stemOf(last.text) === last.text && stemOf(next.text) === next.text;
  return /^\p{Script=Katakana}/u.test(next.text) && !next.gap;
}

/** A thing ends just before, or has only its particle between. */
function nounEndsAt(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (!before) return false;
  if (/^[がをはも]$/u.test(before.text)) return true;
  return lookUp(before.text)?.meanings.some(({ is }) => is === 'subject') === true;
}

const NUMERAL = Object.keys(grammar.NUMERALS).join('|');
const AMOUNT = new RegExp(`^(\\d{1,2}|${NUMERAL})\\s?(${grammar.COUNTERS})`, 'u');

interface Amount {
  count: number;
  words: number;
  /** It may also stand after what it counts. */
  counter: boolean;
}

/** A number with its counter (二匹, 两只, 두 마리), or a number alone. */
function amountAt(tokens: readonly Token[], at: number): Amount | undefined {
  const [one, two] = tokens.slice(at, at + 2);
  if (!one) return undefined;
  const text = two ? `${one.text}${two.gap ? ' ' : ''}${two.text}` : one.text;
  const [whole, number] = AMOUNT.exec(text) ?? [];
  if (whole !== undefined && number !== undefined && !(one.latin && two?.latin)) {
    const count = grammar.NUMERALS[number] ?? Number(number);
    const rest = text.slice(whole.length);
    const words = whole.length > one.text.length ? 2 : 1;
    // no other word goes on after the counter: 三人称
    if (rest === '' || whole.length === one.text.length || rest.replace(JOSA, '') === '')
      return { count, words, counter: true };
  }
  if (!/^\d{1,6}$/.test(one.text)) return undefined;
  return { count: Number(one.text), words: 1, counter: false };
}

/** 黑猫: the colour is in the word. */
function ownColor(text: string): number | undefined {
  const [first = ''] = text;
  const color =
    text.length > 1 &&
    !/[a-z]/.test(first) &&
    lexicon()
      .get(first)
      ?.meanings.find(({ is }) => is === 'color');
  return color && color.is === 'color' ? color.value : undefined;
}
