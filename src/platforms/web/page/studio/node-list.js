/** The nodes as a list, each with its slots: for a small screen, and for whoever would rather read than look. */
/** @import { GraphNode } from '../../studio-api.ts' */
/** @import { Surroundings } from './node.js' */
import { h } from '../shared/h.js';
import { words } from '../shared/words.js';
import { slotsIn } from './find-nodes.js';
import { NodeBody } from './node.js';

/** @param {{ nodes: GraphNode[], around: Surroundings }} props */
export function NodeList({ nodes, around }) {
  return h(
    'ol',
    { class: 'node-list', 'aria-label': words.studio.nodes() },
    nodes.map((node) => h(Row, { key: node.id, node, around })),
  );
}

/** @param {{ node: GraphNode, around: Surroundings }} props */
function Row({ node, around }) {
  const { id, title, type } = node;
  const slots = slotsIn(node);
  return h(
    'li',
    {},
    h(
      'details',
      // those that are asked for show what of them is
      { class: 'card', open: slots.length > 0 },
      h(
        'summary',
        {},
        h('h3', {}, title),
        h('span', { class: 'soft small' }, type, ' · ', id),
        slots.length > 0 &&
          h('span', { class: 'count small' }, words.studio.slotCount({ count: slots.length })),
      ),
      h(NodeBody, { node, around }),
    ),
  );
}
