/**
 * Text out of a PNG. Only the chunks' heads are walked; pixels are never decoded, so it costs the same however
 * large the picture claims to be.
 *
 * Checksums are not compared: a wrong one in the picture says nothing about its text, and text that was damaged
 * hardly stays JSON.
 */
import { inflateSync } from 'node:zlib';
import { EaselError } from '../../core/errors.ts';

export interface Picture {
  /** As its owner calls it, for errors. */
  name: string;
  bytes: Uint8Array;
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
/** Length, type and checksum around a chunk's data. */
const FRAME_BYTES = 12;
/** Encoders cut pixels into pieces of 8 KB or more; this many pieces only keep a reader busy. */
const MAX_CHUNKS = 100_000;
/** `comf` is ComfyUI's own, laid out like tEXt: its animated PNGs carry their graph in it. */
const TEXT_TYPES = ['tEXt', 'zTXt', 'iTXt', 'comf'];

interface TextChunk {
  type: string;
  /** What follows the keyword. */
  rest: Buffer;
}

export function isPng(bytes: Uint8Array): boolean {
  return SIGNATURE.equals(bytes.subarray(0, SIGNATURE.length));
}

/**
 * The text under that keyword; undefined when there is none. The last one counts, as in ComfyUI's editor. Throws
 * EaselError `picture-damaged` (cut off, a chunk whose length cannot be, or chunks without end) or `file-too-large` when the text
 * has more than `maxBytes`, packed or unpacked.
 */
export function pngText(picture: Picture, keyword: string, maxBytes: number): string | undefined {
  const chunk = textChunk(picture, keyword);
  return chunk && decode(textBytes(chunk, picture.name, maxBytes));
}

/** Throws EaselError `picture-damaged` as pngText does. */
export function hasPngText(picture: Picture, keyword: string): boolean {
  return textChunk(picture, keyword) !== undefined;
}

/**
 * Walks to the end of the picture, so that one which was cut off is noticed wherever its text stands. A chunk that
 * claims more than there is leads past the end of the file.
 */
function textChunk({ name, bytes }: Picture, keyword: string): TextChunk | undefined {
  const head = Buffer.from(`${keyword}\0`, 'latin1');
  const png = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let found: TextChunk | undefined;
  let at = SIGNATURE.length;
  for (let count = 0; count < MAX_CHUNKS && at + FRAME_BYTES <= png.length; count++) {
    const length = png.readUInt32BE(at);
    const end = at + FRAME_BYTES + length;
    const type = png.toString('latin1', at + 4, at + 8);
    if (type === 'IEND') return found;
    const data = png.subarray(at + 8, end - 4);
    if (TEXT_TYPES.includes(type) && head.equals(data.subarray(0, head.length)))
      found = { type, rest: data.subarray(head.length) };
    at = end;
  }
  throw new EaselError({ code: 'picture-damaged', file: name });
}

function textBytes({ type, rest }: TextChunk, file: string, maxBytes: number): Buffer {
  switch (type) {
    case 'zTXt': // method (0 is the only one), packed text
      return inflate(rest.subarray(1), file, maxBytes);
    case 'iTXt': {
      // packed or not, method, language, 0, translated keyword, 0, text
      const language = rest.indexOf(0, 2);
      const translated = language < 0 ? -1 : rest.indexOf(0, language + 1);
      if (translated < 0) throw new EaselError({ code: 'picture-damaged', file });
      const text = rest.subarray(translated + 1);
      return rest[0] === 1 ? inflate(text, file, maxBytes) : plain(text, file, maxBytes);
    }
    default:
      return plain(rest, file, maxBytes);
  }
}

function plain(text: Buffer, file: string, maxBytes: number): Buffer {
  if (text.length > maxBytes) throw new EaselError({ code: 'file-too-large', file, maxSize: maxBytes });
  return text;
}

function inflate(packed: Buffer, file: string, maxBytes: number): Buffer {
  try {
    return inflateSync(packed, { maxOutputLength: maxBytes });
  } catch (cause) {
    const tooLarge = cause instanceof Error && 'code' in cause && cause.code === 'ERR_BUFFER_TOO_LARGE';
    throw new EaselError(
      tooLarge ? { code: 'file-too-large', file, maxSize: maxBytes } : { code: 'picture-damaged', file },
      { cause },
    );
  }
}

/** tEXt and zTXt are Latin-1 by the standard, but many programs write UTF-8 there. ComfyUI writes ASCII. */
function decode(text: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(text);
  } catch {
    return text.toString('latin1');
  }
}
