import { describe, expect, it } from 'vitest';
import { EaselError } from '../../../../src/core/errors.ts';
import { MAX_FORM_BYTES } from '../../../../src/platforms/web/multipart.ts';
import { ada } from '../../commands/stage.ts';
import { messagesOf } from './stage.ts';
import { castleFile, problems, textOf, screenStage, shownBy } from './screen-driver.ts';

describe('The routes of screens', () => {
  it('show each kind of them as it is', async () => {
    const stage = await screenStage();
    const { commands, open, begin, published } = stage;
    const draft = await begin('hut');
    const id = draft.split('/')[1] ?? '';
    const name = await published();
    const kinds = ['template', 'history', 'access', 'remove', 'run'].map((kind) => `${kind}/${name}`);
    const drafts = [
      ...['draft', 'findings', 'discard', 'languages'].map((kind) => `${kind}/${id}`),
      `words/${id}/ja`,
    ];
    const slot = shownBy((await stage.act(draft, 'change', { entered: { chosen: 'prompt' } })).body).at;
    const { message } = await stage.say('a fox stepz:3');
    const ask = (await messagesOf(stage.replies)).find((one) => one.id === message?.id)?.screen ?? '';
    const you = { platform: 'web', guild: 'web', user: 'you', locale: 'en', admin: true };
    const asked: unknown = await commands
      .prepare(you, name, { prompt: 'x', model: 'lost' })
      .catch((error: unknown) => error);
    const which = (asked instanceof EaselError && asked.ask) || '';
    const own = ['settings', 'models', 'audit', 'templates', 'add', which, ask];
    const every = [...own, ...kinds, ...drafts, slot];
    expect(new Set(every.map((at) => at.split('/')[0]))).toEqual(new Set(commands.screens.kinds));
    for (const at of every) {
      const { status, body } = await open(at);
      expect([status, body]).toEqual([200, JSON.parse(JSON.stringify(await commands.screens.open(you, at)))]);
      expect(body.at).toBe(at);
    }
  });

  it('say that there is no such screen, template or draft', async () => {
    const { open, act } = await screenStage();
    for (const at of [
      '',
      'nonsense',
      'constructor',
      '__proto__/x',
      'template/none',
      'draft/none',
      'slot/none/x',
    ])
      expect(await open(at)).toMatchObject({ status: 404, body: { error: expect.any(String) } });
    expect(await act('nonsense', 'save')).toMatchObject({ status: 404 });
    // a button of another version, in a screen that is there
    const { status, body } = await act('settings', 'no such action');
    expect([status, body.failed, body.done]).toEqual([200, true, []]);
    expect(shownBy(body).lines[0]).toMatchObject({ tone: 'blocked' });
  });

  it('show nothing to who has no rights, and do nothing for them', async () => {
    const stage = await screenStage();
    const { commands, open, act, guilds } = stage;
    const recognise = commands.recognise.bind(commands);
    commands.recognise = (caller) => ({ ...recognise(caller), admin: false });
    for (const at of ['settings', 'audit', 'add', 'access/imagine', 'remove/imagine'])
      expect([at, (await open(at)).status]).toEqual([at, 403]);
    expect(await act('settings', 'save', { entered: { guildJobs: '3' } })).toMatchObject({ status: 403 });
    expect(guilds.settings('web').guildJobs).toBeUndefined();
  });

  it('save what was changed, merge what others have changed meanwhile, or tell', async () => {
    const { act, guilds } = await screenStage();
    const save = (entered: object, shown: object) => act('settings', 'save', { entered, shown } as object);
    const first = await save(
      { bannedUsers: ['U1', 'U2'], guildJobs: '3' },
      { bannedUsers: [], guildJobs: '' },
    );
    expect(textOf(first.body.done)).toBe('Saved.');
    expect(shownBy(first.body).fields.find(({ key }) => key === 'guildJobs')).toMatchObject({ value: '3' });

    // from a form that was opened before; as it is typed, one a line
    await save({ bannedUsers: 'U3\nU4' }, { bannedUsers: [] });
    expect(guilds.settings('web').bannedUsers).toEqual(['U1', 'U2', 'U3', 'U4']);
    await save({ bannedUsers: 'U3' }, { bannedUsers: ['U3', 'U4'] });
    expect(guilds.settings('web').bannedUsers).toEqual(['U1', 'U2', 'U3']);

    const late = await save({ guildJobs: '5' }, { guildJobs: '' });
    expect(late).toMatchObject({ status: 200, body: { failed: true } });
    expect(problems(shownBy(late.body))).toEqual({ guildJobs: expect.stringContaining('3') });
    expect(guilds.settings('web').guildJobs).toBe(3);
  });

  it('tell what is wrong at its field, and leave everything as it was', async () => {
    const { act, guilds } = await screenStage();
    const { body } = await act('settings', 'save', { entered: { guildJobs: 'many', userJobs: '2' } });
    expect(problems(shownBy(body))).toEqual({ guildJobs: expect.stringContaining('"many"') });
    expect(guilds.settings('web').userJobs).toBeUndefined();
  });

  const plain = { at: 'settings', action: 'save', entered: {} };
  it.each([
    ['no JSON', 'nonsense'],
    ['nothing', 'null'],
    ['no action', { at: 'settings', entered: {} }],
    ['no fields', { at: 'settings', action: 'save' }],
    ['a number', { ...plain, entered: { guildJobs: 3 } }],
    ['an object', { ...plain, entered: { guildJobs: { length: { toString: 1 } } } }],
    ['a list of lists', { ...plain, entered: { bannedUsers: [['U1']] } }],
    ['too long a list', { ...plain, entered: { bannedUsers: Array.from({ length: 10_001 }, () => 'U') } }],
    ['too long an address', { ...plain, at: 'x'.repeat(201) }],
    ['what was shown as no object', { ...plain, shown: 'x' }],
    ['a message that is none', { ...plain, message: '../x' }],
    ['a stranger', { ...plain, user: 'root' }],
  ])('refuse %s', async (_what, body) => {
    const { post, guilds } = await screenStage();
    expect(await post(body)).toEqual({
      status: 422,
      body: { error: expect.stringContaining('couldn’t read what the page sent') },
    });
    expect(guilds.settings('web').bannedUsers).toEqual([]);
  });

  it.each([
    ['no deed', { 'file.workflow': castleFile() }],
    ['a file for a deed', { deed: castleFile() }],
    ['a deed that is none', { deed: 'nonsense' }],
    ['a text for a file', { deed: plain, 'file.workflow': 'text' }],
    ['a file of no field', { deed: plain, workflow: castleFile() }],
    ['a field twice', { deed: { ...plain, entered: { workflow: 'x' } }, 'file.workflow': castleFile() }],
  ])('refuse a form with %s', async (_what, fields) => {
    const { upload } = await screenStage();
    expect(await upload(fields)).toMatchObject({ status: 422, body: { error: expect.any(String) } });
  });

  it('refuse more than they take, before they read it', async () => {
    const { post, ask } = await screenStage();
    const much = await post({ ...plain, entered: { blockedWords: 'x'.repeat(1_100_000) } });
    expect(much).toMatchObject({
      status: 422,
      body: { error: expect.stringContaining('That is more than') },
    });
    const headers = {
      'content-length': String(MAX_FORM_BYTES + 1),
      'content-type': 'multipart/form-data; boundary=b',
    };
    expect(await ask('/api/screen', { method: 'POST', body: 'x', headers })).toMatchObject({
      status: 422,
      body: { error: expect.stringContaining('32.0 MB') },
    });
  });

  it('bring a template from its file to everybody', async () => {
    const { act, upload, begin, commands, messageOf, say } = await screenStage();
    const nothing = await upload({
      deed: { at: 'add', action: 'add', entered: {} },
      'file.workflow': new File(['{}'], 'x.json'),
    });
    expect(nothing.body).toMatchObject({ failed: true, screen: { at: 'add' } });
    expect((await act('add', 'add')).body).toMatchObject({ failed: true });

    const { message } = await say('/template add');
    const draft = await begin();
    const shownIn = { message: message?.id ?? '' };
    const slot = shownBy((await act(draft, 'change', { entered: { chosen: 'prompt' }, ...shownIn })).body);
    expect(await messageOf(message?.id)).toMatchObject({ screen: slot.at, asked: '/template add' });
    const other = await act(slot.at, 'redraw', { entered: { type: 'integer' }, ...shownIn });
    expect(shownBy(other.body).fields.map(({ key }) => key)).toContain('max');
    const wrong = await act(slot.at, 'change', { entered: { name: 'a b c', maxLength: '-1' }, ...shownIn });
    expect(Object.keys(problems(shownBy(wrong.body)))).toEqual(['maxLength']);
    const right = await act(slot.at, 'change', { entered: { description: 'What to paint' }, ...shownIn });
    expect(shownBy(right.body).at).toBe(slot.at);

    const done = await act(draft, 'publish', { entered: { name: 'fort' }, ...shownIn });
    expect(done.body).toEqual({ done: [expect.anything()] });
    expect(await messageOf(message?.id)).toEqual({
      id: message?.id,
      at: expect.any(Number),
      asked: '/template add',
      lines: [expect.stringContaining('/fort is there now')],
    });
    expect(
      (await commands.template({ ...ada, platform: 'web', guild: 'web' }, 'fort'))?.slots,
    ).toHaveProperty('prompt.description', 'What to paint');
    // it is left, and no late press of another tab brings it back
    await act('settings', 'audit', shownIn);
    expect(await messageOf(message?.id)).not.toHaveProperty('screen');
  });

  it('begin a test run in the chat, and a run from a form', async () => {
    const stage = await screenStage({}, { limits: () => ({ guild: 0, user: 0 }) });
    const { act, begin, upload, manager } = stage;
    const tried = await act(await begin(), 'test');
    expect(shownBy(tried.body).at).toMatch(/^draft\//);
    expect(await manager.find(String(tried.body.message))).toMatchObject({ trial: true, reply: {} });

    const values = { prompt: 'a red fox', steps: '3', seed: '' };
    const run = await upload({ deed: { at: 'run/imagine', action: 'run', entered: values } });
    expect(run.body).toEqual({ done: [], message: expect.any(String) });
    expect(await manager.find(String(run.body.message))).toMatchObject({
      values: { prompt: 'a red fox', steps: 3 },
    });
    const late = await act('run/imagine', 'run', { entered: { prompt: 'x', steps: '99' } });
    expect(problems(shownBy(late.body))).toEqual({ steps: expect.stringContaining('60') });
    for (const { body } of [tried, run]) {
      await stage.ask(`/api/jobs/${String(body.message)}/cancel`, { method: 'POST' });
      await stage.ended(String(body.message));
    }
  });

  it('give files as a message that stays', async () => {
    const { act, published, messageOf, routes, say } = await screenStage();
    const name = await published();
    const { message: typed } = await say(`/template export ${name}`);
    const pressed = await messageOf((await act(`template/${name}`, 'export')).body.message);
    for (const message of [typed, pressed]) {
      expect(message?.reply?.files.map((file) => file.name)).toEqual(['template.json', 'workflow.json']);
      const answer = await routes.request(message?.reply?.files[1]?.url ?? '');
      expect(await answer.json()).toHaveProperty('3.class_type', 'KSampler');
      expect(answer.headers.get('content-disposition')).toContain('workflow.json');
    }
    expect(typed?.asked).toBe(`/template export ${name}`);
  });

  it('say what they did not do while Easel stops', async () => {
    const { act } = await screenStage({ paused: () => true });
    expect(await act('settings', 'save')).toMatchObject({ status: 503 });
  });

  it('take files of any field, however it is called', async () => {
    const { upload } = await screenStage();
    const { status, body } = await upload({
      deed: { at: 'run/imagine', action: 'run', entered: { prompt: 'x' } },
      'file.__proto__': castleFile(),
    });
    expect([status, body.failed]).toEqual([200, true]);
    expect(textOf(shownBy(body).lines.slice(0, 1))).toContain('__proto__');
  });
});

describe('Lines that are typed', () => {
  it.each([
    ['/settings', 'settings'],
    ['/Settings audit', 'audit'],
    ['/template', 'templates'],
    ['/template list', 'templates'],
    ['/template show /Imagine', 'template/imagine'],
    ['/template limit imagine', 'access/imagine'],
  ])('show the screen of %s', async (line, at) => {
    const { say } = await screenStage();
    const { message } = await say(line);
    expect(message).toEqual({ id: expect.any(String), at: expect.any(Number), asked: line, screen: at });
  });

  it('do at once what they say, and keep what is refused where it was typed', async () => {
    const { say, published, guilds, replies } = await screenStage();
    const name = await published();
    expect((await say('/settings guildJobs:3')).message).toMatchObject({ lines: ['✅ Saved.'] });
    expect(guilds.settings('web').guildJobs).toBe(3);
    expect((await say(`/template rename ${name} fort`)).message?.lines?.[0]).toContain('/fort');
    expect((await say('/template edit fort')).message?.screen).toMatch(/^draft\//);
    const before = (await messagesOf(replies)).length;
    expect(await say('/settings guildJobs:many')).toMatchObject({ field: 'guildJobs', message: undefined });
    expect((await say('/template rollback fort 9')).refused).toContain('9');
    expect((await say('/template show none')).refused).toContain('"none"');
    expect((await say('/settings nonsense:1')).refused).toContain('nonsense');
    expect(await messagesOf(replies)).toHaveLength(before);
    expect((await say('/template nonsense')).message?.lines?.join()).toContain('/template rollback NAME');
  });
});
