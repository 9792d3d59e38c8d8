import { describe, expect, it } from 'vitest';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { settleStores, until } from '../../fakes/until.ts';
import { sampleRequest } from './sample.ts';
import { createStage } from './stage.ts';

describe('stopping', () => {
  it('takes no more, and says why', async () => {
    const stage = await createStage();
    const { manager } = stage.open();
    await manager.start();
    await manager.stop(0);
    await expect(manager.submit(sampleRequest())).rejects.toMatchObject({ code: 'shutting-down' });
  });

  it('leaves running and waiting jobs in the store, and the next process finishes them', async () => {
    const stage = await createStage();
    const { manager } = stage.open({ concurrency: 1 });
    await manager.start();
    const running = await manager.submit(sampleRequest());
    const waiting = await manager.submit(sampleRequest());
    await until(() => stage.backend.followers(running.id) === 1);
    await manager.stop(0);
    expect((await stage.store.unfinished()).map(({ state }) => state)).toEqual(['running', 'queued']);
    expect(stage.backend.runs.get(running.id)?.end).toBeUndefined();
    stage.backend.auto = success();
    stage.backend.finish(running.id);
    await stage.open().manager.start();
    for (const { id } of [running, waiting]) expect((await stage.ended(id)).state).toBe('succeeded');
    expect(stage.backend.queued).toEqual([running.id, waiting.id]);
  });

  it('lets a reply finish within the grace time', async () => {
    const stage = await createStage();
    stage.backend.auto = success();
    stage.audience.held = true;
    const { manager } = stage.open();
    await manager.start();
    const job = await manager.submit(sampleRequest());
    await until(() => stage.audience.deliveries === 1);
    const stopped = manager.stop(60_000);
    await settleStores();
    stage.audience.release();
    await stopped;
    expect((await stage.ended(job.id)).state).toBe('succeeded');
  });

  it('gives up a reply that takes longer, and leaves it for the next process', async () => {
    const stage = await createStage();
    stage.backend.auto = success();
    stage.audience.held = true;
    const { manager } = stage.open();
    await manager.start();
    const job = await manager.submit(sampleRequest());
    await until(() => stage.audience.deliveries === 1);
    await manager.stop(0);
    expect((await stage.store.unfinished()).map(({ state }) => state)).toEqual(['delivering']);
    stage.audience.release();
    await stage.open().manager.start();
    expect((await stage.ended(job.id)).state).toBe('succeeded');
    expect(stage.audience.accepted).toHaveLength(1);
  });

  it('does not wait for a backend that is silent, and asks it at the next start', async () => {
    const stage = await createStage();
    stage.backend.submits.push('silent');
    stage.backend.auto = success();
    const { manager } = stage.open();
    await manager.start();
    const job = await manager.submit(sampleRequest());
    await until(() => stage.backend.calls.submit === 1);
    await manager.stop(0);
    expect((await stage.store.unfinished()).map(({ state }) => state)).toEqual(['submitting']);
    await stage.open().manager.start();
    expect((await stage.ended(job.id)).state).toBe('succeeded');
    expect(stage.backend.calls.find).toBe(1);
  });

  it('ends waits between tries at once', async () => {
    const stage = await createStage();
    stage.clock.sleep = (_ms, signal) =>
      new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
    stage.backend.submits.push('request-lost');
    const { manager } = stage.open();
    await manager.start();
    await manager.submit(sampleRequest());
    await until(() => stage.log.lines.some(({ message }) => message === 'submit failed, trying again'));
    await manager.stop(60_000);
    expect((await stage.store.unfinished()).map(({ state }) => state)).toEqual(['submitting']);
  });

  it('twice is the same stop', async () => {
    const stage = await createStage();
    const { manager } = stage.open();
    await manager.start();
    expect(manager.stop(0)).toBe(manager.stop(1000));
  });
});
