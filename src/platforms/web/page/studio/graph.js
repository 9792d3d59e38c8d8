/** The workflow as a graph: what each node takes, which inputs are slots, which could be, and what is posted. */
/** @import { Change, Draft, GraphInput, GraphNode } from '../../studio-api.ts' */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { layout, SIZES } from './graph-layout.js';

/**
 * @typedef {object} GraphProps
 * @property {Draft} draft
 * @property {string | undefined} lit the slot that is being looked at
 * @property {(change: Change) => void} onChange
 * @property {(slot: string) => void} onSlot
 */

/** @param {GraphProps} props */
export function Graph({ draft: { nodes, slots }, lit, onChange, onSlot }) {
  const canvas = useRef(/** @type {HTMLDivElement | null} */ (null));
  const { boxes, curves, width, height } = useMemo(() => layout(nodes), [nodes]);
  const titles = useMemo(() => new Map(nodes.map(({ id, title }) => [id, title])), [nodes]);
  const first = slots.find(({ name }) => name === lit)?.into[0]?.node;

  useEffect(() => {
    const box = first !== undefined && boxes.get(first);
    const area = canvas.current;
    // as a plain list it does not scroll by itself
    if (!box || !area || area.scrollWidth <= area.clientWidth) return;
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = area;
    const seen =
      box.x >= scrollLeft &&
      box.x + SIZES.width <= scrollLeft + clientWidth &&
      box.y >= scrollTop &&
      box.y + SIZES.head <= scrollTop + clientHeight;
    if (!seen) area.scrollTo({ left: box.x - 40, top: Math.max(0, box.y - 40) });
  }, [first]);

  const posted = nodes.filter(({ output }) => output?.posted).map(({ id }) => id);
  const savers = nodes.filter(({ output }) => output).length;
  /** @param {string} id */
  const toggle = (id) =>
    onChange({
      kind: 'outputs',
      nodes: posted.includes(id) ? posted.filter((one) => one !== id) : [...posted, id],
    });

  return h(
    'div',
    { class: 'graph', ref: canvas, tabindex: 0, role: 'group', 'aria-label': words.studio.workflow() },
    h(
      'div',
      { class: 'graph-sheet', style: { width: `${width}px`, height: `${height}px` } },
      h(
        'svg',
        { class: 'curves', width, height, 'aria-hidden': 'true' },
        curves.map(({ key, path, slotted }) => h('path', { key, class: slotted ? 'slotted' : '', d: path })),
      ),
      h(
        'ol',
        { class: 'nodes', 'aria-label': words.studio.nodes() },
        nodes.map((node) => {
          const box = boxes.get(node.id);
          return h(
            'li',
            {
              key: node.id,
              class: 'node',
              style: box && { left: `${box.x}px`, top: `${box.y}px`, height: `${box.height}px` },
            },
            h(
              'div',
              { class: 'node-head' },
              h('h3', { title: node.title }, node.title),
              h('p', { title: node.type }, node.type, ' · ', node.id),
            ),
            h(
              'ul',
              { class: 'inputs' },
              node.inputs.map((input) =>
                h(Input, { key: input.name, node, input, titles, lit, onChange, onSlot }),
              ),
            ),
            node.output &&
              h(
                'label',
                { class: 'post' },
                h('input', {
                  type: 'checkbox',
                  checked: node.output.posted,
                  disabled: savers < 2 || (node.output.posted && posted.length === 1),
                  onChange: () => toggle(node.id),
                  'aria-label': words.studio.postedOf({ node: node.title }),
                }),
                words.studio.posted(),
              ),
          );
        }),
      ),
    ),
  );
}

/**
 * @param {{ node: GraphNode, input: GraphInput, titles: Map<string, string> }
 *   & Pick<GraphProps, 'lit' | 'onChange' | 'onSlot'>} props
 */
function Input({ node, input: { name, value, from, slot, free }, titles, lit, onChange, onSlot }) {
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
