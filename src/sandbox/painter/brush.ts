/**
 * The colour of one pixel of a scene. Numbers go through one small array instead of fresh objects: a picture has a
 * million pixels.
 */
import { clamp, smooth, type Color } from './color.ts';
import { FigureBrush } from './figure-brush.ts';
import type { Layer, Scene } from './scene.ts';

/** A repeatable number in 0…1 for a place. */
export function speck(x: number, y: number, salt: number): number {
  let value = Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ salt;
  value = Math.imul(value ^ (value >>> 15), 0x2c1b3c6d);
  value = Math.imul(value ^ (value >>> 12), 0x297a2d39);
  return ((value ^ (value >>> 15)) >>> 0) / 4_294_967_296;
}

/** `Math.hypot` is many times slower. */
function length(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

export class Brush {
  /** Red, green, blue of the last pixel. */
  readonly out = new Float64Array(3);
  readonly #figures: readonly FigureBrush[];
  readonly #scene: Scene;
  readonly #width: number;
  readonly #height: number;
  readonly #unit: number;
  /** Of each layer: the ridge's y at each column. */
  readonly #tops: Float32Array[];

  constructor(scene: Scene, width: number, height: number) {
    this.#scene = scene;
    this.#width = width;
    this.#height = height;
    this.#unit = Math.min(width, height);
    this.#figures = scene.figures.map((figure) => new FigureBrush(figure, scene, this.out, width, height));
    this.#tops = scene.layers.map((layer) =>
      Float32Array.from(
        { length: width },
        (_, x) => (layer.base - layer.rise * layer.ridge(x / this.#unit)) * height,
      ),
    );
  }

  pixel(x: number, y: number): void {
    this.#land(x, y, this.#tops.length - 1);
    for (const figure of this.#figures) figure.pixel(x, y);
  }

  #set(color: Color): void {
    this.out[0] = color[0];
    this.out[1] = color[1];
    this.out[2] = color[2];
  }

  #over(red: number, green: number, blue: number, share: number): void {
    const { out } = this;
    out[0] = (out[0] ?? 0) + (red - (out[0] ?? 0)) * share;
    out[1] = (out[1] ?? 0) + (green - (out[1] ?? 0)) * share;
    out[2] = (out[2] ?? 0) + (blue - (out[2] ?? 0)) * share;
  }

  #add(color: Color, by: number): void {
    const { out } = this;
    out[0] = (out[0] ?? 0) + color[0] * by;
    out[1] = (out[1] ?? 0) + color[1] * by;
    out[2] = (out[2] ?? 0) + color[2] * by;
  }

  /** Land and sky as seen without the layers in front of `front`. */
  #land(x: number, y: number, front: number): void {
    const column = x < 0 ? 0 : x >= this.#width ? this.#width - 1 : x;
    for (let index = front; index >= 0; index -= 1) {
      const covered = y + 0.5 - (this.#tops[index]?.[column] ?? 0);
      const layer = this.#scene.layers[index];
      if (covered <= 0 || !layer) continue;
      if (covered >= 1) {
        this.#layer(layer, index, column, y, covered);
        return;
      }
      this.#land(x, y, index - 1);
      this.#over(layer.color[0], layer.color[1], layer.color[2], covered);
      return;
    }
    this.#sky(column, y);
  }

  #layer(layer: Layer, index: number, x: number, y: number, below: number): void {
    if (layer.kind === 'sea') {
      this.#water(layer, index, x, y, below);
      return;
    }
    const { light, noise, palette, salt } = this.#scene;
    const { color, depth, foot, kind } = layer;
    const u = x / this.#unit;
    const v = y / this.#unit;
    this.#set(color);
    const down = clamp(below / (this.#height * 0.22));
    this.#over(foot[0], foot[1], foot[2], down);
    const rough = kind === 'city' ? 0.1 : 0.55;
    const grain = noise(u * (1.2 + depth) + index * 0.31, v * (2.4 + depth)) - 0.5;
    const fine = noise(u * 5 + index * 0.17, v * 9) - 0.5;
    const shade = 1 + rough * (grain * 0.8 + fine * 0.45);
    // slopes that face the light are brighter
    const tops = this.#tops[index];
    const reach = Math.max(1, Math.round(this.#unit * 0.012));
    const column = Math.round(x + (grain * 1.6 + fine * 0.7) * below);
    const ahead = tops?.[Math.min(this.#width - 1, Math.max(0, column + reach))] ?? 0;
    const behind = tops?.[Math.max(0, Math.min(this.#width - 1, column - reach))] ?? 0;
    const from = clamp(0.5 + (x / this.#width - light.x) * 2.5) * 2 - 1;
    const side = (ahead - behind) * from;
    const facing = kind === 'city' || kind === 'forest' ? 0 : clamp(0.5 + side / (reach * 4)) - 0.5;
    const lit = shade * (1 + facing * 0.7 * Math.exp(-below / (this.#unit * 0.14)));
    this.out[0] = (this.out[0] ?? 0) * lit;
    this.out[1] = (this.out[1] ?? 0) * lit;
    this.out[2] = (this.out[2] ?? 0) * lit;
    this.#add(palette.light, 0.1 * Math.exp(-below / (this.#unit * 0.008)) * (0.4 + palette.day * 0.6));
    if (kind === 'mountains' && depth < 0.9 && this.#scene.snowcaps)
      this.#snowcap(below, noise(u * 3, v * 3));
    if (kind === 'city') this.#windows(x, y, below, index);
    if (kind === 'meadow' && this.#scene.blossoms) this.#blossoms(x, y, salt + index);
  }

  #snowcap(below: number, wobble: number): void {
    const line = this.#unit * (0.03 + 0.07 * wobble);
    const white = smooth(line, line * 0.5, below) * 0.6 * (0.4 + 0.6 * this.#scene.palette.day);
    this.#over(0.95, 0.97, 1, white);
  }

  #windows(x: number, y: number, below: number, salt: number): void {
    const cell = this.#unit * 0.011;
    const column = Math.floor(x / cell);
    const row = Math.floor(y / (cell * 1.5));
    const inX = x / cell - column;
    const inY = y / (cell * 1.5) - row;
    if (below < cell || inX < 0.25 || inX > 0.8 || inY < 0.25 || inY > 0.75) return;
    const chance = speck(column, row, salt);
    const lit = 0.5 - 0.36 * this.#scene.palette.day;
    if (chance < lit) this.#over(1, 0.83 - chance * 0.3, 0.45 + chance * 0.3, 0.85);
    else this.#over(0.05, 0.07, 0.12, 0.14);
  }

  #blossoms(x: number, y: number, salt: number): void {
    const cell = this.#unit * 0.022;
    const column = Math.floor(x / cell);
    const row = Math.floor(y / cell);
    const chance = speck(column, row, salt);
    if (chance > 0.3) return;
    const cx = (column + 0.3 + chance * 1.3) * cell;
    const cy = (row + 0.3 + ((chance * 7) % 0.4)) * cell;
    const away = length(x - cx, y - cy);
    const radius = cell * (0.1 + chance * 0.35);
    const { accent, day } = this.#scene.palette;
    const bright = 0.45 + 0.55 * day;
    const [r, g, b]: Color = chance < 0.14 ? accent : [0.98, 0.95, 0.85];
    this.#over(r * bright, g * bright, b * bright, smooth(radius + 1, radius - 1, away) * 0.85);
  }

  /** A mirror of what is behind it, broken by ripples, with the light's path on it. */
  #water(layer: Layer, index: number, x: number, y: number, below: number): void {
    const { light, noise, ripple } = this.#scene;
    const deep = below / (this.#height * (1 - layer.base));
    const u = x / this.#unit;
    const wave =
      noise(u * (0.9 - 0.5 * deep) + ripple * 0.2, (below / this.#unit) ** 0.7 * 4 + ripple * 0.5) - 0.5;
    const bend = wave * this.#unit * 0.12 * (0.15 + deep);
    const top = y - below;
    const mirrored = Math.max(0, Math.round(top - below * 0.85 + bend * 0.8));
    this.#land(Math.round(x + bend), mirrored, index - 1);
    this.#over(layer.color[0], layer.color[1], layer.color[2], 0.3 + 0.15 * wave);
    this.#over(layer.foot[0], layer.foot[1], layer.foot[2], clamp(deep * 0.75));
    const path = Math.abs(x / this.#width - light.x + wave * 0.06) * (1.6 - deep);
    const sparkle = smooth(0.1, 0, path) * smooth(0.5, 0.62, wave + 0.55);
    this.#add(light.color, sparkle * 0.55);
    this.#add(light.color, smooth(0.62, 0.74, wave + 0.52) * 0.1);
  }

  #sky(x: number, y: number): void {
    const { cloudCover, cloudShift, horizon, light, nebula, noise, palette, stars } = this.#scene;
    const v = y / this.#height;
    const t = clamp(v / horizon);
    const { horizon: bottom, middle, top } = palette;
    if (t < 0.5) {
      this.#set(top);
      this.#over(middle[0], middle[1], middle[2], smooth(0, 0.5, t));
    } else {
      this.#set(middle);
      this.#over(bottom[0], bottom[1], bottom[2], smooth(0.5, 1.02, t));
    }
    const u = x / this.#unit;
    const w = y / this.#unit;
    if (nebula > 0) {
      const cloud = noise(u * 0.5 + 0.2, w * 0.5 + cloudShift) * noise(w * 0.4 + 0.6, u * 0.3);
      const glow = smooth(0.2, 0.46, cloud) * nebula;
      this.#over(0.62, 0.26, 0.62, glow * 0.5);
      this.#add([0.16, 0.3, 0.5], glow * noise(u, w) * 0.7);
    }
    if (stars > 0) this.#star(x, y, stars * (1 - t * 0.6));
    const dx = (x - light.x * this.#width) / this.#unit;
    const dy = (y - light.y * this.#height) / this.#unit;
    const away = Math.sqrt(dx * dx + dy * dy);
    const halo = light.glow * (0.5 * Math.exp(-away * 3.2) + 0.5 * Math.exp(-(away * away) / 0.012));
    this.#over(light.color[0], light.color[1], light.color[2], Math.min(0.9, halo));
    const edge = 1.2 / this.#unit;
    let disc = smooth(light.radius + edge, light.radius - edge, away);
    if (light.crescent && disc > 0) {
      const bite = length(dx - light.radius * 0.5, dy + light.radius * 0.25);
      disc *= smooth(light.radius * 0.85, light.radius * 0.85 + edge * 2, bite);
    }
    this.#over(light.color[0], light.color[1], light.color[2], disc);
    if (cloudCover > 0) this.#cloud(u, w, t, halo);
  }

  #cloud(u: number, w: number, t: number, halo: number): void {
    const { cloudCover, cloudShift, noise, palette } = this.#scene;
    const far = 0.35 + t * 0.9;
    const body = noise(u * 0.42 * far + cloudShift, w * 0.95 * far + cloudShift * 0.3);
    const detail = noise(u * 1.4 * far + cloudShift * 1.5, w * 2.6 * far);
    const thick = body * 0.78 + detail * 0.22;
    const edge = 0.78 - cloudCover * 0.62;
    const share = smooth(edge, edge + 0.22, thick) * (1 - smooth(0.82, 1, t)) * 0.85;
    if (share <= 0) return;
    const bright = 1.06 - smooth(edge, edge + 0.42, thick) * 0.26;
    const { cloud, light } = palette;
    const warm = Math.min(0.7, halo * 0.9 + 0.08);
    this.#over(
      (cloud[0] + (light[0] - cloud[0]) * warm) * bright,
      (cloud[1] + (light[1] - cloud[1]) * warm) * bright,
      (cloud[2] + (light[2] - cloud[2]) * warm) * bright,
      share,
    );
  }

  #star(x: number, y: number, share: number): void {
    const cell = this.#unit / 64;
    const column = Math.floor(x / cell);
    const row = Math.floor(y / cell);
    const chance = speck(column, row, this.#scene.salt);
    if (chance > 0.4) return;
    const cx = (column + 0.15 + ((chance * 31) % 0.7)) * cell;
    const cy = (row + 0.15 + ((chance * 57) % 0.7)) * cell;
    const radius = this.#unit * (0.0007 + 0.0016 * ((chance * 13) % 1) ** 3);
    const bright = smooth(radius + 0.8, 0, length(x - cx, y - cy));
    this.#add([0.95, 0.96, 1], bright * share * (0.4 + ((chance * 91) % 0.6)));
  }
}
