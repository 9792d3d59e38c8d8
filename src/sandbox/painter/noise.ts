/** Soft noise that repeats without a seam: clouds, grass, stone, ripples. */
import { random } from '../random.ts';

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
  const at = (x: number, y: number): number => grid[(y % cells) * cells + (x % cells)] ?? 0;
  const ease = (t: number): number => t * t * (3 - 2 * t);
  const step = cells / SIDE;
  for (let y = 0; y < SIDE; y += 1) {
    const gy = Math.floor(y * step);
    const ty = ease(y * step - gy);
    for (let x = 0; x < SIDE; x += 1) {
      const gx = Math.floor(x * step);
      const tx = ease(x * step - gx);
      const above = at(gx, gy) * (1 - tx) + at(gx + 1, gy) * tx;
      const below = at(gx, gy + 1) * (1 - tx) + at(gx + 1, gy + 1) * tx;
      tile[y * SIDE + x] = (tile[y * SIDE + x] ?? 0) + (above * (1 - ty) + below * ty) * weight;
    }
  }
}
