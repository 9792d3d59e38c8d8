/** The way through a long list, a page at a time; not there where all of it is shown. */
import { html } from 'htm/preact';
import { word } from '../shared/frame.js';

/**
 * `from`: how many come before those that are `shown`; `reach`: how many of `total` can be turned to.
 *
 * @param {{
 *   label: string,
 *   from: number,
 *   shown: number,
 *   total: number,
 *   reach: number,
 *   onTurn: (from: number) => void,
 * }} props
 */
export function Pages({ label, from, shown, total, reach, onTurn }) {
  if (from === 0 && shown >= total) return null;
  const number = (/** @type {number} */ count) => count.toLocaleString(document.documentElement.lang);
  const range = { first: number(from + 1), last: number(from + shown), total: number(total) };
  /** It stays where it is when it leads nowhere, and with it the keyboard. @param {string} key @param {number} to */
  const turn = (key, to) => {
    const leads = to >= 0 && to < reach;
    return html`<button aria-disabled=${!leads} onClick=${() => leads && onTurn(to)}>
      ${word('operator', key)}
    </button>`;
  };
  // the page before is the one that its last entry is on
  return html`<nav class="pages" aria-label=${label}>
    ${turn('previous', from - 1)}
    <span role="status">${word('operator', 'range', range)}</span>
    ${turn('next', from + shown)}
  </nav>`;
}
