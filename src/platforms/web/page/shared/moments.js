/** Moments inside what the server says, as `core/moment.ts` marks them, in this browser's zone and language. */

/** A letter says that the day is meant too. */
const MARK = /\ufdd0(\d{1,16})(d?)\ufdd1/g;

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
  return text.replace(MARK, (_mark, at, day) => timeOf(Number(at), day !== ''));
}

/** @param {number} at ms since 1970 @param {boolean} [day] it is told even where it is today */
export function timeOf(at, day = false) {
  const today = new Date(at).toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(document.documentElement.lang, {
    ...((day || !today) && { dateStyle: 'short' }),
    timeStyle: 'short',
  }).format(at);
}
