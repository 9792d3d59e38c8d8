import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../src/core/caller.ts';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { sampleCaller } from '../jobs/sample.ts';
import { parse } from '../templates/sources.ts';
import { ada, ann, attached, castle, classes, commandStage, forever, publish, refused } from './stage.ts';

const sketch = {
  ...parse({
    prompt: { type: 'text', into: [['3', 'text']], required: true },
    negative: { type: 'text', into: [['3', 'text']], default: 'nude' },
    steps: { type: 'integer', into: [['3', 'steps']], max: 60 },
    seed: { type: 'seed', into: [['3', 'seed']] },
    image: { type: 'image', into: [['10', 'image']] },
  }),
  name: 'sketch',
};
const bob = sampleCaller({ user: 'bob' });
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

async function drawn(raw: object = {}, caller = ann) {
  const stage = await commandStage({ caps: () => ({ guild: 9, user: 1 }) }, [sketch]);
  stage.backend.auto = success();
  const { commands, ended } = stage;
  const given = { prompt: 'a red fox', seed: 18446744073709551615n, steps: 7, ...raw };
  const { id } = await commands.run(await commands.prepare(caller, 'sketch', given), null, forever);
  const again = (who: Caller = caller) => commands.prepareAgain(who, id);
  return { ...stage, job: await ended(id), again };
}

describe('another one', () => {
  it('has the same values and another seed, and belongs to who asked for it', async () => {
    const { again, commands, ended } = await drawn();
    const prepared = await again(bob);
    expect(prepared.values).toEqual({
      prompt: 'a red fox',
      negative: 'nude',
      steps: 7,
      seed: expect.anything(),
    });
    expect(prepared.values['seed']).not.toBe(18446744073709551615n);
    const job = await commands.run(prepared, null, forever);
    expect(await ended(job.id)).toMatchObject({
      user: 'bob',
      template: { name: 'sketch' },
      state: 'succeeded',
    });
    expect((await commands.prepareAgain(ann, job.id)).values['seed']).not.toBe(job.values['seed']);
  });

  it('can be asked for as soon as the reply is there, before the record says so', async () => {
    const { commands, backend, audience, manager } = await commandStage({}, [sketch]);
    backend.auto = success();
    audience.held = true;
    const prepared = await commands.prepare(ann, 'sketch', { prompt: 'x' });
    const { id } = await commands.run(prepared, null, forever);
    await until(() => audience.deliveries > 0);
    expect(await manager.find(id)).toMatchObject({ state: 'delivering' });
    await commands.prepareAgain(ann, id);
  });

  it('is refused for what is unknown or runs still', async () => {
    const { commands, backend } = await drawn();
    expect(await refused(commands.prepareAgain(ann, crypto.randomUUID()))).toEqual({ code: 'no-such-job' });
    backend.auto = undefined;
    const raw = { prompt: 'x' };
    const running = await commands.run(await commands.prepare(ann, 'sketch', raw), null, forever);
    expect(await refused(commands.prepareAgain(ann, running.id))).toEqual({ code: 'no-such-job' });
  });

  it('is refused to strangers: another guild, another platform, another channel', async () => {
    const { again } = await drawn({}, { ...ann, channel: 'here' });
    for (const stranger of [
      { ...ann, channel: 'here', guild: 'guild-b', admin: true },
      { ...ann, channel: 'here', platform: 'other', admin: true },
      { ...bob, channel: 'there' },
    ])
      expect(await refused(again(stranger))).toEqual({ code: 'no-such-job' });
    // theirs, or seen by everybody there
    await again({ ...ann, channel: 'there' });
    await again({ ...bob, channel: 'here' });
    await again({ ...ada, channel: 'there' });
  });

  it('goes through everything that a request goes through', async () => {
    const { again, commands, backend } = await drawn();
    await commands.settings.change(ada, { bannedUsers: ['eve'] });
    expect(await refused(again({ ...bob, user: 'eve' }))).toEqual({ code: 'banned' });
    await commands.shelf.limit(ada, 'sketch', { roles: ['artist'], channels: [], ageRestricted: false });
    expect(await refused(again())).toEqual({ code: 'not-for-you', name: 'sketch' });
    await again({ ...ann, roles: ['artist'] });
    await commands.shelf.limit(ada, 'sketch', { roles: [], channels: [], ageRestricted: false });
    backend.auto = undefined;
    await commands.settings.change(ada, { guildJobs: '1' });
    // what reaches the backend counts, whoever wrote it: a default is painted as what was typed is
    await commands.settings.change(ada, { blockedWords: 'nude' });
    expect(await refused(again())).toEqual({ code: 'blocked-word', slot: 'negative' });
    await commands.settings.change(ada, { blockedWords: 'fox' });
    expect(await refused(again())).toEqual({ code: 'blocked-word', slot: 'prompt' });
    await commands.shelf.switchOff(ada, 'sketch', true);
    expect(await refused(again())).toEqual({ code: 'template-disabled', name: 'sketch' });
  });

  it('counts against the waiting caps', async () => {
    const stage = await commandStage({ concurrency: 1, caps: () => ({ guild: 9, user: 1 }) }, [sketch]);
    const { commands, backend, ended } = stage;
    backend.auto = success();
    const draw = async () =>
      commands.run(await commands.prepare(ann, 'sketch', { prompt: 'x' }), null, forever);
    const { id } = await draw();
    await ended(id);
    backend.auto = undefined;
    await draw();
    await draw();
    expect(await refused(commands.prepareAgain(ann, id))).toEqual({ code: 'user-waiting-cap', cap: 1 });
  });

  it('needs its picture again, which is not kept', async () => {
    const { again } = await drawn({ image: attached('cat.png', PIXEL) });
    expect(await refused(again())).toEqual({ code: 'again-needs-picture', slot: 'image' });
  });

  it('has its picture and its seed still, where it failed for nothing that was asked', async () => {
    const stage = await commandStage({}, [sketch]);
    const { commands, backend, ended, manager } = stage;
    backend.auto = { kind: 'cancelled' };
    const raw = { prompt: 'x', image: attached('cat.png', PIXEL) };
    const { id, values } = await commands.run(await commands.prepare(ann, 'sketch', raw), null, forever);
    await ended(id);
    await until(() => manager.roster.guild(ann.guild) === undefined);
    backend.auto = success();
    const again = await commands.run(await commands.prepareAgain(ann, id), null, forever);
    expect((await ended(again.id)).state).toBe('succeeded');
    expect(again.values['seed']).toBe(values['seed']);
    expect(backend.uploads).toHaveLength(2);
    expect(backend.uploads[1]).toEqual(backend.uploads[0]);
  });

  it('is made by the newest version, and refused where its values do not fit that', async () => {
    const { commands, ended, backend } = await drawn();
    backend.classes = classes();
    await publish(commands, 'castle');
    const { id } = await commands.run(
      await commands.prepare(ann, 'castle', { prompt: 'x', steps: 20 }),
      null,
      forever,
    );
    const { template } = await ended(id);
    const { draft } = await commands.editor.edit(ada, 'castle');
    await commands.editor.change(ada, draft.id, { kind: 'slot', slot: 'steps', change: { max: '30' } });
    await commands.editor.publish(ada, draft.id);
    expect((await commands.prepareAgain(ann, id)).template.version).not.toBe(template.version);
    const next = await commands.editor.edit(ada, 'castle');
    await commands.editor.change(ada, next.draft.id, {
      kind: 'slot',
      slot: 'steps',
      change: { min: '21', default: '25' },
    });
    await commands.editor.publish(ada, next.draft.id);
    expect(await refused(commands.prepareAgain(ann, id))).toMatchObject({
      code: 'out-of-bounds',
      slot: 'steps',
    });
    await commands.shelf.remove(ada, 'castle');
    expect(await refused(commands.prepareAgain(ann, id))).toMatchObject({ code: 'unknown-template' });
  });

  it('is not made of a private test run, not even for its admin', async () => {
    const { commands, ended, backend } = await drawn();
    backend.classes = classes();
    const { draft } = await commands.editor.add(ada, castle(), { name: 'sketch' }, forever);
    const { id } = await commands.run(await commands.editor.prepareTest(ada, draft.id), null, forever);
    expect(await ended(id)).toMatchObject({ state: 'succeeded', trial: true });
    expect(await refused(commands.prepareAgain(ada, id))).toEqual({ code: 'no-such-job' });
  });
});
