/** Nodes by what somebody remembers of them: title, class, id, input, slot. Pure. */
/** @import { GraphNode } from '../../studio-api.ts' */

/**
 * Those in which every word is found; those that are called so come first, then those whose title begins with the first.
 *
 * @param {GraphNode[]} nodes
 * @param {string} typed
 * @returns {GraphNode[]}
 */
export function foundNodes(nodes, typed) {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const [first = ''] = wanted;
  const all = wanted.join(' ');
  /** @param {GraphNode} node */
  const rank = ({ title, type, id }) => {
    const name = title.toLowerCase();
    if (name === all || id === all) return 0;
    if (name.startsWith(first)) return 1;
    return `${name} ${type.toLowerCase()}`.includes(first) ? 2 : 3;
  };
  return nodes
    .filter((node) => {
      const text = textOf(node);
      return wanted.every((word) => word === node.id || text.includes(word));
    })
    .toSorted((a, b) => rank(a) - rank(b));
}

/** @param {GraphNode} node */
function textOf({ title, type, inputs }) {
  const parts = inputs.flatMap(({ name, value = '', slot = '' }) => [name, value, slot]);
  return [title, type, ...parts].join('\n').toLowerCase();
}

/** The slots that fill inputs of a node. @param {GraphNode} node */
export function slotsIn({ inputs }) {
  return [...new Set(inputs.map(({ slot }) => slot).filter((slot) => slot !== undefined))];
}
