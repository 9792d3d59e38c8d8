/** A picture for trying a template that needs one: soft shades, so that every kind of work on it shows. */
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Attachment } from '../../templates/values.ts';
import { pngChunk } from './bare/png.ts';

/** In pixels, of either side. */
const SIDE = 512;
const LIGHT = [0xff, 0xdd, 0x88];
const DARK = [0x33, 0x55, 0x88];
/** Of a PNG's header: eight bits a channel; red, green and blue. */
const RGB8 = [8, 2, 0, 0, 0];
/** Of a row: each byte as what it has more than the one above it, which packs well. */
const UP = 2;

const pack = promisify(deflate);

export const TRIAL_PICTURE: Attachment = { name: 'test.png', load: drawn };

async function drawn(): Promise<Buffer> {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(SIDE, 0);
  head.writeUInt32BE(SIDE, 4);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    pngChunk('IHDR', Buffer.concat([head, Uint8Array.from(RGB8)])),
    pngChunk('IDAT', await pack(rows())),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Light in the middle, dark at the edges. */
function rows(): Uint8Array {
  const length = 1 + SIDE * 3;
  const bytes = new Uint8Array(SIDE * length);
  let above = new Uint8Array(length);
  for (let y = 0; y < SIDE; y += 1) {
    const row = new Uint8Array(length);
    for (let x = 0; x < SIDE; x += 1) row.set(shade(x, y), 1 + x * 3);
    const start = y * length;
    bytes[start] = UP;
    for (let at = 1; at < length; at += 1) bytes[start + at] = (row[at] ?? 0) - (above[at] ?? 0);
    above = row;
  }
  return bytes;
}

function shade(x: number, y: number): number[] {
  const middle = (SIDE - 1) / 2;
  const part = Math.min(1, Math.hypot(x - middle, y - middle) / (SIDE / 2));
  return LIGHT.map((light, channel) => Math.round(light + part * ((DARK[channel] ?? 0) - light)));
}
