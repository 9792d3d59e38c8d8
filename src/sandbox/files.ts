/**
 * ComfyUI's `output`, `temp`, `input` and `models` folders, held in memory: the sandbox writes nothing to disk. It may
 * run for weeks inside of a bot, so the oldest files make room for new ones.
 */
import { newModels, type ModelFolder } from './nodes/models.ts';

export type Folder = 'output' | 'temp' | 'input';

export interface StoredFile {
  name: string;
  subfolder: string;
  folder: Folder;
  bytes: Uint8Array<ArrayBuffer>;
  /** Milliseconds since 1970. */
  modified: number;
}

/** Names a file as ComfyUI does: what outputs carry and `/view` takes. */
export interface FileRef {
  filename: string;
  subfolder: string;
  type: Folder;
}

/** Bytes, of all files together. No `lru-cache`: the first that was written goes, and the last few never do. */
const MAX_BYTES = 16 * 1024 * 1024;
/** However large they are. */
const ALWAYS_KEPT = 50;

export class FileStore {
  readonly models = newModels();
  readonly #files = new Map<string, StoredFile>();
  readonly #byName: boolean;
  #bytes = 0;

  /** `byName`: as Comfy Cloud, which finds a file by its name alone, so that no two have one. */
  constructor({ byName = false }: { byName?: boolean } = {}) {
    this.#byName = byName;
  }

  put(file: Omit<StoredFile, 'modified'>): FileRef {
    const id = key(file.folder, file.subfolder, file.name);
    // written anew it is the newest
    this.#remove(id);
    this.#files.set(id, { ...file, modified: Date.now() });
    this.#bytes += file.bytes.length;
    for (const oldest of this.#files.keys()) {
      if (this.#bytes <= MAX_BYTES || this.#files.size <= ALWAYS_KEPT) break;
      this.#remove(oldest);
    }
    return { filename: file.name, subfolder: file.subfolder, type: file.folder };
  }

  get(folder: Folder, subfolder: string, name: string): StoredFile | undefined {
    return this.#files.get(key(folder, subfolder, name));
  }

  /** By its path inside the folder, as LoadImage names files: `sub/a.png`. */
  at(folder: Folder, path: string): StoredFile | undefined {
    const { name, subfolder } = splitPath(path);
    return this.get(folder, subfolder, name);
  }

  putAt(folder: Folder, path: string, bytes: Uint8Array<ArrayBuffer>): FileRef {
    return this.put({ ...splitPath(path), folder, bytes });
  }

  /** Comfy Cloud ignores the subfolder and the type: it stores by name alone. */
  find(name: string): StoredFile | undefined {
    return this.#files.values().find((file) => file.name === name);
  }

  /** Names directly in `folder`, sorted: the choices of LoadImage. */
  names(folder: Folder): string[] {
    return [...this.#files.values()]
      .filter((file) => file.folder === folder && file.subfolder === '')
      .map((file) => file.name)
      .toSorted();
  }

  modelsIn(folder: ModelFolder): readonly string[] {
    return this.models.get(folder) ?? [];
  }

  /** A restart empties `temp`. */
  clear(folder: Folder): void {
    for (const [id, file] of this.#files) if (file.folder === folder) this.#remove(id);
  }

  #remove(id: string): void {
    this.#bytes -= this.#files.get(id)?.bytes.length ?? 0;
    this.#files.delete(id);
  }

  /**
   * Saves under the next free number, as ComfyUI names outputs: `prefix` `"a/b"` gives subfolder `a` and
   * `b_00001_.png`.
   */
  save(folder: Folder, prefix: string, extension: string, bytes: Uint8Array<ArrayBuffer>): FileRef {
    const { name: stem, subfolder } = splitPath(prefix);
    const name = `${stem}_${String(this.#nextNumber(folder, subfolder, stem)).padStart(5, '0')}_.${extension}`;
    return this.put({ name, subfolder, folder, bytes });
  }

  #nextNumber(folder: Folder, subfolder: string, stem: string): number {
    let highest = 0;
    for (const file of this.#files.values()) {
      const elsewhere = file.folder !== folder || file.subfolder !== subfolder;
      if ((elsewhere && !this.#byName) || !file.name.startsWith(`${stem}_`)) continue;
      const number = Number.parseInt(file.name.slice(stem.length + 1), 10);
      if (number > highest) highest = number;
    }
    return highest + 1;
  }
}

function splitPath(path: string): { subfolder: string; name: string } {
  const cut = path.lastIndexOf('/');
  return { subfolder: cut < 0 ? '' : path.slice(0, cut), name: path.slice(cut + 1) };
}

function key(folder: Folder, subfolder: string, name: string): string {
  return `${folder}/${subfolder}/${name}`;
}
