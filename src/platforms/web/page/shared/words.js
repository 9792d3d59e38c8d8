/** The words of a page, in its reader's language: `words.chat.remove({ field })`. They come with the first answer. */
/** @import { PageMessages, PageWord, PageWords } from '../../../../i18n/page-messages.ts' */
import { IntlMessageFormat } from 'intl-messageformat';

/** @typedef {Record<string, string | number | boolean>} Values */

/** @template Taken @typedef {[Taken] extends [undefined] ? () => string : (values: Taken) => string} Say */

/** @typedef {{ [Room in keyof PageMessages]: { [Key in keyof PageMessages[Room]]: Say<PageMessages[Room][Key]> } }} Words */

/** @type {Record<string, Record<string, PageWord>>} */
let texts = {};
let tag = 'en';
/** Each is made when it is first said. @type {Map<PageWord, IntlMessageFormat>} */
let formats = new Map();

/** @param {PageWords} given before anything is said @param {string} language their BCP 47 tag */
export function speak(given, language) {
  texts = given;
  tag = language;
  formats = new Map();
}

/** What is said is looked up when it is said, so that tables of words can be written down before they have come. */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it has none of its own: all are asked of the proxy
export const words = new Proxy(/** @type {Words} */ ({}), { get: (_none, room) => roomOf(String(room)) });

/** @param {string} room */
function roomOf(room) {
  return new Proxy({}, { get: (_none, key) => sayerOf(room, String(key)) });
}

/** @param {string} room @param {string} key */
function sayerOf(room, key) {
  return (/** @type {Values} */ values = {}) => {
    const word = texts[room]?.[key] ?? key;
    if (typeof word === 'string') return word;
    try {
      return String(formatOf(word).format(sayable(values)));
    } catch (error) {
      // the page goes on without this sentence
      reportError(new Error(`${room}.${key} cannot be said`, { cause: error }));
      return Object.values(values).join(' ');
    }
  };
}

/** @param {Exclude<PageWord, string>} word */
function formatOf(word) {
  const known = formats.get(word);
  if (known) return known;
  const format = new IntlMessageFormat(word, tag);
  formats.set(word, format);
  return format;
}

/** As `i18n/speaker.ts` says them: a condition is `yes` or `no`, and words from right to left reorder nothing. @param {Values} values */
function sayable(values) {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'boolean'
        ? value
          ? 'yes'
          : 'no'
        : typeof value === 'string'
          ? isolated(value)
          : value,
    ]),
  );
}

const RIGHT_TO_LEFT = /[\p{sc=Hebr}\p{sc=Arab}\p{sc=Syrc}\p{sc=Thaa}\p{sc=Nkoo}\p{sc=Adlm}\p{sc=Rohg}]/u;

/** @param {string} value */
function isolated(value) {
  return RIGHT_TO_LEFT.test(value) ? `\u2068${value}\u2069` : value;
}

/** All of them, as the language lists things: `a, b, and c`. @param {readonly string[]} items */
export function list(items) {
  return new Intl.ListFormat(tag).format(items);
}
