/** The room for pictures with a folder of its own, closed after the test; and pictures to put into it. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { StoredFile } from '../../../src/core/files.ts';
import { createPictures, type Pictures, type PicturesOptions } from '../../../src/pictures/index.ts';
import { createRecordingLog, type RecordingLog } from '../../fakes/recording-log.ts';
import { temporaryFolder } from '../temporary.ts';

export interface Stage {
  pictures: Pictures;
  log: RecordingLog;
  folder: string;
  /** Where results go. */
  out: string;
  put: (name: string, content: Uint8Array | string) => Promise<StoredFile>;
  /** What lies in `out` and between two steps. */
  left: () => Promise<string[]>;
}

/** One room with its process for a whole file, there once its tests run. Registers the hooks. */
export function sharedPictures(): () => Pictures {
  let shared: Pictures;
  let scratch: string;
  beforeAll(async () => {
    scratch = await mkdtemp(join(tmpdir(), 'easel-unit-'));
    shared = createPictures({ folder: scratch, log: createRecordingLog() });
  });
  afterAll(async () => {
    await shared.close();
    await rm(scratch, { recursive: true, force: true });
  });
  return () => shared;
}

/** `shared`: its process is there already, for the tests that only want something of it. */
export async function stage(options: Partial<PicturesOptions> = {}, shared?: Pictures): Promise<Stage> {
  const [folder, out] = [await temporaryFolder(), await temporaryFolder()];
  const scratch = join(folder, 'scratch');
  const log = createRecordingLog();
  const pictures = shared ?? createPictures({ folder: scratch, log, ...options });
  if (!shared) onTestFinished(() => pictures.close());
  return {
    pictures,
    log,
    folder,
    out,
    put: async (name, content) => {
      const path = join(folder, name);
      await writeFile(path, content);
      return stored(path);
    },
    left: async () => [...(await readdir(out)), ...(await readdir(scratch).catch(() => []))],
  };
}

export async function stored(path: string): Promise<StoredFile> {
  return { name: basename(path), type: 'image/png', size: (await stat(path)).size, path };
}

/** Bytes that no encoder makes smaller, the same at every run. */
export function noise(length: number): Buffer {
  const blocks = Array.from({ length: Math.ceil(length / 64) }, (_, at) =>
    createHash('sha512').update(String(at)).digest(),
  );
  return Buffer.concat(blocks).subarray(0, length);
}

export function noisy(width: number, height: number, channels: 3 | 4 = 3): Sharp {
  return sharp(noise(width * height * channels), { raw: { width, height, channels } });
}

/** A noisy GIF that plays. */
export function moving(pages: number, edge = 64): Promise<Buffer> {
  const raw = { width: edge, height: edge * pages, channels: 3, pageHeight: edge } as const;
  return sharp(noise(edge * edge * 3 * pages), { raw })
    .gif({ delay: Array.from({ length: pages }, () => 120) })
    .toBuffer();
}

export function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

/** A few KB that are `edge` × `edge` pixels. */
export function bomb(edge: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(edge, 0);
  header.writeUInt32BE(edge, 4);
  header.writeUInt8(1, 8);
  const rows = deflateSync(Buffer.alloc(edge * (Math.ceil(edge / 8) + 1)));
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Whether there is such a process. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
