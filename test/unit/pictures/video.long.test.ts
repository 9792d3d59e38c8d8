import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { PicturesOptions } from '../../../src/pictures/index.ts';
import { until } from '../../fakes/until.ts';
import { ENCODERS, fakeFfmpeg, MP4, PROBE } from './fake-ffmpeg.ts';
import { isAlive, noise, stage, type Stage } from './stage.ts';

const PATH = process.env['PATH'] ?? '';
const WEBM = join(import.meta.dirname, '../../fixtures/clip.webm');

/** A room whose machine has such an ffmpeg. */
async function withFfmpeg(
  given: Parameters<typeof fakeFfmpeg>[1] = {},
  options: Partial<PicturesOptions> = {},
) {
  const searchPath: { folder: string } = { folder: '' };
  const first = await stage();
  const ffmpeg = await fakeFfmpeg(join(first.folder, 'bin'), given);
  searchPath.folder = ffmpeg.folder;
  const room = await stage({ ...options, searchPath: `relative:/nowhere:${ffmpeg.folder}:${PATH}` });
  return { ...room, ffmpeg };
}

const fit = async ({ pictures, put, out }: Stage, name: string, content: Buffer | string, limit: number) =>
  pictures.fitVideo(await put(name, content), { limit, folder: out });

/** What follows `-name` in a call. */
const option = (call: string[] | undefined, name: string) => call?.[call.indexOf(name) + 1];

describe('a video that is too large', () => {
  it('is encoded anew, so that it fits', async () => {
    const room = await withFfmpeg({ sizes: [900_000] });
    const answer = await fit(room, '-i evil.mov', MP4, 1_000_000);
    expect(answer).toMatchObject({ file: { name: '-i evil.mp4', type: 'video/mp4', size: 900_000 } });
    const [probe, , encode] = await room.ffmpeg.calls();
    for (const call of [probe, encode]) {
      expect(option(call, '-protocol_whitelist')).toBe('file');
      expect(option(call, '-f')).toBe('mov');
      expect(option(call, '-i')).toBe(`file:${join(room.folder, '-i evil.mov')}`);
    }
    expect(option(encode, '-c:v')).toBe('libx264');
    // 1 MB for 10 s, of which some is sound
    const rates = Number(option(encode, '-b:v')) + Number(option(encode, '-b:a'));
    expect(rates).toBeGreaterThan(700_000);
    expect(rates).toBeLessThan(800_000);
    expect(option(encode, '-vf')).toBe('scale=854:480,setsar=1');
  });

  it('is tried with less where the encoder has missed its rate, and given up in the end', async () => {
    const room = await withFfmpeg({ sizes: [1_500_000, 900_000] });
    expect(await fit(room, 'a.mp4', MP4, 1_000_000)).toMatchObject({ file: { size: 900_000 } });
    const [, , first, second] = await room.ffmpeg.calls();
    const rate = (call: string[] | undefined) => Number(option(call, '-b:v'));
    expect(rate(second) / rate(first)).toBeLessThan(0.67);

    const never = await withFfmpeg({ sizes: [1_500_000] });
    expect(await fit(never, 'a.mp4', MP4, 1_000_000)).toEqual({ trouble: 'cannot' });
    expect(await never.ffmpeg.calls()).toHaveLength(2 + 3);
    expect(await never.left()).toEqual([]);
  });

  it('is a WebM where there is no H.264, and stays as it is where there is nothing that chats play', async () => {
    const room = await withFfmpeg({ encoders: ENCODERS.replace('libx264 ', 'prores ') });
    expect(await fit(room, 'a.mp4', MP4, 1_000_000)).toMatchObject({
      file: { name: 'a.webm', type: 'video/webm' },
    });
    const none = await withFfmpeg({ encoders: ' V....D prores               ProRes' });
    expect(await fit(none, 'a.mp4', MP4, 1_000_000)).toEqual({ trouble: 'cannot' });
  });

  it('is measured where it does not say how long it is', async () => {
    const room = await withFfmpeg({ probe: PROBE.replace('  Duration: 00:00:10.00', '  Duration: N/A') });
    expect(await fit(room, 'a.mp4', MP4, 500_000)).toHaveProperty('file');
    const calls = await room.ffmpeg.calls();
    expect(Number(option(calls.at(-1), '-b:v'))).toBeGreaterThan(700_000);
  });

  it('stays where no ffmpeg is', async () => {
    const room = await stage({ searchPath: '/nowhere:relative' });
    expect(await fit(room, 'a.mp4', MP4, 1000)).toEqual({ trouble: 'no-ffmpeg' });
    expect(await fit(await stage(), 'a.mp4', MP4, 1000)).toEqual({ trouble: 'no-ffmpeg' });
    expect(room.pictures.pids).toEqual([]);
  });

  it.each([
    ['a playlist', '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'],
    ['a list of files', 'ffconcat version 1.0\nfile /etc/passwd\n'],
    ['a description', 'v=0\no=- 0 0 IN IP4 127.0.0.1\n'],
    ['a manifest', '<?xml version="1.0"?><MPD><BaseURL>http://127.0.0.1/</BaseURL></MPD>'],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
    ['nothing', ''],
  ])('is none if it is %s: ffmpeg does not see it', async (_name, content) => {
    const room = await withFfmpeg();
    expect(await fit(room, 'a.mp4', content, 1000)).toEqual({ trouble: 'not-a-video' });
    expect(await room.ffmpeg.calls()).toEqual([]);
  });

  it('is none without pictures that move', async () => {
    const sound = PROBE.replace(/^.*Video: .*$/m, '');
    const cover = PROBE.replace('60 tbr', '90k tbr (attached pic)');
    for (const probe of [sound, cover, 'moov atom not found', ''])
      expect(await fit(await withFfmpeg({ probe }), 'a.mp4', MP4, 1000)).toEqual({ trouble: 'not-a-video' });
  });

  it('tells the log what ffmpeg said, and no more than a little of it', async () => {
    const encodes = `for at in $(seq 20000); do echo "line $at of very many"; done >&2; echo 'the end' >&2; exit 1`;
    const room = await withFfmpeg({ encodes });
    expect(await fit(room, 'a.mp4', MP4, 1_000_000)).toEqual({ trouble: 'cannot' });
    const line = room.log.lines.find(({ message }) => message === 'pictures: nothing came of a file');
    expect(String(line?.facts['detail'])).toMatch(/line \d+ of very many/);
    expect(String(line?.facts['detail']).length).toBeLessThan(1000);
  });

  it.each(['deadline', 'abort', 'kill'] as const)(
    'is given up with all that works on it: %s',
    async (end) => {
      const room = await withFfmpeg({ encodes: 'sleep 600' });
      const abort = new AbortController();
      const file = await room.put('a.mp4', MP4);
      const deadlineMs = end === 'deadline' ? 2000 : 60_000;
      const asked = { limit: 1_000_000, folder: room.out, signal: abort.signal, deadlineMs };
      let over = false;
      const settled = Promise.allSettled([room.pictures.fitVideo(file, asked)]).finally(() => (over = true));
      // on a slow machine the deadline may be over before it has begun
      const begun = async (): Promise<number | undefined> => {
        const pid = await room.ffmpeg.pid();
        return pid === undefined && !over ? begun() : pid;
      };
      const pid = await begun();
      if (end === 'abort') abort.abort(new Error('not wanted'));
      const [child] = room.pictures.pids;
      if (end === 'kill' && child !== undefined) process.kill(child, 'SIGABRT');
      const [found] = await settled;
      const wanted = {
        abort: { reason: abort.signal.reason },
        deadline: { value: { trouble: 'too-slow' } },
        kill: { value: { trouble: 'cannot' } },
      };
      expect(found).toMatchObject(wanted[end]);
      await until(() => pid === undefined || !isAlive(pid));
      expect(await room.left()).toEqual([]);
    },
  );

  it.runIf(existsSync('/proc/self/status'))(
    'costs no more memory than it may, also where no kernel counts',
    async () => {
      const grow =
        'const all = []; setInterval(() => all.push(Buffer.alloc(16e6, 1)) > 40 && process.exit(1), 20)';
      const encodes = `exec '${process.execPath}' -e '${grow}'`;
      const room = await withFfmpeg({ encodes }, { memory: 100 * 1024 ** 2, limiting: 'watch' });
      expect(await fit(room, 'a.mp4', MP4, 1_000_000)).toEqual({ trouble: 'no-memory' });
      const pid = (await room.ffmpeg.pid()) ?? 0;
      await until(() => !isAlive(pid));
      expect(room.log.lines).toContainEqual(
        expect.objectContaining({ message: 'the process for pictures has died' }),
      );
      expect(await room.left()).toEqual([]);
    },
  );

  it('does not hold up what people wait for', async () => {
    const room = await withFfmpeg({ encodes: 'sleep 600' });
    const abort = new AbortController();
    const file = await room.put('a.mp4', MP4);
    const fitting = room.pictures.fitVideo(file, {
      limit: 1_000_000,
      folder: room.out,
      signal: abort.signal,
    });
    const settled = Promise.allSettled([fitting]);
    expect(await room.pictures.inspect(file.path, abort.signal)).toEqual({ trouble: 'not-a-picture' });
    abort.abort();
    await settled;
  });
});

/** Where there is none the test is skipped, and says so. */
const real = (() => {
  try {
    return execFileSync('ffmpeg', ['-hide_banner', '-encoders'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
})();

describe.runIf(real.includes('libx264'))('with this machine’s ffmpeg (skipped where it has none)', () => {
  it('a video fits and plays as long as before', async () => {
    const room = await stage({ searchPath: PATH });
    const path = join(room.folder, 'big.mp4');
    const source = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=30:d=3', '-f', 'lavfi', '-i', 'sine=d=3'];
    const encode = ['-c:v', 'libx264', '-preset', 'ultrafast', '-crf', '1', '-c:a', 'aac'];
    execFileSync('ffmpeg', ['-v', 'error', ...source, ...encode, path]);
    const size = (await readFile(path)).length;
    const limit = 400_000;
    expect(size).toBeGreaterThan(2 * limit);
    const file = { name: 'big.mp4', type: 'video/mp4', size, path };
    const answer = await room.pictures.fitVideo(file, { limit, folder: room.out });
    if ('trouble' in answer) throw new Error(answer.trouble);
    const bytes = await readFile(answer.file.path);
    expect(bytes.length).toBeLessThanOrEqual(limit);
    expect(bytes.length).toBeGreaterThan(limit / 3);
    expect(bytes.toString('latin1', 4, 8)).toBe('ftyp');
  });

  it('a WebM is read, and what only begins like a video is none', async () => {
    const room = await stage({ searchPath: PATH });
    const clip = { name: 'clip.webm', type: 'video/webm', size: 1, path: WEBM };
    expect(await room.pictures.fitVideo(clip, { limit: 20_000, folder: room.out })).toHaveProperty('file');
    expect(await fit(room, 'a.mp4', Buffer.concat([MP4, noise(5000)]), 1000)).toEqual({
      trouble: 'not-a-video',
    });
  });
});
