/** Files that are made of a job's files for its reply: smaller ones, a contact sheet, an archive. Each is made once. */
import { mkdir, rm } from 'node:fs/promises';
import type { FileKey, Files, StoredFile } from '../../core/files.ts';

export interface Workshop {
  files: Files;
  /** Where they are made, before they are kept. */
  folder: string;
}

/**
 * What was made before is found again, by the next try and the next process too. Undefined: `make` made none. Rejects as
 * `make` does, and as `Files.keep` does.
 */
export async function madeOnce(
  { files, folder }: Workshop,
  key: FileKey,
  make: (folder: string) => Promise<StoredFile | undefined>,
): Promise<StoredFile | undefined> {
  const known = await files.get(key);
  if (known) return known;
  await mkdir(folder, { recursive: true });
  const made = await make(folder);
  if (!made) return undefined;
  try {
    return await files.keep(key, made);
  } finally {
    await rm(made.path, { force: true });
  }
}
