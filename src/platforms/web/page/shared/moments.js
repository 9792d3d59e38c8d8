/** Moments inside what the server says, as `core/moment.ts` marks them, in this browser's zone and language. */

const MARK = /\ufdd0(\d{1,16})\ufdd1/g;

/**
 * The same JSON value, with times of day for marks in all of its texts.
 *
 * @template T
 * @param {T} value
 * @returns {T}
 */
export function readable(value) {
  return JSON.parse(JSON.stringify(value), (_key, one) => (typeof one === 'string' ? withTimes(one) : one));
}

/** @param {string} text */
function withTimes(text) {
  return text.replace(MARK, (_mark, at) => timeOf(Number(at)));
}

/** @param {number} at ms since 1970 */
export function timeOf(at) {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(document.documentElement.lang, {
    ...(!today && { dateStyle: 'short' }),
    timeStyle: 'short',
  }).format(at);
}
