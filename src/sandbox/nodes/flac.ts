/**
 * A minimal FLAC writer (RFC 9639): mono, 16 bit, verbatim subframes. ComfyUI's SaveAudio writes FLAC, and players
 * take it, though nothing is compressed here.
 */
import type { Sound } from './values.ts';

const BLOCK = 4096;
const BITS = 16;

export function flac({ sampleRate, samples }: Sound): Uint8Array<ArrayBuffer> {
  const frames: Buffer[] = [];
  for (let at = 0; at < samples.length; at += BLOCK)
    frames.push(frame(samples.subarray(at, at + BLOCK), at / BLOCK));

  return Uint8Array.from(
    Buffer.concat([Buffer.from('fLaC'), streamInfo(sampleRate, samples.length), ...frames]),
  );
}

function streamInfo(sampleRate: number, total: number): Buffer {
  const block = Buffer.alloc(4 + 34);
  block.writeUInt8(0x80, 0); // last metadata block, type STREAMINFO
  block.writeUIntBE(34, 1, 3);
  block.writeUInt16BE(BLOCK, 4);
  block.writeUInt16BE(BLOCK, 6);
  // frame sizes (8…13) and MD5 (22…37) stay 0: unknown
  const packed = (BigInt(sampleRate) << 44n) | (0n << 41n) | (BigInt(BITS - 1) << 36n) | BigInt(total);
  block.writeBigUInt64BE(packed, 14);
  return block;
}

function frame(samples: Float32Array, number: number): Buffer {
  const header = Buffer.from([
    0xff,
    0xf8, // sync, fixed block size
    0x70, // block size: 16 bit at the end of the header; sample rate: from STREAMINFO
    0x08, // mono, 16 bit
    ...utf8Number(number),
    (samples.length - 1) >> 8,
    (samples.length - 1) & 255,
  ]);
  const body = Buffer.alloc(1 + samples.length * 2);
  body.writeUInt8(0x02, 0); // subframe: verbatim
  samples.forEach((sample, index) => {
    body.writeInt16BE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), 1 + index * 2);
  });
  const checked = Buffer.concat([header, Buffer.from([crc(header, 8, 0x07)]), body]);
  const end = Buffer.alloc(2);
  end.writeUInt16BE(crc(checked, 16, 0x8005));
  return Buffer.concat([checked, end]);
}

/** FLAC codes frame numbers as UTF-8 codes characters. */
function utf8Number(number: number): number[] {
  return [...Buffer.from(String.fromCodePoint(number))];
}

function crc(bytes: Buffer, width: 8 | 16, polynomial: number): number {
  const top = 1 << (width - 1);
  const mask = (1 << width) - 1;
  let value = 0;
  for (const byte of bytes) {
    value ^= byte << (width - 8);
    for (let bit = 0; bit < 8; bit += 1)
      value = (value & top) === 0 ? (value << 1) & mask : ((value << 1) ^ polynomial) & mask;
  }
  return value;
}
