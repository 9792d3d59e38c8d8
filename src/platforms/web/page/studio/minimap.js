/** The whole graph, small, and what of it is seen: a press leads there. For who sees it; keys and the search do the same. */
/** @import { Box, Layout } from './graph-layout.js' */
/** @import { Point, Rect } from './camera.js' */
import { h } from '../shared/h.js';
import { SIZES } from './graph-layout.js';

/** @param {{ sheet: Layout, marked: ReadonlySet<string>, view: Rect, onPoint: (point: Point) => void }} props */
export function Minimap({ sheet, marked, view, onPoint }) {
  const { boxes, width, height } = sheet;
  /** @param {PointerEvent & { currentTarget: SVGSVGElement }} event */
  const point = ({ buttons, clientX, clientY, currentTarget }) => {
    if (buttons === 0) return;
    const { left, top, width: shown } = currentTarget.getBoundingClientRect();
    const scale = width / shown;
    onPoint({ x: (clientX - left) * scale, y: (clientY - top) * scale });
  };
  return h(
    'svg',
    {
      class: 'minimap',
      viewBox: `0 0 ${width} ${height}`,
      style: { aspectRatio: `${width} / ${height}` },
      'aria-hidden': 'true',
      onPointerDown: (event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        point(event);
      },
      onPointerMove: point,
    },
    [...boxes].map(([id, box]) => h(Spot, { key: id, box, isMarked: marked.has(id) })),
    h('rect', { class: 'view', ...within(view, sheet) }),
  );
}

/** @param {{ box: Box, isMarked: boolean }} props */
function Spot({ box: { x, y, height }, isMarked }) {
  return h('rect', { class: isMarked ? 'marked' : '', x, y, width: SIZES.width, height });
}

/** @param {Rect} view @param {{ width: number, height: number }} sheet @returns {Rect} */
function within(view, sheet) {
  const x = Math.max(0, view.x);
  const y = Math.max(0, view.y);
  return {
    x,
    y,
    width: Math.max(0, Math.min(sheet.width, view.x + view.width) - x),
    height: Math.max(0, Math.min(sheet.height, view.y + view.height) - y),
  };
}
