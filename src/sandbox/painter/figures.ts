/** Who stands where: one opposite the light, several side by side, many in rows. */
import { hex, mix, scale, type Color } from './color.ts';
import type { Group } from './idea.ts';
import type { Palette } from './palette.ts';
import type { Shape, Tone } from './parts.ts';
import { SHAPES, type ShapeName } from './shapes.ts';

export interface Figure {
  name: ShapeName;
  shape: Shape;
  x: number;
  /** Where it stands, in shares of the height. */
  ground: number;
  /** Height as a share of the picture's shorter side. */
  size: number;
  flip: boolean;
  colors: Readonly<Record<Tone, Color>>;
  afloat: boolean;
}

export interface Surroundings {
  palette: Palette;
  /** The front of the picture is open water. */
  afloat: boolean;
  /** Share of the width. */
  lightX: number;
  between: (from: number, to: number) => number;
}

/** Of a row, at most. */
const ROW = 6;

/** From back to front. */
export function figuresOf(
  groups: readonly Group[],
  { afloat, between, lightX, palette }: Surroundings,
): Figure[] {
  const all = groups.flatMap(({ color, count, shape }) =>
    Array.from({ length: count }, () => ({ color, shape })),
  );
  const daylight = 0.3 + 0.75 * palette.day;
  const lit = (value: Color): Color => mix(scale(value, daylight), palette.horizon, 0.08);
  const dress = (shape: Shape, color: Color | undefined): Figure['colors'] => ({
    main: lit(color ?? hex(shape.main)),
    second: lit(hex(shape.second)),
    pale: lit([0.95, 0.92, 0.86]),
    dark: [0.08, 0.07, 0.09],
    glow: mix(palette.light, hex(0xffd76a), 0.5),
  });
  const rows = Math.ceil(all.length / ROW);
  const across = Math.ceil(all.length / rows);
  return all.map(({ color, shape: name }, index) => {
    const shape: Shape = SHAPES[name];
    const row = Math.floor(index / across);
    const inRow = Math.min(across, all.length - row * across);
    const flip = between(0, 1) < 0.5;
    const ground = afloat ? between(0.74, 0.8) : between(0.89, 0.92);
    const size = shape.size * between(0.92, 1.12);
    const colors = dress(shape, color);
    if (all.length === 1) {
      // opposite the light, so that both are seen
      const x = lightX < 0.5 ? between(0.54, 0.7) : between(0.3, 0.46);
      return { name, shape, x, ground, size, flip, colors, afloat };
    }
    const slot = 0.92 / across;
    const shift = rows > 1 && row % 2 === 1 && inRow === across ? slot * 0.18 : 0;
    const x = 0.5 + (index - row * across - (inRow - 1) / 2) * slot + shift + between(-0.06, 0.06) * slot;
    const back = rows - 1 - row;
    // no wider than its place, and smaller further away
    const fits = Math.min(size, (slot * 1.05) / widthOf(shape)) * 0.86 ** back;
    const rise = shape.lift === undefined ? 0.075 : 0.05 + fits * 0.9;
    const sway = shape.lift === undefined ? 0 : between(-0.5, 0.5) * Math.max(0, 0.5 - fits) * 0.5;
    return {
      name,
      shape,
      x,
      ground: ground - back * rise + sway,
      size: fits,
      flip,
      colors,
      afloat: afloat && (shape.lift ?? 0) < 0.5,
    };
  });
}

/** In its own heights. */
function widthOf({ parts }: Shape): number {
  const xs = parts.flatMap((part) => {
    if ('oval' in part) return [part.oval[0] - part.oval[2], part.oval[0] + part.oval[2]];
    if ('limb' in part) return [part.limb[0], part.limb[2]];
    return part.plate.filter((_, index) => index % 2 === 0);
  });
  return Math.max(...xs) - Math.min(...xs) + 0.08;
}
