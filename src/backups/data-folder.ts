/** What of a data folder belongs to its state, and what is left out of backups and stays where it is when one is restored. */
import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { ASIDE } from '../core/disk.ts';
import { DATABASE, MANIFEST } from './manifest.ts';

/** Where backups are made. */
export const BACKUPS = 'backups';
/** Where a restored state is put together. */
export const STAGING = 'restoring';
/** What is to be moved where, while a restored state is put in its place. */
export const JOURNAL = 'restore.json';

/** What a process works on, and the next one empties. */
const WORKSHOPS: readonly string[] = ['scratch', 'made'];

/** `path`: below the data folder. Backups had such files once. */
export const isUnfinished = (path: string): boolean => WORKSHOPS.includes(path.split('/')[0] ?? '');

const OTHERS: readonly string[] = [
  BACKUPS,
  STAGING,
  JOURNAL,
  `${JOURNAL}.new`,
  ...WORKSHOPS,
  // a backup that somebody has unpacked there has one
  MANIFEST,
  // of a disk that is mounted there
  'lost+found',
];

/** The lock dies with its process, what SQLite keeps beside it too; the log is of what has been. */
const KEPT = new RegExp(`^(?:easel\\.lock|easel\\.log|${ASIDE})`);

/** Whether an entry of the data folder is part of its state. `database`: the path of the database's file. */
export function isState(name: string, directory: string, database: string): boolean {
  if (OTHERS.includes(name) || KEPT.test(name)) return false;
  // the usual one is in a backup under its name; where the records are elsewhere it is an old one
  return [database, join(directory, DATABASE)].every((one) => !isDatabase(join(directory, name), one));
}

/** The database, what SQLite and we keep beside it, and the folders that it is in. */
function isDatabase(path: string, database: string): boolean {
  const [here, there] = [resolve(path), resolve(database)];
  return (
    here === there ||
    /^[-.]/.test(here.startsWith(there) ? here.slice(there.length) : '') ||
    there.startsWith(here + sep)
  );
}

/** The database's files, as far as they may be there. */
export const databaseFiles = (database: string): string[] =>
  ['', '-wal', '-shm', '-journal'].map((end) => database + end);

/** In bytes. */
export interface Found {
  /** Below the folder, with `/`. */
  path: string;
  size: number;
}

/**
 * The files of the state besides the database. Half-written ones and links are passed over, and what vanishes meanwhile.
 * Rejects as `fs` does.
 */
export async function stateFiles(directory: string, database: string): Promise<Found[]> {
  const found: Found[] = [];
  for (const entry of await entriesOf(directory))
    if (isState(entry.name, directory, database)) await look(entry);
  return found;

  async function look(entry: Dirent): Promise<void> {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) for (const inside of await entriesOf(path)) await look(inside);
    if (!entry.isFile() || /\.part(?:ial)?$/.test(entry.name)) return;
    const facts = await unlessAbsent(stat(path));
    if (facts) found.push({ path: relative(directory, path).split(sep).join('/'), size: facts.size });
  }
}

export const entriesOf = async (directory: string): Promise<Dirent[]> =>
  (await unlessAbsent(readdir(directory, { withFileTypes: true }))) ?? [];

/** Undefined for what is not there. */
export async function unlessAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Now, to the second, as it stands in names. */
export const dateMark = (at = new Date()): string => at.toISOString().replaceAll(/[:-]|\.\d+/g, '');
