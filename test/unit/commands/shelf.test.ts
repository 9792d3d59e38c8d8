import { describe, expect, it } from 'vitest';
import { EaselError } from '../../../src/core/errors.ts';
import { sampleCaller } from '../jobs/sample.ts';
import { ada, ann, classes, commandStage, publish, refused } from './stage.ts';

const OPEN = { roles: [], channels: [], ageRestricted: false };

async function shelfStage() {
  const stage = await commandStage();
  stage.backend.classes = classes();
  await publish(stage.commands);
  const acts = async () =>
    (await stage.guilds.audit('guild-a')).map(({ act, subject }) => `${act} ${subject}`);
  return { ...stage, shelf: stage.commands.shelf, acts };
}

describe('the list', () => {
  it('shows what there is, where it comes from, and what the backend lacks for it', async () => {
    const { shelf, backend } = await shelfStage();
    backend.classes = classes({ ckpt_name: ['xl.safetensors'] });
    const [imagine, castle] = await shelf.list(ada);
    expect(castle).toMatchObject({ name: 'castle', origin: 'own', off: false, version: 1, access: OPEN });
    expect(castle?.misfits).toMatchObject([{ code: 'value-unavailable', value: 'sd.safetensors' }]);
    expect(imagine).toMatchObject({ name: 'imagine', origin: 'built-in', version: undefined });
  });

  it('shows people what they may use; admins everything', async () => {
    const { shelf, commands } = await shelfStage();
    await shelf.switchOff(ada, 'imagine', true);
    await shelf.limit(ada, 'castle', { ...OPEN, roles: ['artist'] });
    const names = async (caller = ann) => (await shelf.list(caller)).map(({ name }) => name);
    expect(await names()).toEqual(['upscale']);
    expect(await names(sampleCaller({ roles: ['artist'] }))).toEqual(['castle', 'upscale']);
    expect(await names(ada)).toEqual(['castle', 'imagine', 'upscale']);
    expect(await refused(shelf.show(ann, 'castle'))).toEqual({ code: 'no-such-template', name: 'castle' });
    expect(await shelf.show(ada, 'castle')).toMatchObject({ access: { roles: ['artist'] }, template: {} });
    expect((await commands.help(ann)).join('\n')).not.toContain('castle');
  });

  it('leaves out what depends on a channel that cannot be looked up', async () => {
    const { shelf, log } = await shelfStage();
    await shelf.limit(ada, 'castle', { ...OPEN, ageRestricted: true });
    const lost = sampleCaller({ channel: 'p', lookAtChannel: () => Promise.reject(new Error('gone')) });
    expect((await shelf.list(lost)).map(({ name }) => name)).toEqual(['imagine', 'upscale']);
    expect(log.lines).toContainEqual(
      expect.objectContaining({ message: 'a channel could not be looked up' }),
    );
  });
});

describe('what admins do with templates', () => {
  it('is nobody else’s', async () => {
    const { shelf, acts, library } = await shelfStage();
    const before = await library.entries('guild-a');
    for (const verb of [
      shelf.history(ann, 'castle'),
      shelf.rename(ann, 'castle', 'fort'),
      shelf.switchOff(ann, 'castle', true),
      shelf.limit(ann, 'castle', OPEN),
      shelf.remove(ann, 'castle'),
      shelf.rollback(ann, 'castle', '1'),
      shelf.export(ann, 'castle'),
    ])
      expect(await refused(verb)).toEqual({ code: 'not-an-admin' });
    expect(await library.entries('guild-a')).toEqual(before);
    expect(await acts()).toEqual(['template.publish castle']);
  });

  it('is of their own guild only', async () => {
    const { shelf } = await shelfStage();
    const there = sampleCaller({ user: 'bo', guild: 'guild-b', admin: true });
    for (const verb of [
      shelf.show(there, 'castle'),
      shelf.history(there, 'castle'),
      shelf.remove(there, 'castle'),
      shelf.rollback(there, 'castle', '1'),
      shelf.export(there, 'castle'),
    ])
      expect(await refused(verb)).toEqual({ code: 'no-such-template', name: 'castle' });
  });

  it('is written down, done, and told the platform', async () => {
    const { shelf, acts, offered, guilds } = await shelfStage();
    expect(await shelf.rename(ada, 'castle', '/My Fort')).toBeUndefined();
    expect(offered.get('guild-a')).toEqual(['my-fort']);
    await shelf.switchOff(ada, 'my-fort', true);
    expect(offered.get('guild-a')).toEqual([]);
    await shelf.switchOff(ada, 'my-fort', false);
    await shelf.limit(ada, 'imagine', { roles: ['r1'], channels: ['c1'], ageRestricted: true });
    expect(await shelf.rollback(ada, 'my-fort', ' v1 ')).toEqual({ version: 2, problem: undefined });
    expect((await shelf.history(ada, 'my-fort')).map(({ number, from }) => [number, from])).toEqual([
      [2, 1],
      [1, undefined],
    ]);
    await shelf.remove(ada, 'my-fort');
    expect(offered.get('guild-a')).toEqual([]);
    expect((await acts()).toReversed().slice(1)).toEqual([
      'template.rename castle',
      'template.disable my-fort',
      'template.enable my-fort',
      'template.limit imagine',
      'template.rollback my-fort',
      'template.remove my-fort',
    ]);
    expect((await guilds.audit('guild-a')).find(({ act }) => act === 'template.limit')?.detail).toBe(
      'r1 c1 age-restricted',
    );
  });

  it('is not done when it cannot be written down', async () => {
    const { shelf, guilds, library, offered, commands } = await shelfStage();
    const draft = (await commands.editor.edit(ada, 'castle')).draft.id;
    offered.clear();
    const before = await library.entries('guild-a');
    guilds.record = () => Promise.reject(new EaselError({ code: 'store-failed' }));
    for (const verb of [
      () => shelf.rename(ada, 'castle', 'fort'),
      () => shelf.switchOff(ada, 'castle', true),
      () => shelf.switchOff(ada, 'imagine', true),
      () => shelf.limit(ada, 'castle', { ...OPEN, ageRestricted: true }),
      () => shelf.rollback(ada, 'castle', '1'),
      () => shelf.remove(ada, 'castle'),
      () => commands.editor.publish(ada, draft),
    ])
      expect(await refused(verb())).toEqual({ code: 'store-failed' });
    expect(await library.entries('guild-a')).toEqual(before);
    expect(offered.size).toBe(0);
    expect((await commands.editor.open(ada, draft)).draft.name).toBe('castle');
  });

  it('is not written down when it cannot be done', async () => {
    const { shelf, acts, commands } = await shelfStage();
    expect(await refused(shelf.remove(ada, 'imagine'))).toMatchObject({ code: 'builtin-template' });
    expect(await refused(shelf.rename(ada, 'imagine', 'x'))).toMatchObject({ code: 'builtin-template' });
    expect(await refused(shelf.rollback(ada, 'imagine', '1'))).toMatchObject({ code: 'builtin-template' });
    expect(await refused(shelf.remove(ada, 'nothing'))).toMatchObject({ code: 'no-such-template' });
    for (const typed of ['0', '2', '', 'one', '-1', '1.0', '01'])
      expect(await refused(shelf.rollback(ada, 'castle', typed))).toMatchObject({ code: 'no-such-version' });
    expect(await refused(shelf.rename(ada, 'castle', 'nö pe!'))).toMatchObject({ code: 'bad-name' });
    expect(await refused(shelf.rename(ada, 'castle', 'Queue'))).toMatchObject({ code: 'reserved-name' });
    await publish(commands, 'fort');
    expect(await refused(shelf.rename(ada, 'castle', 'fort'))).toEqual({ code: 'name-taken', name: 'fort' });
    expect(await acts()).toEqual(['template.publish fort', 'template.publish castle']);
  });

  it('says so where the platform did not take the commands, and it is done all the same', async () => {
    const { shelf, chat, commands, offered } = await shelfStage();
    chat.refuses = true;
    expect(await shelf.rename(ada, 'castle', 'fort')).toEqual({ code: 'commands-refused' });
    expect((await shelf.show(ada, 'fort')).name).toBe('fort');
    chat.refuses = false;
    offered.clear();
    await commands.offers.catchUp();
    expect(offered.get('guild-a')).toEqual(['fort']);
  });

  it('at once is done one after the other', async () => {
    const { shelf } = await shelfStage();
    const bob = sampleCaller({ user: 'bob', admin: true });
    await Promise.all([
      shelf.limit(ada, 'castle', { ...OPEN, roles: ['r'] }),
      shelf.limit(bob, 'imagine', { ...OPEN, roles: ['s'] }),
      shelf.switchOff(bob, 'castle', true),
      shelf.switchOff(ada, 'upscale', true),
    ]);
    expect((await shelf.list(ada)).map(({ name, off, access }) => [name, off, access.roles])).toEqual([
      ['imagine', false, ['s']],
      ['castle', true, ['r']],
      ['upscale', true, []],
    ]);
  });
});

describe('an export', () => {
  it('is of the newest version, or of an older one, or of a built-in template', async () => {
    const { shelf, commands, builtin } = await shelfStage();
    const { draft } = await commands.editor.edit(ada, 'castle');
    await commands.editor.change(ada, draft.id, { kind: 'about', name: 'castle', description: 'Second' });
    await commands.editor.publish(ada, draft.id);
    const text = async (number?: string) =>
      Buffer.from((await shelf.export(ada, 'castle', number))[0]?.bytes ?? []).toString();
    expect(JSON.parse(await text())).toMatchObject({ description: 'Second' });
    expect(JSON.parse(await text('1'))).not.toMatchObject({ description: 'Second' });
    expect(JSON.parse(await text('1'))).toMatchObject({ $schema: expect.stringMatching(/schema\.json$/) });
    const files = await shelf.export(ada, 'imagine');
    expect(files.map(({ name, type }) => [name, type])).toEqual([
      ['template.json', 'application/json'],
      ['workflow.json', 'application/json'],
    ]);
    expect(Buffer.from(files[1]?.bytes ?? []).toString()).toBe(builtin[0]?.documents.workflow);
    expect(await refused(shelf.export(ada, 'castle', '9'))).toMatchObject({ code: 'no-such-version' });
  });
});
