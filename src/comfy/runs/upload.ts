/** Stores an input file on the backend. */
import type { StoredFile } from '../../core/files.ts';
import { postImage } from '../wire/upload.ts';
import type { Connection } from './connection.ts';

/** Rejects with EaselError; resolves to the name that a LoadImage input takes. */
export type Upload = (
  connection: Connection,
  file: StoredFile,
  folder: string | undefined,
  signal: AbortSignal,
) => Promise<string>;

export interface UploadOptions {
  /** Whether it has folders; where files are stored by content, there are none. */
  folders: boolean;
}

/** The server renames on a clash (`fox (1).png`), so only the name that it returns counts. */
export const uploadImage =
  ({ folders }: UploadOptions): Upload =>
  async ({ http, timing }, file, folder, signal) => {
    const named = { ...file, name: safeName(file.name) };
    const into = folders ? folder : undefined;
    const { name, subfolder, type } = await postImage(http, named, into, timing.uploadMs, signal);
    const path = subfolder && folders ? `${subfolder}/${name}` : name;
    // LoadImage reads from the input folder unless the name ends in another folder's name.
    return type === 'output' || type === 'temp' ? `${path} [${type}]` : path;
  };

/** A name from a chat, without folders, control characters or anything else that a file system minds. */
function safeName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const safe = base.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '');
  return safe.slice(-100) || 'image.png';
}
