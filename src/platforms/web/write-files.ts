/** Files that are small enough to be held in memory, as what a message brings. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { numberedName } from '../../core/file-name.ts';
import type { MediaFile } from '../../core/run.ts';
import { clip, oneLine } from '../../core/text.ts';
import { shownType } from './media.ts';
import type { FileRow } from './rows.ts';

/** Of a file's name as it is shown, in UTF-16 units. */
const MAX_NAME = 200;

/** Into `directory`, which is made. Rejects as Node's `fs` does. */
export async function writeFiles(directory: string, files: readonly MediaFile[]): Promise<FileRow[]> {
  await mkdir(directory, { recursive: true });
  const written: FileRow[] = [];
  for (const [index, { name, type, bytes }] of files.entries()) {
    const stored = numberedName(name, index + 1);
    await writeFile(join(directory, stored), bytes);
    written.push({
      name: clip(oneLine(name), MAX_NAME),
      stored,
      type: shownType(type, name),
      bytes: bytes.length,
    });
  }
  return written;
}
