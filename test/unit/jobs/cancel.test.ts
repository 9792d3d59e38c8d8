import { describe, expect, it } from 'vitest';
import { EaselError } from '../../../src/core/errors.ts';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { settleDown, settleStores, until } from '../../fakes/until.ts';
import { sampleCaller, sampleRequest } from './sample.ts';
import { createStage, startStage } from './stage.ts';

const ann = sampleCaller();

describe('cancelling', () => {
  it('a waiting job ends it without the backend ever hearing of it', async () => {
    const { manager, backend, ended, saved } = await startStage({ concurrency: 1 });
    await manager.submit(sampleRequest());
    const waiting = await manager.submit(sampleRequest());
    await manager.cancel(waiting.id, ann);
    expect(await ended(waiting.id)).toMatchObject({ state: 'cancelled', cancelledBy: 'ann' });
    expect(saved(waiting.id)).toEqual(['queued', 'delivering', 'cancelled']);
    expect(backend.queued).not.toContain(waiting.id);
  });

  it('is answered in the language that its person has by now; an admin does not change it', async () => {
    const { manager, ended } = await startStage({ concurrency: 1 });
    await manager.submit(sampleRequest());
    const [own, others] = [await manager.submit(sampleRequest()), await manager.submit(sampleRequest())];
    await manager.cancel(own.id, { ...ann, locale: 'ja' });
    await manager.cancel(others.id, sampleCaller({ user: 'root', admin: true, locale: 'ko' }));
    expect((await ended(own.id)).locale).toBe('ja');
    expect((await ended(others.id)).locale).toBe('en');
  });

  it('a waiting job moves those behind it forward', async () => {
    const { manager, audience } = await startStage({ concurrency: 1 });
    const [, second, third] = [
      await manager.submit(sampleRequest()),
      await manager.submit(sampleRequest()),
      await manager.submit(sampleRequest()),
    ];
    const last = () => audience.shown(third.id).at(-1);
    // a guild that was told just now is told again a moment later
    await until(() => last() !== undefined);
    expect(last()).toMatchObject({ kind: 'waiting', place: { position: 2 } });
    const told = audience.shown(third.id).length;
    await manager.cancel(second.id, ann);
    await until(() => audience.shown(third.id).length > told);
    expect(last()).toMatchObject({ kind: 'waiting', place: { position: 1 } });
  });

  it('a running job stops its run, and only its run', async () => {
    const { manager, backend, ended, audience } = await startStage();
    const other = await manager.submit(sampleRequest());
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1 && backend.followers(other.id) === 1);
    await manager.cancel(job.id, ann);
    expect((await ended(job.id)).state).toBe('cancelled');
    expect(audience.shown(job.id).at(-1)?.kind).toBe('cancelling');
    expect(backend.runs.get(other.id)?.end).toBeUndefined();
    expect((await manager.list('guild-a')).map((one) => one.job.id)).toEqual([other.id]);
  });

  it('stops its run also when the backend did not have it at first, on its way from the line to the run', async () => {
    const { manager, backend, ended } = await startStage();
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.cancelling = 'gone';
    await manager.cancel(job.id, ann);
    await until(() => backend.calls.cancel === 1);
    await settleDown();
    backend.cancelling = 'stopping';
    backend.poll();
    expect((await ended(job.id)).state).toBe('cancelled');
    expect(backend.calls.cancel).toBe(2);
  });

  it('while the graph is on its way stops the run as soon as it is known', async () => {
    const stage = await createStage();
    const { manager } = stage.open();
    const submit = stage.backend.submit.bind(stage.backend);
    const gate = Promise.withResolvers<void>();
    let isSent = false;
    stage.backend.submit = async (...given) => {
      isSent = true;
      await gate.promise;
      return submit(...given);
    };
    await manager.start();
    const job = await manager.submit(sampleRequest());
    await until(() => isSent);
    await manager.cancel(job.id, ann);
    gate.resolve();
    expect((await stage.ended(job.id)).state).toBe('cancelled');
    expect(stage.backend.runs.get(job.id)?.end).toEqual({ kind: 'cancelled' });
  });

  it('while images are uploaded never sends the graph', async () => {
    const stage = await createStage();
    const { manager } = stage.open();
    const upload = stage.backend.upload.bind(stage.backend);
    const gate = Promise.withResolvers<void>();
    let uploading = false;
    stage.backend.upload = async (...given) => {
      uploading = true;
      await gate.promise;
      return upload(...given);
    };
    await manager.start();
    const file = { name: 'image.png', type: 'image/png', bytes: Buffer.from('png') };
    const images = [{ slot: 'image', into: [['3', 'image'] as const] }];
    const job = await manager.submit(sampleRequest({}, { images, files: { image: file } }));
    await until(() => uploading);
    await manager.cancel(job.id, ann);
    gate.resolve();
    expect((await stage.ended(job.id)).state).toBe('cancelled');
    expect(stage.backend.calls.submit).toBe(0);
  });

  it('between two tries to submit gives up, also when the backend stays away', async () => {
    const { manager, backend, ended } = await startStage();
    const find = backend.find.bind(backend);
    backend.submits.push('request-lost');
    backend.find = async (...given) => {
      await manager.cancel(backend.queued[0] ?? job.id, ann);
      backend.find = find;
      throw new EaselError({ code: 'backend-unreachable', backend: String(given.length) });
    };
    backend.findErrors.push(
      ...[1, 2, 3, 4].map(() => new EaselError({ code: 'backend-busy', backend: 'b' })),
    );
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).end).toMatchObject({ kind: 'cancelled' });
    expect(backend.calls.submit).toBe(1);
  });

  it('a run that completes all the same still ends cancelled, and its pictures are not posted', async () => {
    const { manager, backend, ended, audience } = await startStage();
    backend.cancelling = 'unstoppable';
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    await manager.cancel(job.id, ann);
    await until(() => backend.calls.cancel === 1);
    backend.finish(job.id, success());
    expect((await ended(job.id)).state).toBe('cancelled');
    expect(audience.reply(job.id)[0]?.files).toEqual([]);
    expect(backend.calls.fetch).toBe(0);
  });

  it('says so when the backend cannot stop it, and keeps its slot until the run is over', async () => {
    const { manager, backend, audience, ended } = await startStage({ concurrency: 1 });
    backend.cancelling = 'unstoppable';
    const job = await manager.submit(sampleRequest());
    const next = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    await manager.cancel(job.id, ann);
    await until(() => audience.shown(job.id).some((one) => one.kind === 'cancelling' && one.unstoppable));
    await settleStores();
    expect(backend.runs.has(next.id)).toBe(false);
    backend.finish(job.id, success());
    await ended(job.id);
    await until(() => backend.runs.has(next.id));
  });

  it('hides later progress', async () => {
    const { manager, backend, audience } = await startStage();
    backend.cancelling = 'unstoppable';
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    await manager.cancel(job.id, ann);
    await until(() => backend.calls.cancel === 1);
    backend.emit(job.id, { kind: 'step', node: '3', value: 1, max: 4 });
    expect(audience.shown(job.id).at(-1)?.kind).toBe('cancelling');
  });

  it('twice asks the backend once', async () => {
    const { manager, backend } = await startStage();
    backend.cancelling = 'unstoppable';
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    await manager.cancel(job.id, ann);
    await manager.cancel(job.id, ann);
    await settleStores();
    expect(backend.calls.cancel).toBe(1);
  });

  it('is asked again when the backend did not answer', async () => {
    const { manager, backend, ended } = await startStage();
    const cancel = backend.cancel.bind(backend);
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.cancel = async () => {
      backend.cancel = cancel;
      throw new EaselError({ code: 'backend-timeout', backend: 'b' });
    };
    await manager.cancel(job.id, ann);
    expect((await ended(job.id)).state).toBe('cancelled');
  });

  it('is too late while the result is being delivered, and when it has ended', async () => {
    const { manager, backend, audience, ended, saved } = await startStage();
    backend.auto = success();
    audience.held = true;
    const job = await manager.submit(sampleRequest());
    await until(() => saved(job.id).includes('delivering'));
    await expect(manager.cancel(job.id, ann)).rejects.toMatchObject({ code: 'already-ended' });
    audience.release();
    expect((await ended(job.id)).state).toBe('succeeded');
    await until(() => manager.roster.guild('guild-a') === undefined);
    await expect(manager.cancel(job.id, ann)).rejects.toMatchObject({ code: 'already-ended' });
  });

  it('a run that ends in the same moment is not called too late, since its result is withheld', async () => {
    const stage = await createStage();
    const { manager } = stage.open();
    await manager.start();
    const job = await manager.submit(sampleRequest());
    await until(() => stage.backend.followers(job.id) === 1);
    const save = stage.store.save.bind(stage.store);
    let held = false;
    const gate = Promise.withResolvers<void>();
    stage.store.save = async (record) => {
      if (record.cancelledBy !== undefined && !held) {
        held = true;
        stage.backend.finish(job.id, success());
        await gate.promise;
      }
      await save(record);
    };
    const cancelled = manager.cancel(job.id, ann);
    await settleStores();
    gate.resolve();
    expect((await cancelled).id).toBe(job.id);
    expect((await stage.ended(job.id)).state).toBe('cancelled');
  });
});

describe('who may cancel', () => {
  it('is the owner, and an admin of the same guild; nobody else', async () => {
    const { manager, ended } = await startStage({ concurrency: 1 });
    const jobs = [await manager.submit(sampleRequest()), await manager.submit(sampleRequest())];
    const strangers = [
      [sampleCaller({ user: 'bob' }), 'not-your-job'],
      // who is elsewhere is not even told that there is one
      [sampleCaller({ user: 'bob', guild: 'guild-b', admin: true }), 'no-such-job'],
      // the same name on another platform is another person
      [sampleCaller({ platform: 'other' }), 'no-such-job'],
    ] as const;
    for (const [stranger, code] of strangers)
      await expect(manager.cancel(jobs[1]!.id, stranger)).rejects.toMatchObject({ code });
    await manager.cancel(jobs[1]!.id, sampleCaller({ user: 'admin', admin: true }));
    expect(await ended(jobs[1]!.id)).toMatchObject({ state: 'cancelled', cancelledBy: 'admin' });
  });
});
