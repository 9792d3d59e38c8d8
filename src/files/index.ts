/**
 * Files in the data folder: a folder a shelf, in it one an owner, in it two files each: the bytes, and what they are.
 * Written beside their place and then put there, so that what has its name is whole.
 */
import { createWriteStream } from 'node:fs';
import { copyFile, link, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { FileAbout, FileKey, Files, Shelf, StoredFile } from '../core/files.ts';
import { parseJson, writeJson } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import type { Clock } from '../core/time.ts';

const About = z.object({
  name: z.string(),
  type: z.string(),
  size: z.number().int().nonnegative(),
  /** In ms since 1970. */
  until: z.number().optional(),
});
type About = z.infer<typeof About>;

export interface FilesOptions {
  /** Of the shelves' folders, which are made when they are needed. */
  directory: string;
  clock: Pick<Clock, 'now'>;
  log: Log;
}

/** So much may wait for the disk while more comes. In bytes. */
const PIECE = 256 * 1024;

/** What has no place in a path: keys are ours, but they may hold what an admin called a slot. */
const PART = /^[-_\p{L}\p{M}\p{N}]{1,100}$/u;

export function createFiles({ directory, clock, log }: FilesOptions): Files {
  const folderOf = (shelf: Shelf, owner: string) => join(directory, shelf, part(owner));
  const pathOf = ({ shelf, owner, name }: FileKey) => join(folderOf(shelf, owner), part(name));

  /** `fill` makes the file at the path that it is given. */
  async function place(
    key: FileKey,
    { name, type }: FileAbout,
    until: number | undefined,
    fill: (path: string) => Promise<void>,
  ): Promise<StoredFile> {
    const path = pathOf(key);
    const coming = `${path}.part`;
    await mkdir(folderOf(key.shelf, key.owner), { recursive: true });
    try {
      await fill(coming);
      const { size } = await stat(coming);
      await rename(coming, `${path}.bin`);
      // last, so that what it speaks of is there
      await describe(path, { name, type, size, until });
      return { name, type, size, path: `${path}.bin` };
    } catch (error) {
      await rm(coming, { force: true });
      throw error;
    }
  }

  async function describe(path: string, about: About): Promise<void> {
    await writeFile(`${path}.json.part`, writeJson(about));
    await rename(`${path}.json.part`, `${path}.json`);
  }

  async function abouts(shelf: Shelf, owner: string): Promise<[path: string, About][]> {
    const folder = folderOf(shelf, owner);
    const names = (await namesIn(folder)).filter((name) => name.endsWith('.json'));
    return Promise.all(
      names.map(async (name): Promise<[string, About]> => [
        join(folder, name.slice(0, -'.json'.length)),
        About.parse(parseJson(await readFile(join(folder, name), 'utf8'))),
      ]),
    );
  }

  const isOver = ({ until = Infinity }: About): boolean => until <= clock.now();

  /** Whether an owner may go, whose process is gone: nothing of it has a time that is still to come. */
  async function mayGo(shelf: Shelf, owner: string): Promise<boolean> {
    const all = await abouts(shelf, owner).catch(() => []);
    return all.every(([, about]) => about.until === undefined || isOver(about));
  }

  const files: Files = {
    put: (key, about, bytes, until) =>
      place(key, about, until, (path) => pipeline(bytes, createWriteStream(path, { highWaterMark: PIECE }))),
    keep: (key, file, until) => place(key, file, until, (path) => linkOrCopy(file.path, path)),
    async get(key) {
      const path = pathOf(key);
      try {
        const about = About.parse(parseJson(await readFile(`${path}.json`, 'utf8')));
        const { name, type, size } = about;
        const isWhole = (await stat(`${path}.bin`)).size === size;
        return isWhole && !isOver(about) ? { name, type, size, path: `${path}.bin` } : undefined;
      } catch (error) {
        if (!isAbsent(error)) log.warn({ ...key, err: error }, 'a file could not be read');
        return undefined;
      }
    },
    async expire(shelf, owner, until) {
      for (const [path, about] of await abouts(shelf, owner)) await describe(path, { ...about, until });
    },
    async drop(shelf, owner) {
      try {
        await rm(folderOf(shelf, owner), { recursive: true, force: true });
      } catch (error) {
        log.warn({ shelf, owner, err: error }, 'files could not be removed');
      }
    },
    async owners(shelf) {
      try {
        return (await namesIn(join(directory, shelf))).filter((owner) => PART.test(owner));
      } catch (error) {
        log.warn({ shelf, err: error }, 'a folder of files could not be looked through');
        return [];
      }
    },
    async keepOnly(shelf, owners) {
      try {
        for (const owner of await namesIn(join(directory, shelf)))
          if (PART.test(owner) && !owners.has(owner) && (await mayGo(shelf, owner)))
            await files.drop(shelf, owner);
      } catch (error) {
        log.warn({ shelf, err: error }, 'a folder of files could not be looked through');
      }
    },
  };
  return files;
}

function part(name: string): string {
  if (!PART.test(name)) throw new TypeError(`not a name for a file: ${name}`);
  return name;
}

/** None where there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** Not every file system knows links. */
async function linkOrCopy(from: string, to: string): Promise<void> {
  await rm(to, { force: true });
  try {
    await link(from, to);
  } catch (error) {
    if (isAbsent(error)) throw error;
    await copyFile(from, to);
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
