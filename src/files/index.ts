/**
 * Files in the data folder: a folder a shelf, in it one an owner, in it two files each: the bytes, and what they are.
 * Written beside their place and then put there, so that what has its name is whole. All that comes and goes is counted.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Bytes, FileAbout, FileKey, Files, Shelf, StoredFile } from '../core/files.ts';
import { writeJson } from '../core/json.ts';
import type { Log } from '../core/log.ts';
import { linkOrCopy } from '../core/same-bytes.ts';
import type { Clock } from '../core/time.ts';
import { aboutIn, takenBy, type About } from './about.ts';
import { createLedger, type Account, type Ledger } from './ledger.ts';
import { atOnce, isAbsent, namesOf, sizeOf, unlessAbsent, type Step } from './measure.ts';
import { openShelves, SHELVES } from './shelves.ts';
import { createWrites } from './writes.ts';

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

interface Owned {
  /** In bytes, without a time and with one. */
  flight: number;
  timed: number;
  /** The last time of all, in ms since 1970; -Infinity: it has nothing; Infinity: something has none. */
  until: number;
}

/** So much may wait for the disk while more comes. In bytes. */
const PIECE = 256 * 1024;

/** What has no place in a path: keys are ours, but they may hold what an admin called a slot. */
const PART = /^[-_\p{L}\p{M}\p{N}]{1,100}$/u;

export function createFiles(options: FilesOptions): FilesOnDisk {
  const { directory, clock, log, ledger = createLedger(options.log), onFailure } = options;
  const shelves = openShelves(ledger, (shelf, owner) => files.drop(shelf, owner));
  const writes = createWrites();
  const folderOf = (shelf: Shelf, owner: string) => join(directory, shelf, part(owner));
  const pathOf = ({ shelf, owner, name }: FileKey) => join(folderOf(shelf, owner), part(name));
  const accountOf = (shelf: Shelf, until: number | undefined): Account =>
    until === undefined ? shelves[shelf].flight : shelves[shelf].timed;

  /** `fill` makes the file at the path that it is given, and says with `reserve` what it takes. */
  async function write(
    key: FileKey,
    { name, type }: FileAbout,
    until: number | undefined,
    fill: (path: string, reserve: Account['reserve']) => Promise<void>,
  ): Promise<StoredFile> {
    const { shelf, owner } = key;
    const path = pathOf(key);
    const account = accountOf(shelf, until);
    const { owners } = shelves[shelf];
    let reserved = 0;
    const reserve: Account['reserve'] = (bytes, moved) => {
      const waiting = account.reserve(bytes, moved);
      if (!waiting) reserved += bytes;
      return waiting?.then(() => void (reserved += bytes));
    };
    // it goes no more by itself, now and when others have been put beside it
    if (until === undefined) owners.delete(owner);
    return writes.run(path, async () => {
      try {
        await mkdir(folderOf(shelf, owner), { recursive: true });
        await fill(`${path}.part`, reserve);
        const { size } = await stat(`${path}.part`);
        const before = await takenBy(path);
        await rename(`${path}.part`, `${path}.bin`);
        // last, so that what it speaks of is there
        const more = await describe(path, { name, type, size, until });
        accountOf(shelf, before.until).count(-before.bytes);
        account.count(size + more - reserved);
        if (until === undefined) owners.delete(owner);
        else await mayGoLater(shelf, owner);
        return { name, type, size, path: `${path}.bin` };
      } catch (error) {
        account.count(-reserved);
        await rm(`${path}.part`, { force: true });
        await onFailure?.(error, shelf);
        throw error;
      } finally {
        account.settle(reserved);
      }
    });
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

  /** An owner goes when the time of its last file is over; not as long as one has none. */
  async function mayGoLater(shelf: Shelf, owner: string): Promise<void> {
    const times = (await abouts(shelf, owner).catch(() => [])).map(([, { until }]) => until);
    const set = times.filter((until) => until !== undefined);
    if (set.length > 0 && set.length === times.length) shelves[shelf].owners.set(owner, Math.max(...set));
  }

  const isOver = ({ until = Infinity }: About): boolean => until <= clock.now();

  /** Whether an owner may go, whose process is gone: nothing of it has a time that is still to come, or is being written. */
  async function mayGo(shelf: Shelf, owner: string): Promise<boolean> {
    const folder = folderOf(shelf, owner);
    const all = await abouts(shelf, owner).catch(() => []);
    if (writes.some((path) => dirname(path) === folder)) return false;
    return all.every(([, about]) => about.until === undefined || isOver(about));
  }

  /** What one owner has on each account, and until when; half a file that nobody writes is removed. */
  async function look(shelf: Shelf, owner: string, step: Step): Promise<Owned> {
    const folder = folderOf(shelf, owner);
    const watch = writes.watch();
    let coming = 0;
    try {
      for (const name of await Array.fromAsync(namesOf(folder))) {
        await step();
        const key = join(folder, name.replace(/(?:\.json)?\.(?:part|bin)$/, ''));
        if (key === join(folder, name)) continue;
        if (watch.has(key)) {
          if (name.endsWith('.part')) coming += await sizeOf(join(folder, name), atOnce);
          continue;
        }
        // left by a process that died over it; names that were read are of different moments
        if (name.endsWith('.bin') && (await unlessAbsent(stat(`${key}.json`)))) continue;
        await watch.unlessWritten(key, () => rm(join(folder, name), { force: true }));
      }
    } finally {
      watch.end();
    }
    const owned = await ownedBy(shelf, owner, step);
    return { ...owned, flight: owned.flight + coming };
  }

  /** What is there of one owner, but for what is being written, which is counted where it comes from. */
  async function ownedBy(shelf: Shelf, owner: string, step: Step): Promise<Owned> {
    const folder = folderOf(shelf, owner);
    const owned: Owned = { flight: 0, timed: 0, until: -Infinity };
    for await (const name of namesOf(folder)) {
      if (/\.(?:part|bin)$/.test(name)) continue;
      await step();
      const isAbout = name.endsWith('.json');
      const { bytes, until } = isAbout
        ? await takenBy(join(folder, name.slice(0, -'.json'.length)))
        : { bytes: await sizeOf(join(folder, name), step), until: undefined };
      owned[until === undefined ? 'flight' : 'timed'] += bytes;
      if (isAbout) owned.until = Math.max(owned.until, until ?? Infinity);
    }
    return owned;
  }

  async function survey(step: Step): Promise<void> {
    const accounts = SHELVES.flatMap((shelf) => [shelves[shelf].flight, shelves[shelf].timed]);
    await ledger.survey([...new Set(accounts)], async (add) => {
      for (const shelf of SHELVES) {
        const { flight, timed, owners } = shelves[shelf];
        const found: [string, number][] = [];
        for await (const owner of namesOf(join(directory, shelf))) {
          if (!PART.test(owner)) continue;
          const owned = await look(shelf, owner, step);
          add(flight, owned.flight);
          add(timed, owned.timed);
          if (Number.isFinite(owned.until)) found.push([owner, owned.until]);
          else owners.delete(owner);
        }
        for (const [owner, until] of found.toSorted(([, a], [, b]) => a - b)) owners.set(owner, until);
      }
    });
  }

  const files: FilesOnDisk = {
    put: (key, about, bytes, until) =>
      write(key, about, until, (path, reserve) => {
        const written = createWriteStream(path, { highWaterMark: PIECE });
        return pipeline(bytes, (pieces: Bytes) => inPieces(pieces, reserve), written);
      }),
    keep: (key, file, until) =>
      write(key, file, until, async (path, reserve) => {
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
      const { timed } = shelves[shelf];
      for (const [path] of await abouts(shelf, owner))
        await writes.run(path, async () => {
          const before = await takenBy(path);
          const about = await aboutIn(`${path}.json`);
          const more = (await describe(path, { ...about, until })) - before.about;
          accountOf(shelf, before.until).count(-before.bytes);
          timed.count(before.bytes + more);
        });
      await mayGoLater(shelf, owner);
    },
    async drop(shelf, owner) {
      const { flight, timed, owners } = shelves[shelf];
      let owned = { flight: 0, timed: 0 };
      try {
        owned = await ownedBy(shelf, owner, atOnce);
        flight.leaving(owned.flight);
        timed.leaving(owned.timed);
        await rm(folderOf(shelf, owner), { recursive: true, force: true });
        flight.count(-owned.flight);
        timed.count(-owned.timed);
      } catch (error) {
        log.warn({ shelf, owner, err: error }, 'files could not be removed');
      } finally {
        flight.settle(owned.flight);
        timed.settle(owned.timed);
        owners.delete(owner);
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
    async keepOnly(shelf, isKept) {
      try {
        // some file systems skip names while others are removed
        for (const owner of await Array.fromAsync(namesOf(join(directory, shelf))))
          if (PART.test(owner) && (await mayGo(shelf, owner)) && !(await isKept(owner)))
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

/** Each piece has its room before it is written: how many there will be is not always known. */
async function* inPieces(bytes: Bytes, reserve: Account['reserve']): AsyncGenerator<Uint8Array, void> {
  for await (const piece of bytes) {
    await reserve(piece.length);
    yield piece;
  }
}
