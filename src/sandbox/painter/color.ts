/** Colours as three numbers in 0…1. */
export type Color = readonly [red: number, green: number, blue: number];

export function hex(value: number): Color {
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

export function mix(a: Color, b: Color, share: number): Color {
  return [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share, a[2] + (b[2] - a[2]) * share];
}

export function scale(color: Color, by: number): Color {
  return [color[0] * by, color[1] * by, color[2] * by];
}

/** 0 at `from` and before, 1 at `to` and beyond, smooth between. */
export function smooth(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from));
  return t * t * (3 - 2 * t);
}

export function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** Turns the hue by a share of the circle, keeping the brightness (a rotation about the grey axis). */
export function turnHue(color: Color, turns: number): Color {
  const angle = turns * 2 * Math.PI;
  const cos = Math.cos(angle);
  const part = (1 - cos) / 3;
  const root = Math.sqrt(1 / 3) * Math.sin(angle);
  const [r, g, b] = color;
  return [
    clamp(r * (cos + part) + g * (part - root) + b * (part + root)),
    clamp(r * (part + root) + g * (cos + part) + b * (part - root)),
    clamp(r * (part - root) + g * (part + root) + b * (cos + part)),
  ];
}

export function luma(color: Color): number {
  return 0.3 * color[0] + 0.59 * color[1] + 0.11 * color[2];
}
