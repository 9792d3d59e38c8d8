import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../../src/platforms/web/studio-api.ts';
import { SLOT_TYPE_NAMES } from '../../../../src/templates/slots/index.ts';
import { success } from '../../../fakes/comfy/scripted-backend.ts';
import { until } from '../../../fakes/until.ts';
import { GRAPH } from '../../commands/stage.ts';
import { castleFile, ELSEWHERE, studioStage } from './studio-stage.ts';

describe('A draft in the studio', () => {
  it('begins with a workflow that was dropped, its slots found', async () => {
    const { upload } = await studioStage();
    const { status, body } = await upload({ file: castleFile() });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'castle', publishable: true, replaces: false, findings: [] });
    expect(body.slots.map(({ name, type, required }) => [name, type, required])).toEqual([
      ['prompt', 'text', true],
      ['model', 'choice', false],
      ['steps', 'integer', false],
      ['seed', 'seed', false],
    ]);
    const [prompt, model, steps] = body.slots;
    expect(prompt).toMatchObject({
      main: true,
      into: [{ node: '6', title: 'CLIPTextEncode', input: 'text' }],
      facts: ['text', 'required'],
    });
    // what the backend has now; the form leaves it to the backend
    expect(model).toMatchObject({
      choices: ['sd.safetensors', 'xl.safetensors'],
      open: false,
      form: { choices: '', default: 'sd.safetensors' },
    });
    expect(steps).toMatchObject({ default: '20', min: '1', form: { default: '20' } });
  });

  it('begins with a picture that ComfyUI saved, and with settings of its own', async () => {
    const { upload } = await studioStage();
    const picture = new Uint8Array(await readFile('test/fixtures/saved-by-comfyui.png'));
    const fromPicture = await upload({ file: castleFile('a.png', picture), name: 'My Fox' });
    expect(fromPicture.body).toMatchObject({ name: 'my-fox' });
    expect(fromPicture.body.nodes).toHaveLength(2);

    const settings = { description: 'Draws', slots: { words: { type: 'text', into: [['6', 'text']] } } };
    const { body } = await upload({
      file: castleFile(),
      settings: castleFile('template.json', JSON.stringify(settings)),
    });
    expect(body).toMatchObject({ description: 'Draws', slots: [{ name: 'words' }] });
  });

  it('is refused with a sentence when the file is none', async () => {
    const { upload, post } = await studioStage();
    expect(await upload({ file: castleFile('x.json', '{"nodes": [], "links": []}') })).toMatchObject({
      status: 422,
      body: { error: expect.stringContaining('Export (API)') },
    });
    for (const wrong of [upload({}), upload({ file: 'words' }), post('/drafts', '{'), post('/drafts', {})])
      expect((await wrong).status).toBe(422);
  });

  it('refuses what is larger than any picture, before it is read', async () => {
    const { routes } = await studioStage();
    let read = 0;
    const endless = new ReadableStream({
      pull(controller) {
        read += 1;
        if (read === 100) return controller.close();
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const answer = await routes.request('/api/studio/drafts', {
      method: 'POST',
      body: endless,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      duplex: 'half',
    });
    expect(answer.status).toBe(422);
    expect(read).toBeLessThan(40);
  });

  it('is changed step by step, and is the same when it is opened again', async () => {
    const { begin, post, get } = await studioStage();
    const { id } = await begin();
    const change = async (wanted: object) => (await post(`/drafts/${id}/change`, wanted)).body;
    await change({ kind: 'about', name: 'Fort', description: 'Draws a fort' });
    await change({ kind: 'slot', slot: 'steps', change: { name: 'rounds', max: '40', required: true } });
    await change({ kind: 'move', slot: 'rounds', by: -1 });
    await change({ kind: 'drop', slot: 'model' });
    const added = await change({ kind: 'add', node: '9', input: 'filename_prefix' });
    expect(added.slots.map(({ name }) => name)).toEqual(['prompt', 'rounds', 'seed', 'filename_prefix']);
    expect(added).toMatchObject({ name: 'fort', description: 'Draws a fort' });
    expect(added.slots[1]).toMatchObject({ max: '40', required: true });
    expect((await get<Draft>(`/drafts/${id}`)).body).toEqual(added);
  });

  it('writes its words in other languages, and takes them away', async () => {
    const { begin, post } = await studioStage();
    const begun = await begin();
    const change = (wanted: object) => post(`/drafts/${begun.id}/change`, wanted);
    const japanese = ({ inLanguages }: Draft) => inLanguages.languages.find(({ tag }) => tag === 'ja');
    expect(japanese(begun)).toMatchObject({ name: 'Japanese', there: true, form: { name: '' } });
    await change({ kind: 'words', language: 'ja', change: { name: '城', description: '城を描きます' } });
    const { body } = await change({ kind: 'words', language: 'ja', slot: 'steps', change: { name: '歩数' } });
    expect(japanese(body)?.form).toEqual({ name: '城', description: '城を描きます' });
    const steps = body.slots.find(({ name }) => name === 'steps');
    expect(steps?.inLanguages.forms['ja']).toMatchObject({ name: '歩数' });
    expect(steps?.inLanguages.hints.name).toBe('Empty: as the default, "steps"');
    expect(body.description).toBe(begun.description);
    const less = (await change({ kind: 'drop-language', language: 'ja' })).body;
    expect(japanese(less)).toMatchObject({ there: false, form: { name: '', description: '' } });
  });

  it('refuses words in no language, or that are none', async () => {
    const { begin, post } = await studioStage();
    const { id } = await begin();
    const change = (wanted: object) => post(`/drafts/${id}/change`, wanted);
    expect(await change({ kind: 'words', language: 'klingonese', change: {} })).toMatchObject({
      status: 422,
      body: { field: 'language', error: expect.stringContaining('klingonese') },
    });
    expect(await change({ kind: 'words', language: 'ja', change: { name: 'help' } })).toMatchObject({
      status: 422,
      body: { field: 'name' },
    });
    for (const odd of [
      { kind: 'words', language: 'ja' },
      { kind: 'words', language: 'ja', change: { label: 'x' } },
      { kind: 'words', language: 7, change: {} },
      { kind: 'words', language: 'x'.repeat(200_001), change: {} },
    ])
      expect((await change(odd)).status).toBeGreaterThanOrEqual(400);
  });

  it('stays as it was when a change is refused, which names the field', async () => {
    const { begin, post, get } = await studioStage();
    const before = await begin();
    const refused = async (wanted: unknown) => post(`/drafts/${before.id}/change`, wanted);
    const slot = (change: object) => refused({ kind: 'slot', slot: 'steps', change });
    expect(await slot({ max: 'many' })).toMatchObject({
      status: 422,
      body: { field: 'max', error: expect.stringContaining('whole number') },
    });
    expect(await slot({ name: 'seed' })).toMatchObject({ status: 422, body: { field: 'name' } });
    for (const odd of [
      { kind: 'explode' },
      { kind: 'move', slot: 'steps', by: 7 },
      '{',
      '[]',
      slot({ into: [] }),
    ])
      expect((await (odd instanceof Promise ? odd : refused(odd))).status).toBe(422);
    expect((await refused({ kind: 'drop', slot: '__proto__' })).status).toBe(422);
    expect((await get<Draft>(`/drafts/${before.id}`)).body).toEqual(before);
  });

  it('says at each slot and field what keeps it from being published', async () => {
    const { begin, post } = await studioStage();
    const { id } = await begin();
    const { body } = await post(`/drafts/${id}/change`, { kind: 'about', name: 'settings', description: '' });
    expect(body.publishable).toBe(false);
    expect(body.findings).toMatchObject([
      { at: 'name', blocking: true },
      { at: 'description', blocking: true },
    ]);
    expect(await post(`/drafts/${id}/publish`)).toMatchObject({ status: 422 });
    expect(await post(`/drafts/${id}/test`)).toMatchObject({ status: 422 });
  });

  it('tells the types that a slot can become: one that sets several inputs stays a choice', async () => {
    const { upload } = await studioStage();
    const settings = {
      description: 'Draws',
      slots: {
        steps: { type: 'integer', into: [['3', 'steps']] },
        speed: { type: 'choice', choices: { fast: [[['3', 'steps'], 4]], fine: [[['3', 'steps'], 40]] } },
      },
    };
    const { body } = await upload({
      file: castleFile(),
      settings: castleFile('template.json', JSON.stringify(settings)),
    });
    expect(body.slots.map(({ types }) => types.length)).toEqual([SLOT_TYPE_NAMES.length, 1]);
    expect(body.slots[1]).toMatchObject({ into: [{ node: '3', input: 'steps' }], choices: ['fast', 'fine'] });
  });

  it('is published once, and is gone then', async () => {
    const { begin, post, get, commands } = await studioStage();
    const { id } = await begin();
    expect((await post(`/drafts/${id}/publish`)).body).toEqual({ name: 'castle', version: 1 });
    expect(await post(`/drafts/${id}/publish`)).toMatchObject({ status: 404 });
    expect(await get(`/drafts/${id}`)).toMatchObject({ status: 404 });
    const you = { platform: 'web', guild: 'web', user: 'you', locale: 'en', admin: true };
    expect(await commands.template(you, 'castle')).toBeDefined();

    const again = (await post('/drafts', { edit: 'castle' })).body;
    expect(again).toMatchObject({ name: 'castle', replaces: true });
    expect((await post(`/drafts/${again.id}/publish`)).body).toEqual({ name: 'castle', version: 2 });
  });

  it('is gone once discarded, and its two files can be taken before', async () => {
    const { begin, post, get, routes } = await studioStage();
    const { id } = await begin();
    const file = await routes.request(`/api/studio/drafts/${id}/workflow.json`);
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="workflow.json"');
    expect(await file.json()).toEqual(GRAPH);
    expect((await get<object>(`/drafts/${id}/template.json`)).body).toHaveProperty('slots.prompt');
    await post(`/drafts/${id}/discard`);
    expect((await get(`/drafts/${id}`)).status).toBe(404);
  });
});

describe('A test run', () => {
  it('is shown in this browser, wherever the draft belongs', async () => {
    const { begin, post, backend, ended } = await studioStage();
    const { id } = await begin(`?${ELSEWHERE}`);
    const { body } = await post<{ message: string }>(`/drafts/${id}/test?${ELSEWHERE}`);
    await until(() => backend.runs.get(body.message));
    backend.finish(body.message, success());
    expect(await ended(body.message)).toMatchObject({
      platform: 'web',
      guild: 'web',
      user: 'you',
      reply: { draft: id },
    });
  });

  it('is not made of somebody else’s draft', async () => {
    const { begin, post } = await studioStage();
    const { id } = await begin();
    for (const act of ['test', 'publish', 'discard'])
      expect(await post(`/drafts/${id}/${act}?${ELSEWHERE}`)).toMatchObject({ status: 404 });
  });
});

describe('Another place', () => {
  it('has drafts of its own', async () => {
    const { begin, get, post, library } = await studioStage();
    const { id } = await begin(`?${ELSEWHERE}`);
    expect((await get(`/drafts/${id}`)).status).toBe(404);
    expect((await get(`/drafts/${id}?${ELSEWHERE}`)).status).toBe(200);
    expect((await post(`/drafts/${id}/publish?${ELSEWHERE}`)).status).toBe(200);
    expect((await library.own('guild-a')).map(({ name }) => name)).toEqual(['castle']);
    expect(await library.own('web')).toEqual([]);
  });

  it('is not there when Easel serves no such place', async () => {
    const { get, upload } = await studioStage();
    const nowhere = [
      'platform=test&guild=other',
      'platform=discord&guild=guild-a',
      'guild=guild-a',
      'platform=test',
    ];
    for (const place of nowhere) {
      expect(await get(`/shelf?${place}`)).toMatchObject({
        status: 404,
        body: { error: expect.any(String) },
      });
      expect((await upload({ file: castleFile() }, `?${place}`)).status).toBe(404);
    }
  });
});
