/**
 * Looks a JSON text over before anything is built from it: one pass, whose memory does not grow with the text.
 * What is too deep or has too many values never reaches `JSON.parse`, and what is not JSON is answered with line
 * and column, which `JSON.parse` does not always know.
 *
 * ComfyUI's Python also writes NaN and Infinity, which JSON does not have: `"is_changed": [NaN]` stands in most
 * PNGs that it saved, because a node answers NaN to say "run me again each time". They are read as null.
 */
import { EaselError } from '../../core/errors.ts';
import { parseJson, type Json } from '../../core/json.ts';

/** ComfyUI's own graphs are 5 deep, and widgets that hold objects a few more. */
export const MAX_DEPTH = 64;
/** Names and values together. The largest workflows that people share have some 20,000. */
export const MAX_VALUES = 80_000;

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const HEX = /[\da-fA-F]{4}/y;
const WORDS = ['true', 'false', 'null'];
const NOT_JSON = ['NaN', 'Infinity', '-Infinity'];

type Kind = '{' | '}' | '[' | ']' | ':' | ',' | 'string' | 'value' | 'not-json' | 'end' | 'cut' | 'wrong';
interface Token {
  kind: Kind;
  /** Where it begins, and where the next one may. */
  at: number;
  end: number;
}

/** What may come next; `after` a value, the open bracket decides. */
type Expected = 'value' | 'value-or-close' | 'name' | 'name-or-close' | 'colon' | 'after';

/**
 * Parses JSON of unknown origin, with or without a byte order mark, and `NaN` and `Infinity` as null. Throws
 * EaselError `empty-file`, `invalid-json`, `json-too-complex`, or `template-broken` for a name `__proto__`.
 */
export function readJson(source: string, file: string): Json {
  const text = source.startsWith('\ufeff') ? source.slice(1) : source;
  if (text.trim() === '') throw new EaselError({ code: 'empty-file', file });
  const value = parseJson(withoutNotJson(text, scan(text, file)));
  if (!namesProto(value)) return value;
  throw new EaselError({ code: 'template-broken', file, path: '', reason: { code: 'proto-name' } });
}

/** Checks the whole text; returns the places that Python may write but JSON may not. */
function scan(text: string, file: string): Token[] {
  const notJson: Token[] = [];
  const open: ('{' | '[')[] = [];
  let expected: Expected = 'value';
  let values = 0;

  for (let token = next(text, 0); ; token = next(text, token.end)) {
    const { kind, at } = token;
    const inside = open.at(-1);
    if (kind === 'end' && expected === 'after' && !inside) return notJson;
    const then = follow(expected, kind, inside);
    if (!then) throw invalid(text, at, kind === 'end' || kind === 'cut', file);
    expected = then;

    if (kind === 'not-json') notJson.push(token);
    if (kind === '{' || kind === '[') open.push(kind);
    if (kind === '}' || kind === ']') open.pop();
    else if (kind !== ',' && kind !== ':') values++;
    if (open.length > MAX_DEPTH)
      throw new EaselError({ code: 'json-too-complex', file, limit: 'depth', max: MAX_DEPTH });
    if (values > MAX_VALUES)
      throw new EaselError({ code: 'json-too-complex', file, limit: 'values', max: MAX_VALUES });
  }
}

/** What may come after this token; undefined when the token may not stand here. */
function follow(expected: Expected, kind: Kind, inside: '{' | '[' | undefined): Expected | undefined {
  switch (expected) {
    case 'value-or-close':
      return kind === ']' ? 'after' : follow('value', kind, inside);
    case 'value':
      if (kind === '{') return 'name-or-close';
      if (kind === '[') return 'value-or-close';
      return kind === 'string' || kind === 'value' || kind === 'not-json' ? 'after' : undefined;
    case 'name-or-close':
      return kind === '}' ? 'after' : follow('name', kind, inside);
    case 'name':
      return kind === 'string' ? 'colon' : undefined;
    case 'colon':
      return kind === ':' ? 'value' : undefined;
    case 'after':
      if (inside === '{' && kind === ',') return 'name';
      if (inside === '[' && kind === ',') return 'value';
      return (inside === '{' && kind === '}') || (inside === '[' && kind === ']') ? 'after' : undefined;
  }
}

function next(text: string, from: number): Token {
  let at = from;
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at++;
  const char = text[at];
  switch (char) {
    case undefined:
      return { kind: 'end', at, end: at };
    case '{':
    case '}':
    case '[':
    case ']':
    case ':':
    case ',':
      return { kind: char, at, end: at + 1 };
    case '"':
      return string(text, at);
    default:
      return numberOrWord(text, at);
  }
}

function string(text: string, at: number): Token {
  for (let end = at + 1; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (code === 0x22) return { kind: 'string', at, end: end + 1 };
    if (code < 0x20) return { kind: 'wrong', at: end, end };
    if (code !== 0x5c) continue;
    const escape = escapeAt(text, end);
    if (escape === 0) return { kind: end + 1 < text.length ? 'wrong' : 'cut', at: end, end };
    end += escape - 1;
  }
  // cut off within it, which is not the end of a whole text
  return { kind: 'cut', at: text.length, end: text.length };
}

/** How long the escape is that begins with this backslash; 0 when it is none. */
function escapeAt(text: string, at: number): number {
  const letter = text[at + 1];
  if (letter === undefined) return 0;
  if (letter !== 'u') return '"\\/bfnrt'.includes(letter) ? 2 : 0;
  HEX.lastIndex = at + 2;
  return HEX.test(text) ? 6 : 0;
}

function numberOrWord(text: string, at: number): Token {
  const notJson = NOT_JSON.find((name) => text.startsWith(name, at));
  if (notJson) return { kind: 'not-json', at, end: at + notJson.length };
  const word = WORDS.find((name) => text.startsWith(name, at));
  if (word) return { kind: 'value', at, end: at + word.length };

  NUMBER.lastIndex = at;
  if (!NUMBER.test(text)) return { kind: 'wrong', at, end: at };
  const end = NUMBER.lastIndex;
  // past 1.8e308 a fraction would become Infinity, which JSON cannot say, and an integer a bigint without bounds
  return { kind: Number.isFinite(Number(text.slice(at, end))) ? 'value' : 'wrong', at, end };
}

function withoutNotJson(text: string, tokens: Token[]): string {
  if (tokens.length === 0) return text;
  const kept = tokens.map(({ at }, n) => text.slice(tokens[n - 1]?.end ?? 0, at));
  return [...kept, text.slice(tokens.at(-1)?.end)].join('null');
}

/** Objects built from such a key would lose it, or take over its value as their prototype. */
function namesProto(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(namesProto);
}

function invalid(text: string, at: number, cutOff: boolean, file: string): EaselError {
  let line = 1;
  let begin = 0;
  for (let feed = text.indexOf('\n'); feed !== -1 && feed < at; feed = text.indexOf('\n', begin)) {
    line++;
    begin = feed + 1;
  }
  const column = at - begin + 1;
  return new EaselError({ code: 'invalid-json', file, line, column, cutOff });
}
