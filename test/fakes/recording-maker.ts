/** Makes sheets and archives that only say of what they are. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredFile } from '../../src/core/files.ts';
import type { PictureMaker } from '../../src/core/pictures.ts';

export interface RecordingMaker extends Pick<PictureMaker, 'sheet' | 'archive' | 'fitUpload'> {
  /** What was made, and of how many files. */
  readonly made: string[];
  /** Nothing comes of what it is asked for. */
  failing: boolean;
}

export function createRecordingMaker(): RecordingMaker {
  async function make(
    kind: string,
    type: string,
    folder: string,
    files: readonly StoredFile[],
  ): Promise<StoredFile> {
    maker.made.push(`${kind} of ${files.length}`);
    const path = join(folder, crypto.randomUUID());
    const text = files.map(({ name }) => name).join(' ');
    await writeFile(path, text);
    return { name: kind, type, size: text.length, path };
  }
  const maker: RecordingMaker = {
    made: [],
    failing: false,
    async sheet(files, { folder }) {
      if (maker.failing) return { trouble: 'cannot' };
      const file = await make('sheet.jpg', 'image/jpeg', folder, files);
      return { file, shown: files.length, empty: [] };
    },
    async fitUpload(file, { folder }) {
      if (maker.failing) return { trouble: 'cannot' };
      const small = await make('small.jpg', 'image/jpeg', folder, [file]);
      return { file: small, width: 12, height: 8 };
    },
    async archive(files, { folder, name }) {
      if (maker.failing) throw new Error('disk full');
      return make(name, 'application/zip', folder, files);
    },
  };
  return maker;
}
