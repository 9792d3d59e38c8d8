/**
 * Binary event 1: big-endian u32 event, u32 format (1 JPEG, 2 PNG), picture. It says neither whose nor of what it is; servers
 * before July 2025 know no other, and nodes of some packs send nothing else.
 */
import type { MediaFile } from '../../core/run.ts';

const PICTURE = 1;
const HEAD = 8;
const JPEG = { type: 'image/jpeg', name: 'preview.jpeg', magic: [0xff, 0xd8, 0xff] };
const PNG = { type: 'image/png', name: 'preview.png', magic: [0x89, 0x50, 0x4e, 0x47] };

/** Undefined for any other frame, and for bytes that are no such picture. Never throws. */
export function barePicture(data: Uint8Array): MediaFile | undefined {
  if (data.byteLength <= HEAD) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (view.getUint32(0) !== PICTURE) return undefined;
  // the bytes know better than whoever wrote the format
  const kind = [JPEG, PNG].find(({ magic }) => magic.every((byte, at) => data[HEAD + at] === byte));
  return kind && { name: kind.name, type: kind.type, bytes: data.slice(HEAD) };
}
