/** The workflow as a graph, or as a list of its nodes: what each takes, which inputs are slots, which could be. */
/** @import { Change, Draft } from '../../studio-api.ts' */
/** @import { Surroundings } from './node.js' */
import { useMemo, useState } from 'preact/hooks';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { foundNodes } from './find-nodes.js';
import { NodeList } from './node-list.js';
import { Search, Sheet } from './sheet.js';

/**
 * @typedef {object} GraphProps
 * @property {Draft} draft
 * @property {string | undefined} lit the slot that is being looked at
 * @property {(change: Change) => void} onChange
 * @property {(slot: string) => void} onSlot
 */

const isNarrow = () => matchMedia('(max-width: 600px)').matches;

/** @param {GraphProps} props */
export function Graph({ draft: { nodes, slots }, lit, onChange, onSlot }) {
  const [isList, setList] = useState(isNarrow);
  const [typed, setTyped] = useState('');
  const titles = useMemo(() => new Map(nodes.map(({ id, title }) => [id, title])), [nodes]);
  const posted = nodes.filter(({ output }) => output?.posted).map(({ id }) => id);
  const savers = nodes.filter(({ output }) => output).length;
  /** @type {Surroundings} */
  const around = {
    titles,
    lit,
    isFixed: ({ output }) => savers < 2 || (output?.posted === true && posted.length === 1),
    onPost: (id) =>
      onChange({
        kind: 'outputs',
        nodes: posted.includes(id) ? posted.filter((one) => one !== id) : [...posted, id],
      }),
    onChange,
    onSlot,
  };
  const first = slots.find(({ name }) => name === lit)?.into[0]?.node;
  const turn = h(
    'button',
    { class: 'turn', onClick: () => setList(!isList) },
    isList ? words.studio.asGraph() : words.studio.asList(),
  );
  if (!isList) return h(Sheet, { nodes, first, around }, turn);
  const found = foundNodes(nodes, typed);
  return h(
    'div',
    { class: 'graph-list' },
    h(
      'div',
      { class: 'graph-tools' },
      h(Search, { typed, onTyped: setTyped, label: words.studio.findNode() }),
      turn,
      h(
        'p',
        { class: 'soft small', role: 'status' },
        words.studio.nodeCount({ count: found.length, of: nodes.length }),
      ),
    ),
    h(NodeList, { nodes: found, around }),
  );
}
