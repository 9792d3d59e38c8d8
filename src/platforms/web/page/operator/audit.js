/** Who changed what, the newest first. */
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { Table } from './table.js';
import { Ago } from './time.js';

const COLUMNS = [
  { key: 'what', label: words.operator.what },
  { key: 'who', label: words.operator.who },
  { key: 'when', label: words.operator.when },
];

/** @param {{ caption: string, entries: { at: number, by: string, what: string }[] }} props */
export function Audit({ caption, entries }) {
  if (entries.length === 0) return h('p', { class: 'soft' }, words.operator.auditEmpty());
  const rows = entries.map(({ at, by, what }, index) => ({
    // the oldest are forgotten, so counted from there
    key: `${at} ${entries.length - index}`,
    cells: { what, who: by, when: h(Ago, { at }) },
  }));
  return h('div', { class: 'card audit' }, h(Table, { caption, columns: COLUMNS, rows }));
}
