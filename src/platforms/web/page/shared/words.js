/** The words of a page, in its reader's language: `words.chat.remove({ field })`. They come with the first answer. */
/** @import { PageTexts, PageWords, ParametersOf } from '../../../../i18n/page-words.ts' */

/**
 * @template Text
 * @typedef {[ParametersOf<Text>] extends [never]
 *   ? () => string
 *   : (values: Record<ParametersOf<Text>, string | number>) => string} Say
 */

/** @typedef {{ [Room in keyof PageTexts]: { [Key in keyof PageTexts[Room]]: Say<PageTexts[Room][Key]> } }} Words */

/** @type {Record<string, Record<string, string>>} */
let texts = {};

/** @param {PageWords} given before anything is said */
export function speak(given) {
  texts = given;
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
  return (/** @type {Record<string, string | number>} */ values = {}) =>
    (texts[room]?.[key] ?? key).replace(/\{(\w+)\}/g, (all, name) => String(values[name] ?? all));
}
