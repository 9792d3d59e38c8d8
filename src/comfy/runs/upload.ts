/** Stores an input file on the backend. */
import type { Uploaded } from '../../core/backend.ts';
import type { StoredFile } from '../../core/files.ts';
import { postImage } from '../wire/upload.ts';
import type { Connection } from './connection.ts';

/** Rejects with EaselError. */
export type Upload = (
  connection: Connection,
  file: StoredFile,
  folder: string | undefined,
  signal: AbortSignal,
) => Promise<Uploaded>;

export interface UploadOptions {
  /**
   * Whether it has folders. Where files are stored by content there are none: what an answer says of folder and type is
   * for show, and a graph names the file by `name` alone (https://docs.comfy.org/openapi-cloud.yaml, `uploadImage`).
   */
  folders: boolean;
}

/** The server renames on a clash (`fox (1).png`), so only the name that it returns counts. */
export const uploadImage =
  ({ folders }: UploadOptions): Upload =>
  async ({ http, timing }, file, folder, signal) => {
    const named = { ...file, name: safeName(file.name) };
    const into = folders ? folder : undefined;
    const { name, subfolder, type } = await postImage(http, named, into, timing.uploadMs, signal);
    if (!folders) return { name };
    const path = subfolder ? `${subfolder}/${name}` : name;
    return type === 'output' || type === 'temp' ? { name: path, elsewhere: type } : { name: path };
  };

/** A name from a chat, without folders, control characters or anything else that a file system minds. */
function safeName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const safe = base.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_').replace(/^\.+/, '');
  return safe.slice(-100) || 'image.png';
}
