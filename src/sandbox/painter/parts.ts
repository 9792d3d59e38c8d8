/**
 * What shapes are made of: a few round and straight parts. Coordinates: x to the right, y up from the ground, about 1
 * high.
 */

/** `main` takes the colour of the prompt; the others are fixed. */
export type Tone = 'main' | 'pale' | 'dark' | 'glow' | 'second';

export type Part =
  | { tone: Tone; oval: readonly [x: number, y: number, rx: number, ry: number] }
  | { tone: Tone; limb: readonly [x1: number, y1: number, x2: number, y2: number, r1: number, r2: number] }
  | { tone: Tone; plate: readonly number[] };

export interface Shape {
  parts: readonly Part[];
  /** Colour of `main` when the prompt names none, and of `second`. */
  main: number;
  second: number;
  /** Height as a share of the picture's shorter side. */
  size: number;
  /** Height above the ground, in its own heights. */
  lift?: number;
}

export const oval = (tone: Tone, x: number, y: number, rx: number, ry: number): Part => ({
  tone,
  oval: [x, y, rx, ry],
});
export const limb = (
  tone: Tone,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
  r1: number,
  r2: number,
): Part => ({
  tone,
  limb: [x1, y1, x2, y2, r1, r2],
});
export const plate = (tone: Tone, ...points: number[]): Part => ({ tone, plate: points });
