import { describe, expect, it, onTestFinished } from 'vitest';
import { mayPass } from '../../../src/core/errors.ts';
import { systemClock } from '../../../src/core/time.ts';
import { createBudget } from '../../../src/files/budget.ts';
import type { JobDisk } from '../../../src/jobs/delivery/disk-turns.ts';
import { JOB_TIMING } from '../../../src/jobs/timing.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { picture, success } from '../../fakes/comfy/scripted-backend.ts';
import { settleStores, until } from '../../fakes/until.ts';
import { temporaryFolder } from '../temporary.ts';
import { sampleJob, sampleRequest } from './sample.ts';
import { createStage, startStage } from './stage.ts';

/** Full when a test says so. */
function fakeDisk() {
  const listeners = new Set<() => void>();
  const state: { full: JobDisk['full'] } = { full: undefined };
  const disk: JobDisk = {
    state: () => ({ budget: 1, next: undefined }),
    get full() {
      return state.full;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const turn = (full: JobDisk['full']): void => {
    state.full = full;
    for (const listener of listeners) listener();
  };
  return { disk, turn };
}

describe('while the data folder is full', () => {
  it('no new job is taken, and none that waits is begun; what runs ends, and then all go on by themselves', async () => {
    const { disk, turn } = fakeDisk();
    const { manager, backend, audience, ended } = await startStage({ disk, concurrency: 1 });
    const running = await manager.submit(sampleRequest());
    const waiting = await manager.submit(sampleRequest({ user: 'bob' }));
    await until(() => backend.followers(running.id) === 1);
    turn('disk');
    expect(() => manager.admit(sampleRequest().caller)).toThrow(/data-full/);
    await expect(manager.submit(sampleRequest())).rejects.toMatchObject({ code: 'data-full' });
    await expect(manager.note(sampleRequest())).rejects.toMatchObject({ code: 'data-full' });
    const place = { position: 1, reason: { kind: 'data-full' } };
    await until(() =>
      audience.shown(waiting.id).some((one) => 'place' in one && one.place.reason.kind === 'data-full'),
    );
    expect(audience.shown(waiting.id).at(-1)).toEqual({ kind: 'waiting', place });

    backend.finish(running.id);
    expect((await ended(running.id)).state).toBe('succeeded');
    expect(await manager.inUse()).toBe(0);
    expect(backend.runs.has(waiting.id)).toBe(false);

    turn(undefined);
    await until(() => backend.followers(waiting.id) === 1);
    backend.finish(waiting.id);
    expect((await ended(waiting.id)).state).toBe('succeeded');
    await manager.submit(sampleRequest());
  });

  it('what waits can be cancelled', async () => {
    const { disk, turn } = fakeDisk();
    const { manager, ended } = await startStage({
      disk,
      concurrency: 1,
      limits: () => ({ guild: 1, user: 1 }),
    });
    await manager.submit(sampleRequest());
    const waiting = await manager.submit(sampleRequest());
    turn('disk');
    await manager.cancel(waiting.id, sampleRequest().caller);
    expect((await ended(waiting.id)).state).toBe('cancelled');
  });

  it('the next process takes up what waits, and begins it when there is room', async () => {
    const stage = await createStage();
    const first = stage.open({ concurrency: 1 });
    await first.manager.start();
    await first.manager.submit(sampleRequest());
    const waiting = await first.manager.submit(sampleRequest());
    await until(() => stage.audience.shown(waiting.id).length > 0);
    first.life.die();
    const { disk, turn } = fakeDisk();
    turn('disk');
    const { manager } = stage.open({ disk });
    await manager.start();
    await until(() => stage.audience.shown(waiting.id).length > 1);
    stage.backend.auto = success();
    turn(undefined);
    expect((await stage.ended(waiting.id)).state).toBe('succeeded');
  });
});

describe('while what waits fills the budget by itself', () => {
  it('one begins after the other, each once the one before is over for its chat too', async () => {
    const stage = await createStage();
    const { backend, audience } = stage;
    const { disk, turn } = fakeDisk();
    const jobs = ['ann', 'bob', 'cid'].map((user, place) =>
      sampleJob({ user, times: { queued: place + 1 } }),
    );
    for (const job of jobs) await stage.leave(job);
    turn('disk');
    const { manager } = stage.open({ disk });
    await manager.start();
    await settleStores();
    expect(backend.queued).toEqual([]);
    turn('budget');
    for (const [place, { id }] of jobs.entries()) {
      await until(() => backend.followers(id) === 1, `the ${place}th`);
      expect(backend.queued).toHaveLength(place + 1);
      expect(await manager.inUse()).toBe(1);
      expect(() => manager.admit(sampleRequest().caller)).toThrow(/data-full/);
      audience.held = true;
      backend.finish(id);
      await until(() => audience.deliveries === place + 1, 'its delivery');
      await settleStores();
      expect(backend.queued).toHaveLength(place + 1);
      audience.release();
      expect((await stage.ended(id)).state).toBe('succeeded');
    }
  });

  it('they all come to their end, with pictures that are more than the budget', async () => {
    const directory = await temporaryFolder();
    const marks = new Map<string, unknown>();
    const budget = createBudget({
      directory,
      clock: systemClock,
      log: createRecordingLog(),
      marks: { get: async (key) => marks.get(key), set: async (key, value) => void marks.set(key, value) },
      scale: { budget: 1_000_000, reserve: 0, everyMs: 10, free: async () => 1e12 },
    });
    onTestFinished(() => budget.stop());
    budget.start();
    await budget.measured;
    const stage = await createStage(budget.files);
    const { manager } = stage.open({ disk: budget, concurrency: 1 });
    await manager.start();
    const first = await manager.submit(sampleRequest());
    await until(() => stage.backend.followers(first.id) === 1);
    const image = { name: 'a.png', type: 'image/png', bytes: Buffer.alloc(600_000) };
    const more = () =>
      manager.submit(
        sampleRequest({}, { files: { image }, images: [{ slot: 'image', into: [['3', 'image']] }] }),
      );
    const waiting = [await more(), await more()];
    await expect(more()).rejects.toMatchObject({ code: 'data-full' });
    stage.backend.auto = success();
    stage.backend.finish(first.id, success());
    for (const { id } of waiting) expect((await stage.ended(id)).state).toBe('succeeded');
    await until(() => budget.state().used.flight === 0, 'an empty folder');
    expect(budget.full).toBeUndefined();
  });
});

const FULL = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
const three = () => success(...['a.png', 'b.png', 'c.png'].map((name) => picture(name)));

/** The clock skips hours while a delivery waits for the real disk. */
const PATIENT = { fetchForMs: 1e12 };

/** A disk that takes so many files of results at once. */
async function smallStage(most: number) {
  const stage = await createStage();
  const real = { ...stage.files };
  const taken = new Map<string, number>();
  const count = () => taken.values().reduce((all, one) => all + one, 0);
  const disk = { most, count, refused: 0 };
  stage.files.put = async (key, about, bytes, time) => {
    if (key.shelf !== 'outbox') return real.put(key, about, bytes, time);
    if (count() >= disk.most) {
      disk.refused += 1;
      throw FULL;
    }
    taken.set(key.owner, (taken.get(key.owner) ?? 0) + 1);
    return real.put(key, about, bytes, time);
  };
  stage.files.drop = async (shelf, owner) => {
    if (shelf === 'outbox') taken.delete(owner);
    return real.drop(shelf, owner);
  };
  return { ...stage, disk };
}

describe('results that are more than the disk holds', () => {
  it('are delivered as far as they fit, and the rest is told, once nothing could make room', async () => {
    const stage = await smallStage(2);
    const { manager } = stage.open();
    stage.backend.auto = three();
    await manager.start();
    const asked = stage.clock.monotonic();
    const { id } = await manager.submit(sampleRequest());
    expect((await stage.ended(id)).state).toBe('succeeded');
    const [message] = stage.audience.reply(id);
    expect(message?.files.map(({ name }) => name)).toEqual(['a.png', 'b.png']);
    expect(message?.missing).toEqual([{ name: 'c.png', problem: { code: 'data-full', file: 'c.png' } }]);
    const waited = stage.clock.monotonic() - asked;
    expect(waited).toBeGreaterThanOrEqual(JOB_TIMING.diskMs);
    expect(waited).toBeLessThan(2 * JOB_TIMING.diskMs);
    await until(() => stage.disk.count() === 0, 'an empty disk');
  });

  it('fail the job where nothing fits, and it can be tried again', async () => {
    const stage = await smallStage(0);
    const { manager } = stage.open();
    stage.backend.auto = three();
    await manager.start();
    const { id } = await manager.submit(sampleRequest());
    expect((await stage.ended(id)).end).toEqual({
      kind: 'failed',
      problem: { code: 'data-full', file: 'a.png' },
    });
    expect(mayPass({ code: 'data-full' })).toBe(true);
  });

  it('wait as long as another job may make room, and lose nothing then', async () => {
    const stage = await smallStage(4);
    const { manager } = stage.open({ timing: PATIENT });
    stage.audience.held = true;
    stage.backend.auto = three();
    await manager.start();
    const first = await manager.submit(sampleRequest());
    await until(() => stage.audience.deliveries === 1, 'the first delivery');
    const second = await manager.submit(sampleRequest());
    const asked = stage.clock.monotonic();
    await until(() => stage.clock.monotonic() - asked > 2 * JOB_TIMING.diskMs, 'time');
    stage.audience.release();
    for (const { id } of [first, second]) {
      await stage.ended(id);
      expect(stage.audience.reply(id).at(-1)?.missing).toEqual([]);
    }
    expect(stage.disk.refused).toBeGreaterThan(10);
  });

  it('do not wait for ever for a job that makes no room', async () => {
    const stage = await smallStage(4);
    const { manager } = stage.open();
    stage.backend.auto = three();
    await manager.start();
    stage.backend.auto = undefined;
    const running = await manager.submit(sampleRequest({ user: 'bob' }));
    await until(() => stage.backend.followers(running.id) === 1);
    stage.backend.auto = three();
    stage.disk.most = 1;
    const asked = stage.clock.monotonic();
    const { id } = await manager.submit(sampleRequest());
    await stage.ended(id);
    expect(stage.audience.reply(id)[0]?.missing).toHaveLength(2);
    expect(stage.clock.monotonic() - asked).toBeGreaterThanOrEqual(JOB_TIMING.fetchForMs);
  });

  it('of several jobs are given up one job at a time, so that the next may have it all', async () => {
    const stage = await smallStage(3);
    const real = { ...stage.files };
    const { manager } = stage.open({ timing: PATIENT });
    const jobs = [sampleJob({ user: 'ann' }), sampleJob({ user: 'bob' })];
    // each has one, and neither can have all
    const met = Promise.withResolvers<void>();
    let first = 0;
    stage.files.put = async (key, ...rest) => {
      if (key.shelf === 'outbox' && key.name === '1' && first < 2) {
        first += 1;
        if (first === 2) met.resolve();
        await met.promise;
      }
      return real.put(key, ...rest);
    };
    const { outputs } = { outputs: [], ...three() };
    for (const job of jobs)
      await stage.leave({ ...job, state: 'delivering', end: { kind: 'succeeded', outputs } });
    await manager.start();
    const complete = [];
    for (const { id } of jobs) {
      await stage.ended(id);
      const missing = stage.audience.reply(id).at(-1)?.missing;
      if (missing?.length === 0) complete.push(id);
    }
    expect(complete).toHaveLength(1);
  });
});
