/** What a backend takes as one upload. Pure. */

/** Absent: nobody knows of a bound. */
export interface UploadLimits {
  /** Of the file. */
  bytes?: number | undefined;
  /** Of a picture: of its longer side, in pixels. */
  edge?: number | undefined;
  /** Of a picture: width × height. */
  pixels?: number | undefined;
}

export type UploadLimit = keyof UploadLimits;

export interface Measured {
  /** In bytes. */
  size: number;
  /** Of a picture, where it is known. */
  width?: number | undefined;
  height?: number | undefined;
}

/** The first that it is over, and how much that allows. */
export function limitOver(
  limits: UploadLimits,
  { size, width = 0, height = 0 }: Measured,
): { limit: UploadLimit; max: number } | undefined {
  const measured: Record<UploadLimit, number> = {
    bytes: size,
    edge: Math.max(width, height),
    pixels: width * height,
  };
  for (const limit of ['bytes', 'edge', 'pixels'] as const) {
    const max = limits[limit];
    if (max !== undefined && measured[limit] > max) return { limit, max };
  }
  return undefined;
}
