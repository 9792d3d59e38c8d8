/**
 * The port for what is too large to be held in memory: files are written as streams and lie on this machine until they
 * are dropped, or their time is over. Implemented in `files/`.
 */

/** A file that lies on this machine. Never changed while it is there. */
export interface StoredFile {
  /** For people. */
  name: string;
  /** MIME type, e.g. `image/png`. */
  type: string;
  /** In bytes. */
  size: number;
  /** For whoever reads it, as a stream or as a program of its own. */
  path: string;
}

/**
 * What a file is there for. `inputs`: what a job was given; `outbox`: what a job has made, until its reply is;
 * `links`: what people fetch themselves.
 */
export type Shelf = 'inputs' | 'outbox' | 'links';

/** `owner` is what is dropped as a whole, a job or a link; both are letters, digits, `-` and `_`, at most 100. */
export interface FileKey {
  shelf: Shelf;
  owner: string;
  name: string;
}

/** What can be told of a file before it is there. */
export type FileAbout = Pick<StoredFile, 'name' | 'type'>;

export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

export interface Files {
  /**
   * Writes a file, whole or not at all; what was there under its key is replaced. `until`: when it may go, in ms since
   * 1970; default: when it is dropped. Rejects with what `bytes` rejects with, with EaselError `data-full` where there
   * is no room, and as Node's `fs` does.
   */
  put(key: FileKey, about: FileAbout, bytes: Bytes, until?: number): Promise<StoredFile>;
  /** The same bytes under another key, without copying them where the disk can do so. Rejects as `put` does. */
  keep(key: FileKey, file: StoredFile, until?: number): Promise<StoredFile>;
  /** Undefined: not there, not whole, or its time is over. Never rejects. */
  get(key: FileKey): Promise<StoredFile | undefined>;
  /** All files of an owner may go at `until`, in ms since 1970. Rejects as Node's `fs` does. */
  expire(shelf: Shelf, owner: string, until: number): Promise<void>;
  /** Forgets an owner's files. Never rejects: what could not be removed is logged. */
  drop(shelf: Shelf, owner: string): Promise<void>;
  /** Who has files on a shelf, those whose time is over among them. Never rejects. */
  owners(shelf: Shelf): Promise<string[]>;
  /**
   * At the start: drops every owner but those that are kept, those that have a file whose time is to come, and those of
   * whom one is being written. Never rejects: where `isKept` does, what is not looked at yet stays.
   */
  keepOnly(shelf: Shelf, isKept: (owner: string) => boolean | Promise<boolean>): Promise<void>;
}
