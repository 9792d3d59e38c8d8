/** Files at the terminal: written under the data folder, their paths printed. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptFolder } from '../../core/disk.ts';
import { safeName } from '../../core/file-name.ts';
import type { StoredFile } from '../../core/files.ts';
import type { MediaFile } from '../../core/run.ts';
import { english } from '../../i18n/index.ts';
import { saveFiles } from '../kit/save-files.ts';

/** Where files go: a folder a job, or a template. `kept`: the same folder. */
export interface OutputFolder {
  directory: string;
  kept: KeptFolder;
}

/** The final reply's. Resolves to one line a file. */
export async function saveAndTell(directory: string, files: readonly StoredFile[]): Promise<string[]> {
  const saved = await saveFiles(directory, files);
  return saved.map(({ path, bytes, size }) => english().files.saved(path, bytes, size));
}

/** What was asked for by name, such as a template's files. Resolves to their paths. */
export async function saveExport(
  { directory, kept }: OutputFolder,
  name: string,
  files: readonly MediaFile[],
): Promise<string[]> {
  const folder = join(directory, safeName(name));
  const paths = files.map((file) => join(folder, safeName(file.name)));
  const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
  await kept.keep({ name: safeName(name), bytes }, async () => {
    await mkdir(folder, { recursive: true });
    for (const [index, file] of files.entries()) await writeFile(paths[index] ?? folder, file.bytes);
  });
  return paths;
}
