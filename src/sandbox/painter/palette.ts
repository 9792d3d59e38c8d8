/** The colours of an hour, a land and the words of the prompt. */
import { clamp, hex, luma, mix, scale, turnHue, type Color } from './color.ts';
import type { Idea } from './idea.ts';
import type { Hour, Terrain } from './words/things.ts';

export interface Palette {
  top: Color;
  middle: Color;
  horizon: Color;
  light: Color;
  cloud: Color;
  /** How much daylight falls on the land, 0…1. */
  day: number;
  /** A land's colour at a depth from 0 (far, in haze) to 1 (near). */
  land: (terrain: Terrain, depth: number) => Color;
  accent: Color;
}

const SKIES: Readonly<
  Record<Hour, readonly [top: number, middle: number, horizon: number, light: number, day: number]>
> = {
  dawn: [0x45559c, 0xd08fae, 0xffdcae, 0xfff0c8, 0.82],
  day: [0x2f78cf, 0x7dbdf0, 0xe2f2fa, 0xfffbe8, 1],
  sunset: [0x2c2a66, 0xc2557c, 0xffb366, 0xffe3a0, 0.62],
  night: [0x070b28, 0x14235a, 0x3a5192, 0xf4f1de, 0.34],
  storm: [0x2a333f, 0x55626f, 0xa3adb0, 0xdfe6e2, 0.56],
  space: [0x050412, 0x170d38, 0x43215e, 0xffe9c0, 0.42],
};

const LANDS: Readonly<Record<Terrain, number>> = {
  hills: 0x6f9c4c,
  mountains: 0x6c7796,
  forest: 0x2f6242,
  sea: 0x256a94,
  desert: 0xdda768,
  city: 0x3b4464,
  snow: 0xe6eef7,
  meadow: 0x86b34e,
};

/** `twist`: how far the hues are turned, so that models and unknown words look different. */
export function paletteOf(idea: Idea, twist: number): Palette {
  const [top, middle, horizon, light, day] = SKIES[idea.hour];
  const { tint } = idea;
  const share = idea.groups.length > 0 ? 0.35 : 0.55;
  const shift = (color: Color): Color => {
    const turned = turnHue(color, twist);
    return tint ? mix(turned, towards(turned, tint), share) : turned;
  };
  const haze = shift(hex(horizon));
  const sun = hex(light);
  return {
    top: shift(hex(top)),
    middle: shift(hex(middle)),
    horizon: haze,
    light: sun,
    cloud: mix(shift(hex(middle)), day > 0.7 ? [1, 1, 1] : shift(hex(horizon)), 0.55),
    day,
    land: (terrain, depth) => {
      const lit = mix(scale(shift(hex(LANDS[terrain])), 0.35 + 0.65 * day), sun, 0.06);
      // snow stays white in front; everything else gets deeper
      const shaded = scale(lit, terrain === 'snow' ? 1.08 - 0.1 * depth : 1.05 - 0.42 * depth);
      return mix(mix(haze, shift(hex(middle)), 0.3), shaded, 0.4 + 0.6 * Math.min(1, depth * 1.25));
    },
    accent: tint ?? idea.groups[0]?.color ?? turnHue(hex(0xe8a23c), twist * 2),
  };
}

/** `color` with the hue of `tint`, about as bright as before. */
function towards(color: Color, tint: Color): Color {
  const bright = luma(color);
  const by = bright / Math.max(0.12, luma(tint));
  const moved = scale(tint, Math.min(by, 2.2));
  return [clamp(moved[0]), clamp(moved[1]), clamp(moved[2])];
}
