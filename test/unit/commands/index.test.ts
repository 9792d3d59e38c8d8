import { getEventListeners } from 'node:events';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Commands } from '../../../src/commands/index.ts';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { sampleCaller, sampleRequest } from '../jobs/sample.ts';
import { ann, commandStage as stage, forever as signal, imagine, refused } from './stage.ts';

const draw = async (commands: Commands, prompt = 'a fox', caller = ann) =>
  commands.run(await commands.prepare(caller, 'imagine', { prompt }), { channel: '1' }, signal);
const png = async () =>
  sharp({ create: { width: 4, height: 4, channels: 3, background: 'red' } })
    .png()
    .toBuffer();

describe('running a template', () => {
  it('fills the graph, queues the job and remembers where its reply is', async () => {
    const { commands, backend } = await stage();
    const job = await draw(commands);
    expect(job).toMatchObject({ template: { name: 'imagine' }, mainSlot: 'prompt', reply: { channel: '1' } });
    const run = await until(() => backend.runs.get(job.id));
    expect(run.workflow['3']?.inputs).toMatchObject({ text: 'a fox', seed: job.values['seed'] });
    expect(imagine.workflow['3']?.inputs['text']).toBe('');
  });

  it('refuses at once what can be seen at once', async () => {
    const { commands, backend } = await stage();
    const attempt = (name: string, raw: object) => refused(commands.prepare(ann, name, { ...raw }));
    expect(await attempt('imagin', {})).toEqual({
      code: 'unknown-template',
      name: 'imagin',
      known: ['imagine', 'upscale'],
    });
    expect(await attempt('imagine', {})).toEqual({ code: 'missing-value', slot: 'prompt' });
    expect(await attempt('imagine', { prompt: 'x', steps: 61 })).toMatchObject({
      code: 'out-of-bounds',
      slot: 'steps',
    });
    const image = { name: 'a.png', size: 1e9, load: async () => new Uint8Array() };
    expect(await attempt('imagine', { prompt: 'x', image })).toMatchObject({
      code: 'image-too-large',
      slot: 'image',
    });
    expect(backend.calls.submit).toBe(0);
  });

  it('refuses when too many wait, before anything is downloaded', async () => {
    const { commands } = await stage({ concurrency: 1, caps: () => ({ guild: 9, user: 1 }) });
    await draw(commands);
    await draw(commands);
    expect(await refused(commands.prepare(ann, 'imagine', { prompt: 'x' }))).toEqual({
      code: 'user-waiting-cap',
      cap: 1,
    });
  });

  it('opens the question before it anew when no job comes of its answer', async () => {
    const { commands } = await stage({ concurrency: 1, caps: () => ({ guild: 9, user: 1 }) });
    const intent = await commands.understand(ann, 'a fox stepz:3');
    const at = (await commands.carryOut(ann, intent, { signal })).screen?.at ?? '';
    const press = () => commands.screens.act(ann, at, 'no', {}, { signal });
    const buttons = async () => (await commands.screens.open(ann, at)).actions.length;
    await draw(commands);
    const { prepared } = await press();
    expect([prepared === undefined, await buttons()]).toEqual([false, 0]);
    await draw(commands);
    expect((await refused(commands.run(prepared!, {}, signal))).code).toBe('user-waiting-cap');
    expect(await buttons()).toBe(2);
  });

  it('fetches attached pictures and uploads them under a name of its own', async () => {
    const { commands, backend } = await stage();
    const bytes = await png();
    const image = { name: 'My Cat (1).PNG', size: bytes.length, load: async () => bytes };
    const job = await commands.run(
      await commands.prepare(ann, 'imagine', { prompt: 'x', image }),
      null,
      signal,
    );
    const run = await until(() => backend.runs.get(job.id));
    expect(run.workflow['10']?.inputs['image']).toMatch(/^easel\/[0-9a-f]{48}\.png$/);
    expect(job.values['image']).toBe('My Cat (1).PNG');
  });

  it('queues nothing when a picture is none', async () => {
    const { commands, manager } = await stage();
    const image = { name: 'a.png', load: async () => Buffer.from('text') };
    const prepared = await commands.prepare(ann, 'imagine', { prompt: 'x', image });
    await expect(commands.run(prepared, null, signal)).rejects.toMatchObject({ code: 'not-an-image' });
    expect(await manager.list('guild-a')).toEqual([]);
  });

  it('says that it stops, and not that it broke, when it stops while a picture comes', async () => {
    const { commands, manager } = await stage();
    const image = { name: 'a.png', load: () => new Promise<Uint8Array>(() => undefined) };
    const prepared = await commands.prepare(ann, 'imagine', { prompt: 'x', image });
    const stop = new AbortController();
    const [running, noting] = [
      commands.run(prepared, null, stop.signal),
      commands.note(prepared, null, stop.signal),
    ];
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'shutting-down' });
    await expect(noting).rejects.toMatchObject({ code: 'shutting-down' });
    expect(await manager.list('guild-a')).toEqual([]);
    expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
  });
});

describe('cancel', () => {
  it('stops the newest of your own here, or the one that you name', async () => {
    const { commands, ended } = await stage();
    const [oldest, , newest] = [
      await draw(commands),
      await draw(commands, 'b', sampleCaller({ user: 'bob' })),
      await draw(commands),
    ];
    expect((await commands.cancel(ann)).id).toBe(newest.id);
    await ended(newest.id);
    expect((await commands.cancel(ann, oldest.id)).id).toBe(oldest.id);
    await ended(oldest.id);
    await expect(commands.cancel(ann)).rejects.toMatchObject({ code: 'nothing-to-cancel' });
  });

  it('takes words of a title, and asks when they fit several', async () => {
    const { commands } = await stage();
    const fox = await draw(commands, 'a red fox');
    await draw(commands, 'a red crow');
    await expect(commands.cancel(ann, 'RED')).rejects.toMatchObject({
      problem: { code: 'which-job', titles: ['a red crow', 'a red fox'] },
    });
    expect((await commands.cancel(ann, 'Fox')).id).toBe(fox.id);
  });

  it("names nobody else's, and nothing of another place", async () => {
    const { commands } = await stage();
    const job = await draw(commands);
    await expect(commands.cancel(sampleCaller({ user: 'bob' }), job.id)).rejects.toMatchObject({
      code: 'not-your-job',
    });
    await expect(commands.cancel(sampleCaller({ guild: 'guild-b' }))).rejects.toMatchObject({
      code: 'nothing-to-cancel',
    });
    await expect(commands.cancel(ann, 'no id')).rejects.toMatchObject({ code: 'no-such-job' });
  });

  it('offers your own unfinished jobs, newest first, without those that are being delivered', async () => {
    const { commands, backend, audience, saved } = await stage({ concurrency: 2 });
    audience.held = true;
    const delivered = await draw(commands, 'one');
    await until(() => backend.runs.has(delivered.id));
    backend.finish(delivered.id, success());
    await until(() => saved(delivered.id).includes('delivering'));
    await draw(commands, 'two');
    await draw(commands, 'three', sampleCaller({ user: 'bob' }));
    await draw(commands, 'four');
    expect(commands.own(ann).map(({ title }) => title)).toEqual(['four', 'two']);
    audience.release();
  });
});

describe('a long queue', () => {
  it('is counted, and its beginning is shown; a person’s own jobs are found wherever they are in it', async () => {
    const { commands, manager } = await stage({
      concurrency: 1,
      limits: () => ({ guild: 1, user: 1 }),
    });
    await Promise.all(
      Array.from({ length: 130 }, (_, n) => manager.submit(sampleRequest({ user: `u${n}` }))),
    );
    const { id } = await manager.submit(sampleRequest());
    const { heading, items } = await commands.queue(ann);
    expect(heading).toBe('1 running, 130 waiting');
    expect(items).toHaveLength(100);
    expect(items.map(({ job }) => job.id)).not.toContain(id);
    expect(commands.own(ann).map(({ job }) => job.id)).toEqual([id]);
    expect((await commands.cancel(ann)).id).toBe(id);
    expect(commands.own(ann)).toEqual([]);
  });
});

describe('queue and help', () => {
  it('show what runs and waits in this guild, with where each stands', async () => {
    const { commands, backend } = await stage({ concurrency: 1 });
    expect(await commands.queue(ann)).toEqual({ heading: 'Nothing is running or waiting here.', items: [] });
    const first = await draw(commands, 'one');
    await draw(commands, 'two');
    await draw(commands, 'elsewhere', sampleCaller({ guild: 'guild-b' }));
    await until(() => backend.followers(first.id) === 1);
    const { heading, items } = await commands.queue(ann);
    expect(heading).toBe('1 running, 1 waiting');
    expect(items.map(({ title, where }) => [title, where])).toEqual([
      ['one', '0 %'],
      ['two', expect.stringMatching(/^1st in line: /)],
    ]);
  });

  it('name every template with what it takes, and the other commands', async () => {
    const { commands } = await stage();
    expect(await commands.help(ann)).toEqual([
      'Commands:',
      '/imagine prompt:… [steps:…] [seed:…] [image:…] — Draw',
      '/upscale prompt:… [steps:…] [seed:…] [image:…] — Draw',
      '/queue — Show what is running and waiting here',
      '/cancel — Stop one of your own jobs',
    ]);
    expect(await commands.template(ann, 'upscale')).toMatchObject({ name: 'upscale' });
    expect(await commands.templates(ann)).toHaveLength(2);
  });
});
