/** Outlines of land: how high a hill, a peak, a wood or a skyline is at each place. */
import { random } from '../nodes/random.ts';
import type { Noise } from './noise.ts';
import type { Terrain } from './words/things.ts';

/** Height above the layer's base at `x` (in shorter sides of the picture), 0…about 1. */
export type Ridge = (x: number) => number;

export function ridgeOf(terrain: Terrain, noise: Noise, seed: number): Ridge {
  const next = random(seed);
  const shift = next() * 7;
  const row = next();
  if (terrain === 'mountains' || terrain === 'snow') return peaks(noise, shift, row);
  if (terrain === 'forest') return treetops(noise, shift, row, next);
  if (terrain === 'city') return skyline(next);
  if (terrain === 'desert') return dunes(shift, next);
  if (terrain === 'sea') return () => 0;
  return rolling(noise, shift, row);
}

function rolling(noise: Noise, shift: number, row: number): Ridge {
  return (x) =>
    0.5 +
    0.3 * Math.sin(x * 2.6 + shift * 3) +
    0.16 * Math.sin(x * 5.9 + shift * 5) +
    0.12 * noise(x * 0.9 + shift, row);
}

/** Sharp crests: noise folded at its middle. */
function peaks(noise: Noise, shift: number, row: number): Ridge {
  return (x) => {
    const broad = 1 - Math.abs(2 * noise(x * 0.16 + shift, row) - 1);
    const fine = 1 - Math.abs(2 * noise(x * 0.55 + shift, row + 0.37) - 1);
    return 1.25 * broad ** 2.2 + 0.28 * fine - 0.3;
  };
}

function treetops(noise: Noise, shift: number, row: number, next: () => number): Ridge {
  const ground = rolling(noise, shift, row);
  const trees = Array.from({ length: 240 }, (_, index) => ({
    x: (index + next()) / 60,
    height: 0.3 + 0.4 * next(),
    width: 0.018 + 0.02 * next(),
  }));
  return (x) => {
    let top = 0;
    const middle = Math.floor(x * 60);
    for (let index = Math.max(0, middle - 3); index < Math.min(trees.length, middle + 4); index += 1) {
      const tree = trees[index];
      if (!tree) continue;
      const away = Math.abs(x - tree.x) / tree.width;
      // firs: three tiers of branches
      const tier = away < 1 ? 1 - away + 0.16 * (((away * 3) % 1) - 0.5) : 0;
      top = Math.max(top, tier * tree.height);
    }
    return ground(x) * 0.5 + top;
  };
}

function skyline(next: () => number): Ridge {
  const edges: { end: number; height: number; spire: number }[] = [];
  for (let x = 0; x < 5;) {
    x += 0.035 + next() * 0.06;
    const tall = next();
    edges.push({ end: x, height: 0.2 + 0.8 * tall * tall, spire: tall > 0.88 ? x - 0.03 : -1 });
  }
  return (x) => {
    const block = edges.find((edge) => x < edge.end);
    if (!block) return 0.2;
    return block.height + (Math.abs(x - block.spire) < 0.003 ? 0.25 : 0);
  };
}

/** Long slopes to one side, steep ones to the other. */
function dunes(shift: number, next: () => number): Ridge {
  const stretch = 0.9 + next() * 0.7;
  return (x) => {
    const phase = x * stretch + shift + 0.25 * Math.sin(x * 1.7 + shift);
    const part = phase - Math.floor(phase);
    const slope = part < 0.72 ? part / 0.72 : 1 - (part - 0.72) / 0.28;
    return 0.75 * slope * slope * (3 - 2 * slope) + 0.1 * Math.sin(x * 4 + shift);
  };
}
