/**
 * Whether a file ends before its end: a proxy that states a wrong length hands over half a picture as a whole answer,
 * and nothing in HTTP says so.
 */
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);
const PNG_END = Buffer.from('IEND');
const JPEG = Buffer.from([0xff, 0xd8, 0xff]);
const JPEG_END = Buffer.from([0xff, 0xd9]);
/** WebP, WAV and AVI say their length after these four letters, less these and the length itself. */
const RIFF = Buffer.from('RIFF');
const RIFF_HEAD = 8;

/** False for what cannot be told, and for a file with something behind its end. */
export function isCutOff(bytes: Uint8Array): boolean {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const begins = (head: Buffer): boolean => file.subarray(0, head.length).equals(head);
  if (begins(PNG)) return file.lastIndexOf(PNG_END) === -1;
  if (begins(JPEG)) return file.lastIndexOf(JPEG_END) === -1;
  return begins(RIFF) && file.length >= RIFF_HEAD && file.readUInt32LE(4) + RIFF_HEAD > file.length;
}
