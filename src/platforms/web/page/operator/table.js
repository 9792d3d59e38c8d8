/** A table that a screen reader can walk, and that becomes cards where it is narrow. */
/** @import { ComponentChildren } from 'preact' */
import { html } from 'htm/preact';

/**
 * The first column names the row. Roles are written out, since a table that is drawn as blocks loses its own.
 *
 * @param {{
 *   caption: string,
 *   columns: { key: string, label: string, unseen?: boolean }[],
 *   rows: { key: string, cells: Record<string, ComponentChildren> }[],
 * }} props
 */
export function Table({ caption, columns, rows }) {
  return html`<table role="table" class="table">
    <caption class="unseen">
      ${caption}
    </caption>
    <thead role="rowgroup">
      <tr role="row">
        ${columns.map(
          ({ key, label, unseen }) =>
            html`<th key=${key} role="columnheader" scope="col">
              <span class=${unseen ? 'unseen' : ''}>${label}</span>
            </th>`,
        )}
      </tr>
    </thead>
    <tbody role="rowgroup">
      ${rows.map(
        ({ key: row, cells }) =>
          html`<tr key=${row} role="row">
            ${columns.map(({ key, label, unseen }, at) => {
              const inside = html`${!unseen && html`<span class="label" aria-hidden="true">${label}</span>`}
                <span class="value">${cells[key]}</span>`;
              return at === 0
                ? html`<th key=${key} role="rowheader" scope="row" class=${`col-${key}`}>${inside}</th>`
                : html`<td key=${key} role="cell" class=${`col-${key}`}>${inside}</td>`;
            })}
          </tr>`,
      )}
    </tbody>
  </table>`;
}
