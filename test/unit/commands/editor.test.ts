import { describe, expect, it } from 'vitest';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { createTried } from '../../../src/commands/verbs/tried.ts';
import type { Job } from '../../../src/core/job.ts';
import type { RunEnd } from '../../../src/core/run.ts';
import { sampleCaller } from '../jobs/sample.ts';
import {
  ada,
  ann,
  attached,
  castle,
  classes,
  commandStage,
  forever,
  GRAPH,
  publish,
  refused,
} from './stage.ts';

async function begun(more: { name?: string } = {}) {
  const stage = await commandStage();
  stage.backend.classes = classes();
  const view = await stage.commands.editor.add(ada, castle(), more, forever);
  return { ...stage, editor: stage.commands.editor, view, id: view.draft.id };
}

describe('a new template', () => {
  it('is suggested from the file, named after it, and shows what each slot fills', async () => {
    const { view } = await begun();
    expect(view.draft).toMatchObject({ name: 'castle', guild: 'guild-a', user: 'ada' });
    expect(view.slots.map(({ name, slot }) => [name, slot.type])).toEqual([
      ['prompt', 'text'],
      ['model', 'choice'],
      ['steps', 'integer'],
      ['seed', 'seed'],
    ]);
    expect(view.slots[0]?.into).toEqual([{ node: 'CLIPTextEncode', input: 'text' }]);
    expect(view.outputs).toEqual([{ id: '9', title: 'SaveImage', posted: true }]);
    expect(view).toMatchObject({ publishable: true, findings: [] });
  });

  it('is described in the language of who adds it, and so is a slot that is added later', async () => {
    const { editor, id } = await begun();
    const japanese = { ...ada, locale: 'ja' };
    const { draft } = await editor.add(japanese, castle(), {}, forever);
    expect(draft.description).toBe('プロンプトから画像を作ります');
    expect(draft.slots[0]?.slot.description).toBe('描きたいもの');
    await editor.change(japanese, draft.id, { kind: 'drop', slot: 'steps' });
    const added = await editor.change(japanese, draft.id, { kind: 'add', path: ['3', 'steps'] });
    expect(added.slots.at(-1)?.slot.description).toMatch(/^ステップ数/);
    // what is stored stays as it was written
    expect((await editor.open({ ...ada, locale: 'ja' }, id)).draft.description).toBe(
      'Make a picture from a prompt',
    );
    const words = await editor.change(ada, id, { kind: 'add', path: ['9', 'filename_prefix'] });
    expect(words.slots.at(-1)?.slot.description).toBe('“filename_prefix” of SaveImage');
  });

  it('takes the name that was asked for, made legal', async () => {
    const { view } = await begun({ name: '/My Castle' });
    expect(view.draft.name).toBe('my-castle');
  });

  it('is only for admins, and its draft only for who began it, in that guild', async () => {
    const { editor, id, commands } = await begun();
    expect(await refused(commands.editor.add(ann, castle(), {}, forever))).toEqual({ code: 'not-an-admin' });
    expect(await refused(commands.editor.edit(ann, 'imagine'))).toEqual({ code: 'not-an-admin' });
    const others = [
      sampleCaller({ user: 'eve', admin: true }),
      sampleCaller({ user: 'ada', admin: true, guild: 'guild-b' }),
      sampleCaller({ user: 'ada', admin: true, platform: 'other' }),
    ];
    for (const caller of others) {
      const verbs = [
        () => editor.open(caller, id),
        () => editor.change(caller, id, { kind: 'drop', slot: 'seed' }),
        () => editor.candidates(caller, id),
        () => editor.prepareTest(caller, id),
        () => editor.publish(caller, id),
        () => editor.discard(caller, id),
      ];
      for (const verb of verbs) expect(await refused(verb())).toEqual({ code: 'no-such-draft' });
    }
    // somebody who is no admin any more
    const demoted = sampleCaller({ user: 'ada' });
    expect(await refused(editor.publish(demoted, id))).toEqual({ code: 'not-an-admin' });
  });

  it('says so when the backend cannot be asked, and can be published all the same', async () => {
    const { commands } = await commandStage();
    const view = await commands.editor.add(ada, castle(), {}, forever);
    expect(view.findings).toEqual([
      { at: 'workflow', problem: { code: 'backend-unasked', backend: 'the test backend' }, blocking: false },
    ]);
    expect(await commands.editor.publish(ada, view.draft.id)).toMatchObject({ name: 'castle', version: 1 });
  });

  it('is refused with a sentence when the file is none', async () => {
    const { commands } = await commandStage();
    const add = (content: string) =>
      refused(commands.editor.add(ada, attached('x.json', content), {}, forever));
    expect(await add('{"nodes": [], "links": []}')).toMatchObject({ code: 'ui-format-workflow' });
    expect(await add('{')).toMatchObject({ code: 'invalid-json' });
    const lost = { name: 'x.json', load: () => Promise.reject(new Error('gone')) };
    expect(await refused(commands.editor.add(ada, lost, {}, forever))).toEqual({
      code: 'file-unreachable',
      file: 'x.json',
    });
    const huge = { ...lost, size: 1e9 };
    expect(await refused(commands.editor.add(ada, huge, {}, forever))).toMatchObject({
      code: 'file-too-large',
    });
  });
});

describe('a draft', () => {
  it('is changed step by step, also after a restart, and checked again each time', async () => {
    const { editor, id } = await begun();
    await editor.change(ada, id, {
      kind: 'slot',
      slot: 'steps',
      change: { name: 'rounds', max: '40', default: '8' },
    });
    await editor.change(ada, id, { kind: 'move', slot: 'rounds', by: -1 });
    await editor.change(ada, id, { kind: 'drop', slot: 'model' });
    await editor.change(ada, id, { kind: 'about', name: 'fort', description: 'Draws a fort' });
    const { draft } = await editor.open(ada, id);
    expect(draft).toMatchObject({ name: 'fort', description: 'Draws a fort' });
    expect(draft.slots.map(({ name }) => name)).toEqual(['prompt', 'rounds', 'seed']);
    expect(draft.slots[1]?.slot).toMatchObject({ type: 'integer', min: 1, max: 40, default: 8 });
  });

  it('stays as it was when a change is wrong', async () => {
    const { editor, id } = await begun();
    const change = (wanted: object) =>
      refused(editor.change(ada, id, { kind: 'slot', slot: 'steps', change: wanted }));
    expect(await change({ min: '9', max: '3' })).toMatchObject({
      code: 'slot-broken',
      slot: 'steps',
      field: 'min',
    });
    expect(await change({ max: 'many' })).toMatchObject({ code: 'slot-broken', field: 'max' });
    expect(await change({ name: 'Sch ritte!' })).toMatchObject({ code: 'slot-broken', field: 'name' });
    expect(await change({ name: 'seed' })).toEqual({ code: 'slot-exists', slot: 'seed' });
    expect(await refused(editor.change(ada, id, { kind: 'drop', slot: 'nope' }))).toMatchObject({
      code: 'unknown-slot',
    });
    expect((await editor.open(ada, id)).slots).toHaveLength(4);
  });

  it('offers the inputs that no slot fills, and makes a slot of one', async () => {
    const { editor, id } = await begun();
    const offered = await editor.candidates(ada, id);
    expect(offered).toContainEqual({ path: ['9', 'filename_prefix'], node: 'SaveImage', value: 'x' });
    expect(offered.map(({ path }) => path)).not.toContainEqual(['3', 'seed']);
    const view = await editor.change(ada, id, { kind: 'add', path: ['9', 'filename_prefix'] });
    expect(view.slots.at(-1)).toMatchObject({ name: 'filename_prefix', slot: { type: 'text' } });
    for (const path of [
      ['3', 'model'],
      ['9', 'nope'],
      ['constructor', 'name'],
    ] as const)
      expect(await refused(editor.change(ada, id, { kind: 'add', path }))).toMatchObject({
        code: 'not-an-input',
      });
  });

  it('says at the field what keeps it from being published', async () => {
    const { editor, id, commands } = await begun();
    await publish(commands, 'taken');
    const findings = async (name: string) =>
      (await editor.change(ada, id, { kind: 'about', name, description: '' })).findings;
    expect(await findings('taken')).toMatchObject([
      { at: 'name', problem: { code: 'name-taken' }, blocking: true },
      { at: 'description', problem: { code: 'bad-description' }, blocking: true },
    ]);
    expect(await findings('settings')).toMatchObject([{ problem: { code: 'reserved-name' } }, {}]);
    expect(await findings('imagine')).toContainEqual(
      expect.objectContaining({ problem: { code: 'overrides-builtin', name: 'imagine' }, blocking: false }),
    );
    expect(await refused(editor.publish(ada, id))).toMatchObject({
      code: 'not-publishable',
      findings: [{ code: 'bad-description' }],
    });
  });

  it('is held to what its own platform takes, not to what another does', async () => {
    const { editor, id, chat, commands } = await begun();
    const problem = { code: 'too-many-slots', count: 26, max: 25 } as const;
    const asked: string[] = [];
    chat.findings = ({ name, slots }) => {
      asked.push(`${name}: ${Object.keys(slots).join()}`);
      return [{ at: 'workflow', problem, blocking: true }];
    };
    const { findings, publishable } = await editor.open(ada, id);
    expect(findings[0]).toEqual({ at: 'workflow', problem, blocking: true });
    expect(publishable).toBe(false);
    expect(asked.at(-1)).toMatch(/^castle: prompt,/);
    expect(await refused(editor.publish(ada, id))).toEqual({ code: 'not-publishable', findings: [problem] });
    const elsewhere = { ...ada, platform: 'other', guild: 'elsewhere' };
    const { draft } = await commands.editor.add(elsewhere, castle(), {}, forever);
    await commands.editor.publish(elsewhere, draft.id);
  });

  it('says which node or model the backend lacks', async () => {
    const stage = await commandStage();
    const nodes = new Map(classes({ ckpt_name: ['other.safetensors'] }));
    nodes.delete('KSampler');
    stage.backend.classes = nodes;
    const { findings, draft } = await stage.commands.editor.add(ada, castle(), {}, forever);
    expect(findings).toMatchObject([
      { at: 'workflow', problem: { code: 'missing-node', node: 'KSampler' }, blocking: true },
      {
        at: { slot: 'model' },
        problem: { code: 'value-unavailable', value: 'sd.safetensors' },
        blocking: false,
      },
    ]);
    expect(await refused(stage.commands.editor.publish(ada, draft.id))).toMatchObject({
      code: 'not-publishable',
    });
  });

  it('is tried with its defaults, and the result goes where the admin reads it', async () => {
    const { editor, commands, id, backend, ended } = await begun();
    const job = await commands.run(await editor.prepareTest(ada, id), { channel: 'private' }, forever);
    const run = await until(() => backend.runs.get(job.id));
    expect(run.workflow['6']?.inputs['text']).toBe('a castle');
    expect(job).toMatchObject({ user: 'ada', reply: { channel: 'private' }, template: { name: 'castle' } });
    backend.finish(job.id, success());
    await ended(job.id);
  });

  describe('after a test run that left nothing to post', () => {
    async function tried() {
      let note: (job: Job) => Promise<void> = async () => undefined;
      const stage = await commandStage({ tried: (job) => note(job) });
      note = createTried(stage.store, stage.log);
      stage.backend.classes = classes();
      const { editor } = stage.commands;
      const { draft } = await editor.add(ada, castle(), {}, forever);
      /** `meanwhile`: done before it ends. */
      async function run(end: RunEnd, meanwhile?: () => Promise<unknown>) {
        const job = await stage.commands.run(await editor.prepareTest(ada, draft.id), null, forever);
        await until(() => stage.backend.runs.has(job.id));
        await meanwhile?.();
        stage.backend.finish(job.id, end);
        await stage.ended(job.id);
      }
      return { ...stage, editor, id: draft.id, run };
    }
    const bare: RunEnd = { kind: 'success', outputs: [] };

    it('is not ready, and says what to add', async () => {
      const { editor, id, run } = await tried();
      await run(bare);
      const view = await editor.open(ada, id);
      expect(view).toMatchObject({ publishable: false, testable: true });
      expect(view.findings).toEqual([{ at: 'outputs', problem: { code: 'trial-bare' }, blocking: true }]);
      expect(await refused(editor.publish(ada, id))).toMatchObject({ code: 'not-publishable' });
    });

    it('is ready again after one that left something, or once it is changed', async () => {
      const { editor, id, run } = await tried();
      await run(bare);
      await run(success());
      expect((await editor.open(ada, id)).publishable).toBe(true);
      await run(bare);
      await run({ kind: 'cancelled' });
      expect((await editor.open(ada, id)).publishable).toBe(false);
      await editor.change(ada, id, { kind: 'drop', slot: 'steps' });
      expect((await editor.open(ada, id)).publishable).toBe(true);
    });

    it('is not judged by a run of other outputs, and gone is gone', async () => {
      const { editor, id, run, store, log } = await tried();
      await run(bare, () => editor.change(ada, id, { kind: 'outputs', nodes: ['9'] }));
      expect((await store.draft(id))?.bare).toBeUndefined();
      await run(bare, () => editor.discard(ada, id));
      expect(await store.draft(id)).toBeUndefined();
      expect(log.lines.filter(({ level }) => level === 'error')).toEqual([]);
    });
  });

  it('is gone once discarded', async () => {
    const { editor, id } = await begun();
    await editor.discard(ada, id);
    expect(await refused(editor.open(ada, id))).toEqual({ code: 'no-such-draft' });
  });
});

describe('publishing', () => {
  it('makes the command at once, for this guild only, and writes down who did it', async () => {
    const { commands, id, offered, guilds } = await begun();
    expect(await commands.editor.publish(ada, id)).toEqual({
      name: 'castle',
      version: 1,
      problem: undefined,
    });
    expect(offered.get('guild-a')).toEqual(['castle']);
    expect((await commands.templates(ann)).map(({ name }) => name)).toEqual(['imagine', 'castle', 'upscale']);
    const elsewhere = sampleCaller({ guild: 'guild-b' });
    expect((await commands.templates(elsewhere)).map(({ name }) => name)).toEqual(['imagine', 'upscale']);
    expect(await guilds.audit('guild-a')).toMatchObject([
      { by: 'ada', act: 'template.publish', subject: 'castle' },
    ]);
    const prepared = await commands.prepare(ann, 'castle', { prompt: 'a keep', model: 'xl' });
    expect(prepared.values).toMatchObject({ prompt: 'a keep', model: 'xl.safetensors', steps: 20 });
  });

  it('happens once, however often the button is pressed', async () => {
    const { commands, id } = await begun();
    const presses = [commands.editor.publish(ada, id), commands.editor.publish(ada, id)];
    const results = await Promise.allSettled(presses);
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await commands.shelf.history(ada, 'castle')).toHaveLength(1);
  });

  it('of a template that is edited makes a new version, and running jobs keep theirs', async () => {
    const { commands, id, backend } = await begun();
    await commands.editor.publish(ada, id);
    const prepared = await commands.prepare(ann, 'castle', { prompt: 'x', steps: 20 });
    const job = await commands.run(prepared, null, forever);
    const { draft } = await commands.editor.edit(ada, 'castle');
    await commands.editor.change(ada, draft.id, { kind: 'drop', slot: 'steps' });
    expect(await commands.editor.publish(ada, draft.id)).toMatchObject({ version: 2 });
    expect((await commands.template(ann, 'castle'))?.slots['steps']).toBeUndefined();
    expect((await until(() => backend.runs.get(job.id))).workflow['3']?.inputs['steps']).toBe(20);
    expect(job.values['steps']).toBe(20);
  });

  it('under the name of a built-in one takes its place, until it is removed', async () => {
    const { commands } = await begun();
    await publish(commands, 'imagine');
    expect((await commands.template(ann, 'imagine'))?.slots['model']).toBeDefined();
    await commands.shelf.remove(ada, 'imagine');
    expect((await commands.template(ann, 'imagine'))?.slots['image']).toBeDefined();
  });

  it('stands, but says so, when the platform refuses the command; it is tried again at the next start', async () => {
    const { commands, id, chat, offered } = await begun();
    chat.refuses = true;
    expect(await commands.editor.publish(ada, id)).toMatchObject({ problem: { code: 'commands-refused' } });
    expect(await commands.template(ann, 'castle')).toBeDefined();
    chat.refuses = false;
    await commands.offers.catchUp();
    expect(offered.get('guild-a')).toEqual(['castle']);
    offered.clear();
    await commands.offers.catchUp();
    expect(offered.size).toBe(0);
  });
});

describe('a template of another place', () => {
  it('is taken over from its two files, byte for byte', async () => {
    const { commands, id } = await begun();
    await commands.editor.change(ada, id, { kind: 'slot', slot: 'steps', change: { description: 'Rounds' } });
    await commands.editor.publish(ada, id);
    const [settings, workflow] = await commands.shelf.export(ada, 'castle');
    expect(Buffer.from(workflow?.bytes ?? []).toString()).toBe(JSON.stringify(GRAPH));
    const there = sampleCaller({ user: 'bo', guild: 'guild-b', admin: true });
    const more = { settings: attached('template.json', settings?.bytes ?? ''), name: 'fort' };
    const view = await commands.editor.add(
      there,
      attached('workflow.json', workflow?.bytes ?? ''),
      more,
      forever,
    );
    await commands.editor.publish(there, view.draft.id);
    const [again] = await commands.shelf.export(there, 'fort');
    expect(Buffer.from(again?.bytes ?? []).equals(settings?.bytes ?? Buffer.of(0))).toBe(true);
  });

  it('is refused when the two do not belong together', async () => {
    const { commands } = await begun();
    const settings = attached(
      'template.json',
      JSON.stringify({ description: 'x', slots: { a: { type: 'text', into: [['99', 'text']] } } }),
    );
    expect(await refused(commands.editor.add(ada, castle(), { settings }, forever))).toMatchObject({
      code: 'template-broken',
      path: 'slots.a',
    });
  });
});
