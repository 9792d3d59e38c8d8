import { existsSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { PicturesOptions } from '../../../src/pictures/index.ts';
import { until } from '../../fakes/until.ts';
import { isAlive, noisy, stage, type Stage } from './stage.ts';

const MB = 1024 ** 2;
const { signal } = new AbortController();

/** Seconds of work, and 36 megapixels × 4 bytes at once. */
const heavy = () =>
  sharp({ create: { width: 6000, height: 6000, channels: 4, background: '#a33a' } })
    .png({ progressive: true })
    .toBuffer();

const small = () => noisy(64, 64).png().toBuffer();

async function works({ pictures, put, out }: Stage): Promise<void> {
  const file = await put('small.png', await small());
  expect(await pictures.shrink(file, { limit: 5000, folder: out })).toHaveProperty('file');
}

describe('the process for pictures', () => {
  it('is one for twenty tasks at once; who waits in person goes first', async () => {
    const { pictures, put, out } = await stage();
    const file = await put('a.png', await noisy(300, 300).png().toBuffer());
    const seen = new Set<number>();
    const done: string[] = [];
    const tasks = Array.from({ length: 20 }, async (_, at) => {
      expect(await pictures.shrink(file, { limit: 9000, folder: out })).toHaveProperty('file');
      for (const pid of pictures.pids) seen.add(pid);
      done.push(`${at}`);
    });
    tasks.push(pictures.inspect(file.path, signal).then(() => void done.push('inspected')));
    await Promise.all(tasks);
    expect(seen.size).toBe(1);
    expect(done.indexOf('inspected')).toBeLessThan(3);
    expect(done.filter((one) => one !== 'inspected')).toEqual(Array.from({ length: 20 }, (_, at) => `${at}`));
  });

  it('that is killed in mid-task costs this task only', async () => {
    const room = await stage();
    const file = await room.put('a.png', await heavy());
    const first = room.pictures.shrink(file, { limit: 500, folder: room.out });
    const next = works(room);
    const pid = await until(() => room.pictures.pids[0]);
    process.kill(pid, 'SIGSEGV');
    expect(await first).toEqual({ trouble: 'cannot' });
    await next;
    expect(room.pictures.pids).not.toContain(pid);
    expect(room.log.lines).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'the process for pictures has died',
        facts: expect.objectContaining({ kind: 'shrink', signal: 'SIGSEGV' }),
      }),
    );
  });

  it('ends with a task that is too slow, or that nobody wants any more', async () => {
    const room = await stage();
    const file = await room.put('a.png', await heavy());
    const asked = { limit: 500, folder: room.out };
    expect(await room.pictures.shrink(file, { ...asked, deadlineMs: 100 })).toEqual({ trouble: 'too-slow' });
    expect(room.pictures.pids).toEqual([]);

    const abort = new AbortController();
    const running = room.pictures.shrink(file, { ...asked, signal: abort.signal });
    const waiting = room.pictures.shrink(file, { ...asked, signal: abort.signal });
    const settled = Promise.allSettled([running, waiting]);
    const pid = await until(() => room.pictures.pids[0]);
    abort.abort(new Error('not wanted'));
    for (const one of await settled)
      expect(one).toMatchObject({ status: 'rejected', reason: abort.signal.reason });
    expect(isAlive(pid)).toBe(false);
    await expect(room.pictures.shrink(file, { ...asked, signal: abort.signal })).rejects.toThrow(
      'not wanted',
    );
    expect(await room.left()).toEqual([]);
    await works(room);
  });

  it('goes when there is nothing to do, and comes back', async () => {
    const room = await stage({ idleMs: 1 });
    await works(room);
    await until(() => room.pictures.pids.length === 0);
    await works(room);
  });

  it('is asked nothing while it goes', async () => {
    const room = await stage({ idleMs: 1 });
    for (let round = 0; round < 3; round += 1) {
      await works(room);
      const [pid] = room.pictures.pids;
      // its time comes, and the next task before it has gone
      await until(() => !room.pictures.pids.includes(pid ?? 0));
    }
    await works(room);
    expect(room.log.lines.filter(({ level }) => level === 'warn')).toEqual([]);
  });

  it('ends when all does, with what runs and waits', async () => {
    const room = await stage();
    const file = await room.put('a.png', await heavy());
    const tasks = [1, 2].map(() => room.pictures.shrink(file, { limit: 500, folder: room.out }));
    const settled = Promise.allSettled(tasks);
    const pid = await until(() => room.pictures.pids[0]);
    await room.pictures.close();
    await room.pictures.close();
    expect(isAlive(pid)).toBe(false);
    for (const one of await settled)
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'shutting-down' } });
    await expect(room.pictures.inspect(file.path, signal)).rejects.toMatchObject({ code: 'shutting-down' });
    expect(await room.left()).toEqual([]);
  });

  const limits: [NonNullable<PicturesOptions['limiting']>, string][] = [
    ['kernel', 'pictures: nothing came of a file'],
    ['watch', 'the process for pictures has died'],
  ];
  it.runIf(existsSync('/proc/self/status')).each(limits)(
    'has a memory of its own, which ends before ours: %s',
    async (limiting, message) => {
      const room = await stage({ memory: 100 * MB, limiting });
      const file = await room.put('a.png', await heavy());
      const before = process.memoryUsage().rss;
      expect(await room.pictures.shrink(file, { limit: 500, folder: room.out })).toEqual({
        trouble: 'no-memory',
      });
      expect(process.memoryUsage().rss - before).toBeLessThan(50 * MB);
      expect(room.log.lines).toContainEqual(
        expect.objectContaining({ message, facts: expect.objectContaining({ trouble: 'no-memory' }) }),
      );
      expect(await room.left()).toEqual([]);
      await works(room);
    },
  );
});
