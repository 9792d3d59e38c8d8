/**
 * Where the boxes of a graph stand, and the curves between them: columns by how far a node is from the sources. Columns
 * that are too high are split, and rows of columns are wrapped, as it takes to show all of it as large as possible.
 */
/** @import { GraphNode } from '../../studio-api.ts' */

/** In CSS pixels; graph.css draws rows of the same heights. */
export const SIZES = { width: 270, head: 50, row: 32, foot: 36, gapX: 70, gapY: 24, edge: 16, band: 72 };

/** Of what the sheet is looked at through, about; in CSS pixels. */
const WINDOW = { width: 1000, height: 640 };
/** Twice as many rows of columns are worth it where all becomes an eighth larger: one row is easier to follow. */
const WRAP = Math.log2(8 / 9);
/** What is tried. In CSS pixels. */
const HEIGHTS = [400, 600, 900, 1300, 1800, 2600, 4000, Infinity];
const MOST_ACROSS = 40;
/** Of a curve, so that one that leads back does not leave the sheet. */
const MOST_BEND = 180;

/**
 * @typedef {{ x: number, y: number, height: number }} Box
 * @typedef {{ key: string, path: string, slotted: boolean }} Curve
 * @typedef {{ boxes: Map<string, Box>, curves: Curve[], width: number, height: number }} Layout
 */

/** @param {GraphNode} node */
export function heightOf({ inputs, output }) {
  return SIZES.head + inputs.length * SIZES.row + (output ? SIZES.foot : 0) + 10;
}

/**
 * How many steps each node is from the sources on the longest way; then each moves right before what it feeds, so that no
 * curve is longer than it must be. @param {GraphNode[]} nodes sources first @returns {Map<string, number>}
 */
function columnsOf(nodes) {
  /** @type {Map<string, number>} */
  const columns = new Map();
  for (const { id, inputs } of nodes) {
    const before = inputs.map(({ from }) => (from === undefined ? -1 : (columns.get(from) ?? -1)));
    columns.set(id, Math.max(-1, ...before) + 1);
  }
  /** Of what a node feeds, the first. @type {Map<string, number>} */
  const nearest = new Map();
  for (const { id, inputs } of nodes.toReversed()) {
    const own = (nearest.get(id) ?? (columns.get(id) ?? 0) + 1) - 1;
    columns.set(id, own);
    for (const { from } of inputs)
      if (from !== undefined) nearest.set(from, Math.min(nearest.get(from) ?? Infinity, own));
  }
  return columns;
}

/** From left to right; in each, nodes are near those that feed them. @param {GraphNode[]} nodes sources first @returns {GraphNode[][]} */
function stacksOf(nodes) {
  const columns = columnsOf(nodes);
  /** @type {GraphNode[][]} */
  const stacks = [];
  for (const node of nodes) (stacks[columns.get(node.id) ?? 0] ??= []).push(node);
  /** How far down in its column, 0 to 1. @type {Map<string, number>} */
  const depths = new Map();
  /** @param {GraphNode} node */
  const pull = ({ inputs }) => {
    const from = inputs.map((input) => depths.get(input.from ?? '')).filter((depth) => depth !== undefined);
    return from.length === 0 ? Infinity : from.reduce((sum, depth) => sum + depth, 0) / from.length;
  };
  // an empty column is possible once sources have moved
  return stacks
    .filter((stack) => stack?.length > 0)
    .map((stack) => {
      const pulls = new Map(stack.map((one) => [one, pull(one)]));
      const at = (/** @type {GraphNode} */ one) => pulls.get(one) ?? Infinity;
      // those that nothing pulls come last, in the order that they have
      const ordered = stack.toSorted((a, b) => (at(a) === at(b) ? 0 : at(a) - at(b)));
      for (const [index, { id }] of ordered.entries()) depths.set(id, index / ordered.length);
      return ordered;
    });
}

/** Columns of that height at most, but for a node that is higher. @param {GraphNode[][]} stacks @param {number} most @returns {GraphNode[][]} */
function split(stacks, most) {
  return stacks.flatMap((stack) => {
    /** @type {GraphNode[][]} */
    const parts = [[]];
    let height = 0;
    for (const node of stack) {
      const own = heightOf(node) + SIZES.gapY;
      if (height > 0 && height + own > most) {
        parts.push([]);
        height = 0;
      }
      parts.at(-1)?.push(node);
      height += own;
    }
    return parts;
  });
}

/** @param {GraphNode[]} stack */
function heightOfStack(stack) {
  return stack.reduce((sum, node) => sum + heightOf(node) + SIZES.gapY, -SIZES.gapY);
}

/** @param {readonly number[]} heights of columns @param {number} across so many beside each other @returns {number[]} of the rows of columns */
function bandsOf(heights, across) {
  const count = Math.ceil(heights.length / across);
  return Array.from({ length: count }, (_none, at) =>
    Math.max(...heights.slice(at * across, (at + 1) * across)),
  );
}

/** @param {number} across @param {readonly number[]} bands */
function sizeOf(across, bands) {
  const { width, gapX, edge, band } = SIZES;
  return {
    width: 2 * edge + across * (width + gapX) - gapX,
    height: 2 * edge + bands.reduce((sum, height) => sum + height + band, -band),
  };
}

/** The columns, and how many stand beside each other, with which all of it is seen largest. @param {GraphNode[][]} stacks */
function bestOf(stacks) {
  let best = { columns: stacks, across: Math.max(1, stacks.length) };
  let most = 0;
  for (const tallest of HEIGHTS) {
    const columns = split(stacks, tallest);
    const heights = columns.map(heightOfStack);
    for (let across = 1; across <= Math.min(columns.length, MOST_ACROSS); across += 1) {
      const bands = bandsOf(heights, across);
      const { width, height } = sizeOf(across, bands);
      const zoom = Math.min(1, WINDOW.width / width, WINDOW.height / height);
      const worth = zoom * bands.length ** WRAP;
      if (worth > most) {
        most = worth;
        best = { columns, across };
      }
    }
  }
  return best;
}

/** @param {GraphNode[]} nodes sources first @returns {Layout} */
export function layout(nodes) {
  const { width: boxWidth, gapX, gapY, edge, band } = SIZES;
  const { columns, across } = bestOf(stacksOf(nodes));
  const bands = bandsOf(columns.map(heightOfStack), across);
  /** @type {Map<string, Box>} */
  const boxes = new Map();
  for (const [column, stack] of columns.entries()) {
    const row = Math.floor(column / across);
    const x = edge + (column % across) * (boxWidth + gapX);
    let y = edge + bands.slice(0, row).reduce((sum, height) => sum + height + band, 0);
    for (const node of stack) {
      const height = heightOf(node);
      boxes.set(node.id, { x, y, height });
      y += height + gapY;
    }
  }
  return { boxes, curves: curvesOf(nodes, boxes), ...sizeOf(across, bands) };
}

/** @param {GraphNode[]} nodes @param {Map<string, Box>} boxes @returns {Curve[]} */
function curvesOf(nodes, boxes) {
  const { width, head, row } = SIZES;
  return nodes.flatMap(({ id, inputs }) =>
    inputs.flatMap(({ name, from, slot }, index) => {
      const start = from !== undefined && boxes.get(from);
      const end = boxes.get(id);
      if (!start || !end) return [];
      const [x1, y1] = [start.x + width, start.y + head / 2];
      const [x2, y2] = [end.x, end.y + head + (index + 0.5) * row];
      const bend = Math.min(MOST_BEND, Math.max(30, Math.abs(x2 - x1) / 2));
      const path = `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
      return [{ key: `${id}\0${name}`, path, slotted: slot !== undefined }];
    }),
  );
}
