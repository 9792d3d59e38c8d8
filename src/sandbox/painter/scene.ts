/** From an idea and a seed to a composition: where the light stands, which land lies behind which, what stands on it. */
import { mixSeed, random } from '../nodes/random.ts';
import { mix, scale, type Color } from './color.ts';
import { figuresOf, type Figure } from './figures.ts';
import { ideaOf, type Idea } from './idea.ts';
import { noiseTile, type Noise } from './noise.ts';
import { paletteOf, type Palette } from './palette.ts';
import { ridgeOf, type Ridge } from './ridges.ts';
import type { ShapeName } from './shapes.ts';
import type { Terrain, Weather } from './words/things.ts';

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
  /** From back to front. */
  figures: Figure[];
  /** On mountains. */
  snowcaps: boolean;
  /** On grass. */
  blossoms: boolean;
  /** Set over the scene, or, where it is `abstract`, instead of it. */
  letters: string | undefined;
  abstract: boolean;
  /** A colour was asked for. */
  tinted: boolean;
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
  const horizon = between(0.56, 0.66);
  const dark = palette.day < 0.5;

  const sky = skyOf(idea);
  const light: Light = {
    x: between(0.16, 0.84),
    y: idea.hour === 'sunset' || idea.hour === 'dawn' ? horizon - between(0.04, 0.14) : between(0.12, 0.3),
    // a disc of less than nothing is not seen
    radius: idea.barred.has(dark ? 'moon' : 'sun') ? -1 : dark ? between(0.045, 0.075) : between(0.04, 0.06),
    glow: dark ? 0.35 : 0.75,
    color: palette.light,
    crescent: dark && next() < 0.5,
  };
  const swims = idea.groups.every(({ shape }) => AFLOAT.includes(shape));
  const grounds = layersOf(idea, swims, horizon, palette, noise, between, salt);
  const afloat = grounds.at(-1)?.kind === 'sea';
  const bob = Math.sin(time * 2 * Math.PI) * 0.015;
  return {
    palette,
    noise,
    horizon,
    light,
    ...sky,
    cloudCover: sky.cloudCover ?? between(0.32, 0.52),
    cloudShift: next() + time * 0.12,
    layers: grounds,
    figures: figuresOf(idea.groups, { afloat, between, lightX: light.x, palette }).map((figure) => ({
      ...figure,
      ground: figure.ground + (figure.shape.lift ? bob : 0),
    })),
    snowcaps: !idea.barred.has('snow'),
    blossoms: !idea.barred.has('blossoms'),
    letters: idea.letters,
    abstract: idea.abstract,
    tinted: idea.tint !== undefined,
    weather: idea.weather,
    vividness: 0.9 + Math.min(cfg, 16) * 0.018,
    ripple: time,
    salt,
  };
}

/** `cloudCover`: undefined is left to chance. */
function skyOf({
  barred,
  hour,
  sky,
}: Idea): Pick<Scene, 'stars' | 'nebula'> & { cloudCover: number | undefined } {
  const inSpace = hour === 'space';
  const starry = barred.has('stars') ? 0 : inSpace ? 1 : sky.has('stars') ? 0.9 : hour === 'night' ? 0.6 : 0;
  const cloudless = inSpace || barred.has('clouds');
  return {
    stars: starry,
    nebula: inSpace ? 1 : hour === 'night' ? 0.25 : 0,
    cloudCover: cloudless ? 0 : hour === 'storm' || sky.has('clouds') ? 0.72 : undefined,
  };
}

/** What belongs on open water; the sky's things do not mind it. */
const AFLOAT: readonly ShapeName[] = ['ship', 'whale', 'fish', 'bird', 'balloon', 'rocket'];

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
  { barred, hour, terrains }: Idea,
  swims: boolean,
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
  const allowed = (kind: Terrain): Terrain => (barred.has(kind) ? 'hills' : kind);
  const shore = allowed(between(0, 1) < 0.5 ? 'desert' : 'meadow');
  // something to stand on in front, but not before open water
  if (last === 'sea' && !swims) rows.push(snowy ? 'snow' : shore);
  else if (last !== 'sea' && last !== 'meadow') rows.push(snowy ? 'snow' : allowed(FRONT[last]));
  const bottom = hour === 'space' ? 0.9 : 0.87;
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
