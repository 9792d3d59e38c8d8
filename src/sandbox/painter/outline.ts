/** How far a point is from a shape's edge: negative inside. Gives smooth outlines at any size. */
import type { Part } from './parts.ts';

export interface Box {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

/** Outside of it nothing of the part is seen, not even its edge. */
export function boxOf(part: Part): Box {
  const [xs, ys, reach] = extent(part);
  return {
    left: Math.min(...xs) - reach,
    right: Math.max(...xs) + reach,
    bottom: Math.min(...ys) - reach,
    top: Math.max(...ys) + reach,
  };
}

/** The box around all of them. */
export function around(boxes: readonly Box[]): Box {
  return {
    left: Math.min(...boxes.map((box) => box.left)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.min(...boxes.map((box) => box.bottom)),
    top: Math.max(...boxes.map((box) => box.top)),
  };
}

const EDGE = 0.02;

function extent(part: Part): [xs: number[], ys: number[], reach: number] {
  if ('oval' in part) {
    const [x, y, rx, ry] = part.oval;
    return [[x - rx, x + rx], [y - ry, y + ry], EDGE];
  }
  if ('limb' in part) {
    const [x1, y1, x2, y2, r1, r2] = part.limb;
    return [[x1, x2], [y1, y2], Math.max(r1, r2) + EDGE];
  }
  return [
    part.plate.filter((_, index) => index % 2 === 0),
    part.plate.filter((_, index) => index % 2 === 1),
    EDGE,
  ];
}

export function distance(part: Part, x: number, y: number): number {
  if ('oval' in part) {
    const [cx, cy, rx, ry] = part.oval;
    const dx = (x - cx) / rx;
    const dy = (y - cy) / ry;
    return (Math.sqrt(dx * dx + dy * dy) - 1) * Math.min(rx, ry);
  }
  if ('limb' in part) {
    const [x1, y1, x2, y2, r1, r2] = part.limb;
    const dx = x2 - x1;
    const dy = y2 - y1;
    const along = ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy);
    const t = along < 0 ? 0 : along > 1 ? 1 : along;
    return length(x - x1 - dx * t, y - y1 - dy * t) - (r1 + (r2 - r1) * t);
  }
  return polygon(part.plate, x, y);
}

function polygon(points: readonly number[], x: number, y: number): number {
  let nearest = Infinity;
  let inside = false;
  const last = points.length - 2;
  for (let i = 0, j = last; i <= last; j = i, i += 2) {
    const xi = points[i] ?? 0;
    const yi = points[i + 1] ?? 0;
    const xj = points[j] ?? 0;
    const yj = points[j + 1] ?? 0;
    const dx = xj - xi;
    const dy = yj - yi;
    const along = ((x - xi) * dx + (y - yi) * dy) / (dx * dx + dy * dy);
    const t = along < 0 ? 0 : along > 1 ? 1 : along;
    nearest = Math.min(nearest, length(x - xi - dx * t, y - yi - dy * t));
    if (yi > y !== yj > y && x < (dx * (y - yi)) / dy + xi) inside = !inside;
  }
  return inside ? -nearest : nearest;
}

/** `Math.hypot` is many times slower. */
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}
