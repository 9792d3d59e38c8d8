import { describe, expect, it } from 'vitest';
import { picture, success } from '../../fakes/comfy/scripted-backend.ts';
import { settleStores, until } from '../../fakes/until.ts';
import { sampleCaller, sampleJob, sampleRequest } from './sample.ts';
import { createStage, type Stage } from './stage.ts';

/** Processes that die at the same time. */
const TOGETHER = 6;
const FILES = [1, 2, 3].map((n) => picture(`${n}.png`));

/** One job by a process that dies at a call of a port; then a second process finds what the store has. */
async function crashAt(
  call: number,
  when: 'before' | 'after',
): Promise<Stage & { finished: boolean; calls: number }> {
  const stage = await createStage();
  stage.backend.auto = success(...FILES);
  const { manager, life } = stage.open();
  life.dieAt(call, when);
  void manager.start().then(() => manager.submit(sampleRequest()));
  const died = () => until(() => life.dead);
  await until(() => life.dead || stage.audience.accepted.length === 2);
  // it leaves once everything is written down
  await Promise.race([died(), manager.stop(60_000)]);
  return { ...stage, finished: !life.dead, calls: life.calls.length };
}

describe('a process that dies', () => {
  it.each(['before', 'after'] as const)(
    'at any call, %s it is done, leaves one run and one whole reply once another has taken over',
    async (when) => {
      const { calls: all } = await crashAt(Infinity, when);
      // the whole way is walked: saves, submit, follow, fetches, deliver
      expect(all).toBeGreaterThan(12);
      async function crash(call: number): Promise<void> {
        const stage = await crashAt(call, when);
        expect(stage.finished).toBe(false);
        const left = await stage.store.unfinished();
        const sentBefore = left[0]?.delivered ?? 0;
        const acceptedBefore = stage.audience.accepted.length;
        await stage.open().manager.start();
        for (const { id } of left) {
          await stage.ended(id);
          const reply = stage.audience.reply(id);
          expect(reply.flatMap(({ files }) => files.map(({ name }) => name))).toEqual([
            '1.png',
            '2.png',
            '3.png',
          ]);
          // what the record counts as sent is not sent again
          const later = stage.audience.accepted.slice(acceptedBefore).map(({ message }) => message);
          expect(later).toEqual([0, 1].slice(sentBefore));
        }
        expect(stage.backend.queued.length).toBeLessThanOrEqual(1);
        expect(await stage.store.unfinished()).toEqual([]);
      }
      // some at once: each waits for the disk most of the time
      for (let first = 1; first <= all; first += TOGETHER)
        await Promise.all(
          Array.from({ length: Math.min(TOGETHER, all + 1 - first) }, (_, more) => crash(first + more)),
        );
    },
  );

  it.each(['queued', 'submitting', 'running', 'delivering'] as const)(
    'leaves a record that says %s, from which alone the job is finished',
    async (state) => {
      const stage = await createStage();
      stage.backend.auto = success();
      const job = sampleJob({
        state,
        ...(state !== 'queued' && { attempts: 1 }),
        ...(state === 'delivering' && { end: { kind: 'succeeded', outputs: [picture()] } }),
      });
      if (state === 'running') {
        job.promptId = job.id;
        await stage.backend.submit({ promptId: job.id, workflow: {} }, AbortSignal.timeout(60_000));
      }
      await stage.leave(job);
      await stage.open().manager.start();
      expect((await stage.ended(job.id)).state).toBe('succeeded');
      expect(stage.audience.accepted).toEqual([{ job: job.id, message: 0 }]);
      expect(stage.backend.queued).toHaveLength(state === 'delivering' ? 0 : 1);
    },
  );

  it('while the answer to a submit was on its way does not run the graph again', async () => {
    const stage = await createStage();
    const job = sampleJob({ state: 'submitting', attempts: 1 });
    await stage.leave(job);
    await stage.backend.submit({ promptId: job.id, workflow: {} }, AbortSignal.timeout(60_000));
    stage.backend.finish(job.id);
    await stage.open().manager.start();
    expect((await stage.ended(job.id)).state).toBe('succeeded');
    expect(stage.backend.calls).toMatchObject({ submit: 1, find: 1 });
  });
});

describe('a start', () => {
  it('queues waiting jobs again in the order in which they came', async () => {
    const stage = await createStage();
    const jobs = [30, 10, 20].map((queued) => sampleJob({ times: { queued } }));
    for (const job of jobs) await stage.leave(job);
    const { manager } = stage.open({ concurrency: 1 });
    await manager.start();
    expect((await manager.list('guild-a')).map(({ job }) => job.times.queued)).toEqual([10, 20, 30]);
    expect(stage.audience.shown(jobs[0]!.id).at(-1)).toMatchObject({
      kind: 'waiting',
      place: { position: 2 },
    });
  });

  it('counts running jobs against the limits before it takes more', async () => {
    const stage = await createStage();
    const running = sampleJob({
      state: 'running',
      attempts: 1,
      times: { queued: 1, started: stage.clock.now() },
    });
    running.promptId = running.id;
    await stage.backend.submit({ promptId: running.id, workflow: {} }, AbortSignal.timeout(60_000));
    const waiting = sampleJob({ times: { queued: 2 } });
    await stage.leave(running);
    await stage.leave(waiting);
    await stage.open({ concurrency: 1 }).manager.start();
    await until(() => stage.backend.followers(running.id) === 1);
    await settleStores();
    expect(stage.backend.queued).toEqual([running.id]);
    stage.backend.finish(running.id);
    await until(() => stage.backend.runs.has(waiting.id));
  });

  it('goes on cancelling what was being cancelled', async () => {
    const stage = await createStage();
    const queued = sampleJob({ cancelledBy: 'ann' });
    const unsent = sampleJob({ cancelledBy: 'ann', state: 'submitting', attempts: 1 });
    const running = sampleJob({
      cancelledBy: 'ann',
      state: 'running',
      attempts: 1,
      times: { queued: 3, started: stage.clock.now() },
    });
    running.promptId = running.id;
    await stage.backend.submit({ promptId: running.id, workflow: {} }, AbortSignal.timeout(60_000));
    for (const job of [queued, unsent, running]) await stage.leave(job);
    await stage.open().manager.start();
    for (const { id } of [queued, unsent, running]) expect((await stage.ended(id)).state).toBe('cancelled');
    expect(stage.backend.queued).toEqual([running.id]);
    expect(stage.backend.runs.get(running.id)?.end).toEqual({ kind: 'cancelled' });
  });

  it('judges no run by the time that nobody was there, and delivers what lies ready', async () => {
    const stage = await createStage();
    const job = sampleJob({ state: 'running', attempts: 1, times: { queued: 1, started: 2 } });
    job.promptId = job.id;
    await stage.backend.submit({ promptId: job.id, workflow: {} }, AbortSignal.timeout(60_000));
    stage.backend.finish(job.id);
    await stage.leave(job);
    stage.clock.advance(3 * 3600_000);
    await stage.open({ timing: { runLimitMs: 60_000 } }).manager.start();
    expect((await stage.ended(job.id)).state).toBe('succeeded');
  });

  it('goes on counting what a process before it has seen running', async () => {
    const stage = await createStage();
    const times = { queued: 1, started: 2 };
    const job = sampleJob({ state: 'running', attempts: 1, ranMs: 59_000, times });
    job.promptId = job.id;
    await stage.backend.submit({ promptId: job.id, workflow: {} }, AbortSignal.timeout(60_000));
    await stage.leave(job);
    stage.clock.advance(3 * 3600_000);
    await stage.open({ timing: { runLimitMs: 60_000 } }).manager.start();
    await until(() => stage.backend.followers(job.id) === 1);
    stage.backend.poll();
    await settleStores();
    expect(stage.backend.calls.cancel).toBe(0);
    stage.clock.advance(1500);
    stage.backend.poll();
    expect((await stage.ended(job.id)).end).toMatchObject({ problem: { code: 'run-too-long', minutes: 1 } });
  });

  it('leaves a job of a platform that is off in the store', async () => {
    const stage = await createStage();
    const job = sampleJob({ platform: 'elsewhere' });
    await stage.leave(job);
    const { manager } = stage.open();
    await manager.start();
    await settleStores();
    expect(await manager.list('guild-a')).toEqual([]);
    expect(await stage.store.unfinished()).toEqual([job]);
    expect(stage.backend.calls.submit).toBe(0);
  });

  it('tells the end of a record that says delivering without one', async () => {
    const stage = await createStage();
    const job = sampleJob({ state: 'delivering' });
    await stage.leave(job);
    await stage.open().manager.start();
    expect((await stage.ended(job.id)).end).toEqual({
      kind: 'failed',
      problem: { code: 'internal', ref: job.id },
    });
  });

  it('runs a job once that came in while the store was being read', async () => {
    const stage = await createStage();
    const { manager } = stage.open();
    const read = stage.store.unfinished.bind(stage.store);
    const save = stage.store.save.bind(stage.store);
    const saved = Promise.withResolvers<void>();
    const seen = Promise.withResolvers<void>();
    // the record is there when the store is read, but its submitter has not heard of it yet
    stage.store.unfinished = async () => {
      await saved.promise;
      return read();
    };
    stage.store.save = async (job) => {
      await save(job);
      saved.resolve();
      if (job.state === 'queued') await seen.promise;
    };
    const submitted = manager.submit(sampleRequest());
    await manager.start();
    await settleStores();
    seen.resolve();
    const job = await submitted;
    await until(() => stage.backend.followers(job.id) > 0);
    await settleStores();
    expect(stage.backend.calls).toMatchObject({ submit: 1, follow: 1 });
    expect(await manager.list('guild-a')).toHaveLength(1);
  });

  it('does not call a stored job ended before it was taken up', async () => {
    const stage = await createStage();
    const job = sampleJob();
    await stage.leave(job);
    const { manager } = stage.open();
    await expect(manager.cancel(job.id, sampleCaller())).rejects.toMatchObject({ code: 'shutting-down' });
  });
});
