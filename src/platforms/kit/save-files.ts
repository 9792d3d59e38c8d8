/** Results as files on this machine, where a platform has no upload: a folder a job, names that can do no harm. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { numberedName } from '../../core/file-name.ts';
import type { StoredFile } from '../../core/files.ts';
import { pictureSize, type PictureSize } from '../../core/picture-size.ts';
import { linkOrCopy } from '../../core/same-bytes.ts';

export interface SavedFile {
  path: string;
  /** Its name in the folder. */
  name: string;
  bytes: number;
  /** In pixels, of a picture that can be read. */
  size?: PictureSize;
}

/** Into `directory`, which is made; what is there under the same name is overwritten. Rejects as Node's `fs` does. */
export async function saveFiles(directory: string, files: readonly StoredFile[]): Promise<SavedFile[]> {
  if (files.length > 0) await mkdir(directory, { recursive: true });
  const saved: SavedFile[] = [];
  for (const [index, file] of files.entries()) {
    const name = numberedName(file.name, index + 1);
    const path = join(directory, name);
    await linkOrCopy(file.path, path);
    const size = file.type.startsWith('image/') ? await pictureSize(path) : undefined;
    saved.push({ path, name, bytes: file.size, ...(size && { size }) });
  }
  return saved;
}
