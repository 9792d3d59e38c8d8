/** PNGs made by hand, chunk by chunk: right ones, and ones that lie. */
import { crc32 } from 'node:zlib';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const HEADER = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);

/** One chunk; `length` only when it shall lie about its own. */
export function chunk(type: string, data: string | Uint8Array = '', length?: number): Buffer {
  const body = Buffer.concat([
    Buffer.from(type, 'latin1'),
    typeof data === 'string' ? Buffer.from(data, 'utf8') : data,
  ]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(length ?? body.length - 4, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A picture of one pixel's header, these chunks and no pixels. */
export function png(...chunks: Uint8Array[]): Buffer {
  return Buffer.concat([SIGNATURE, chunk('IHDR', HEADER), ...chunks, chunk('IEND')]);
}

export function zTXt(keyword: string, packed: Uint8Array): Buffer {
  return chunk('zTXt', Buffer.concat([Buffer.from(`${keyword}\0\0`), packed]));
}

/** With a language and a translated keyword, as the format allows. */
export function iTXt(keyword: string, text: Uint8Array, packed: boolean): Buffer {
  return chunk(
    'iTXt',
    Buffer.concat([Buffer.from(`${keyword}\0${packed ? '\u0001' : '\0'}\0en\0wört\0`), text]),
  );
}
