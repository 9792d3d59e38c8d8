/** PNG with ComfyUI's text chunks: a saved picture carries the graph that made it. */
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { isJsonObject, writeJson, type JsonObject } from '../../core/json.ts';
import type { Workflow } from '../../core/workflow.ts';
import { graphJson } from '../engine/run.ts';
import type { Picture } from './values.ts';

/** Signature and IHDR; chunks may go in behind them. */
const HEAD_BYTES = 8 + 25;

export async function toPng(
  picture: Picture,
  texts: Readonly<Record<string, string>>,
): Promise<Uint8Array<ArrayBuffer>> {
  const { data, height, width } = picture;
  const png = await sharp(data, { raw: { width, height, channels: 3 } })
    .png({ compressionLevel: 4 })
    .toBuffer();
  const chunks = Object.entries(texts).map(([keyword, text]) => textChunk(keyword, text));
  return Uint8Array.from(Buffer.concat([png.subarray(0, HEAD_BYTES), ...chunks, png.subarray(HEAD_BYTES)]));
}

/** What ComfyUI writes into its PNGs: `prompt`, and whatever the editor sent in `extra_pnginfo`. */
export function graphTexts(graph: Workflow, extra: JsonObject): Record<string, string> {
  const info = extra['extra_pnginfo'];
  const more = isJsonObject(info) ? Object.entries(info) : [];
  const texts = [['prompt', graphJson(graph)] as const, ...more];
  return Object.fromEntries(texts.map(([keyword, value]) => [keyword, ascii(writeJson(value))]));
}

/** Reads a text chunk back; undefined when there is none of that keyword. */
export function pngText(png: Uint8Array, keyword: string): string | undefined {
  const bytes = Buffer.from(png.buffer, png.byteOffset, png.byteLength);
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const data = bytes.subarray(at + 8, at + 8 + length);
    const end = data.indexOf(0);
    if (bytes.toString('latin1', at + 4, at + 8) === 'tEXt' && data.toString('latin1', 0, end) === keyword)
      return data.toString('latin1', end + 1);

    at += 12 + length;
  }
  return undefined;
}

function textChunk(keyword: string, text: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1');
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(body.length - 4, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** tEXt holds Latin-1 only; JSON can say everything else in escapes. */
function ascii(json: string): string {
  return json.replaceAll(
    /[\u0080-\uffff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
