/** A secret that is made once in the data folder: whoever has it can tell what only Easel can name. */
import { chmod, readFile, rename, writeFile } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';

const BYTES = 32;

/** Makes it when it is not there, or not whole. Readable by its owner only. Rejects when the folder can't be used. */
export async function openSecret(file: string): Promise<Buffer> {
  const known = await keptSecret(file);
  if (known) {
    await chmod(file, 0o600);
    return known;
  }
  const made = randomBytes(BYTES);
  // at once or not at all: half a secret would be another one at the next start
  await writeFile(`${file}.new`, made, { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
  return made;
}

/** Undefined when it is not there, or not whole. Makes none. Rejects as Node's `fs` does. */
export async function keptSecret(file: string): Promise<Buffer | undefined> {
  try {
    const known = await readFile(file);
    return known.length === BYTES ? known : undefined;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
