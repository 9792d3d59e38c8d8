/** Files of one run as one ZIP, written as a stream: as they are, since pictures and videos are compressed already. */
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { finished, pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { safeName } from '../core/file-name.ts';
import type { StoredFile } from '../core/files.ts';

/**
 * Writes `into`. Each file's name begins with its number, as on a contact sheet, which makes it its own. Beyond 4 GB,
 * or 65,535 files, it is ZIP64. Resolves to its size in bytes; rejects with the signal's reason, and as Node's `fs` does
 * also where a file is not what it was; then there is nothing left of it.
 */
export async function writeArchive(
  files: readonly StoredFile[],
  into: string,
  signal?: AbortSignal,
): Promise<number> {
  signal?.throwIfAborted();
  const zip = new ZipFile();
  const digits = String(files.length).length;
  const broken = new AbortController();
  let current: ReadStream | undefined;
  const fail = (error: unknown) => broken.abort(error);
  zip.on('error', fail);
  for (const [index, { name, path, size }] of files.entries()) {
    const inside = `${String(index + 1).padStart(digits, '0')}-${safeName(name)}`;
    zip.addReadStreamLazy(inside, { size, compress: false }, (give) => {
      current = createReadStream(path);
      current.on('error', fail);
      give(null, current);
    });
  }
  zip.end();
  const follow = () => fail(signal?.reason);
  signal?.addEventListener('abort', follow, { once: true });
  try {
    await pipeline(zip.outputStream, createWriteStream(into), { signal: broken.signal });
    return (await stat(into)).size;
  } catch (error) {
    await rm(into, { force: true });
    throw broken.signal.aborted ? broken.signal.reason : error;
  } finally {
    signal?.removeEventListener('abort', follow);
    if (current && !current.closed) {
      current.destroy();
      await finished(current).catch(() => undefined); // only that it is closed
    }
  }
}
