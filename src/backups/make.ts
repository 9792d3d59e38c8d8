/**
 * A backup of everything that Easel needs to go on elsewhere: the database as of one moment, while Easel runs, and then
 * the files. Those of a job that ended in between are gone, and were delivered. Made beside its place and put there when
 * it is whole.
 */
import { chmod, mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { writeJson } from '../core/json.ts';
import { copyDatabase, requireRoom, requireSound, sizeOf, syncFolder } from '../store/file.ts';
import { lockFile, type Lock } from '../store/lock.ts';
import { asTrouble, StoreTrouble } from '../store/trouble.ts';
import { BACKUPS, dateMark, entriesOf, JOURNAL, stateFiles, unlessAbsent } from './data-folder.ts';
import { DATABASE, FORMAT, hashed, MANIFEST, type Entry, type Manifest } from './manifest.ts';
import { BackupProblem } from './problem.ts';

export interface BackupOptions {
  directory: string;
  /** The path of the database's file. */
  database: string;
  /** The folder that the backup's own is made in; default: `backups` in the data folder. */
  into?: string | undefined;
  /** The version of Easel. */
  easel: string;
  signal?: AbortSignal | undefined;
}

export interface Backup {
  path: string;
  files: number;
  /** Of all of them together. */
  bytes: number;
}

const BUSY_TIMEOUT_MS = 5000;
/** Held by whoever makes a backup there. */
const LOCK = 'making.lock';
const NAME = /^easel-\d{8}T\d{6}Z\.partial$/;

/**
 * One at a time in a folder. Rejects with BackupProblem or StoreTrouble, or as the signal says; then nothing of it is
 * there.
 */
export async function makeBackup(options: BackupOptions): Promise<Backup> {
  const { directory, database, signal } = options;
  const into = options.into ?? join(directory, BACKUPS);
  requireOutside(directory, into);
  if (await unlessAbsent(stat(join(directory, JOURNAL)))) throw new BackupProblem('restoring', directory);
  let lock: Lock | undefined;
  try {
    const size = await sizeOf(database);
    if (size === undefined) throw new BackupProblem('nothing-there', directory);
    await mkdir(into, { recursive: true, mode: 0o700 });
    lock = await lockFolder(into);
    if (!lock) throw new BackupProblem('being-made', into);
    return await makeAlone(options, into, size);
  } catch (error) {
    if (signal?.aborted === true) throw signal.reason;
    throw error instanceof BackupProblem ? error : asTrouble(error);
  } finally {
    lock?.release();
  }
}

/** Its file stays: whoever removed it might lock another one than who has it open already. Undefined: it is taken. */
async function lockFolder(into: string): Promise<Lock | undefined> {
  const path = join(into, LOCK);
  if (!(await unlessAbsent(stat(path)))) {
    await writeFile(path, '', { flag: 'a' });
    // root today, and tomorrow the user that Easel runs as
    await chmod(path, 0o666);
  }
  return lockFile(path);
}

/** `size`: of the database, in bytes. Whoever calls it holds the lock of `into`. */
async function makeAlone(
  { directory, database, easel, signal }: BackupOptions,
  into: string,
  size: number,
): Promise<Backup> {
  const now = new Date();
  const path = join(into, `easel-${dateMark(now)}`);
  const partial = `${path}.partial`;
  try {
    // of a process that was killed: one that lives would hold the lock
    for (const { name } of await entriesOf(into))
      if (NAME.test(name)) await rm(join(into, name), { recursive: true, force: true });
    const found = await stateFiles(directory, database);
    await requireRoom(
      into,
      found.reduce((sum, file) => sum + file.size, size),
    );
    if (await unlessAbsent(stat(path))) throw new StoreTrouble('unwritable', `${path} is there already`);
    await mkdir(partial, { mode: 0o700 });
    const files = [await copyRecords(database, partial, signal)];
    // looked for once more: what came before the copy of the database has to be with it
    for (const file of await stateFiles(directory, database)) {
      const copied = await unlessAbsent(
        hashed(join(directory, file.path), { to: join(partial, file.path), signal }),
      );
      if (copied) files.push({ path: file.path, ...copied });
      else await rm(join(partial, file.path), { force: true });
    }
    const manifest: Manifest = { format: FORMAT, easel, made: now.toISOString(), files };
    await writeFile(join(partial, MANIFEST), writeJson(manifest, 1), { mode: 0o600, flush: true });
    await syncFolder(partial);
    signal?.throwIfAborted();
    await requireComplete(partial, files);
    await rename(partial, path);
    await syncFolder(into);
    return { path, files: files.length, bytes: files.reduce((sum, file) => sum + file.size, 0) };
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined); // the next one tries again
    throw error;
  }
}

/** The folder may be on a disk where others clear up. Throws BackupProblem `disturbed`. */
async function requireComplete(partial: string, files: readonly Entry[]): Promise<void> {
  for (const file of files) {
    const path = join(partial, file.path);
    const facts = await unlessAbsent(stat(path));
    if (facts?.size !== file.size) throw new BackupProblem('disturbed', path);
  }
}

/** A copy that is damaged is none: so is what it was made of, and that is said now. */
async function copyRecords(from: string, folder: string, signal: AbortSignal | undefined): Promise<Entry> {
  const to = join(folder, DATABASE);
  const source = new DatabaseSync(from, { timeout: BUSY_TIMEOUT_MS });
  try {
    // SQLite keeps what it needs beside the database, also to read it
    requireReadable(source, from);
    await copyDatabase(source, to);
  } finally {
    source.close();
  }
  const copy = new DatabaseSync(to);
  try {
    // one file, without a journal beside it
    copy.exec('PRAGMA journal_mode = DELETE');
    requireSound(copy);
  } finally {
    copy.close();
  }
  await chmod(to, 0o600);
  signal?.throwIfAborted();
  return { path: DATABASE, ...(await hashed(to)) };
}

/** Throws BackupProblem `records-closed`, or as SQLite does. */
function requireReadable(source: DatabaseSync, path: string): void {
  try {
    source.prepare('SELECT count(*) FROM sqlite_schema').get();
  } catch (cause) {
    if (asTrouble(cause).kind === 'unwritable') throw new BackupProblem('records-closed', path, { cause });
    throw cause;
  }
}

/** A backup in the data folder would be part of the next one. */
function requireOutside(directory: string, into: string): void {
  const inside = relative(resolve(directory), resolve(into));
  const isInside =
    inside === '' || (inside !== '..' && !inside.startsWith(`..${sep}`) && resolve(inside) !== inside);
  if (isInside && inside.split(sep)[0] !== BACKUPS) throw new BackupProblem('inside-data', into);
}
