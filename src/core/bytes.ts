/** Reading picture files byte by byte: nothing throws, and what is not there is 0. */

export function u16(bytes: Uint8Array, at: number, little = false): number {
  const [low, high] = little ? [at, at + 1] : [at + 1, at];
  return ((bytes[high] ?? 0) << 8) | (bytes[low] ?? 0);
}

export function u32(bytes: Uint8Array, at: number, little = false): number {
  const [low, high] = little ? [at, at + 2] : [at + 2, at];
  return u16(bytes, high, little) * 0x1_00_00 + u16(bytes, low, little);
}

/** The four letters of a chunk's name. */
export function letters(bytes: Uint8Array, at: number, count = 4): string {
  return String.fromCharCode(...bytes.subarray(at, at + count));
}
