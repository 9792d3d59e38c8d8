import { describe, expect, it } from 'vitest';
import { EaselError, UncertainSubmit } from '../../../src/core/errors.ts';
import { picture, success } from '../../fakes/comfy/scripted-backend.ts';
import { settleStores, until } from '../../fakes/until.ts';
import { sampleCaller, sampleRequest } from './sample.ts';
import { createStage, startStage } from './stage.ts';

const unreachable = () => new EaselError({ code: 'backend-unreachable', backend: 'b' });

describe('a job', () => {
  it('goes through its states in order, each stored, and ends with its files in the reply', async () => {
    const { manager, backend, audience, saved, ended, store } = await startStage();
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.emit(job.id, { kind: 'node', node: '3' });
    backend.finish(job.id, success(picture('fox.png')));
    expect((await ended(job.id)).state).toBe('succeeded');
    expect(saved(job.id)).toEqual(['queued', 'submitting', 'running', 'delivering', 'succeeded']);
    expect(audience.reply(job.id).map(({ files }) => files.map(({ name }) => name))).toEqual([['fox.png']]);
    expect(audience.shown(job.id).map(({ kind }) => kind)).toEqual([
      'submitting',
      'running',
      'running',
      'delivering',
    ]);
    expect(await manager.list('guild-a')).toEqual([]);
    expect(await store.unfinished()).toEqual([]);
  });

  it('hands the graph over under its own id, with a 64-bit seed digit for digit', async () => {
    const { manager, backend } = await startStage();
    const job = await manager.submit(sampleRequest());
    const run = await until(() => backend.runs.get(job.id));
    expect(job.id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(run.workflow['3']?.inputs['seed']).toBe(18446744073709551615n);
  });

  it('uploads its images, names them in the graph, and forgets them when it has ended', async () => {
    const { manager, backend, ended } = await startStage();
    const file = { name: 'image.png', type: 'image/png', bytes: Buffer.from('png') };
    const job = await manager.submit(
      sampleRequest({}, { images: [{ slot: 'image', into: [['3', 'image']] }], files: { image: file } }),
    );
    const run = await until(() => backend.runs.get(job.id));
    expect(run.workflow['3']?.inputs['image']).toMatch(/^easel-[0-9a-f]{48}\.png$/);
    expect(Buffer.from(backend.uploads[0]!.bytes).toString()).toBe('png');
    backend.finish(job.id);
    await ended(job.id);
    await manager.stop(0);
    expect(await manager.input(job.id, 'image')).toBeUndefined();
  });

  it('posts only the outputs of the nodes that the template names', async () => {
    const { manager, backend, audience, ended } = await startStage();
    backend.auto = success(picture('preview.png', '3'), picture('final.png', '9'));
    const job = await manager.submit(sampleRequest({}, { outputNodes: ['9'] }));
    await ended(job.id);
    expect(audience.reply(job.id)[0]?.files.map(({ name }) => name)).toEqual(['final.png']);
  });

  it('fails with no-outputs when nothing is left to post', async () => {
    const { manager, backend, ended } = await startStage();
    backend.auto = success(picture('preview.png', '3'));
    const job = await manager.submit(sampleRequest({}, { outputNodes: ['9'] }));
    expect((await ended(job.id)).end).toEqual({ kind: 'failed', problem: { code: 'no-outputs' } });
  });

  it("fails with the backend's own problem", async () => {
    const { manager, backend, ended } = await startStage();
    backend.auto = { kind: 'failure', problem: { code: 'out-of-memory', node: 'KSampler' }, outputs: [] };
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).end).toEqual({
      kind: 'failed',
      problem: { code: 'out-of-memory', node: 'KSampler' },
    });
  });

  it('that somebody interrupts at the backend has failed, not been cancelled', async () => {
    const { manager, backend, ended } = await startStage();
    backend.auto = { kind: 'cancelled' };
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).end).toEqual({ kind: 'failed', problem: { code: 'interrupted' } });
  });
});

describe('submitting', () => {
  it('finds a run whose answer was lost, and does not send it twice', async () => {
    const { manager, backend, ended } = await startStage();
    backend.submits.push('answer-lost');
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).state).toBe('succeeded');
    expect(backend.calls).toMatchObject({ submit: 1, find: 1 });
  });

  it('sends a run again when it never arrived', async () => {
    const { manager, backend, ended } = await startStage();
    backend.submits.push('request-lost');
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).state).toBe('succeeded');
    expect(backend.calls).toMatchObject({ submit: 2, find: 1 });
  });

  it('goes on looking before sending while the backend cannot say', async () => {
    const { manager, backend, ended } = await startStage();
    backend.submits.push('answer-lost');
    backend.findErrors.push(unreachable(), unreachable());
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).state).toBe('succeeded');
    expect(backend.calls).toMatchObject({ submit: 1, find: 3 });
  });

  it('that fails while the backend answers others is tried again, says so, and has failed after three times', async () => {
    const { manager, backend, audience, ended, clock } = await startStage({ timing: { attempts: 3 } });
    backend.submits.push(unreachable(), unreachable(), unreachable());
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).end).toEqual({
      kind: 'failed',
      problem: { code: 'backend-unreachable', backend: 'b' },
    });
    expect(backend.calls.submit).toBe(3);
    expect(clock.sleeps).toHaveLength(2);
    expect(audience.shown(job.id)).toContainEqual({ kind: 'submitting', retrying: true });
  });

  it('does not try again what was refused', async () => {
    const { manager, backend, ended } = await startStage();
    backend.submits.push(new EaselError({ code: 'workflow-refused', detail: 'no' }));
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).end).toMatchObject({ problem: { code: 'workflow-refused' } });
    expect(backend.calls).toMatchObject({ submit: 1, find: 0 });
  });

  it('treats an uncertain refusal as maybe sent', async () => {
    const { manager, backend, ended } = await startStage();
    backend.submits.push(new UncertainSubmit({ code: 'backend-broken', backend: 'b', status: 502 }));
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    await ended(job.id);
    expect(backend.calls).toMatchObject({ submit: 2, find: 1 });
  });

  it('does not begin when the record cannot be stored', async () => {
    const stage = await createStage();
    stage.store.save = async () => {
      throw new EaselError({ code: 'store-failed' });
    };
    const { manager } = stage.open();
    await manager.start();
    await expect(manager.submit(sampleRequest())).rejects.toMatchObject({ code: 'store-failed' });
    await settleStores();
    expect(stage.backend.calls.submit).toBe(0);
    expect(await manager.list('guild-a')).toEqual([]);
  });
});

describe('a run', () => {
  it('that the backend forgot is submitted again', async () => {
    const { manager, backend, ended } = await startStage();
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.auto = success();
    backend.forget(job.id);
    expect(await ended(job.id)).toMatchObject({ state: 'succeeded', attempts: 2 });
    expect(backend.queued).toEqual([job.id, job.id]);
  });

  it('that the backend keeps forgetting is lost after three times', async () => {
    const { manager, backend, ended } = await startStage({ timing: { attempts: 3 } });
    const job = await manager.submit(sampleRequest());
    for (const attempt of [1, 2, 3]) {
      await until(() => backend.queued.length === attempt && backend.followers(job.id) === 1);
      backend.forget(job.id);
    }
    expect((await ended(job.id)).end).toMatchObject({ problem: { code: 'run-lost' } });
    expect(backend.queued).toHaveLength(3);
  });

  it('that takes too long is stopped and has failed, and its slot is free', async () => {
    const { manager, backend, ended, clock } = await startStage({
      timing: { runLimitMs: 60_000 },
      concurrency: 1,
    });
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    for (const ms of [30_000, 29_000]) {
      clock.advance(ms);
      backend.poll();
    }
    await settleStores();
    expect(backend.calls.cancel).toBe(0);
    clock.advance(2000);
    backend.poll();
    expect((await ended(job.id)).end).toMatchObject({ kind: 'failed', problem: { code: 'run-too-long' } });
    expect(backend.runs.get(job.id)?.end).toEqual({ kind: 'cancelled' });
    const next = await manager.submit(sampleRequest());
    await until(() => backend.runs.get(next.id));
  });

  it('shows progress that never goes backwards, and the latest preview with it', async () => {
    const { manager, backend, audience } = await startStage();
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    const image = { name: 'p.jpg', type: 'image/jpeg', bytes: Buffer.from('p') };
    backend.emit(job.id, { kind: 'step', node: '3', value: 3, max: 4 });
    backend.emit(job.id, { kind: 'preview', image });
    backend.emit(job.id, { kind: 'step', node: '3', value: 1, max: 4 });
    const running = audience.shown(job.id).flatMap((one) => (one.kind === 'running' ? [one] : []));
    expect(running.map(({ progress }) => progress.fraction)).toEqual([0, 0.6, 0.6, 0.6]);
    expect(running.map(({ preview }) => preview?.name)).toEqual([undefined, undefined, 'p.jpg', 'p.jpg']);
  });

  it('shows what is said of a run where it stands, and nothing of it at its end', async () => {
    const { manager, backend, audience, ended } = await startStage();
    backend.lineUp = true;
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    const latest = () => audience.shown(job.id).at(-1);
    const said = (text: string) => ({ said: { backend: backend.name, text } });
    backend.emit(job.id, { kind: 'queued', ahead: 2 });
    backend.emit(job.id, { kind: 'said', text: 'Waiting for a machine' });
    expect(latest()).toMatchObject({ kind: 'lined-up', ahead: 2, ...said('Waiting for a machine') });
    backend.emit(job.id, { kind: 'queued', ahead: 1 });
    expect(latest()).toMatchObject({ kind: 'lined-up', ahead: 1, ...said('Waiting for a machine') });
    backend.emit(job.id, { kind: 'started' });
    expect(latest()).toMatchObject({ kind: 'running', said: undefined });
    backend.emit(job.id, { kind: 'said', text: 'Loading models' });
    expect(latest()).toMatchObject({ kind: 'running', ...said('Loading models') });
    backend.emit(job.id, { kind: 'step', node: '3', value: 1, max: 4 });
    expect(latest()).toMatchObject({ kind: 'running', said: undefined });
    backend.emit(job.id, { kind: 'said', text: 'Price: 3' });
    backend.finish(job.id);
    await ended(job.id);
    expect(JSON.stringify(audience.reply(job.id))).not.toContain('Price');
  });
});

describe('list', () => {
  it('shows one guild only, running first, then waiting in their turn', async () => {
    const { manager, backend } = await startStage({ concurrency: 1 });
    const first = await manager.submit(sampleRequest());
    const second = await manager.submit(sampleRequest());
    const third = await manager.submit(sampleRequest());
    await manager.submit(sampleRequest({ guild: 'guild-b' }));
    await until(() => backend.runs.has(first.id));
    expect((await manager.list('guild-a')).map(({ job }) => job.id)).toEqual([first.id, second.id, third.id]);
    expect(await manager.list('nowhere')).toEqual([]);
    // a part of it
    expect((await manager.list('guild-a', 1, 1)).map(({ job }) => job.id)).toEqual([second.id]);
    expect(await manager.list('guild-a', 5, 3)).toEqual([]);
    expect(manager.roster.guild('guild-a')).toMatchObject({ running: 1, waiting: 2 });
    expect(await manager.inUse()).toBe(1);
  });

  it('knows no job of an unknown id', async () => {
    const { manager } = await startStage();
    await expect(manager.cancel(crypto.randomUUID(), sampleCaller())).rejects.toMatchObject({
      code: 'no-such-job',
    });
  });
});
