/** What picture some bytes are, by the first of them: what a server says of its files and previews is missing or wrong at times. */
import type { MediaFile } from '../../core/run.ts';

const BEGINNINGS = [
  { type: 'jpeg', begins: /^\xff\xd8\xff/ },
  { type: 'png', begins: /^\x89PNG\r\n/ },
  { type: 'gif', begins: /^GIF8/ },
  { type: 'webp', begins: /^RIFF.{4}WEBP/s },
];

/** `jpeg`, as the second half of its media type; undefined: they are no picture. */
export function pictureType(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  return BEGINNINGS.find(({ begins }) => begins.test(head))?.type;
}

/** A preview of them; undefined: they are no picture. */
export function previewOf(bytes: Uint8Array): MediaFile | undefined {
  const type = pictureType(bytes);
  return type === undefined
    ? undefined
    : { name: `preview.${type}`, type: `image/${type}`, bytes: bytes.slice() };
}
