/**
 * Puts a backup in the place of what is in the data folder, which is moved aside and never deleted. The backup is judged
 * and copied first; then a journal says what is moved where, and whoever finds it goes on with it: killed before it is
 * there nothing has changed, killed after it the next start ends it.
 */
import { lstat, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { parseJson, writeJson } from '../core/json.ts';
import { requireRoom, requireSound, syncFolder } from '../store/file.ts';
import type { Tables } from '../store/schema.ts';
import { asTrouble } from '../store/trouble.ts';
import { readVersions, requireKnown } from '../store/versions.ts';
import { ASIDE } from '../core/disk.ts';
import {
  databaseFiles,
  dateMark,
  entriesOf,
  isState,
  isUnfinished,
  JOURNAL,
  STAGING,
  unlessAbsent,
} from './data-folder.ts';
import { DATABASE, FORMAT, hashed, MANIFEST, Manifest } from './manifest.ts';
import { BackupProblem } from './problem.ts';

export interface RestoreOptions {
  /** A backup's folder, or a database alone: what an upgrade has made. */
  from: string;
  /** Nobody else may use it meanwhile: whoever restores holds its lock. */
  directory: string;
  /** The path of the database's file. */
  database: string;
  /** All that this Easel knows. */
  tables: Tables;
  signal?: AbortSignal | undefined;
}

export interface Restored {
  files: number;
  /** Where that is what was there; undefined when nothing was. */
  aside: string | undefined;
}

const Journal = z.object({ moves: z.array(z.object({ from: z.string(), to: z.string() })) });
type Move = z.infer<typeof Journal>['moves'][number];

/**
 * Rejects with BackupProblem or StoreTrouble, or as the signal says; then nothing was changed, but for `restoring`: it is
 * decided, and `finishRestore` goes on with it.
 */
export async function restoreBackup(options: RestoreOptions): Promise<Restored> {
  const { directory, database, signal } = options;
  const staging = join(directory, STAGING);
  const records = `${database}.${STAGING}`;
  try {
    await finishRestore(directory, database);
    await mkdir(staging, { recursive: true, mode: 0o700 });
    await mkdir(dirname(database), { recursive: true, mode: 0o700 });
    const { files, isWhole } = await stage(options, staging, records);
    signal?.throwIfAborted();
    const aside = await freeName(join(directory, `${ASIDE}${dateMark()}`));
    const away = await movesAside(options, aside, isWhole);
    const entries = await entriesOf(staging);
    const coming = entries.map(({ name }) => ({ from: join(staging, name), to: join(directory, name) }));
    await writeJournal(directory, [...away, ...coming, { from: records, to: database }]);
    await finishRestore(directory, database);
    return { files, aside: away.length > 0 ? aside : undefined };
  } catch (error) {
    // the journal decides, also where it could not be said that it is there
    if (await isThere(join(directory, JOURNAL)).catch(() => true))
      throw new BackupProblem('restoring', directory, { cause: error });
    await clear(directory, database).catch(() => undefined); // the next one tries again
    if (signal?.aborted === true) throw signal.reason;
    throw error instanceof BackupProblem ? error : asTrouble(error);
  }
}

/**
 * Goes on with a restore that was cut short after it was decided, and removes what is left of one that was not. Whoever
 * calls it holds the folder's lock. Rejects as `fs` does; then it can be called again.
 */
export async function finishRestore(directory: string, database: string): Promise<void> {
  const path = join(directory, JOURNAL);
  const text = await unlessAbsent(readFile(path, 'utf8'));
  if (text !== undefined) {
    const { moves } = Journal.parse(parseJson(text));
    const touched = new Set<string>();
    for (const { from, to } of moves.map((move) => resolved(move, directory))) {
      // what has been moved is not there any more; a new one in its place is not to follow it
      if (!(await isThere(from)) || (await isThere(to))) continue;
      await mkdir(dirname(to), { recursive: true, mode: 0o700 });
      await rename(from, to);
      touched.add(dirname(from)).add(dirname(to));
    }
    for (const folder of touched) await syncFolder(folder);
    await rm(path);
    await syncFolder(directory);
  }
  await clear(directory, database);
}

/** Below the data folder where they are: it may have another path by the time that it is read. */
async function writeJournal(directory: string, moves: Move[]): Promise<void> {
  const path = join(directory, JOURNAL);
  const below = (one: string) => relative(directory, one);
  const text = writeJson({ moves: moves.map(({ from, to }) => ({ from: below(from), to: below(to) })) }, 1);
  await writeFile(`${path}.new`, text, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  await syncFolder(directory);
}

function resolved({ from, to }: Move, directory: string): Move {
  return { from: resolve(directory, from), to: resolve(directory, to) };
}

async function clear(directory: string, database: string): Promise<void> {
  await rm(join(directory, `${JOURNAL}.new`), { force: true });
  await rm(join(directory, STAGING), { recursive: true, force: true });
  for (const file of databaseFiles(`${database}.${STAGING}`)) await rm(file, { force: true });
}

/** Copies the backup and judges the copy. `isWhole`: it holds more than the database. */
async function stage(
  { from, directory, database, tables, signal }: RestoreOptions,
  staging: string,
  records: string,
): Promise<{ files: number; isWhole: boolean }> {
  const facts = await unlessAbsent(stat(from));
  if (!facts) throw new BackupProblem('no-backup', from);
  if (facts.isFile()) {
    await requireRoom(dirname(database), facts.size);
    await hashed(from, { to: records, signal });
    requireRestorable(records, from, tables);
    return { files: 1, isWhole: false };
  }
  const { files } = await readManifest(from, directory, database);
  const [first] = files;
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  await requireRoom(directory, bytes);
  await requireRoom(dirname(database), first?.size ?? 0);
  for (const entry of files) {
    const to = entry.path === DATABASE ? records : join(staging, entry.path);
    const copied = await unlessAbsent(hashed(join(from, entry.path), { to, signal }));
    if (copied?.size !== entry.size || copied.sha256 !== entry.sha256)
      throw new BackupProblem('damaged-backup', join(from, entry.path));
  }
  requireRestorable(records, from, tables);
  return { files: files.length, isWhole: true };
}

async function readManifest(from: string, directory: string, database: string): Promise<Manifest> {
  const path = join(from, MANIFEST);
  const text = await unlessAbsent(readFile(path, 'utf8'));
  if (text === undefined) throw new BackupProblem('no-backup', from);
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (cause) {
    throw new BackupProblem('damaged-backup', path, { cause });
  }
  const { data: head } = z.object({ format: z.number() }).safeParse(json);
  if (head && head.format > FORMAT) throw new BackupProblem('newer-backup', from);
  const manifest = Manifest.safeParse(json);
  const names = manifest.data?.files.map(({ path: name }) => name) ?? [];
  const isOurs = (name: string) =>
    name === DATABASE || isUnfinished(name) || isState(name.split('/')[0] ?? '', directory, database);
  if (
    !manifest.success ||
    new Set(names).size < names.length ||
    names[0] !== DATABASE ||
    !names.every(isOurs)
  )
    throw new BackupProblem('damaged-backup', path, { cause: manifest.error });
  return { ...manifest.data, files: manifest.data.files.filter(({ path: name }) => !isUnfinished(name)) };
}

/** Throws BackupProblem. */
function requireRestorable(records: string, from: string, tables: Tables): void {
  const copy = new DatabaseSync(records);
  try {
    requireSound(copy);
    requireKnown(readVersions(copy), tables);
    // one file, without a journal beside it
    copy.exec('PRAGMA journal_mode = DELETE');
  } catch (cause) {
    const { kind } = asTrouble(cause);
    if (kind === 'newer') throw new BackupProblem('newer-backup', from, { cause });
    if (kind === 'damaged') throw new BackupProblem('damaged-backup', from, { cause });
    throw cause;
  } finally {
    copy.close();
  }
}

/** All of the state, or the database alone. */
async function movesAside(
  { directory, database }: RestoreOptions,
  aside: string,
  isWhole: boolean,
): Promise<Move[]> {
  const isInside = dirname(resolve(database)) === resolve(directory);
  const beside = (file: string) => `${file}.${relative(directory, aside)}`;
  const moves: Move[] = [];
  for (const file of databaseFiles(database))
    if (await isThere(file))
      moves.push({ from: file, to: isInside ? join(aside, basename(file)) : beside(file) });
  if (!isWhole) return moves;
  for (const { name } of await entriesOf(directory))
    if (isState(name, directory, database))
      moves.push({ from: join(directory, name), to: join(aside, name) });
  return moves;
}

async function freeName(path: string): Promise<string> {
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? path : `${path}-${number}`;
    if (!(await isThere(name))) return name;
  }
}

const isThere = async (path: string): Promise<boolean> => (await unlessAbsent(lstat(path))) !== undefined;
