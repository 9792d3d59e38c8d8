import { describe, expect, it } from 'vitest';
import type { Disk } from '../../../src/core/disk.ts';
import { success } from '../../fakes/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { sampleRequest } from './sample.ts';
import { createStage, startStage } from './stage.ts';

/** Full when a test says so. */
function fakeDisk() {
  const listeners = new Set<() => void>();
  const state = { full: false };
  const disk: Pick<Disk, 'full' | 'listen'> = {
    get full() {
      return state.full;
    },
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const turn = (full: boolean): void => {
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
    turn(true);
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
    expect(manager.inUse()).toBe(0);
    expect(backend.runs.has(waiting.id)).toBe(false);

    turn(false);
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
    turn(true);
    await manager.cancel(waiting.id, sampleRequest().caller);
    expect((await ended(waiting.id)).state).toBe('cancelled');
  });

  it('the next process takes up what waits, and begins it when there is room', async () => {
    const stage = await createStage();
    const first = stage.open({ concurrency: 1 });
    await first.manager.start();
    await first.manager.submit(sampleRequest());
    const waiting = await first.manager.submit(sampleRequest());
    first.life.die();
    const { disk, turn } = fakeDisk();
    turn(true);
    const { manager } = stage.open({ disk });
    await manager.start();
    await until(() => stage.audience.shown(waiting.id).length > 1);
    stage.backend.auto = success();
    turn(false);
    expect((await stage.ended(waiting.id)).state).toBe('succeeded');
  });
});
