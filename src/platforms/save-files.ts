/** Results as files on this machine, where a platform has no upload: a folder a job, names that can do no harm. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { numberedName } from '../core/file-name.ts';
import type { StoredFile } from '../core/files.ts';
import { linkOrCopy } from '../core/same-bytes.ts';

export interface SavedFile {
  path: string;
  /** Its name in the folder. */
  name: string;
  bytes: number;
  /** In pixels, of a picture that can be read. */
  size?: { width: number; height: number };
}

/** Into `directory`, which is made; what is there under the same name is overwritten. Rejects as Node's `fs` does. */
export async function saveFiles(directory: string, files: readonly StoredFile[]): Promise<SavedFile[]> {
  if (files.length > 0) await mkdir(directory, { recursive: true });
  const saved: SavedFile[] = [];
  for (const [index, file] of files.entries()) {
    const name = numberedName(file.name, index + 1);
    const path = join(directory, name);
    await linkOrCopy(file.path, path);
    const size = await pixels(file);
    saved.push({ path, name, bytes: file.size, ...(size && { size }) });
  }
  return saved;
}

async function pixels({ type, path }: StoredFile): Promise<{ width: number; height: number } | undefined> {
  if (!type.startsWith('image/')) return undefined;
  try {
    const { width, height } = await sharp(path).metadata();
    return { width, height };
  } catch {
    return undefined; // a picture that sharp cannot read is still saved; only its size in pixels is not told
  }
}
