/** ffmpeg as a program of its own: found once, never through a shell, reading local files of one container only. */
import { spawn } from 'node:child_process';
import { access, constants, open, stat } from 'node:fs/promises';
import { constants as system, setPriority } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Probe } from './video-plan.ts';

/** `searchPath`: as PATH. Undefined: there is none. */
export async function findFfmpeg(searchPath: string): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'ffmpeg.exe' : 'ffmpeg';
  // what is relative would depend on where we were started
  for (const folder of searchPath.split(delimiter).filter((one) => isAbsolute(one))) {
    const path = join(folder, name);
    try {
      await access(path, constants.X_OK);
      if ((await stat(path)).isFile()) return path;
    } catch {
      continue; // not there
    }
  }
  return undefined;
}

/** ffmpeg's name for how it is read. Playlists, which name other files, are none of these. */
export async function containerOf(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const head = Buffer.alloc(12);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    if (bytesRead < head.length) return undefined;
    if (head.toString('latin1', 4, 8) === 'ftyp') return 'mov';
    if (head.readUInt32BE(0) === 0x1a45dfa3) return 'matroska';
    if (head.toString('latin1', 0, 4) === 'RIFF' && head.toString('latin1', 8) === 'AVI ') return 'avi';
    return undefined;
  } finally {
    await file.close();
  }
}

/** 8K. */
const MAX_FRAME_PIXELS = 8192 * 4320;

export function inputOf(container: string, path: string): string[] {
  const reading = ['-protocol_whitelist', 'file', '-f', container, '-max_pixels', String(MAX_FRAME_PIXELS)];
  // `file:` so that no name is taken for an option or an address
  return ['-threads', '2', ...reading, '-i', `file:${path}`];
}

export interface Ran {
  code: number | null;
  /** Its first 64 KB. */
  output: string;
}

const MAX_OUTPUT = 64 * 1024;

/** Ends with this process, which limits its time and memory. Rejects where it cannot be started. */
export function run(ffmpeg: string, args: readonly string[]): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(ffmpeg, ['-hide_banner', '-nostdin', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {},
    });
    // everybody else goes first
    if (child.pid !== undefined) setPriority(child.pid, system.priority.PRIORITY_LOW);
    let output = '';
    // what is beyond is read and forgotten, so that it is not held up
    for (const pipe of [child.stdout, child.stderr])
      pipe.setEncoding('utf8').on('data', (text: string) => {
        if (output.length < MAX_OUTPUT) output = (output + text).slice(0, MAX_OUTPUT);
      });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}

/** From what it says of an input. What files say of themselves is further in than these lines. */
export function readProbe(
  output: string,
): (Omit<Probe, 'duration'> & { duration: number | undefined }) | undefined {
  const input = output.slice(Math.max(0, output.indexOf('Input #0')));
  const streams = input.match(/^ {2}Stream #0:\d+.*: (?:Video|Audio): .*$/gm) ?? [];
  const video = streams.find((line) => line.includes(': Video: ') && !line.includes('(attached pic)'));
  const [, width, height] = /, (\d{1,5})x(\d{1,5})[, \n]/.exec(`${video}\n`) ?? [];
  if (video === undefined || width === undefined || height === undefined) return undefined;
  const rate = /, ([\d.]+)(k?) (?:fps|tbr)/.exec(video);
  const [, hours, minutes, seconds] = /^ {2}Duration: (\d+):(\d\d):(\d\d\.\d+)/m.exec(input) ?? [];
  return {
    width: Number(width),
    height: Number(height),
    rate: rate ? Number(rate[1]) * (rate[2] === 'k' ? 1000 : 1) : USUAL_RATE,
    sound: streams.some((line) => line.includes(': Audio: ')),
    duration: hours === undefined ? undefined : Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds),
  };
}

const USUAL_RATE = 30;

/** `out_time` of its last report, in seconds. */
export function readProgress(output: string): number | undefined {
  const last = [...output.matchAll(/^out_time_us=(\d+)$/gm)].at(-1)?.[1];
  return last === undefined ? undefined : Number(last) / 1e6;
}
