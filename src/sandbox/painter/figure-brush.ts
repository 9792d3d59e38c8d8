/** The colour of one pixel of one figure, over what is behind it. */
import { clamp, smooth, type Color } from './color.ts';
import type { Figure } from './figures.ts';
import { around, boxOf, distance, type Box } from './outline.ts';
import type { Scene } from './scene.ts';

export class FigureBrush {
  /** Of each part: how far the pixel is from it. */
  readonly #away: Float64Array;
  readonly #boxes: readonly Box[];
  readonly #box: Box;
  readonly #figure: Figure;
  readonly #scene: Scene;
  /** Red, green, blue: what is behind, and then the figure. */
  readonly #out: Float64Array;
  /** The figure's height in pixels, where it stands, and the pixels that it can reach. */
  readonly #scale: number;
  readonly #x: number;
  readonly #y: number;
  readonly #reach: number;

  constructor(figure: Figure, scene: Scene, out: Float64Array, width: number, height: number) {
    this.#figure = figure;
    this.#scene = scene;
    this.#out = out;
    this.#boxes = figure.shape.parts.map(boxOf);
    this.#box = around(this.#boxes);
    this.#away = new Float64Array(figure.shape.parts.length);
    this.#scale = figure.size * Math.min(width, height);
    this.#x = figure.x * width;
    this.#y = figure.ground * height;
    this.#reach = this.#scale * 0.9;
  }

  #over(red: number, green: number, blue: number, share: number): void {
    const out = this.#out;
    out[0] = (out[0] ?? 0) + (red - (out[0] ?? 0)) * share;
    out[1] = (out[1] ?? 0) + (green - (out[1] ?? 0)) * share;
    out[2] = (out[2] ?? 0) + (blue - (out[2] ?? 0)) * share;
  }

  #add(color: Color, by: number): void {
    const out = this.#out;
    out[0] = (out[0] ?? 0) + color[0] * by;
    out[1] = (out[1] ?? 0) + color[1] * by;
    out[2] = (out[2] ?? 0) + color[2] * by;
  }

  pixel(x: number, y: number): void {
    if (x < this.#x - this.#reach || x > this.#x + this.#reach) return;
    const figure = this.#figure;
    const { light, palette } = this.#scene;
    const scale = this.#scale;
    const lift = figure.shape.lift ?? 0;
    const dx = (x - this.#x) / scale;
    const py = (this.#y - y) / scale - lift;
    if (py > 1.2 || py < -0.2 - lift) return;
    const px = figure.flip ? -dx : dx;
    if (lift === 0) {
      const wide = figure.afloat ? 0.5 : 0.42;
      const shadow = Math.sqrt((dx / wide) ** 2 + (py / 0.06) ** 2);
      this.#over(0.02, 0.03, 0.06, smooth(1, 0.2, shadow) * 0.38);
    }
    if (figure.afloat && py < 0.015 * Math.sin(dx * 40 + this.#scene.ripple * 12)) return;
    if (px < this.#box.left || px > this.#box.right || py < this.#box.bottom || py > this.#box.top) return;
    const { parts } = figure.shape;
    const away = this.#away;
    let edge = Infinity;
    for (let index = 0; index < parts.length; index += 1) {
      const part = parts[index];
      if (!part) continue;
      const box = this.#boxes[index];
      const outside = !box || px < box.left || px > box.right || py < box.bottom || py > box.top;
      const far = outside ? 1 : distance(part, px, py);
      away[index] = far;
      if (far < edge) edge = far;
    }
    if (edge > 1.5 / scale) return;
    const towards = light.x < figure.x ? -1 : 1;
    const round = 0.84 + 0.2 * py + 0.18 * towards * dx;
    const rim = smooth(-0.035, 0, edge) * smooth(-0.1, 0.4, towards * dx + 0.35 * (py - 0.4)) * 0.4;
    for (let index = 0; index < parts.length; index += 1) {
      const part = parts[index];
      const share = clamp(0.5 - (away[index] ?? 1) * scale);
      if (share <= 0 || !part) continue;
      const tone = figure.colors[part.tone];
      const shade = part.tone === 'glow' ? 1.05 : round;
      this.#over(tone[0] * shade, tone[1] * shade, tone[2] * shade, share);
    }
    this.#add(palette.light, rim * clamp(0.5 - edge * scale) * (0.35 + 0.5 * palette.day));
  }
}
