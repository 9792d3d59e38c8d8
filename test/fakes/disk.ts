/** Files on disk for one test, and their bytes again. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KeptFolder } from '../../src/core/disk.ts';
import type { Log } from '../../src/core/log.ts';
import { createFolder } from '../../src/files/folder.ts';
import { createLedger } from '../../src/files/ledger.ts';
import type { Backend, Save } from '../../src/core/backend.ts';
import type { StoredFile } from '../../src/core/files.ts';
import { bytesOf } from '../../src/core/multipart.ts';
import type { MediaFile, Output } from '../../src/core/run.ts';
import { temporaryFolder } from '../unit/temporary.ts';

/** On disk until the test is over. */
export async function stored(file: MediaFile): Promise<StoredFile> {
  return storedIn(await temporaryFolder(), file);
}

/** Where it is as long as the folder is. */
export async function storedIn(folder: string, { name, type, bytes }: MediaFile): Promise<StoredFile> {
  const path = join(folder, crypto.randomUUID());
  await writeFile(path, bytes);
  return { name, type, size: bytes.length, path };
}

export async function loaded(file: StoredFile): Promise<MediaFile> {
  const bytes = Buffer.concat(await Array.fromAsync(bytesOf(file)));
  return { name: file.name, type: file.type, bytes: new Uint8Array(bytes) };
}

/** Keeps what is fetched until the test is over. */
export const save: Save = async (about, bytes) =>
  stored({ ...about, bytes: Buffer.concat(await Array.fromAsync(bytes)) });

/** An output as it comes. */
export async function fetchWhole(backend: Backend, output: Output, signal: AbortSignal): Promise<MediaFile> {
  return loaded(await backend.fetch(output, save, signal));
}

/** A folder for which there is always room. */
export function keptFolder({ directory, log }: { directory: string; log: Log }): KeptFolder {
  return createFolder({ directory, kind: 'pictures', ledger: createLedger(log), log });
}
