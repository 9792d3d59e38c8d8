/** Pictures and videos that others made, taken apart and made anew outside of this process: paths in, paths out. */
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import type { StoredFile } from '../core/files.ts';
import type { Log } from '../core/log.ts';
import { SHEET_NAME, type PictureJudge, type PictureMaker, type PictureTrouble } from '../core/pictures.ts';
import { writeArchive } from './archive.ts';
import { kernelReserve } from './child.ts';
import { findFfmpeg } from './ffmpeg.ts';
import { createLane, type Lane, type Terms } from './lane.ts';
import { layoutOf, MAX_TILES } from './layout.ts';
import type { Kind, Refusal, Tasks, Value } from './tasks.ts';

export interface Pictures extends PictureJudge, PictureMaker {
  /** Of the processes that there are now. */
  readonly pids: number[];
  /** Ends everything; what runs and waits rejects with EaselError `shutting-down`. Idempotent. */
  close(): Promise<void>;
}

export interface PicturesOptions {
  /** For what is written between two steps; of this process alone, emptied at its first use. */
  folder: string;
  /** Where ffmpeg is looked for, once: PATH. */
  searchPath?: string | undefined;
  log: Log;
  /** Of each process, in bytes: one for pictures, one for videos, one for what is converted. Default: 1 GB, or half of what the machine has. */
  memory?: number | undefined;
  /** How long a process stays with nothing to do, in ms. */
  idleMs?: number | undefined;
  /** `watch`: a process's memory is only looked at, as where the kernel does not limit it. */
  limiting?: 'kernel' | 'watch' | undefined;
}

const GIGABYTE = 1024 ** 3;
const IDLE_MS = 10_000;
/** Between two pictures that come together. */
const CONVERTER_IDLE_MS = 500;
const INSPECT_MS = 20_000;
const CONVERT_MS = 25_000;
const SHRINK_MS = 30_000;
const TILE_MS = 5000;
const SHEET_STEP_MS = 10_000;
const VIDEO_MS = 5 * 60_000;

export function createPictures(options: PicturesOptions): Pictures {
  const { log, memory = defaultMemory(), idleMs = IDLE_MS, searchPath = '' } = options;
  const scratch = resolve(options.folder);
  let measured: ReturnType<typeof kernelReserve> | undefined;
  async function reserve(): Promise<number | undefined> {
    if (options.limiting === 'watch') return undefined;
    measured ??= kernelReserve();
    return measured;
  }
  /** A video takes minutes, and people wait for what is asked of pictures. */
  const still = createLane({ memory, reserve, log, idleMs });
  const moving = createLane({ memory, reserve, log, idleMs });
  /** Its decoder gives memory back only with its process. */
  const converting = createLane({ memory, reserve, log, idleMs: Math.min(idleMs, CONVERTER_IDLE_MS) });
  let emptied: Promise<unknown> | undefined;
  let ffmpeg: Promise<string | undefined> | undefined;

  /** A path in the scratch folder. */
  async function scratchFile(): Promise<string> {
    emptied ??= rm(scratch, { recursive: true, force: true }).catch((error: unknown) => {
      // whoever asks next tries again
      emptied = undefined;
      throw error;
    });
    await emptied;
    await mkdir(scratch, { recursive: true });
    return join(scratch, randomUUID());
  }

  /** Runs a task that writes; where nothing comes of it nothing is left of it. */
  async function made<K extends Kind>(
    lane: Lane,
    kind: K,
    task: Tasks[K] & { into: string },
    terms: Terms,
  ): Promise<Value<K> | Refusal> {
    let done = false;
    try {
      const answer = await lane.run(kind, task, terms);
      done = !('trouble' in answer);
      return answer;
    } finally {
      if (!done) await rm(task.into, { force: true });
    }
  }

  return {
    async inspect(picture, signal) {
      const terms = { deadlineMs: INSPECT_MS, signal, urgent: true };
      if (typeof picture === 'string')
        return answered(await still.run('inspect', { path: resolve(picture) }, terms));
      const path = await scratchFile();
      try {
        await writeFile(path, picture, { signal });
        return answered(await still.run('inspect', { path }, terms));
      } finally {
        await rm(path, { force: true });
      }
    },
    async convert(picture, signal, within) {
      const path = await scratchFile();
      const into = await scratchFile();
      try {
        await writeFile(path, picture, { signal });
        const terms = { deadlineMs: CONVERT_MS, signal, urgent: true };
        const answer = answered(await converting.run('convert', { path, into, within }, terms));
        if ('trouble' in answer) return answer;
        const { width, height, shrunk, made: file } = answer;
        return {
          width,
          height,
          shrunk,
          made: file && { type: file.type, bytes: await readFile(into, { signal }) },
        };
      } finally {
        await Promise.all([rm(path, { force: true }), rm(into, { force: true })]);
      }
    },
    async shrink(file, { folder, limit, signal, deadlineMs = SHRINK_MS }) {
      const into = join(resolve(folder), `${randomUUID()}.webp`);
      const task = { path: resolve(file.path), into, limit };
      const answer = answered(await made(still, 'shrink', task, { deadlineMs, signal }));
      if ('trouble' in answer) return answer;
      return { file: { name: renamed(file, 'webp'), type: 'image/webp', size: answer.size, path: into } };
    },
    async fitUpload(file, { folder, within, signal, deadlineMs = CONVERT_MS }) {
      const into = join(resolve(folder), `${randomUUID()}.upload`);
      const task = { path: resolve(file.path), into, within };
      const answer = answered(await made(converting, 'convert', task, { deadlineMs, signal }));
      if ('trouble' in answer) return answer;
      const { width, height, made: fitted } = answer;
      if (!fitted) return { trouble: 'too-many-pixels' };
      const { type, size } = fitted;
      const name = renamed(file, type === 'image/jpeg' ? 'jpg' : 'png');
      return { file: { name, type, size, path: into }, width, height };
    },
    async sheet(all, { folder, signal, deadlineMs = SHEET_STEP_MS }) {
      const files = all.slice(0, MAX_TILES);
      if (files.length === 0) return { trouble: 'cannot' };
      const layout = layoutOf(files.length);
      const canvas = await scratchFile();
      const into = join(resolve(folder), `${randomUUID()}.jpg`);
      const empty: number[] = [];
      try {
        const terms = { deadlineMs, signal };
        const begun = answered(await still.run('canvas', { canvas, layout }, terms));
        if ('trouble' in begun) return begun;
        for (const [index, { path }] of files.entries()) {
          const task = { path: resolve(path), canvas, layout, index };
          const tile = await still.run('tile', task, { ...terms, deadlineMs: TILE_MS });
          if ('trouble' in tile) empty.push(index + 1);
        }
        const answer = answered(await made(still, 'finish', { canvas, layout, into }, terms));
        if ('trouble' in answer) return answer;
        const file = { name: SHEET_NAME, type: 'image/jpeg', size: answer.size, path: into };
        return { file, shown: files.length, empty };
      } finally {
        await rm(canvas, { force: true });
      }
    },
    async fitVideo(file, { folder, limit, signal, deadlineMs = VIDEO_MS }) {
      ffmpeg ??= findFfmpeg(searchPath);
      const found = await ffmpeg;
      if (found === undefined) return { trouble: 'no-ffmpeg' };
      const into = join(resolve(folder), `${randomUUID()}.video`);
      const task = { path: resolve(file.path), into, limit, ffmpeg: found };
      const answer = await made(moving, 'video', task, { deadlineMs, signal });
      if ('trouble' in answer) return { trouble: answer.trouble };
      const { type, size } = answer;
      const extension = type === 'video/mp4' ? 'mp4' : 'webm';
      return { file: { name: renamed(file, extension), type, size, path: into } };
    },
    async archive(files, { folder, name, signal }) {
      const path = join(resolve(folder), `${randomUUID()}.zip`);
      const size = await writeArchive(files, path, signal);
      return { name, type: 'application/zip', size, path };
    },
    get pids() {
      return [still.pid, moving.pid, converting.pid].filter((pid) => pid !== undefined);
    },
    async close() {
      await Promise.all([still.close(), moving.close(), converting.close()]);
    },
  };
}

/** A machine with little memory has other uses for half of it. */
function defaultMemory(): number {
  const given = process.constrainedMemory();
  const machine = Math.min(totalmem(), given > 0 ? given : Infinity);
  return Math.min(GIGABYTE, Math.floor(machine / 2));
}

function renamed({ name }: StoredFile, extension: string): string {
  return `${name.replace(/\.[^.]*$/, '')}.${extension}`;
}

/** The log has the rest. */
function answered<T extends object>(answer: T | Refusal): T | { trouble: PictureTrouble } {
  if (!('trouble' in answer)) return answer;
  const { trouble } = answer;
  return { trouble: trouble === 'not-a-video' ? 'not-a-picture' : trouble };
}
