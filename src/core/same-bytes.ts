/** The same bytes at another place. */
import { copyFile, link, rm } from 'node:fs/promises';

/** Replaces what is there. Takes no room where the file system knows links. Rejects as Node's `fs` does. */
export async function linkOrCopy(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  try {
    await link(from, to);
  } catch (error) {
    // it is not there, or nothing has room there
    if (error instanceof Error && 'code' in error && NO_USE.includes(String(error.code))) throw error;
    await copyFile(from, to);
  }
}

const NO_USE = ['ENOENT', 'ENOSPC', 'EDQUOT'];
