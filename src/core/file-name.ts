/** Names of files that others chose, made harmless: for folders on this machine and inside archives. */

/** File systems take 255 bytes; a number in front needs some of them. */
const MAX_NAME_BYTES = 200;
/** What Windows takes for a device, whatever its extension. */
const DEVICE = /^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))/i;

/** It may not leave its folder or hide itself. Not empty, at most 200 bytes; two of them may be the same. */
export function safeName(name: string): string {
  const safe = name
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^\.+/, '')
    .replace(/\.+$/, '')
    .replace(DEVICE, '_');
  return shortened(safe) || 'output';
}

/**
 * As `safeName`, and no other of the same folder: `number` is its own there, from 1. The first keeps its name, unless
 * it looks like a numbered one.
 */
export function numberedName(name: string, number: number): string {
  const safe = safeName(name);
  return number === 1 && !/^\d+-/.test(safe) ? safe : `${number}-${safe}`;
}

/** Cut before its extension. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const extension = /\.\w{1,10}$/.exec(name)?.[0] ?? '';
  let stem = name.slice(0, MAX_NAME_BYTES);
  while (Buffer.byteLength(stem + extension) > MAX_NAME_BYTES) stem = stem.slice(0, -1);
  return stem.toWellFormed().replaceAll('\ufffd', '') + extension;
}
