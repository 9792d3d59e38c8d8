/** Soft noise that repeats without a seam: clouds, grass, stone, ripples. */
import { random } from '../nodes/random.ts';

const SIDE = 256;
const MASK = SIDE - 1;

export type Noise = (x: number, y: number) => number;

/** Five octaves of value noise in 0…1, as a tile that is sampled smoothly; one unit is the whole tile. */
export function noiseTile(seed: number): Noise {
  const tile = new Float32Array(SIDE * SIDE);
  let weight = 0.5;
  for (let cells = 4; cells <= 64; cells *= 2) {
    addOctave(tile, random(seed + cells), cells, weight);
    weight /= 2;
  }
  return (x, y) => {
    const px = x * SIDE;
    const py = y * SIDE;
    const x0 = Math.floor(px);
    const y0 = Math.floor(py);
    const fx = px - x0;
    const fy = py - y0;
    const left = x0 & MASK;
    const right = (x0 + 1) & MASK;
    const top = (y0 & MASK) * SIDE;
    const bottom = ((y0 + 1) & MASK) * SIDE;
    const above = (tile[top + left] ?? 0) * (1 - fx) + (tile[top + right] ?? 0) * fx;
    const below = (tile[bottom + left] ?? 0) * (1 - fx) + (tile[bottom + right] ?? 0) * fx;
    return above * (1 - fy) + below * fy;
  };
}

function addOctave(tile: Float32Array, next: () => number, cells: number, weight: number): void {
  const grid = Float32Array.from({ length: cells * cells }, next);
  const ease = (t: number): number => t * t * (3 - 2 * t);
  const step = cells / SIDE;
  const shares = Float32Array.from({ length: SIDE }, (_, x) => ease((x * step) % 1));
  /** The grid between two of its rows, its first column once more at the end. */
  const row = new Float32Array(cells + 1);
  for (let y = 0; y < SIDE; y += 1) {
    const above = Math.floor(y * step) * cells;
    const below = (above + cells) % grid.length;
    const ty = shares[y] ?? 0;
    for (let at = 0; at <= cells; at += 1) {
      const column = at % cells;
      row[at] = (grid[above + column] ?? 0) * (1 - ty) + (grid[below + column] ?? 0) * ty;
    }
    for (let x = 0; x < SIDE; x += 1) {
      const gx = Math.floor(x * step);
      const tx = shares[x] ?? 0;
      const at = y * SIDE + x;
      tile[at] = (tile[at] ?? 0) + ((row[gx] ?? 0) * (1 - tx) + (row[gx + 1] ?? 0) * tx) * weight;
    }
  }
}
