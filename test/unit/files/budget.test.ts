import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBudget, type BudgetScale } from '../../../src/files/budget.ts';
import { systemClock } from '../../../src/core/time.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { until } from '../../fakes/until.ts';
import { temporaryFolder } from '../temporary.ts';

const about = { name: 'a.png', type: 'image/png' };
const KB = 1000;

async function stage() {
  const directory = await temporaryFolder();
  const marks = new Map<string, unknown>();
  const world = { free: 1e12 };
  const log = createRecordingLog();
  const open = async (scale: Partial<BudgetScale> = {}) => {
    const budget = createBudget({
      directory,
      marks: { get: async (key) => marks.get(key), set: async (key, value) => void marks.set(key, value) },
      clock: systemClock,
      log,
      scale: { everyMs: 5, surveyMs: 20, pieceMs: 1, reserve: 100, free: async () => world.free, ...scale },
    });
    onTestFinished(() => budget.stop());
    budget.start();
    await budget.measured;
    return budget;
  };
  const leave = async (path: string, bytes: number, at = 1000) => {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, Buffer.alloc(bytes));
    await utimes(file, at, at);
    await utimes(dirname(file), at, at);
  };
  const has = (path: string) => existsSync(join(directory, path));
  const put = (budget: Awaited<ReturnType<typeof open>>, owner: string, bytes: number, time?: number) =>
    budget.files.put({ shelf: 'outbox', owner, name: '0' }, about, [Buffer.alloc(bytes)], time);
  return { directory, marks, world, log, open, leave, has, put };
}

describe('the budget of the data folder', () => {
  it('counts everything that is there by its kind', async () => {
    const { open, leave } = await stage();
    await leave('easel.sqlite', 10 * KB);
    await leave('strange/deep/file', 7 * KB);
    await leave('web/m1/a.png', 3 * KB);
    await leave('outputs/j1/a.png', 2 * KB);
    await leave('backups/a.sqlite', 5 * KB);
    const budget = await open();
    await budget.files.put({ shelf: 'inputs', owner: 'j', name: 'a' }, about, [Buffer.alloc(KB)]);
    const { used, fixed, total, next } = budget.state();
    expect(used).toMatchObject({ records: 17 * KB, pictures: 5 * KB, backups: 5 * KB, links: 0 });
    expect(used.flight).toBeGreaterThanOrEqual(KB);
    expect(fixed).toBe(22 * KB + used.flight);
    expect(total).toBe(fixed + 5 * KB);
    expect(next).toBe('pictures');
  });

  it('does not count what a restore has moved aside, so that nothing restored goes for it', async () => {
    const { directory, open, leave, has } = await stage();
    for (const n of [1, 2, 3]) await leave(`web/m${n}/a.png`, 20 * KB, n * 1000);
    await leave('before-restore-2026-01-01/web/m1/a.png', 90 * KB);
    await leave('strange/file', 5 * KB);
    const budget = await open({ budget: 100 * KB });
    expect(budget.state()).toMatchObject({ aside: 90 * KB, total: 65 * KB, fixed: 5 * KB, full: undefined });
    await budget.files.survey(() => undefined);
    for (const n of [1, 2, 3]) expect(has(`web/m${n}`)).toBe(true);
    await rm(join(directory, 'before-restore-2026-01-01'), { recursive: true });
    await until(() => budget.state().aside === 0, 'its end');
  });

  it('is full when what may not go has reached it, and not any more when that is gone', async () => {
    const { open, put, leave, has } = await stage();
    await leave('web/m1/a.png', 40 * KB);
    const budget = await open({ budget: 100 * KB });
    const told: (string | undefined)[] = [];
    budget.listen(() => told.push(budget.full));
    await put(budget, 'a', 70 * KB);
    expect(budget.state()).toMatchObject({ full: undefined, nearly: undefined });
    expect(has('web/m1')).toBe(false);
    await put(budget, 'b', 22 * KB);
    expect(budget.state()).toMatchObject({ full: undefined, nearly: 'budget' });
    await put(budget, 'c', 50 * KB);
    expect(budget.state()).toMatchObject({ full: 'budget', nearly: 'budget' });
    await budget.files.drop('outbox', 'a');
    expect(budget.state()).toMatchObject({ full: undefined, nearly: undefined });
    expect(told).toEqual(['budget', undefined]);
  });

  it('is full when the disk itself is, whatever it says, and makes room for what is in flight', async () => {
    const { open, world, put, leave, has } = await stage();
    await leave('web/m1/a.png', KB);
    const budget = await open();
    world.free = 99;
    await until(() => budget.state().full === 'disk', 'a full disk');
    world.free = 110;
    await until(() => budget.state().free === 110, 'another look');
    expect(budget.full).toBe('disk');
    expect(has('web/m1')).toBe(true);
    const refused = budget.files.put(
      { shelf: 'outbox', owner: 'a', name: '0' },
      about,
      (async function* () {
        yield Buffer.alloc(10);
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      })(),
    );
    await expect(refused).rejects.toMatchObject({ code: 'ENOSPC' });
    expect(has('web/m1')).toBe(false);
    world.free = 300;
    await until(() => !budget.full, 'room');
    expect(budget.state().nearly).toBe('disk');
    await put(budget, 'a', KB);
  });

  it('keeps all of a folder that was larger at the first start, until a budget is set, over all starts', async () => {
    const { open, leave, has, put } = await stage();
    for (const n of [1, 2, 3]) await leave(`web/m${n}/a.png`, 50 * KB, n * 1000);
    const standard = { standard: 100 * KB };
    for (let start = 0; start < 3; start += 1) {
      const budget = await open(standard);
      expect(budget.state()).toMatchObject({ unset: true, budget: undefined, full: undefined });
      await put(budget, 'flight', 300 * KB);
      await budget.files.drop('outbox', 'flight');
      expect(has('web/m1')).toBe(true);
      await budget.stop();
    }
    const set = await open({ ...standard, budget: 120 * KB });
    expect(set.state()).toMatchObject({ unset: false, budget: 120 * KB });
    await until(() => !has('web/m1') && has('web/m2'), 'the oldest to go');
    await set.stop();
    // somebody has set one: from now on there always is one
    const later = await open(standard);
    expect(later.state()).toMatchObject({ unset: false, budget: 100 * KB });
  });

  it('holds from the first start where all fits, also when it has grown since', async () => {
    const { open, leave, has } = await stage();
    await leave('web/m1/a.png', 50 * KB, 1000);
    const first = await open({ standard: 100 * KB });
    expect(first.state()).toMatchObject({ unset: false, budget: 100 * KB });
    await first.stop();
    await leave('web/m2/a.png', 80 * KB, 2000);
    await open({ standard: 100 * KB });
    await until(() => !has('web/m1') && has('web/m2'), 'the oldest to go');
  });

  it('asks again where the mark could not be read, and removes nothing before that', async () => {
    const { directory, leave, has } = await stage();
    await leave('web/m1/a.png', 50 * KB);
    let fails = 3;
    const budget = createBudget({
      directory,
      marks: {
        get: async () => {
          fails -= 1;
          if (fails >= 0) throw new Error('locked');
          return undefined;
        },
        set: async () => undefined,
      },
      clock: systemClock,
      log: createRecordingLog(),
      scale: { everyMs: 2, standard: 10 * KB },
    });
    onTestFinished(() => budget.stop());
    budget.start();
    await budget.measured;
    expect(fails).toBe(-1);
    expect(budget.state().unset).toBe(true);
    expect(has('web/m1')).toBe(true);
  });

  it('finds what others put there or took away', async () => {
    const { open, leave, directory } = await stage();
    const budget = await open();
    await leave('backups/1.sqlite', 5 * KB);
    await leave('outputs/j/a.png', 3 * KB);
    await until(() => budget.state().used.backups === 5 * KB, 'the backup');
    await until(() => budget.state().used.pictures === 3 * KB, 'the picture');
    await writeFile(join(directory, 'easel.log'), Buffer.alloc(9 * KB));
    await until(() => budget.state().used.records === 9 * KB, 'the log');
  });

  it('removes what is half written or over, and nothing that is being written', async () => {
    const { open, leave, directory, has, put } = await stage();
    await leave('outbox/job/0.part', 5 * KB);
    await leave('outbox/job/1.bin', 5 * KB);
    await leave('outbox/job/2.json.part', 5 * KB);
    const budget = await open();
    expect(await readdir(join(directory, 'outbox/job'))).toEqual([]);
    expect(budget.state().used.flight).toBe(0);
    const going = Promise.withResolvers<void>();
    const slow = budget.files.put(
      { shelf: 'outbox', owner: 'slow', name: '0' },
      about,
      (async function* () {
        yield Buffer.alloc(KB);
        await going.promise;
        yield Buffer.alloc(KB);
      })(),
    );
    await put(budget, 'timed', KB, Date.now() + 50);
    await until(() => !has('outbox/timed'), 'its end');
    await budget.files.survey(() => undefined);
    going.resolve();
    expect((await slow).size).toBe(2 * KB);
    expect(await budget.files.get({ shelf: 'outbox', owner: 'slow', name: '0' })).toMatchObject({
      size: 2 * KB,
    });
  });

  it('moves pictures of an ended job to what may go, and lets them go before links and pictures', async () => {
    const { open, leave, has, put } = await stage();
    await leave('web/m1/a.png', 20 * KB);
    const budget = await open({ budget: 100 * KB });
    const input = { shelf: 'inputs', owner: 'ended', name: 'image' } as const;
    await budget.files.put(input, about, [Buffer.alloc(30 * KB)]);
    expect(budget.state().used.retries).toBe(0);
    await budget.files.expire('inputs', 'ended', Date.now() + 60_000);
    const { used } = budget.state();
    expect(used.flight).toBe(0);
    expect(used.retries).toBeGreaterThan(30 * KB);
    await put(budget, 'a', 60 * KB);
    expect(await budget.files.get(input)).toBeUndefined();
    expect(has('web/m1')).toBe(true);
    expect(budget.state().used.retries).toBe(0);
  });

  it('refuses a link there is no room for, in the middle of its stream, and leaves nothing of it', async () => {
    const { open, put, directory } = await stage();
    const budget = await open({ budget: 100 * KB });
    await put(budget, 'a', 60 * KB);
    const pieces = (async function* () {
      for (;;) yield Buffer.alloc(8 * KB);
    })();
    const link = budget.files.put(
      { shelf: 'links', owner: 'l', name: '0' },
      about,
      pieces,
      Date.now() + 60_000,
    );
    await expect(link).rejects.toMatchObject({ code: 'data-full' });
    expect(await readdir(join(directory, 'links/l'))).toEqual([]);
    expect(budget.state().used.links).toBe(0);
    expect(budget.full).toBeUndefined();
  });
});
