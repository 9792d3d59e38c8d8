/** A backup is a folder: the files, and a manifest that names each of them. The manifest is written last. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';

export const MANIFEST = 'manifest.json';
/** What the database is called in a backup. */
export const DATABASE = 'easel.sqlite';
/** Of this layout; a newer one is refused. */
export const FORMAT = 1;
/** Files in a backup. */
const MAX_FILES = 1_000_000;

/** Below the folder, however it is written, and on every system. */
const Path = z.string().refine((path) => {
  const parts = path.split('/');
  return posix.normalize(path) === path && !parts.includes('..') && parts[0] !== '' && !/[\\:\0]/.test(path);
});

const Entry = z.object({
  path: Path,
  /** In bytes. */
  size: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[\da-f]{64}$/),
});
export type Entry = z.infer<typeof Entry>;

export const Manifest = z.object({
  format: z.number().int().min(1),
  /** The version of Easel that made it. */
  easel: z.string(),
  /** When, as ISO 8601. */
  made: z.string(),
  files: z.array(Entry).min(1).max(MAX_FILES),
});
export type Manifest = z.infer<typeof Manifest>;

/**
 * Size and hash of a file, and of its copy where one is to be made: that is on the disk then, and for its owner alone.
 * Rejects as streams do.
 */
export async function hashed(
  from: string,
  { to, signal }: { to?: string; signal?: AbortSignal | undefined } = {},
): Promise<Omit<Entry, 'path'>> {
  const hash = createHash('sha256');
  let size = 0;
  async function* counted(chunks: AsyncIterable<Uint8Array>) {
    for await (const chunk of chunks) {
      hash.update(chunk);
      size += chunk.length;
      if (to !== undefined) yield chunk;
    }
  }
  if (to !== undefined) await mkdir(dirname(to), { recursive: true, mode: 0o700 });
  const out =
    to === undefined ? new Writable() : createWriteStream(to, { flags: 'wx', mode: 0o600, flush: true });
  await pipeline(createReadStream(from), counted, out, signal ? { signal } : {});
  return { size, sha256: hash.digest('hex') };
}
