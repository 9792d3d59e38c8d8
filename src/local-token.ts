/**
 * The token of a page that nobody gave one: made once, kept in the data folder where only its owner can read it, and
 * carried by the link that the terminal prints. Whoever may read the folder may do everything anyway.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const FILE = 'local-token';
const BYTES = 32;
const SHAPE = /^[\w-]{43}$/;
/** Rights of a group or of everybody; Windows knows none. */
const OTHERS = 0o077;

/** The one that is there, else a new one. Rejects with Node's error when the folder cannot be used. */
export async function localToken(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const path = join(directory, FILE);
  const kept = await keptToken(directory);
  if (kept !== undefined) return kept;
  const fresh = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(fresh, randomBytes(BYTES).toString('base64url'), { mode: 0o600, flag: 'wx' });
  await rename(fresh, path);
  // somebody else may have made one at the same time
  return (await readFile(path, 'utf8')).trim();
}

/** Undefined for none, for what is no token, and for one that others could have read. Makes none. Rejects with Node's error. */
export async function keptToken(directory: string): Promise<string | undefined> {
  const path = join(directory, FILE);
  try {
    const token = (await readFile(path, 'utf8')).trim();
    const isPrivate = process.platform === 'win32' || ((await stat(path)).mode & OTHERS) === 0;
    return isPrivate && SHAPE.test(token) ? token : undefined;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
