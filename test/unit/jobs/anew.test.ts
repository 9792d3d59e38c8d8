/** What is asked for once more although the backend has ended it: files that are gone, and a backend that broke down. */
import { describe, expect, it } from 'vitest';
import type { Workflow } from '../../../src/core/workflow.ts';
import { picture, success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { EaselError } from '../../../src/core/errors.ts';
import { StoredWorkflow } from '../../../src/jobs/store/schema.ts';
import { openPair } from '../comfy/sandboxes.ts';
import { sampleCaller, sampleJob, sampleRequest } from './sample.ts';
import { createStage, startStage } from './stage.ts';

/** Without a seed: asked for again it is quite the same. */
const PLAIN: Workflow = {
  '1': { class_type: 'EmptyImage', inputs: { width: 64, height: 48, batch_size: 1, color: 66_051 } },
  '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'plain' } },
};

/** A run that was not made but remembered. */
const remembered = (...outputs: ReturnType<typeof picture>[]) => ({
  ...success(...outputs),
  cached: ['9', '12'],
});

const namesOf = (messages: readonly { files: { name: string }[] }[]) =>
  messages.flatMap(({ files }) => files.map(({ name }) => name));

describe('a remembered run whose files are gone', () => {
  it('is made anew by a ComfyUI, with the same values, and says so in its record', async () => {
    const { backend, sandbox } = await openPair();
    const { manager, ended, audience, saved, log } = await startStage({ backend });
    const request = () => sampleRequest({}, { graph: PLAIN });
    await ended((await manager.submit(request())).id);
    sandbox.removeOutputs();
    const job = await manager.submit(request());
    const { end, rerun } = await ended(job.id);
    expect(end).toMatchObject({ kind: 'succeeded', outputs: [{ node: '2' }] });
    expect(rerun?.gone).toEqual({ at: [0], nodes: ['2'], remade: true });
    expect(namesOf(audience.reply(job.id))).toHaveLength(1);
    const once = ['submitting', 'running', 'delivering'];
    const states = saved(job.id).filter((state) => state !== 'queued');
    expect(states).toEqual([...once, ...once, 'succeeded']);
    expect(sandbox.stats.submitted).toBe(3);
    const [, asked, anew] = sandbox.stats.bodies.map((body) => StoredWorkflow.parse(body['prompt']));
    const { easel_anew: mark, ...inputs } = anew?.['2']?.inputs ?? {};
    expect({ ...anew, '2': { ...anew?.['2'], inputs } }).toEqual(asked);
    expect(mark).toBe(rerun?.id);
    expect(log.lines.filter(({ message }) => message.includes('running it anew'))).toHaveLength(1);
  });

  it('is made anew once only: gone again, it has failed', async () => {
    const { backend, sandbox } = await openPair();
    const { manager, ended } = await startStage({ backend });
    const request = () => sampleRequest({}, { graph: PLAIN });
    await ended((await manager.submit(request())).id);
    sandbox.faults.forgetFiles = true;
    const { end } = await ended((await manager.submit(request())).id);
    expect(end).toMatchObject({ kind: 'failed', problem: { code: 'output-gone', again: true } });
    expect(sandbox.stats.submitted).toBe(3);
  });

  it('is not made anew where it was really run, nor on Comfy Cloud', async () => {
    for (const dialect of ['comfyui', 'cloud'] as const) {
      const { backend, sandbox } = await openPair({ dialect });
      const { manager, ended } = await startStage({ backend });
      const request = () => sampleRequest({}, { graph: PLAIN });
      if (dialect === 'cloud') await ended((await manager.submit(request())).id);
      sandbox.faults.forgetFiles = true;
      const { end } = await ended((await manager.submit(request())).id);
      expect(end).toMatchObject({ kind: 'failed', problem: { code: 'output-gone' } });
      expect(sandbox.stats.submitted).toBe(dialect === 'cloud' ? 2 : 1);
    }
  });

  it('posts what was there once, and in its place what was made again', async () => {
    const { manager, backend, audience, ended } = await startStage();
    backend.gone.add('b.png');
    backend.auto = remembered(picture('a.png'), picture('b.png', '12'), picture('c.png', '12'));
    const job = await manager.submit(sampleRequest());
    await until(() => backend.queued.length === 1);
    backend.auto = success(picture('b2.png', '12'), picture('c2.png', '12'), picture('a2.png'));
    const { end, state } = await ended(job.id);
    expect(state).toBe('succeeded');
    expect(end).toMatchObject({
      outputs: [{ filename: 'a.png' }, { filename: 'b2.png' }, { filename: 'c.png' }],
    });
    expect(namesOf(audience.reply(job.id))).toEqual(['a.png', 'b2.png', 'c.png']);
    expect(backend.calls.fetch).toBe(4);
    const [first, second] = [...backend.runs.values()];
    expect(first?.promptId).toBe(job.id);
    expect(second?.promptId).not.toBe(job.id);
  });

  it.each([
    ['with what is left', [picture('a.png'), picture('b.png', '12')], { kind: 'succeeded' }, ['a.png']],
    ['with its reason', [picture('b.png', '12')], { problem: { code: 'out-of-memory' } }, []],
  ])('is told %s where the second run fails', async (_how, before, expected, files) => {
    const { manager, backend, audience, ended } = await startStage();
    backend.gone.add('b.png');
    backend.auto = remembered(...before);
    const job = await manager.submit(sampleRequest());
    await until(() => backend.queued.length === 1);
    const problem = { code: 'out-of-memory', node: 'KSampler' } as const;
    backend.auto = { kind: 'failure', problem, outputs: [] };
    expect((await ended(job.id)).end).toMatchObject(expected);
    expect(namesOf(audience.reply(job.id))).toEqual(files);
    const missing = audience.reply(job.id).flatMap((message) => message.missing);
    expect(missing.map((each) => each.problem.code)).toEqual(files.map(() => 'output-gone'));
  });

  it('can be cancelled while it waits for its second turn', async () => {
    const { manager, backend, ended } = await startStage({ concurrency: 1 });
    backend.gone.add('b.png');
    backend.auto = remembered(picture('b.png'));
    const job = await manager.submit(sampleRequest());
    await until(() => backend.queued.length === 1);
    backend.auto = undefined;
    await until(() => backend.queued.length === 2);
    await manager.cancel(job.id, sampleCaller());
    expect((await ended(job.id)).end).toEqual({ kind: 'cancelled' });
  });

  it('is what was left of the first where it is given up', async () => {
    const { manager, backend, audience, ended } = await startStage({
      concurrency: 1,
      timing: { holdMs: 60_000 },
    });
    backend.gone.add('b.png');
    backend.auto = remembered(picture('a.png'), picture('b.png', '12'));
    const job = await manager.submit(sampleRequest());
    await until(() => backend.queued.length === 1);
    backend.auto = undefined;
    backend.submits.push(
      ...Array.from({ length: 50 }, () => new EaselError({ code: 'no-credits', backend: 'b' })),
    );
    const { end } = await ended(job.id);
    expect(end).toMatchObject({ kind: 'succeeded' });
    expect(namesOf(audience.reply(job.id))).toEqual(['a.png']);
  });

  it('is known after a death by its own name, and made no third time', async () => {
    const stage = await createStage();
    const { backend } = stage;
    backend.gone.add('b.png');
    backend.auto = remembered(picture('b.png'));
    const first = stage.open();
    await first.manager.start();
    const job = await first.manager.submit(sampleRequest());
    await until(() => backend.queued.length === 1);
    backend.auto = undefined;
    await until(() => backend.queued.length === 2);
    const anew = backend.queued[1]!;
    await until(() => backend.followers(anew) === 1);
    first.life.die();
    const second = stage.open();
    await second.manager.start();
    await until(() => backend.followers(anew) > 0);
    backend.finish(anew, success(picture('b2.png')));
    expect((await stage.ended(job.id)).state).toBe('succeeded');
    expect(namesOf(stage.audience.reply(job.id))).toEqual(['b2.png']);
    expect(backend.queued).toHaveLength(2);
  });

  it('is asked for by whoever finds it at its delivery', async () => {
    const stage = await createStage();
    const { backend } = stage;
    backend.gone.add('b.png');
    backend.auto = success(picture('b2.png'));
    const end = { kind: 'succeeded', outputs: [picture('b.png')], cached: ['9'] } as const;
    const job = sampleJob({ state: 'delivering', end: { ...end, outputs: [...end.outputs], cached: ['9'] } });
    await stage.leave(job);
    await stage.open().manager.start();
    expect((await stage.ended(job.id)).rerun?.gone?.remade).toBe(true);
    expect(backend.queued).toHaveLength(1);
  });
});

describe('a backend that breaks down over a run', () => {
  const crash = {
    kind: 'failure',
    problem: { code: 'backend-crashed', backend: 'b' },
    outputs: [],
  } as const;

  it('gets it once more, under another name', async () => {
    const { manager, backend, ended } = await startStage();
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.auto = success();
    backend.finish(job.id, { ...crash, outputs: [] });
    const { state, attempts, rerun } = await ended(job.id);
    expect({ state, attempts }).toEqual({ state: 'succeeded', attempts: 2 });
    expect(backend.queued).toEqual([job.id, rerun?.id]);
  });

  it('is paid for each time, as who runs Easel sees in the log', async () => {
    const { manager, backend, ended, log, audience } = await startStage();
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.auto = { ...success(), cost: { credits: 2 } };
    backend.finish(job.id, { ...crash, outputs: [], cost: { credits: 1.5 } });
    expect((await ended(job.id)).cost).toEqual({ credits: 3.5 });
    expect(log.lines).toContainEqual(
      expect.objectContaining({
        message: 'job ended',
        facts: expect.objectContaining({ cost: '3.5 credits' }),
      }),
    );
    expect(JSON.stringify(audience.reply(job.id))).not.toContain('credits');
  });

  it('has failed when it breaks down again, and not the workflow', async () => {
    const { manager, backend, ended } = await startStage();
    backend.auto = { ...crash, outputs: [] };
    const { end } = await ended((await manager.submit(sampleRequest())).id);
    expect(end).toEqual({ kind: 'failed', problem: crash.problem });
    expect(backend.queued).toHaveLength(2);
  });

  it('gets nothing again that its person has cancelled', async () => {
    const { manager, backend, ended } = await startStage();
    backend.cancelling = 'unstoppable';
    const job = await manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    await manager.cancel(job.id, sampleCaller());
    backend.finish(job.id, { ...crash, outputs: [] });
    expect((await ended(job.id)).end).toEqual({ kind: 'cancelled' });
    expect(backend.queued).toEqual([job.id]);
  });

  it('is found by the name of the second run after a death', async () => {
    const stage = await createStage();
    const { backend } = stage;
    const first = stage.open();
    await first.manager.start();
    const job = await first.manager.submit(sampleRequest());
    await until(() => backend.followers(job.id) === 1);
    backend.finish(job.id, { ...crash, outputs: [] });
    await until(() => backend.queued.length === 2);
    first.life.die();
    await stage.open().manager.start();
    const second = backend.queued[1]!;
    await until(() => backend.followers(second) > 0);
    backend.finish(second);
    expect((await stage.ended(job.id)).state).toBe('succeeded');
    expect(backend.queued).toHaveLength(2);
  });

  it('is Comfy Cloud’s panic, whose only word is in the job’s status', async () => {
    const { backend, sandbox } = await openPair({ dialect: 'cloud' });
    const { manager, ended } = await startStage({ backend });
    sandbox.faults.panics = 1;
    const { state } = await ended((await manager.submit(sampleRequest({}, { graph: PLAIN }))).id);
    expect(state).toBe('succeeded');
    sandbox.faults.panics = 2;
    const { end } = await ended((await manager.submit(sampleRequest({}, { graph: PLAIN }))).id);
    expect(end).toMatchObject({ problem: { code: 'backend-crashed', words: /PanicError/ } });
  });
});
