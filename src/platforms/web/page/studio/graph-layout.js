/** Where the boxes of a graph stand, and the curves between them: columns by how far a node is from the sources. */
/** @import { GraphNode } from '../../studio-api.ts' */

/** In CSS pixels; graph.css draws rows of the same heights. */
export const SIZES = { width: 270, head: 50, row: 32, foot: 36, gapX: 70, gapY: 24, edge: 16 };

/**
 * @typedef {{ x: number, y: number, height: number }} Box
 * @typedef {{ key: string, path: string, slotted: boolean }} Curve
 * @typedef {{ boxes: Map<string, Box>, curves: Curve[], width: number, height: number }} Layout
 */

/** @param {GraphNode} node */
export function heightOf({ inputs, output }) {
  return SIZES.head + inputs.length * SIZES.row + (output ? SIZES.foot : 0) + 10;
}

/** How many steps each node is from the sources, on the longest way. @param {GraphNode[]} nodes sources first @returns {Map<string, number>} */
function columnsOf(nodes) {
  /** @type {Map<string, number>} */
  const columns = new Map();
  /** @type {Map<string, number>} */
  const nearest = new Map();
  for (const { id, inputs } of nodes) {
    const before = inputs.map(({ from }) => (from === undefined ? -1 : (columns.get(from) ?? -1)));
    columns.set(id, Math.max(-1, ...before) + 1);
  }
  for (const { id, inputs } of nodes)
    for (const { from } of inputs)
      if (from !== undefined)
        nearest.set(from, Math.min(nearest.get(from) ?? Infinity, columns.get(id) ?? 0));
  // a source stands right before what it feeds, so that no curve crosses the whole graph
  for (const { id, inputs } of nodes)
    if (inputs.every(({ from }) => from === undefined))
      columns.set(id, Math.max(0, (nearest.get(id) ?? 1) - 1));
  return columns;
}

/** @param {GraphNode[]} nodes sources first @returns {Layout} */
export function layout(nodes) {
  const { width: boxWidth, head, row, gapX, gapY, edge } = SIZES;
  const columns = columnsOf(nodes);
  /** @type {GraphNode[][]} */
  const stacks = [];
  for (const node of nodes) (stacks[columns.get(node.id) ?? 0] ??= []).push(node);
  // an empty column is possible once sources have moved
  const filled = stacks.filter((stack) => stack?.length > 0);

  /** @type {Map<string, Box>} */
  const boxes = new Map();
  /** @param {GraphNode} node */
  const pull = ({ inputs }) => {
    const ys = inputs
      .map(({ from }) => from !== undefined && boxes.get(from)?.y)
      .filter((y) => typeof y === 'number');
    return ys.length === 0 ? Infinity : ys.reduce((sum, y) => sum + y, 0) / ys.length;
  };
  let bottom = 0;
  for (const [column, stack] of filled.entries()) {
    let y = edge;
    const pulls = new Map(stack.map((one) => [one, pull(one)]));
    const at = (/** @type {GraphNode} */ one) => pulls.get(one) ?? Infinity;
    // those that nothing pulls come last, in the order that they have
    for (const node of stack.toSorted((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)))) {
      const height = heightOf(node);
      boxes.set(node.id, { x: edge + column * (boxWidth + gapX), y, height });
      y += height + gapY;
    }
    bottom = Math.max(bottom, y - gapY);
  }

  const curves = nodes.flatMap(({ id, inputs }) =>
    inputs.flatMap(({ name, from, slot }, index) => {
      const start = from !== undefined && boxes.get(from);
      const end = boxes.get(id);
      if (!start || !end) return [];
      const [x1, y1] = [start.x + boxWidth, start.y + head / 2];
      const [x2, y2] = [end.x, end.y + head + (index + 0.5) * row];
      const bend = Math.max(30, Math.abs(x2 - x1) / 2);
      const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
      return [{ key: `${id}\0${name}`, path, slotted: slot !== undefined }];
    }),
  );
  const width = 2 * edge + filled.length * (boxWidth + gapX) - gapX;
  return { boxes, curves, width, height: bottom + edge };
}
