/** Lines that were typed in this browser, for the up arrow. They are only here, and gone once somebody signs out. */

/**
 * `id`: of one of these; a command's form keeps its values, and no files.
 *
 * @typedef {{ id: string, text: string } | { id: string, template: string, values: Record<string, string> }} TypedLine
 */

const KEY = 'easel.lines';
/** How many there are, and how many UTF-16 units they take together. */
export const MOST_LINES = 100;
export const MOST_LETTERS = 100_000;

/** Whatever stands there was written by any version of this page. @param {string | null} text @returns {TypedLine[]} oldest first */
export function readLines(text) {
  try {
    const lines = JSON.parse(text ?? '[]');
    return Array.isArray(lines) ? lines.flatMap(read) : [];
  } catch {
    return [];
  }
}

/** @param {unknown} value @returns {TypedLine[]} */
function read(value) {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string')
    return [];
  const { id } = value;
  if ('text' in value && typeof value.text === 'string') return [{ id, text: value.text }];
  if (!('template' in value) || typeof value.template !== 'string') return [];
  const given = 'values' in value && typeof value.values === 'object' ? value.values : undefined;
  const values = Object.entries(given ?? {}).filter(([, one]) => typeof one === 'string');
  return [{ id, template: value.template, values: Object.fromEntries(values) }];
}

/** With one more; the same as the last one is none. @param {TypedLine[]} lines @param {TypedLine} line */
export function withLine(lines, line) {
  const last = lines.at(-1);
  const others = last && contentOf(last) === contentOf(line) ? lines.slice(0, -1) : lines;
  const all = [...others, line].slice(-MOST_LINES);
  let letters = 0;
  const first = all.findLastIndex((one) => (letters += contentOf(one).length) > MOST_LETTERS);
  return all.slice(first + 1);
}

/** @param {TypedLine} line */
function contentOf({ id: _id, ...content }) {
  return JSON.stringify(content);
}

/** Where a browser keeps nothing, it lasts as long as the page. @type {string | null} */
let unkept = null;

/** @returns {TypedLine[]} oldest first; other tabs' too */
export function typedLines() {
  try {
    return readLines(localStorage.getItem(KEY) ?? unkept);
  } catch {
    return readLines(unkept); // storage is switched off
  }
}

/** @param {TypedLine} line */
export function rememberLine(line) {
  unkept = JSON.stringify(withLine(typedLines(), line));
  try {
    localStorage.setItem(KEY, unkept);
  } catch {
    return; // switched off, or full: this page still knows
  }
}

export function forgetLines() {
  unkept = null;
  try {
    localStorage.removeItem(KEY);
  } catch {
    return; // there was none
  }
}
