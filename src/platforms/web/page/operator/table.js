/** A table that a screen reader can walk, and that becomes cards where it is narrow. */
/** @import { Child } from '../shared/h.js' */
import { Fragment } from 'preact';
import { h } from '../shared/h.js';

/**
 * The first column names the row. Roles are written out, since a table that is drawn as blocks loses its own.
 *
 * @param {{
 *   caption: string,
 *   columns: { key: string, label: () => string, unseen?: boolean }[],
 *   rows: { key: string, cells: Record<string, Child> }[],
 * }} props
 */
export function Table({ caption, columns, rows }) {
  return h(
    'table',
    { role: 'table', class: 'table' },
    h('caption', { class: 'unseen' }, caption),
    h(
      'thead',
      { role: 'rowgroup' },
      h(
        'tr',
        { role: 'row' },
        columns.map(({ key, label, unseen }) =>
          h(
            'th',
            { key, role: 'columnheader', scope: 'col' },
            h('span', { class: unseen ? 'unseen' : '' }, label()),
          ),
        ),
      ),
    ),
    h(
      'tbody',
      { role: 'rowgroup' },
      rows.map(({ key: row, cells }) =>
        h(
          'tr',
          { key: row, role: 'row' },
          columns.map(({ key, label, unseen }, at) => {
            const inside = h(
              Fragment,
              {},
              !unseen && h('span', { class: 'label', 'aria-hidden': 'true' }, label()),
              h('span', { class: 'value' }, cells[key]),
            );
            return at === 0
              ? h('th', { key, role: 'rowheader', scope: 'row', class: `col-${key}` }, inside)
              : h('td', { key, role: 'cell', class: `col-${key}` }, inside);
          }),
        ),
      ),
    ),
  );
}
