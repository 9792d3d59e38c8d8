/** What picture some bytes are, by the first of them: what a server says of its previews is missing or wrong at times. */
import type { MediaFile } from '../../core/run.ts';

const BEGINNINGS = [
  { type: 'jpeg', begins: /^\xff\xd8\xff/ },
  { type: 'png', begins: /^\x89PNG\r\n/ },
  { type: 'gif', begins: /^GIF8/ },
  { type: 'webp', begins: /^RIFF.{4}WEBP/s },
];

/** A preview of them; undefined: they are no picture. */
export function previewOf(bytes: Uint8Array): MediaFile | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  const kind = BEGINNINGS.find(({ begins }) => begins.test(head));
  return kind && { name: `preview.${kind.type}`, type: `image/${kind.type}`, bytes: bytes.slice() };
}
