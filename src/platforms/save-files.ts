/** Results as files on this machine, where a platform has no upload: a folder a job, names that can do no harm. */
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import type { StoredFile } from '../core/files.ts';

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
    const name = safeName(file.name, index);
    const path = join(directory, name);
    await copyFile(file.path, path);
    const size = await pixels(file);
    saved.push({ path, name, bytes: file.size, ...(size && { size }) });
  }
  return saved;
}

/** File systems take 255 bytes; the index in front needs some of them. */
const MAX_NAME_BYTES = 200;
/** What Windows takes for a device, whatever its extension. */
const DEVICE = /^(?=(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$))/i;

/** The backend chose the name; it may not leave the folder, hide itself, or overwrite its neighbour. */
function safeName(name: string, index: number): string {
  const safe = name
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '_')
    .replace(/^\.+/, '')
    .replace(/\.+$/, '')
    .replace(DEVICE, '_');
  const short = shortened(safe);
  return index === 0 ? short || 'output' : `${index + 1}-${short}`;
}

/** Cut before its extension. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= MAX_NAME_BYTES) return name;
  const extension = /\.\w{1,10}$/.exec(name)?.[0] ?? '';
  let stem = name.slice(0, MAX_NAME_BYTES);
  while (Buffer.byteLength(stem + extension) > MAX_NAME_BYTES) stem = stem.slice(0, -1);
  return stem.toWellFormed().replaceAll('\ufffd', '') + extension;
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
