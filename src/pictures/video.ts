/** A video encoded anew so that it fits, by whatever encoder this machine's ffmpeg has. */
import { stat } from 'node:fs/promises';
import { containerOf, inputOf, readProbe, readProgress, run } from './ffmpeg.ts';
import type { Refusal, Tasks, Value } from './tasks.ts';
import { planOf, type Plan, type Probe } from './video-plan.ts';

interface Codec {
  type: Value<'video'>['type'];
  video: string;
  audio: string;
  container: string;
  /** Of the video. */
  options: readonly string[];
}

const X264 = ['-preset', 'veryfast', '-profile:v', 'high'];
const VPX = ['-deadline', 'realtime', '-cpu-used', '6'];
const FASTSTART = ['-movflags', '+faststart'];

/** What chats play, best first. */
const CODECS: readonly Codec[] = [
  { type: 'video/mp4', video: 'libx264', audio: 'aac', container: 'mp4', options: [...X264, ...FASTSTART] },
  { type: 'video/mp4', video: 'libopenh264', audio: 'aac', container: 'mp4', options: FASTSTART },
  { type: 'video/webm', video: 'libvpx', audio: 'libopus', container: 'webm', options: VPX },
  { type: 'video/webm', video: 'libvpx', audio: 'libvorbis', container: 'webm', options: VPX },
];

/** Encoders miss their rate, mostly with short videos: then less is asked for. */
const TRIES = 3;
const LESS = 0.95;
/** In seconds; what is shorter has as many bytes as its first picture takes. */
const MIN_DURATION = 0.1;
const MAX_DETAIL = 500;

export async function fitVideo({
  path,
  into,
  limit,
  ffmpeg,
}: Tasks['video']): Promise<Value<'video'> | Refusal> {
  const container = await containerOf(path);
  if (container === undefined) return { trouble: 'not-a-video' };
  const input = inputOf(container, path);
  const probe = await probed(ffmpeg, input);
  if (!probe) return { trouble: 'not-a-video' };
  const codec = codecIn((await run(ffmpeg, ['-encoders'])).output);
  if (!codec) return { trouble: 'cannot', detail: 'this ffmpeg has no encoder that chats play' };

  let part = 1;
  let size = Infinity;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const plan = planOf(probe, limit, part);
    if (!plan) break;
    const { code, output } = await run(ffmpeg, ['-y', ...input, ...outputOf(codec, plan, limit, into)]);
    if (code !== 0) return failed(output);
    ({ size } = await stat(into));
    if (size <= limit) return { size, type: codec.type };
    part *= (limit / size) * LESS;
  }
  return { trouble: 'cannot', detail: `${probe.duration} s do not fit ${limit} bytes` };
}

async function probed(ffmpeg: string, input: string[]): Promise<Probe | undefined> {
  const found = readProbe((await run(ffmpeg, input)).output);
  if (!found) return undefined;
  // browsers record without saying how long
  const duration = found.duration ?? (await measured(ffmpeg, input));
  return duration === undefined ? undefined : { ...found, duration: Math.max(MIN_DURATION, duration) };
}

async function measured(ffmpeg: string, input: string[]): Promise<number | undefined> {
  const reporting = ['-v', 'error', '-progress', 'pipe:1', '-stats_period', '3600'];
  const { output } = await run(ffmpeg, [
    ...reporting,
    ...input,
    '-map',
    '0:v:0',
    '-c',
    'copy',
    '-f',
    'null',
    '-',
  ]);
  return readProgress(output);
}

function codecIn(encoders: string): Codec | undefined {
  const has = (name: string) => new RegExp(`^ [VA]\\S* ${name} `, 'm').test(encoders);
  return CODECS.find(({ video, audio }) => has(video) && has(audio));
}

function outputOf(codec: Codec, plan: Plan, limit: number, into: string): string[] {
  const { width, height, rate, video, audio } = plan;
  const sound = ['-map', '0:a:0', '-c:a', codec.audio, '-b:a', `${audio}`, '-ac', '2'];
  return [
    ['-v', 'error', '-map', '0:v:0', '-c:v', codec.video, '-b:v', `${video}`, '-maxrate', `${video}`],
    ['-bufsize', `${video * 2}`, '-vf', `scale=${width}:${height},setsar=1`, '-fpsmax', `${rate}`],
    ['-pix_fmt', 'yuv420p', '-threads', '2', '-filter_threads', '1', ...codec.options],
    audio > 0 ? sound : [],
    // of its texts none, which may hold the whole workflow
    ['-sn', '-dn', '-map_metadata', '-1', '-map_chapters', '-1'],
    // a disk is not filled by a wrong estimate
    ['-fs', `${limit * 2}`, '-f', codec.container, `file:${into}`],
  ].flat();
}

function failed(output: string): Refusal {
  const detail = output.slice(-MAX_DETAIL);
  return { trouble: /memory|alloc/i.test(detail) ? 'no-memory' : 'cannot', detail };
}
