import { describe, expect, it } from 'vitest';
import { EaselError, Refused } from '../../../src/core/errors.ts';
import { picture, success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { sampleCaller, sampleRequest } from './sample.ts';
import { createStage, startStage } from './stage.ts';

describe('delivering', () => {
  it('tells which of several files are gone and posts the rest', async () => {
    const { manager, backend, audience, ended } = await startStage();
    backend.gone.add('b.png');
    backend.auto = success(picture('a.png'), picture('b.png'), picture('c.png'));
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).state).toBe('succeeded');
    const [message] = audience.reply(job.id);
    expect(message?.files.map(({ name }) => name)).toEqual(['a.png', 'c.png']);
    expect(message?.missing).toEqual([{ name: 'b.png', problem: { code: 'output-gone', name: 'b.png' } }]);
  });

  it('fails when every file is gone, and says why', async () => {
    const { manager, backend, audience, ended } = await startStage();
    backend.gone.add('a.png');
    backend.auto = success(picture('a.png'));
    const job = await manager.submit(sampleRequest());
    const end = { kind: 'failed', problem: { code: 'output-gone', name: 'a.png' } };
    expect((await ended(job.id)).end).toEqual(end);
    expect(audience.reply(job.id)[0]?.end).toEqual(end);
  });

  it('posts texts as they are, without fetching them', async () => {
    const { manager, backend, audience, ended } = await startStage();
    backend.auto = success({ ...picture(''), kind: 'text', text: 'a caption' });
    const job = await manager.submit(sampleRequest());
    await ended(job.id);
    expect(audience.reply(job.id)[0]?.texts).toEqual(['a caption']);
    expect(backend.calls.fetch).toBe(0);
  });

  it('fetches again what failed in passing', async () => {
    const { manager, backend, audience, ended } = await startStage();
    const broken = new EaselError({ code: 'backend-broken', backend: 'b', status: 502 });
    backend.fetchErrors.push(broken, broken);
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    await ended(job.id);
    expect(audience.reply(job.id)[0]?.files).toHaveLength(1);
    expect(backend.calls.fetch).toBe(3);
  });

  it('tries again when the platform fails, and fetches nothing twice', async () => {
    const { manager, backend, audience, ended } = await startStage();
    audience.errors.push(new Error('502'), new Error('502'));
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).state).toBe('succeeded');
    expect(audience.deliveries).toBe(3);
    expect(backend.calls.fetch).toBe(1);
    expect(audience.accepted).toHaveLength(1);
  });

  it('gives up what the platform refuses after its tries, and the job has failed', async () => {
    const { manager, backend, audience, ended, log } = await startStage({ timing: { deliverTries: 2 } });
    audience.errors.push(new Refused('closed'), new Refused('closed'));
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).end).toEqual({ kind: 'failed', problem: { code: 'delivery-failed' } });
    expect(log.lines).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'the reply could not be delivered' }),
    );
    await until(() => manager.roster.guild('guild-a') === undefined);
  });

  it('goes on when the record cannot be written: the person still gets the picture', async () => {
    const stage = await createStage();
    const { manager } = stage.open();
    await manager.start();
    const job = await manager.submit(sampleRequest());
    await until(() => stage.backend.followers(job.id) === 1);
    stage.store.save = async () => {
      throw new EaselError({ code: 'store-failed' });
    };
    stage.backend.finish(job.id);
    await until(() => stage.audience.reply(job.id).length === 1);
    await until(() => manager.roster.guild('guild-a') === undefined);
    expect(stage.log.lines.some(({ message }) => message === 'job record not stored, going on')).toBe(true);
  });

  it('stores each message of a long reply as it is sent', async () => {
    const { manager, backend, ended, audience } = await startStage();
    backend.auto = success(...[1, 2, 3, 4, 5].map((n) => picture(`${n}.png`)));
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).delivered).toBe(3);
    expect(audience.accepted.map(({ message }) => message)).toEqual([0, 1, 2]);
  });

  it.each([
    [2, 'plain', 1],
    [4, 'words', 0],
    [6, 'note', 0],
  ] as const)('gets plainer after %i mistakes of ours: %s', async (mistakes, body, files) => {
    const { manager, backend, audience, ended } = await startStage();
    const bodies: (string | undefined)[] = [];
    const deliver = audience.deliver.bind(audience);
    audience.deliver = (job, delivery, signal) => {
      bodies.push(delivery.body);
      return deliver(job, delivery, signal);
    };
    for (let n = 0; n < mistakes; n += 1) audience.errors.push(new TypeError('x is not a function'));
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).state).toBe('succeeded');
    expect(bodies.at(-1)).toBe(body);
    expect(bodies[0]).toBeUndefined();
    expect(audience.reply(job.id)[0]?.files).toHaveLength(files);
  });

  it('gives up when even the plainest body is too much for us, and says so', async () => {
    const { manager, backend, audience, ended } = await startStage();
    const broken = Object.assign(new Error('EIO'), { syscall: 'read', path: '/x', code: 'EIO' });
    for (let n = 0; n < 8; n += 1) audience.errors.push(broken);
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).end).toEqual({ kind: 'failed', problem: { code: 'delivery-failed' } });
    expect(audience.reply(job.id)[0]?.end).toEqual({ kind: 'failed', problem: { code: 'delivery-failed' } });
  });

  it('posts what was saved before a node failed, and names what was not made', async () => {
    const { manager, backend, audience, ended } = await startStage();
    const problem = { code: 'run-failed', node: 'KSampler', detail: 'boom' } as const;
    const saved = [picture('a.png', '9'), { ...picture('look.png', '5'), type: 'temp' }];
    backend.auto = { kind: 'failure', problem, outputs: saved };
    const graph = {
      '9': { class_type: 'SaveImage', inputs: {} },
      '12': { class_type: 'SaveImage', inputs: {}, _meta: { title: 'Large' } },
    };
    const isOutput = { title: 'Save Image', isOutput: true, inputs: new Map(), outputs: [] };
    backend.classes = new Map([['SaveImage', isOutput]]);
    const job = await manager.submit(sampleRequest({}, { graph }));
    const { end, unmade } = await ended(job.id);
    expect(end).toMatchObject({ kind: 'failed', problem, outputs: [{ filename: 'a.png' }] });
    expect(unmade).toEqual([{ node: '12', title: 'Large' }]);
    expect(audience.reply(job.id)[0]?.files.map(({ name }) => name)).toEqual(['a.png']);
  });

  it('posts it as well when somebody interrupted the run, and not when its person cancelled it', async () => {
    const { manager, backend, audience, ended } = await startStage();
    backend.auto = { kind: 'cancelled', outputs: [picture('a.png')] };
    const interrupted = await manager.submit(sampleRequest());
    expect((await ended(interrupted.id)).end).toMatchObject({ problem: { code: 'interrupted' } });
    expect(audience.reply(interrupted.id)[0]?.files).toHaveLength(1);
    backend.auto = undefined;
    const cancelled = await manager.submit(sampleRequest());
    await until(() => backend.followers(cancelled.id) === 1);
    backend.cancelling = 'gone';
    await manager.cancel(cancelled.id, sampleCaller());
    backend.finish(cancelled.id, { kind: 'cancelled', outputs: [picture('b.png')] });
    expect((await ended(cancelled.id)).end).toEqual({ kind: 'cancelled' });
    expect(audience.reply(cancelled.id)[0]?.files).toEqual([]);
  });

  it('tells the failure without long waiting when what was saved is out of reach', async () => {
    const { manager, backend, audience, ended } = await startStage({ timing: { unreadMs: 50 } });
    const problem = { code: 'out-of-memory', node: 'KSampler' } as const;
    for (let n = 0; n < 100; n += 1)
      backend.fetchErrors.push(new EaselError({ code: 'backend-unreachable', backend: 'b' }));
    backend.auto = { kind: 'failure', problem, outputs: [picture('a.png')] };
    const job = await manager.submit(sampleRequest());
    expect((await ended(job.id)).end).toMatchObject({ kind: 'failed', problem });
    expect(audience.reply(job.id)[0]).toMatchObject({ files: [], missing: [{ name: 'a.png' }] });
  });

  it('notes what the backend refused of a graph that it took', async () => {
    const { manager, backend, ended } = await startStage();
    const submit = backend.submit.bind(backend);
    backend.submit = async (run, signal) => ({ ...(await submit(run, signal)), unmade: [{ node: '12' }] });
    backend.auto = success();
    const job = await manager.submit(sampleRequest());
    expect(await ended(job.id)).toMatchObject({
      end: { kind: 'succeeded' },
      unmade: [{ node: '12', title: '12' }],
    });
  });
});
