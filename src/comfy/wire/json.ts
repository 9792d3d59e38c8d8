/**
 * Reads whatever a backend says as JSON, and never throws. ComfyUI's Python also writes NaN and Infinity, which JSON does
 * not have: a node whose IS_CHANGED answers NaN leaves one in every record of its runs. And an answer may be damaged,
 * endless or hostile, so its depth and number of values are bounded before anything is built from it.
 */
import { parseJson, type Json } from '../../core/json.ts';

/** A graph in a run's record in a history is 12 deep; what an editor keeps beside it, a few more. */
export const MAX_DEPTH = 200;
/** Values and names together, of whatever tells of runs: a history of 64 large graphs has some 300,000. */
export const MAX_VALUES = 500_000;
/** The same of all node classes: 20 MB may have two million. More would hold everything up for seconds. */
const MAX_CLASS_VALUES = 3_000_000;
/** Of longer texts integers past 2^53 are rounded: to keep their digits takes 10 ms for each 100 KB. */
const MAX_EXACT_LENGTH = 256 * 1024;

/** What Python writes bare; as null nobody takes it for a number. */
const NOT_JSON = ['NaN', 'Infinity', '-Infinity'];

interface Word {
  at: number;
  end: number;
}

/** With or without a byte order mark; NaN and ±Infinity are null. Undefined for what is no JSON, or beyond the bounds. */
export function readJson(bytes: Uint8Array): Json | undefined {
  return read(new TextDecoder().decode(bytes), MAX_VALUES, (text) =>
    text.length <= MAX_EXACT_LENGTH ? parseJson(text) : parseRounded(text),
  );
}

/** The same for the largest of all answers; its integers past 2^53 are rounded. */
export function readClassesJson(text: string): Json | undefined {
  return read(text, MAX_CLASS_VALUES, parseRounded);
}

function parseRounded(text: string): Json {
  const value: Json = JSON.parse(text);
  return value;
}

function read(source: string, maxValues: number, parse: (text: string) => Json): Json | undefined {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  const words = measure(text, maxValues);
  if (words === undefined) return undefined;
  try {
    return parse(words.length === 0 ? text : withoutWords(text, words));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/**
 * One pass over what stands outside of strings: where Python's words are; undefined when the text is too deep, has too many
 * values, ends in a string or has other words. Whether it is JSON otherwise, the parser says.
 */
function measure(text: string, maxValues: number): Word[] | undefined {
  const words: Word[] = [];
  let word: Word | undefined;
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at += 1)
    switch (text.charCodeAt(at)) {
      case 0x22: // "
        at = endOfString(text, at);
        if (at < 0) return undefined;
        break;
      case 0x5b: // [
      case 0x7b: // {
        depth += 1;
        values += 1;
        if (depth > MAX_DEPTH || values > maxValues) return undefined;
        break;
      case 0x5d: // ]
      case 0x7d: // }
        depth -= 1;
        break;
      case 0x2c: // ,
      case 0x3a: // :
        values += 1;
        if (values > maxValues) return undefined;
        break;
      case 0x49: // I
      case 0x4e: // N
        word = wordAt(text, text[at - 1] === '-' ? at - 1 : at);
        if (word === undefined || words.length === maxValues) return undefined;
        words.push(word);
        at = word.end - 1;
        break;
    }

  return words;
}

/** The quote that ends the string which begins here; -1 if none does. */
function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x22) return at;
    // whatever a backslash stands before is no end
    if (code === 0x5c) at += 1;
  }
  return -1;
}

function wordAt(text: string, at: number): Word | undefined {
  const word = NOT_JSON.find((each) => text.startsWith(each, at));
  return word === undefined ? undefined : { at, end: at + word.length };
}

/** Whether null may stand there is the parser's business, as for any other value. */
function withoutWords(text: string, words: readonly Word[]): string {
  const parts = words.map(({ at }, index) => text.slice(words[index - 1]?.end ?? 0, at));
  return [...parts, text.slice(words.at(-1)?.end)].join('null');
}
