/** Paints a scene into pixels, in bands, so that the server stays awake meanwhile. */
import { setImmediate as immediate } from 'node:timers/promises';
import { random } from '../nodes/random.ts';
import type { Picture } from '../nodes/values.ts';
import { Brush, speck } from './brush.ts';
import { clamp } from './color.ts';
import { drawLabel } from './label.ts';
import type { Scene } from './scene.ts';

/** The longest stretch of work between two looks at the event loop, in milliseconds. */
const BAND_MS = 20;

export async function paint(scene: Scene, width: number, height: number): Promise<Picture> {
  const brush = new Brush(scene, width, height);
  const data = new Uint8Array(width * height * 3);
  // composing and outlining took their time already
  await immediate();
  let since = performance.now();
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      brush.pixel(x, y);
      finish(brush.out, scene, x, y, width, height, data);
    }
    if (performance.now() - since > BAND_MS) {
      await immediate();
      since = performance.now();
    }
  }
  if (scene.weather) fall(scene, data, width, height);
  drawLabel(data, width, height);
  return { width, height, data };
}

/** Vividness, darker corners and grain, then 8 bits. */
function finish(
  color: Float64Array,
  scene: Scene,
  x: number,
  y: number,
  width: number,
  height: number,
  data: Uint8Array,
): void {
  const r = color[0] ?? 0;
  const g = color[1] ?? 0;
  const b = color[2] ?? 0;
  const grey = 0.3 * r + 0.59 * g + 0.11 * b;
  const u = (2 * x) / width - 1;
  const v = (2 * y) / height - 1;
  const corner = 1 - 0.13 * (u * u + v * v);
  const grain = (speck(x, y, scene.salt) - 0.5) * 0.028;
  const at = (y * width + x) * 3;
  data[at] = clamp((grey + (r - grey) * scene.vividness) * corner + grain) * 255;
  data[at + 1] = clamp((grey + (g - grey) * scene.vividness) * corner + grain) * 255;
  data[at + 2] = clamp((grey + (b - grey) * scene.vividness) * corner + grain) * 255;
}

/** Snowflakes or rain in front of everything. */
function fall(scene: Scene, data: Uint8Array, width: number, height: number): void {
  const next = random(scene.salt + 77);
  const unit = Math.min(width, height);
  const snow = scene.weather === 'snow';
  for (let count = 0; count < (snow ? 320 : 420); count += 1) {
    const x = next() * width;
    const y = ((next() + scene.ripple) % 1) * height;
    const size = next();
    if (snow) dot(data, width, height, x, y, unit * (0.0012 + 0.0042 * size ** 3), 0.5 + 0.4 * size);
    else
      for (let step = 0; step < unit * 0.03; step += 1)
        dot(data, width, height, x - step * 0.25, y + step, 0.7, 0.1 + 0.14 * size);
  }
}

function dot(
  data: Uint8Array,
  width: number,
  height: number,
  cx: number,
  cy: number,
  radius: number,
  share: number,
): void {
  for (let y = Math.max(0, Math.floor(cy - radius)); y <= Math.min(height - 1, cy + radius); y += 1)
    for (let x = Math.max(0, Math.floor(cx - radius)); x <= Math.min(width - 1, cx + radius); x += 1) {
      const alpha = share * clamp(radius - Math.hypot(x - cx, y - cy) + 0.5);
      for (let at = (y * width + x) * 3, end = at + 3; at < end; at += 1)
        data[at] = (data[at] ?? 0) + (255 - (data[at] ?? 0)) * alpha;
    }
}
