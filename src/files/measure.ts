/** How large files and folders are, looked at in pieces between which others go on. */
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';

/** Called before each entry; rejects when nobody wants to know any more. */
export type Step = () => Promise<void> | undefined;

/** Without a pause. */
export const atOnce: Step = () => undefined;

/** Bytes of a file, or of all files in a folder; 0 when it is not there. Rejects as Node's `fs` and `step` do. */
export async function sizeOf(path: string, step: Step): Promise<number> {
  await step();
  const found = await unlessAbsent(lstat(path));
  if (!found?.isDirectory()) return found?.size ?? 0;
  let bytes = 0;
  for await (const name of namesOf(path)) bytes += await sizeOf(join(path, name), step);
  return bytes;
}

/** None where there is no such folder; never all in memory. Rejects as Node's `fs` does. */
export async function* namesOf(folder: string): AsyncGenerator<string, void> {
  const opened = await unlessAbsent(opendir(folder));
  if (opened) for await (const { name } of opened) yield name;
}

/** Undefined when it has gone meanwhile. */
export async function unlessAbsent<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

export function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
