/** Where the caret stands in a text of several rows: an arrow key that can still move it there is for it. */

/**
 * Nothing is above the caret. Long lines are wrapped, so rows are measured, not counted.
 *
 * @param {HTMLTextAreaElement} field
 */
export function isInFirstRow(field) {
  const { value, selectionStart, selectionEnd } = field;
  if (selectionStart !== selectionEnd) return false;
  const before = value.slice(0, selectionStart);
  return !before.includes('\n') && widthOf(before, field) < roomOf(field);
}

/** @param {HTMLTextAreaElement} field */
export function isAtEnd({ value, selectionStart, selectionEnd }) {
  return selectionStart === selectionEnd && selectionStart === value.length;
}

/** In CSS pixels. @param {string} text @param {HTMLElement} field */
function widthOf(text, field) {
  const context = document.createElement('canvas').getContext('2d');
  if (!context) return 0;
  context.font = getComputedStyle(field).font;
  return context.measureText(text).width;
}

/** @param {HTMLElement} field */
function roomOf(field) {
  const { paddingLeft, paddingRight } = getComputedStyle(field);
  return field.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}
