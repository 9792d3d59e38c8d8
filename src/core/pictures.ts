/** The port for what only a decoder can tell of a picture. Implemented in `pictures/`, outside of this process. */

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

export interface PictureFacts {
  format: PictureFormat;
  /** In pixels, of one page. */
  width: number;
  height: number;
  /** 1 for a still one; in an animated PNG only the first is seen. */
  pages: number;
  /** The first page could be decoded to its end; false also for one of more than `MAX_PIXELS`, which is not tried. */
  whole: boolean;
}

/**
 * Why nothing came of a file. `not-a-picture`: none that is read here, or a damaged one; `cannot`: the rest, with its
 * cause in the log.
 */
export type PictureTrouble = 'not-a-picture' | 'too-many-pixels' | 'too-slow' | 'no-memory' | 'cannot';

/** What is decoded at most, in pixels: width × height × pages. */
export const MAX_PIXELS = 64_000_000;

export interface PictureJudge {
  /**
   * What a picture is, by its content: a path, or bytes. Rejects with the signal's reason, with EaselError
   * `shutting-down`, and as Node's `fs` does where bytes cannot be put down.
   */
  inspect(
    picture: string | Uint8Array,
    signal: AbortSignal,
  ): Promise<PictureFacts | { trouble: PictureTrouble }>;
}
