/** Where a store's database is, and its copies: made while it is in use, whole or not at all, for its owner only. */
import { chmod, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { backup, type DatabaseSync } from 'node:sqlite';
import { asTrouble, StoreTrouble } from './trouble.ts';

/** Pages of a copy at a time: all at once, since a write in between would begin it again. */
const ALL_PAGES = 2 ** 31 - 1;
/** What is left free besides, in bytes. */
const SPARE = 16 * 1024 * 1024;

/** `sqlite://PATH` → PATH. */
export const fileOf = (uri: string): string => uri.replace(/^sqlite:(?:\/\/)?/, '');

/** In bytes; undefined when there is no such file, or it is empty. Rejects with StoreTrouble. */
export async function sizeOf(path: string): Promise<number | undefined> {
  try {
    const { size } = await stat(path);
    return size === 0 ? undefined : size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw asTrouble(error);
  }
}

/** Rejects with StoreTrouble `full` where a folder's disk has less than `bytes` and some to spare. */
export async function requireRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  const missing = bytes + SPARE - bavail * bsize;
  if (missing > 0) throw new StoreTrouble('full', `no room in ${folder}`, { missing });
}

/** A copy of an open database as of now. Rejects with StoreTrouble; then nothing is there. */
export async function copyDatabase(from: DatabaseSync, to: string): Promise<void> {
  const partial = `${to}.partial`;
  try {
    await rm(partial, { force: true });
    // SQLite would make it readable for others
    const made = await open(partial, 'wx', 0o600);
    await made.close();
    await backup(from, partial, { rate: ALL_PAGES });
    await chmod(partial, 0o600);
    await syncFile(partial);
    await rename(partial, to);
    await syncFolder(dirname(to));
  } catch (error) {
    for (const end of ['', '-journal', '-wal', '-shm']) await rm(partial + end, { force: true });
    throw asTrouble(error);
  }
}

/** Reads all of it: a second for half a gigabyte. Throws StoreTrouble `damaged`, or as SQLite does. */
export function requireSound(database: DatabaseSync): void {
  const found = database.prepare('PRAGMA quick_check(1)').get();
  const integrity = found ? Object.values(found)[0] : undefined;
  if (integrity !== 'ok') throw new StoreTrouble('damaged', String(integrity));
}

async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+');
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** So that a name outlives a loss of power. Windows opens no folders, and needs none of this. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
