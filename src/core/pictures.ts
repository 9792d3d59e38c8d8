/** The port for what only a decoder can tell of a picture. Implemented in `pictures/`, outside of this process. */

import type { StoredFile } from './files.ts';
import type { UploadLimits } from './upload-limits.ts';

export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif';

/** What people may attach as a picture, as they call it: every sentence and every file dialog goes by it. */
export const TAKEN_PICTURES = ['PNG', 'JPEG', 'WebP', 'GIF', 'AVIF', 'HEIC', 'TIFF'] as const;

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

/** What a contact sheet is called. */
export const SHEET_NAME = 'sheet.jpg';

/** What is decoded at most, in pixels: width × height × pages. 64 megapixels, as Comfy Cloud counts them for uploads. */
export const MAX_PIXELS = 8192 * 8192;

/** What is tried when it is only to be made smaller, a strip at a time: photos of phones have up to 200 megapixels. */
export const MAX_SHRUNK_PIXELS = 4 * MAX_PIXELS;

export interface PictureJudge {
  /**
   * What a picture is, by its content: a path, or bytes. Rejects with the signal's reason, with EaselError
   * `shutting-down`, and as Node's `fs` does where bytes cannot be put down.
   */
  inspect(
    picture: string | Uint8Array,
    signal: AbortSignal,
  ): Promise<PictureFacts | { trouble: PictureTrouble }>;
  /**
   * A picture of any format that is read here as PNG or JPEG: its first page, upright, and with nothing but the picture.
   * HEIC and TIFF are read too. `within`: made smaller until it is. Without `made`: more pixels than are tried. Rejects as
   * `inspect` does.
   */
  convert(
    picture: Uint8Array,
    signal: AbortSignal,
    within?: UploadLimits,
  ): Promise<
    | {
        width: number;
        height: number;
        /** It has fewer pixels than it had. */
        shrunk: boolean;
        made?: { type: string; bytes: Uint8Array } | undefined;
      }
    | { trouble: PictureTrouble }
  >;
}

/** `folder` must be there; who asks owns the new file. */
export interface Asked {
  folder: string;
  signal?: AbortSignal | undefined;
  /** In ms, from its begin. */
  deadlineMs?: number | undefined;
}

export type VideoTrouble = PictureTrouble | 'not-a-video' | 'no-ffmpeg';

/** Makes files of files; all but `archive` resolve to why nothing came of it. */
export interface PictureMaker {
  /** A new WebP of at most `limit` bytes, in which what played plays. At most 64 megapixels are tried. */
  shrink(
    file: StoredFile,
    asked: Asked & { limit: number },
  ): Promise<{ file: StoredFile } | { trouble: PictureTrouble }>;
  /**
   * A new PNG or JPEG that is within these limits, to go up in its place: upright, with as many pixels as there is room for.
   * `width`, `height`: its own.
   */
  fitUpload(
    file: StoredFile,
    asked: Asked & { within: UploadLimits },
  ): Promise<{ file: StoredFile; width: number; height: number } | { trouble: PictureTrouble }>;
  /**
   * A JPEG of the first 300 files as numbered tiles, from 1; what cannot be read is an empty one. `shown`: how many are
   * on it, `empty`: the numbers of empty ones.
   */
  sheet(
    files: readonly StoredFile[],
    asked: Asked,
  ): Promise<{ file: StoredFile; shown: number; empty: number[] } | { trouble: PictureTrouble }>;
  /** A new MP4, or WebM, of at most `limit` bytes, by the machine's ffmpeg. */
  fitVideo(
    file: StoredFile,
    asked: Asked & { limit: number },
  ): Promise<{ file: StoredFile } | { trouble: VideoTrouble }>;
  /**
   * A ZIP of any size, called `name`. Its files are called by their number and their name. Rejects as Node's `fs` does,
   * also where a file is no longer what it was.
   */
  archive(
    files: readonly StoredFile[],
    asked: Pick<Asked, 'folder' | 'signal'> & { name: string },
  ): Promise<StoredFile>;
}
