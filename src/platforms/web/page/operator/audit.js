/** Who changed what, the newest first. */
import { html } from 'htm/preact';
import { word } from '../shared/frame.js';
import { Table } from './table.js';
import { Ago } from './time.js';

/** @param {{ caption: string, entries: { at: number, by: string, what: string }[] }} props */
export function Audit({ caption, entries }) {
  if (entries.length === 0) return html`<p class="soft">${word('operator', 'auditEmpty')}</p>`;
  const columns = ['what', 'who', 'when'].map((key) => ({ key, label: word('operator', key) }));
  const rows = entries.map(({ at, by, what }, index) => ({
    // the oldest are forgotten, so counted from there
    key: `${at} ${entries.length - index}`,
    cells: { what, who: by, when: html`<${Ago} at=${at} />` },
  }));
  return html`<div class="card audit">
    <${Table} caption=${caption} columns=${columns} rows=${rows} />
  </div>`;
}
