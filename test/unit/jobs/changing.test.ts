/** Another backend takes the place of the one that jobs run on. */
import { describe, expect, it } from 'vitest';
import { createPresentBackend } from '../../../src/app/present-backend.ts';
import { createScriptedBackend, success, type ScriptedBackend } from '../../fakes/comfy/scripted-backend.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { settleStores } from '../../fakes/until.ts';
import { sampleJob, sampleRequest } from './sample.ts';
import { createStage, ending, eventually } from './stage.ts';

async function stage(leave: Parameters<typeof sampleJob>[0][] = []) {
  const given = await createStage();
  const { backend: old } = given;
  const next = createScriptedBackend();
  next.auto = success();
  const opened = (backend: ScriptedBackend) => ({
    backend,
    sandbox: false,
    closed: 0,
    async close() {
      this.closed += 1;
    },
  });
  const [first, second] = [opened(old), opened(next)];
  const present = createPresentBackend(first, createRecordingLog());
  for (const job of leave) await given.leave(sampleJob(job));
  const { manager, life } = given.open({ backend: present });
  given.clock.skipping = false;
  const now = new AbortController();
  const change = async () => {
    await manager.changing.change((left) => present.replace(second, left), now.signal);
  };
  return { ...given, manager, life, old, next, present, first, change, now };
}

describe('while the backend is changed', () => {
  it('what runs is finished where it is, and what waits begins on the new one', async () => {
    const world = await stage();
    const { manager, old, next, audience, present, first, change } = world;
    await manager.start();
    const running = await manager.submit(sampleRequest());
    await eventually(world, () => old.queued.length === 1);
    const changing = change();
    const waiting = await manager.submit(sampleRequest({ user: 'bob' }));
    await eventually(world, () => audience.shown(waiting.id).length > 0);
    await world.clock.pass(60_000);
    expect(audience.shown(waiting.id).at(-1)).toMatchObject({
      kind: 'waiting',
      place: { reason: { kind: 'backend-changing' } },
    });
    expect(manager.changing.count()).toBe(1);
    expect(next.queued).toEqual([]);
    old.finish(running.id);
    expect((await ending(world, running.id)).state).toBe('succeeded');
    await changing;
    expect((await ending(world, waiting.id)).state).toBe('succeeded');
    expect([old.queued, next.queued]).toEqual([[running.id], [waiting.id]]);
    expect(old.calls.fetch).toBe(1);
    expect(first.closed).toBe(1);
    expect(present.name).toBe(next.name);
  });

  it('what runs is stopped there and asked for again on the new one when nobody wants to wait', async () => {
    const world = await stage();
    const { manager, old, next, change, now } = world;
    await manager.start();
    const running = await manager.submit(sampleRequest());
    await eventually(world, () => old.queued.length === 1);
    const changing = change();
    now.abort();
    await changing;
    const record = await ending(world, running.id);
    expect(record).toMatchObject({ state: 'succeeded', attempts: 1 });
    expect([old.queued, next.queued]).toEqual([[running.id], [running.id]]);
    expect(old.calls.cancel).toBe(1);
    expect(next.calls.find).toBe(1);
  });

  it('one that is away is not waited for', async () => {
    const world = await stage();
    const { manager, old, next, change } = world;
    await manager.start();
    const running = await manager.submit(sampleRequest());
    await eventually(world, () => old.queued.length === 1);
    old.away = true;
    old.poll();
    await eventually(world, () => manager.hold());
    await change();
    expect(manager.hold()).toBeUndefined();
    expect(await ending(world, running.id)).toMatchObject({ state: 'succeeded', attempts: 1 });
    expect(next.queued).toEqual([running.id]);
  });

  it('one that was held back, and may never have come to it, begins on the new one without being charged', async () => {
    const world = await stage();
    const { manager, old, next, change } = world;
    await manager.start();
    old.away = true;
    const held = await manager.submit(sampleRequest());
    await eventually(world, () => manager.hold());
    await change();
    expect(await ending(world, held.id)).toMatchObject({ state: 'succeeded', attempts: 1 });
    expect([old.queued, next.queued]).toEqual([[], [held.id]]);
  });

  it('what a process before had there is waited for, and fetched from there', async () => {
    const world = await stage([
      { state: 'running', attempts: 1 },
      { state: 'queued', user: 'bob' },
    ]);
    const { manager, old, next, store, change } = world;
    const unfinished = await store.unfinished();
    const running = unfinished.find(({ state }) => state === 'running')!.id;
    const waiting = unfinished.find(({ state }) => state === 'queued')!.id;
    await old.submit({ promptId: running, workflow: {} }, new AbortController().signal);
    // as at a start: the change is wanted before anything is taken up
    const changing = change();
    await manager.start();
    await settleStores();
    expect(next.queued).toEqual([]);
    old.finish(running);
    await changing;
    expect((await ending(world, running)).state).toBe('succeeded');
    expect((await ending(world, waiting)).state).toBe('succeeded');
    expect([old.queued, next.queued]).toEqual([[running], [waiting]]);
  });

  it('a new one that does not come up leaves the old one in its place, and all goes on', async () => {
    const world = await stage();
    const { manager, old } = world;
    await manager.start();
    old.auto = success();
    const broken = new Error('no port is free');
    await expect(manager.changing.change(() => Promise.reject(broken), world.now.signal)).rejects.toBe(
      broken,
    );
    const job = await manager.submit(sampleRequest());
    expect((await ending(world, job.id)).state).toBe('succeeded');
  });
});
