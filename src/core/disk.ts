/**
 * The port for the one budget of the data folder: whether there is room, what lies there, and folders whose oldest may
 * go. Implemented in `files/`.
 */
import { EaselError } from './errors.ts';

/**
 * What goes when there is no room, the first of them first, and of each the oldest: backups but for the newest, pictures
 * of ended jobs that may be tried again, links, pictures that are kept.
 */
export const GOES = ['backups', 'retries', 'links', 'pictures'] as const;

/** What never goes: files of unfinished jobs, and the records themselves with all that is nobody's. */
export const STAYS = ['flight', 'records'] as const;

export type Kind = (typeof GOES)[number] | (typeof STAYS)[number];

/** Begins the name of the folder where a restored state has put the one before. */
export const ASIDE = 'before-restore-';

export interface DiskState {
  /** In bytes. */
  used: Record<Kind, number>;
  total: number;
  /** What may not go, in bytes: `STAYS`, the newest backup, and pictures with a star. */
  fixed: number;
  /** What a restore has moved aside, in bytes: its operator's, and in no other number here. */
  aside: number;
  /** In bytes; undefined while none holds: before the folder is measured, and while `unset`. */
  budget: number | undefined;
  /** The folder was larger than the default budget when budgets came: nothing goes until the operator has set one. */
  unset: boolean;
  /** What holds when none is set, in bytes. */
  standard: number;
  /** Left on the disk itself, in bytes; undefined before the first look. */
  free: number | undefined;
  /** Why no new jobs are begun. */
  full: 'budget' | 'disk' | undefined;
  /** Soon no new jobs will be: what may not go has nearly reached the budget, or the disk itself is nearly full. */
  nearly: 'budget' | 'disk' | undefined;
  /** What goes next when room is needed. */
  next: Kind | undefined;
}

export interface Disk {
  /**
   * Why no new job is to be taken, or begun beside others. With the budget alone one at a time may be: what waits may be
   * what fills it.
   */
  readonly full: DiskState['full'];
  state(): DiskState;
  /** `listener` is told when `full` changes. Returns the end of it. */
  listen(listener: () => void): () => void;
}

/** Of the disk, or of the budget: to be waited for, since others' files go. */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof EaselError) return error.code === 'data-full';
  return error instanceof Error && 'code' in error && ['ENOSPC', 'EDQUOT'].includes(String(error.code));
}

/** A folder in which each entry, a file or a folder, goes as a whole when there is no room, the oldest first. */
export interface KeptFolder {
  /**
   * Makes room for an entry of so many bytes and has `write` make it, or replace it; it does not go before that. `moved`:
   * so many of them are on this disk already, and are dropped elsewhere soon. Rejects with EaselError `data-full`, and as
   * `write` does, which removes what it leaves then.
   */
  keep<T>(entry: { name: string; bytes: number; moved?: number }, write: () => Promise<T>): Promise<T>;
  /** Never rejects: what could not be removed is logged. */
  remove(name: string): Promise<void>;
  /** Removes one file of an entry that is a folder; one that is not there any more is no error. Rejects as `fs` does. */
  removeFile(name: string, file: string): Promise<void>;
  /** Whether one more may be pinned: all that is pinned takes half of the budget at most. */
  mayPin(name: string): boolean;
  /** What is pinned never goes for want of room, but when it is removed; it need not be there yet. */
  pin(name: string, isPinned: boolean): void;
  /** `listener` is told of each entry that went for want of room. */
  listen(listener: (name: string) => void): void;
}
