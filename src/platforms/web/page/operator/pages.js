/** The way through a long list, a page at a time; not there where all of it is shown. */
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';

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
  /** It stays where it is when it leads nowhere, and with it the keyboard. @param {string} name @param {number} to */
  const turn = (name, to) => {
    const leads = to >= 0 && to < reach;
    return h('button', { 'aria-disabled': !leads, onClick: () => leads && onTurn(to) }, name);
  };
  // the page before is the one that its last entry is on
  return h(
    'nav',
    { class: 'pages', 'aria-label': label },
    turn(words.operator.previous(), from - 1),
    h('span', { role: 'status' }, words.operator.range({ first: from + 1, last: from + shown, total })),
    turn(words.operator.next(), from + shown),
  );
}
