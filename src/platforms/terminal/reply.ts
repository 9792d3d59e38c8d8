/** The final reply at the terminal: files are written under the data folder, their paths printed. */
import type { StoredFile } from '../../core/files.ts';
import { en } from '../../i18n/en.ts';
import { saveFiles } from '../kit/save-files.ts';

/** Resolves to one line a file. */
export async function saveAndTell(directory: string, files: readonly StoredFile[]): Promise<string[]> {
  const saved = await saveFiles(directory, files);
  return saved.map(({ path, bytes, size }) => en.files.saved(path, bytes, size));
}
