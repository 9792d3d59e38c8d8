/** From an idea and a seed to a composition: where the light stands, which land lies behind which, what stands on it. */
import { mixSeed, random } from '../nodes/random.ts';
import { hex, mix, scale, type Color } from './color.ts';
import { noiseTile, type Noise } from './noise.ts';
import { paletteOf, type Palette } from './palette.ts';
import { ridgeOf, type Ridge } from './ridges.ts';
import type { Shape, Tone } from './parts.ts';
import { SHAPES, type ShapeName } from './shapes.ts';
import { ideaOf, type Terrain, type Weather } from './words.ts';

export interface SceneRequest {
  positive: string;
  negative: string;
  model: string;
  seed: bigint;
  cfg: number;
  /** 0…1 through a moving picture. */
  time: number;
}

export interface Layer {
  kind: Terrain;
  ridge: Ridge;
  /** Heights in shares of the picture's height: of the base, and of the ridge above it. */
  base: number;
  rise: number;
  color: Color;
  foot: Color;
  depth: number;
}

interface Light {
  /** Shares of width and height. */
  x: number;
  y: number;
  /** Shares of the shorter side. */
  radius: number;
  glow: number;
  color: Color;
  crescent: boolean;
}

interface Figure {
  shape: Shape;
  x: number;
  /** Where it stands, in shares of the height. */
  ground: number;
  size: number;
  flip: boolean;
  colors: Readonly<Record<Tone, Color>>;
  afloat: boolean;
}

export interface Scene {
  palette: Palette;
  noise: Noise;
  horizon: number;
  light: Light;
  /** 0…1 */
  stars: number;
  nebula: number;
  cloudCover: number;
  cloudShift: number;
  layers: Layer[];
  figure: Figure | undefined;
  weather: Weather | undefined;
  /** Colours are pushed apart by this much; the sampler's cfg. */
  vividness: number;
  ripple: number;
  salt: number;
}

export function compose({ cfg, model, negative, positive, seed, time }: SceneRequest): Scene {
  const idea = ideaOf(positive, negative, mixSeed(seed, positive));
  const salt = mixSeed(seed, String(idea.hash));
  const next = random(salt);
  const between = (from: number, to: number): number => from + (to - from) * next();
  const twist = ((mixSeed(0n, model) % 100) / 100 - 0.5) * 0.06 + ((idea.hash % 100) / 100 - 0.5) * 0.08;
  const palette = paletteOf(idea, twist);
  const noise = noiseTile(salt);
  const inSpace = idea.hour === 'space';
  const horizon = between(0.56, 0.66);
  const dark = palette.day < 0.5;

  const light: Light = {
    x: between(0.16, 0.84),
    y: idea.hour === 'sunset' || idea.hour === 'dawn' ? horizon - between(0.04, 0.14) : between(0.12, 0.3),
    radius: dark ? between(0.045, 0.075) : between(0.04, 0.06),
    glow: dark ? 0.35 : 0.75,
    color: palette.light,
    crescent: dark && next() < 0.5,
  };
  const swims = idea.subject === undefined || AFLOAT.includes(idea.subject);
  const grounds = layersOf(idea.terrains, swims, inSpace, horizon, palette, noise, between, salt);
  const figure = figureOf(idea.subject, idea.ownColor, palette, grounds, between, next() < 0.5, light);
  return {
    palette,
    noise,
    horizon,
    light,
    stars: inSpace ? 1 : idea.hour === 'night' ? 0.6 : 0,
    nebula: inSpace ? 1 : idea.hour === 'night' ? 0.25 : 0,
    cloudCover: inSpace ? 0 : idea.hour === 'storm' ? 0.72 : between(0.32, 0.52),
    cloudShift: next() + time * 0.12,
    layers: grounds,
    figure: figure && {
      ...figure,
      ground: figure.ground + Math.sin(time * 2 * Math.PI) * (figure.shape.lift ? 0.015 : 0),
    },
    weather: idea.weather,
    vividness: 0.9 + Math.min(cfg, 16) * 0.018,
    ripple: time,
    salt,
  };
}

/** What belongs on open water; the sky's things do not mind it. */
const AFLOAT: readonly ShapeName[] = ['ship', 'whale', 'bird', 'balloon', 'rocket'];

type Between = (from: number, to: number) => number;

/** How many rows a land has, and how high they rise. */
const ROWS: Readonly<Record<Terrain, readonly [rows: number, rise: number]>> = {
  mountains: [2, 0.34],
  snow: [2, 0.26],
  city: [3, 0.3],
  forest: [3, 0.2],
  desert: [3, 0.13],
  hills: [4, 0.11],
  meadow: [3, 0.08],
  sea: [1, 0],
};
const FRONT: Readonly<Record<Terrain, Terrain>> = {
  mountains: 'meadow',
  snow: 'snow',
  city: 'city',
  forest: 'meadow',
  desert: 'desert',
  hills: 'meadow',
  meadow: 'meadow',
  sea: 'sea',
};
/** From back to front. */
const DISTANCE: readonly Terrain[] = [
  'mountains',
  'snow',
  'city',
  'desert',
  'hills',
  'forest',
  'sea',
  'meadow',
];

function layersOf(
  terrains: readonly Terrain[],
  swims: boolean,
  inSpace: boolean,
  horizon: number,
  palette: Palette,
  noise: Noise,
  between: Between,
  salt: number,
): Layer[] {
  const kinds = DISTANCE.filter((kind) => terrains.includes(kind));
  const rows = kinds.flatMap((kind) => Array.from({ length: ROWS[kind][0] }, () => kind));
  const snowy = terrains.includes('snow');
  const sea = rows.indexOf('sea');
  const last = kinds.at(-1) ?? 'hills';
  // something to stand on in front, but not before open water
  if (last === 'sea' && !swims) rows.push(snowy ? 'snow' : between(0, 1) < 0.5 ? 'desert' : 'meadow');
  else if (last !== 'sea' && last !== 'meadow') rows.push(snowy ? 'snow' : FRONT[last]);
  const bottom = inSpace ? 0.9 : 0.87;
  return rows.map((kind, index) => {
    const depth = rows.length === 1 ? 0.6 : index / (rows.length - 1);
    const front = index === rows.length - 1 && kind !== 'sea';
    const base =
      kind === 'sea' ? horizon : front ? bottom + 0.05 : horizon + (bottom - horizon) * depth ** 1.4 + 0.03;
    const behindSea = sea >= 0 && index < sea;
    const tall = ROWS[kind][1] * (1 - 0.45 * depth) * between(0.8, 1.15);
    const shown = snowy && kind !== 'sea' && kind !== 'city' ? 'snow' : kind;
    const color = palette.land(shown, depth);
    return {
      kind: front && kind === 'city' ? 'hills' : kind,
      ridge: ridgeOf(front && kind !== 'desert' ? 'hills' : kind, noise, salt + index * 101),
      base: behindSea ? horizon + 0.015 : base,
      rise: front ? 0.06 : behindSea ? tall * 0.7 : tall,
      color,
      foot:
        kind === 'sea'
          ? scale(palette.land('sea', 1), 0.7)
          : front
            ? scale(color, snowy ? 0.86 : 0.62)
            : mix(color, palette.horizon, 0.3),
      depth,
    };
  });
}

function figureOf(
  name: ShapeName | undefined,
  color: Color | undefined,
  palette: Palette,
  layers: readonly Layer[],
  between: Between,
  flip: boolean,
  light: Light,
): Figure | undefined {
  if (!name) return undefined;
  const shape = SHAPES[name];
  const front = layers.at(-1);
  const afloat = front?.kind === 'sea';
  const daylight = 0.3 + 0.75 * palette.day;
  const lit = (value: Color): Color => mix(scale(value, daylight), palette.horizon, 0.08);
  // opposite the light, so that both are seen
  const x = light.x < 0.5 ? between(0.54, 0.7) : between(0.3, 0.46);
  return {
    shape,
    x,
    ground: afloat ? between(0.74, 0.8) : between(0.89, 0.92),
    size: shape.size * between(0.92, 1.12),
    flip,
    colors: {
      main: lit(color ?? hex(shape.main)),
      second: lit(hex(shape.second)),
      pale: lit([0.95, 0.92, 0.86]),
      dark: [0.08, 0.07, 0.09],
      glow: mix(palette.light, hex(0xffd76a), 0.5),
    },
    afloat,
  };
}
