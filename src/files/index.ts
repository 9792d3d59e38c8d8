/**
 * Files in the data folder: a folder a shelf, in it one an owner, in it two files each: the bytes, and what they are.
 * Written beside their place and then put there, so that what has its name is whole. All that comes and goes is counted.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { Bytes, FileAbout, FileKey, Files, Shelf, StoredFile } from '../core/files.ts';
import { parseJson, writeJson } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import { linkOrCopy } from '../core/same-bytes.ts';
import type { Clock } from '../core/time.ts';
import { createLedger, type Account, type Ledger } from './ledger.ts';
import { isAbsent, namesOf, sizeOf, unlessAbsent, type Step } from './measure.ts';
import { openShelves, SHELVES } from './shelves.ts';

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
  /** Who else writes there, and how much may be there; default: nobody, and any number of bytes. */
  ledger?: Ledger | undefined;
  /** Told of what the disk refused, before whoever wrote it is. Never rejects. */
  onFailure?: ((error: unknown, shelf: Shelf) => Promise<void>) | undefined;
}

export interface FilesOnDisk extends Files {
  /** Removes those whose time is over, looking at so many owners of each shelf at most. Never rejects. */
  sweep(most: number): Promise<void>;
  /** Counts what is there, and removes what a process that died left half written. Rejects as `step` and `fs` do. */
  survey(step: Step): Promise<void>;
}

/** So much may wait for the disk while more comes. In bytes. */
const PIECE = 256 * 1024;

/** What has no place in a path: keys are ours, but they may hold what an admin called a slot. */
const PART = /^[-_\p{L}\p{M}\p{N}]{1,100}$/u;

export function createFiles(options: FilesOptions): FilesOnDisk {
  const { directory, clock, log, ledger = createLedger(options.log), onFailure } = options;
  const shelves = openShelves(ledger, (shelf, owner) => files.drop(shelf, owner));
  /** Being written now. */
  const coming = new Set<string>();
  const folderOf = (shelf: Shelf, owner: string) => join(directory, shelf, part(owner));
  const pathOf = ({ shelf, owner, name }: FileKey) => join(folderOf(shelf, owner), part(name));

  function accountOf({ shelf, owner }: Pick<FileKey, 'shelf' | 'owner'>, until?: number): Account {
    const { flight, timed, owners } = shelves[shelf];
    return (until ?? owners.get(owner)) === undefined ? flight : timed;
  }

  /** `fill` makes the file at the path that it is given, and says with `reserve` what it takes. */
  async function place(
    key: FileKey,
    { name, type }: FileAbout,
    until: number | undefined,
    fill: (path: string, reserve: Account['reserve']) => Promise<void>,
  ): Promise<StoredFile> {
    const path = pathOf(key);
    const account = accountOf(key, until);
    let reserved = 0;
    const reserve: Account['reserve'] = (bytes, moved) => {
      const waiting = account.reserve(bytes, moved);
      if (!waiting) reserved += bytes;
      return waiting?.then(() => void (reserved += bytes));
    };
    coming.add(path);
    try {
      await mkdir(folderOf(key.shelf, key.owner), { recursive: true });
      await fill(`${path}.part`, reserve);
      const { size } = await stat(`${path}.part`);
      const before = await takenBy(path);
      await rename(`${path}.part`, `${path}.bin`);
      // last, so that what it speaks of is there
      const more = await describe(path, { name, type, size, until });
      account.count(size + more - before - reserved);
      if (until !== undefined) shelves[key.shelf].owners.set(key.owner, until);
      return { name, type, size, path: `${path}.bin` };
    } catch (error) {
      account.count(-reserved);
      await rm(`${path}.part`, { force: true });
      await onFailure?.(error, key.shelf);
      throw error;
    } finally {
      account.settle(reserved);
      coming.delete(path);
    }
  }

  /** Resolves to the bytes that the description takes. */
  async function describe(path: string, about: About): Promise<number> {
    const text = writeJson(about);
    await writeFile(`${path}.json.part`, text);
    await rename(`${path}.json.part`, `${path}.json`);
    return Buffer.byteLength(text);
  }

  async function abouts(shelf: Shelf, owner: string): Promise<[path: string, About][]> {
    const folder = folderOf(shelf, owner);
    const found: [string, About][] = [];
    for await (const name of namesOf(folder))
      if (name.endsWith('.json'))
        found.push([join(folder, name.slice(0, -'.json'.length)), await aboutIn(join(folder, name))]);
    return found;
  }

  const isOver = ({ until = Infinity }: About): boolean => until <= clock.now();

  /** Whether an owner may go, whose process is gone: nothing of it has a time that is still to come. */
  async function mayGo(shelf: Shelf, owner: string): Promise<boolean> {
    const all = await abouts(shelf, owner).catch(() => []);
    return all.every(([, about]) => about.until === undefined || isOver(about));
  }

  /** What one owner has, and until when; half a file that nobody writes is removed. */
  async function look(shelf: Shelf, owner: string, step: Step): Promise<{ bytes: number; until?: number }> {
    const folder = folderOf(shelf, owner);
    let bytes = 0;
    let until: number | undefined = -Infinity;
    const names = new Set(await Array.fromAsync(namesOf(folder)));
    /** Left by a process that died over it. */
    const isStray = (name: string): boolean => {
      const key = name.replace(/(?:\.json)?\.(?:part|bin)$/, '');
      return (
        key !== name && !(name.endsWith('.bin') && names.has(`${key}.json`)) && !coming.has(join(folder, key))
      );
    };
    for (const name of names) {
      const path = join(folder, name);
      if (isStray(name)) await rm(path, { force: true });
      else bytes += await sizeOf(path, step);
      if (!name.endsWith('.json')) continue;
      const about = await unlessAbsent(aboutIn(path)).catch(() => undefined); // `get` tells of it
      if (about && until !== undefined)
        until = about.until === undefined ? undefined : Math.max(until, about.until);
    }
    return { bytes, ...(until !== undefined && until > 0 && { until }) };
  }

  async function survey(step: Step): Promise<void> {
    const accounts = SHELVES.flatMap((shelf) => [shelves[shelf].flight, shelves[shelf].timed]);
    await ledger.survey([...new Set(accounts)], async (add) => {
      for (const shelf of SHELVES) {
        const { flight, timed, owners } = shelves[shelf];
        const found: [string, number][] = [];
        for await (const owner of namesOf(join(directory, shelf))) {
          if (!PART.test(owner)) continue;
          const { bytes, until } = await look(shelf, owner, step);
          add(until === undefined ? flight : timed, bytes);
          if (until !== undefined) found.push([owner, until]);
        }
        for (const [owner, until] of found.toSorted(([, a], [, b]) => a - b)) owners.set(owner, until);
      }
    });
  }

  const files: FilesOnDisk = {
    put: (key, about, bytes, until) =>
      place(key, about, until, (path, reserve) => {
        const written = createWriteStream(path, { highWaterMark: PIECE });
        return pipeline(bytes, (pieces: Bytes) => inPieces(pieces, reserve), written);
      }),
    keep: (key, file, until) =>
      place(key, file, until, async (path, reserve) => {
        await reserve(file.size, file.size);
        await linkOrCopy(file.path, path);
      }),
    async get(key) {
      const path = pathOf(key);
      try {
        const about = await aboutIn(`${path}.json`);
        const { name, type, size } = about;
        const isWhole = (await stat(`${path}.bin`)).size === size;
        return isWhole && !isOver(about) ? { name, type, size, path: `${path}.bin` } : undefined;
      } catch (error) {
        if (!isAbsent(error)) log.warn({ ...key, err: error }, 'a file could not be read');
        return undefined;
      }
    },
    async expire(shelf, owner, until) {
      const all = await abouts(shelf, owner);
      for (const [path, about] of all) await describe(path, { ...about, until });
      if (all.length === 0) return;
      const bytes = await sizeOf(folderOf(shelf, owner), atOnce);
      accountOf({ shelf, owner }).count(-bytes);
      shelves[shelf].owners.set(owner, until);
      shelves[shelf].timed.count(bytes);
    },
    async drop(shelf, owner) {
      const account = accountOf({ shelf, owner });
      let bytes = 0;
      try {
        const folder = folderOf(shelf, owner);
        bytes = await sizeOf(folder, atOnce);
        account.leaving(bytes);
        await rm(folder, { recursive: true, force: true });
        account.count(-bytes);
      } catch (error) {
        log.warn({ shelf, owner, err: error }, 'files could not be removed');
      } finally {
        account.settle(bytes);
        shelves[shelf].owners.delete(owner);
      }
    },
    async owners(shelf) {
      try {
        return (await Array.fromAsync(namesOf(join(directory, shelf)))).filter((owner) => PART.test(owner));
      } catch (error) {
        log.warn({ shelf, err: error }, 'a folder of files could not be looked through');
        return [];
      }
    },
    async keepOnly(shelf, owners) {
      try {
        // some file systems skip names while others are removed
        for (const owner of await Array.fromAsync(namesOf(join(directory, shelf))))
          if (PART.test(owner) && !owners.has(owner) && (await mayGo(shelf, owner)))
            await files.drop(shelf, owner);
      } catch (error) {
        log.warn({ shelf, err: error }, 'a folder of files could not be looked through');
      }
    },
    async sweep(most) {
      for (const shelf of SHELVES)
        for (const owner of shelves[shelf].owners.over(clock.now(), most)) await files.drop(shelf, owner);
    },
    survey,
  };
  return files;
}

function part(name: string): string {
  if (!PART.test(name)) throw new TypeError(`not a name for a file: ${name}`);
  return name;
}

async function aboutIn(path: string): Promise<About> {
  return About.parse(parseJson(await readFile(path, 'utf8')));
}

const atOnce: Step = () => undefined;

/** What is there already under a key, in bytes. */
async function takenBy(path: string): Promise<number> {
  return (await sizeOf(`${path}.bin`, atOnce)) + (await sizeOf(`${path}.json`, atOnce));
}

/** Each piece has its room before it is written: how many there will be is not always known. */
async function* inPieces(bytes: Bytes, reserve: Account['reserve']): AsyncGenerator<Uint8Array, void> {
  for await (const piece of bytes) {
    await reserve(piece.length);
    yield piece;
  }
}
