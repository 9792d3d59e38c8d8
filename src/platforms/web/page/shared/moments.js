/** Moments in this browser's zone, as its reader writes them; also those that `core/moment.ts` marks in what the server says. */

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

/** The page's language as its reader writes it: `en` alone has the dates of the United States. */
function locale() {
  const { lang } = document.documentElement;
  return navigator.languages.find((tag) => tag.startsWith(`${lang}-`)) ?? lang;
}

/** @param {number} at ms since 1970 @param {Intl.DateTimeFormatOptions} style */
const written = (at, style) => new Intl.DateTimeFormat(locale(), style).format(at);

/** @param {number} at ms since 1970 */
const isToday = (at) => new Date(at).toDateString() === new Date().toDateString();

/** @param {number} at ms since 1970 @param {boolean} [day] it is told even where it is today */
export function timeOf(at, day = false) {
  return written(at, { ...((day || !isToday(at)) && { dateStyle: 'short' }), timeStyle: 'short' });
}

/** Beside a message; without the year. @param {number} at ms since 1970 */
export function shortTime(at) {
  const day = /** @type {const} */ ({ month: 'short', day: 'numeric' });
  return written(at, { ...(!isToday(at) && day), hour: '2-digit', minute: '2-digit' });
}

/** @param {number} at ms since 1970 */
export function wholeTime(at) {
  return written(at, { dateStyle: 'full', timeStyle: 'medium' });
}

/** @param {number} at ms since 1970 */
export function dayAndTime(at) {
  return written(at, { dateStyle: 'medium', timeStyle: 'short' });
}

/** To the second. @param {number} at ms since 1970 */
export function exact(at) {
  return written(at, { dateStyle: 'medium', timeStyle: 'medium' });
}

/** To the second, of today. @param {number} at ms since 1970 */
export function clockTime(at) {
  return written(at, { timeStyle: 'medium' });
}
