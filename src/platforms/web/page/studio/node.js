/** One node of a workflow: its inputs, which of them are slots, which could be, and whether what it makes is posted. */
/** @import { Change, GraphInput, GraphNode } from '../../studio-api.ts' */
import { Fragment } from 'preact';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';

/**
 * What every node needs to know of the draft.
 *
 * @typedef {object} Surroundings
 * @property {Map<string, string>} titles by the node's id
 * @property {string | undefined} lit the slot that is being looked at
 * @property {(node: GraphNode) => boolean} isFixed whether it is posted cannot be changed
 * @property {(node: string) => void} onPost turns whether it is posted
 * @property {(change: Change) => void} onChange
 * @property {(slot: string) => void} onSlot
 */

/** @param {{ node: GraphNode, around: Surroundings }} props */
export function NodeBody({ node, around }) {
  const { id, title, inputs, output } = node;
  return h(
    Fragment,
    {},
    inputs.length > 0 &&
      h(
        'ul',
        { class: 'inputs' },
        inputs.map((input) => h(Input, { key: input.name, node, input, around })),
      ),
    output &&
      h(
        'label',
        { class: 'post' },
        h('input', {
          type: 'checkbox',
          checked: output.posted,
          disabled: around.isFixed(node),
          onChange: () => around.onPost(id),
          'aria-label': words.studio.postedOf({ node: title }),
        }),
        words.studio.posted(),
      ),
  );
}

/** @param {{ node: GraphNode, input: GraphInput, around: Surroundings }} props */
function Input({ node, input: { name, value, from, slot, free }, around }) {
  const { titles, lit, onChange, onSlot } = around;
  const kind =
    slot !== undefined
      ? slot === lit
        ? 'input slotted lit'
        : 'input slotted'
      : from
        ? 'input link'
        : 'input';
  return h(
    'li',
    { class: kind },
    h('span', { class: 'input-name', title: name }, name),
    from === undefined
      ? h('span', { class: 'input-value', title: value }, value)
      : h('span', { class: 'input-from' }, words.studio.from({ node: titles.get(from) ?? from })),
    slot !== undefined &&
      h(
        'button',
        { class: 'chip', onClick: () => onSlot(slot), 'aria-label': words.studio.show({ slot }) },
        slot,
      ),
    free &&
      h(
        'button',
        {
          class: 'add',
          title: words.studio.addFor({ input: name, node: node.title }),
          'aria-label': words.studio.addFor({ input: name, node: node.title }),
          onClick: () => onChange({ kind: 'add', node: node.id, input: name }),
        },
        '+ ',
        words.studio.addShort(),
      ),
  );
}
