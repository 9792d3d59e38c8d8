/**
 * Finds blocked words in a text, also where they are hidden: written with other scripts' letters or with digits, spaced
 * out, punctuated. All words are looked for at once, in one pass over the text: its time hardly depends on how many.
 */
import { isWritten, readingsOf, withLatinCapitals } from './lookalikes.ts';

/**
 * Scripts that put no space between words, or none before a particle: there a blocked word counts wherever it stands.
 */
const UNSPACED =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/** What a word goes on with. */
const LETTER = /[\p{L}\p{M}\p{N}]/u;
/** What makes a rule with `*` one about words. */
const IN_WORDS = /[\p{L}\p{N}]/u;

/** A step in the words, letter by letter, as far as they begin alike. */
interface Step {
  id: number;
  /** By the letter's code point. */
  next: Map<number, Step>;
  /** Any letters may follow here, up to the word's end. */
  any: Step | undefined;
  isAny: boolean;
  /** Which word of the list ends here; Infinity: none. */
  word: number;
  /** The first of the list that ends here or further on. */
  first: number;
}

/**
 * A word that is found as far as a step, as one number, since there may be a hundred at each letter of a text: the step's
 * id and, in the lowest bits, what is known of the letters before.
 */
type Trail = number;
const BITS = 11;
/** There was white space between its letters. */
const SPACED = 1;
/** Of what stands behind its last letter: white space, what ends a part of a sentence. */
const GAP_SPACED = 2;
const GAP_HARD = 4;
/** Its last letter, before that, stood alone. */
const ALONE = 8;
/** How many signs that is; at most 7. */
const GAP_AT = 4;
/** Letters, and what is only written for letters; more than three count as three. */
const STRONG_AT = 7;
const WEAK_AT = 9;
const MANY = 3;
const FACTS = (1 << BITS) - 1;

const gapOf = (trail: Trail): number => (trail >> GAP_AT) & 7;
const strongOf = (trail: Trail): number => (trail >> STRONG_AT) & MANY;
const weakOf = (trail: Trail): number => (trail >> WEAK_AT) & MANY;

/** Between letters of a word are at most so many signs. */
const MAX_GAP = 4;
/** Ends a part of a sentence: words on both sides of it are two. */
const HARD = /[,;:!?/\\()[\]{}"“”«»&…、，。；：！？・（）「」]/u;
const ANY = '*';

/** The first of `words` that `text` holds; in a word `*` stands for any letters. */
export function blockedWord(text: string, words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const latin = withLatinCapitals(text);
  const found = [text, ...(latin === undefined ? [] : [latin])].map((one) => firstIn(one, words));
  const first = Math.min(...found);
  return words[first];
}

/** The index of the first word that is there, else Infinity. */
function firstIn(text: string, words: readonly string[]): number {
  const signs = Array.from(plain(text));
  const readings = signs.map((sign) => readingsOf(sign).map(codeOf));
  const there = new Set(readings.flat());
  const steps: Step[] = [];
  const made = (isAny: boolean): Step => {
    const step = {
      id: steps.length,
      next: new Map(),
      any: undefined,
      isAny,
      word: Infinity,
      first: Infinity,
    };
    steps.push(step);
    return step;
  };
  const [whole, anywhere] = [made(false), made(false)];
  for (const [index, word] of words.entries()) {
    const letters = Array.from(plain(word).trim());
    const isPattern = letters.some((letter) => IN_WORDS.test(letter));
    const isThere = letters.every((letter) => there.has(codeOf(letter)) || (letter === ANY && isPattern));
    if (letters.length === 0 || !isThere) continue;
    let step = letters.some((letter) => UNSPACED.test(letter)) ? anywhere : whole;
    for (const letter of letters) {
      if (letter === ANY && isPattern) step = step.any ??= made(true);
      else {
        const next = step.next.get(codeOf(letter)) ?? made(false);
        step.next.set(codeOf(letter), next);
        step = next;
      }
      step.first = Math.min(step.first, index);
    }
    step.word = Math.min(step.word, index);
  }
  const looking = [whole, anywhere].filter((start) => start.next.size > 0 || start.any);
  return Math.min(
    ...looking.map((start) => walk({ signs, readings, steps, start, isWhole: start === whole })),
    Infinity,
  );
}

function codeOf(sign: string): number {
  return sign.codePointAt(0) ?? 0;
}

interface Walk {
  signs: readonly string[];
  readings: readonly (readonly number[])[];
  steps: readonly Step[];
  start: Step;
  isWhole: boolean;
}

function walk({ signs, readings, steps, start, isWhole }: Walk): number {
  const isLetter = signs.map((sign) => LETTER.test(sign));
  const isAlone = (at: number) => !isLetter[at - 1] && !isLetter[at + 1];
  let best = Infinity;
  let trails: Trail[] = [];
  let next: Trail[] = [];
  /** Of each step: where it was last reached, and with which facts there. */
  const reachedAt = new Int32Array(steps.length).fill(-1);
  const reachedWith = steps.map((): number[] => []);

  function reach({ id, first }: Step, facts: number, at: number): boolean {
    if (first >= best) return false;
    const known = reachedWith[id] ?? [];
    if (reachedAt[id] !== at) {
      reachedAt[id] = at;
      known.length = 0;
    } else if (known.includes(facts)) return false;
    known.push(facts);
    next.push((id << BITS) | facts);
    return true;
  }

  for (const [at, sign] of signs.entries()) {
    const letter = isLetter[at] === true;
    const ends = !isWhole || !isLetter[at + 1];
    const read = (step: Step, facts: number): void => {
      if (!reach(step, facts, at)) return;
      if (step.any) read(step.any, facts);
      if (step.word < best && ends && isMeant(facts)) best = step.word;
    };
    if (!isWhole || !isLetter[at - 1]) {
      trails.push(start.id << BITS);
      if (start.any) trails.push(start.any.id << BITS);
    }
    const [itself = codeOf(sign), ...others] = readings[at] ?? [];
    const weak = isWritten(sign);
    const alone = isAlone(at);
    const gapBits =
      (sign === ' ' ? GAP_SPACED : 0) | (HARD.test(sign) ? GAP_HARD : 0) | (isAlone(at - 1) ? ALONE : 0);
    for (const trail of trails) {
      const step = steps[trail >> BITS];
      if (!step) continue;
      const gap = gapOf(trail);
      if (step.isAny && letter) read(step, trail & FACTS);
      if (gap === 0 || crosses(trail, alone, isWhole)) {
        const found = step.next.get(itself);
        if (found) read(found, factsAfter(trail, false));
        for (const other of others) {
          const alike = step.next.get(other);
          if (alike) read(alike, factsAfter(trail, weak));
        }
      }
      if (letter || step === start || step.isAny || gap >= MAX_GAP) continue;
      const bits = gap === 0 ? gapBits : gapBits & ~ALONE;
      reach(step, ((trail & FACTS) + (1 << GAP_AT)) | bits, at);
    }
    [trails, next] = [next, trails];
    next.length = 0;
  }
  return best;
}

/** What is known once another letter was read. */
function factsAfter(trail: Trail, isWeak: boolean): number {
  const spaced = trail & (SPACED | GAP_SPACED) ? SPACED : 0;
  const strong = Math.min(strongOf(trail) + (isWeak ? 0 : 1), MANY);
  const weak = Math.min(weakOf(trail) + (isWeak ? 1 : 0), MANY);
  return spaced | (strong << STRONG_AT) | (weak << WEAK_AT);
}

/** Whether a word may go on behind what stands between its letters. */
function crosses(trail: Trail, nextAlone: boolean, isWhole: boolean): boolean {
  const alone = (trail & ALONE) !== 0;
  // one character alone is a word in Chinese: what stands before and behind a space must not both be longer
  if (!isWhole) return (trail & GAP_HARD) === 0 && (alone || nextAlone);
  if (trail & GAP_SPACED) return alone && nextAlone;
  return alone || nextAlone || (gapOf(trail) === 1 && (trail & GAP_HARD) === 0);
}

/** Numbers and signs are read as letters only among letters. */
function isMeant(facts: number): boolean {
  return facts & SPACED ? strongOf(facts) >= weakOf(facts) : strongOf(facts) > 0;
}

const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]|[^\P{Cc}\s]/gu;
/** Lines and dots that are put on any letter; those that belong to one have been joined with it, or are its script's. */
const LOOSE_MARKS = /[\p{M}&&\p{sc=Inherited}]/gv;
const ASCII = /^[\x20-\x7e]*$/;

/** Without what hides a word: invisible characters, other forms of its letters, decoration, white space. */
function plain(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase().replaceAll(/ {2,}/g, ' ');
  return text
    .replaceAll(INVISIBLE, '') // first, since they keep an accent from joining its letter
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    .replaceAll(LOOSE_MARKS, '')
    .replaceAll(/\s+/g, ' ');
}
