/** Who may run what and where, as the guild has set it; and who may do what to drafts. */
import { describe, expect, it } from 'vitest';
import type { SettingsChange } from '../../../src/commands/verbs/settings.ts';
import type { Caller } from '../../../src/core/caller.ts';
import { sampleCaller } from '../jobs/sample.ts';
import { ada, ann, castle, classes, commandStage, forever, refused } from './stage.ts';

async function ruled(settings: SettingsChange = {}) {
  const stage = await commandStage();
  stage.backend.classes = classes();
  await stage.commands.settings.change(ada, settings);
  const { commands } = stage;
  const ask = (given: Partial<Caller> = {}, raw = { prompt: 'a red fox' }) =>
    commands.prepare(commands.recognise(sampleCaller({ channel: 'here', ...given })), 'imagine', raw);
  return { ...stage, ask };
}

describe('a request', () => {
  it('is for whom and where the guild allows, and no admin is kept out', async () => {
    const { ask } = await ruled({
      allowedRoles: ['artist'],
      allowedChannels: ['hall'],
      bannedUsers: ['eve'],
    });
    expect(await refused(ask({ user: 'eve', roles: ['artist'], channel: 'hall' }))).toEqual({
      code: 'banned',
    });
    expect(await refused(ask({ channel: 'hall' }))).toEqual({ code: 'not-your-role' });
    expect(await refused(ask({ roles: ['artist'] }))).toEqual({
      code: 'not-this-channel',
      channels: ['hall'],
    });
    await ask({ roles: ['artist'], channel: 'hall' });
    await ask({ admin: true });
    await ask({ user: 'eve', guild: 'guild-b' });
  });

  it('of somebody whom the guild names an admin is one of an admin', async () => {
    const { ask, commands } = await ruled({ adminRoles: ['mod'], allowedChannels: ['hall'], language: 'en' });
    await ask({ roles: ['mod'] });
    const mod = commands.recognise(sampleCaller({ roles: ['mod'], locale: 'ja' }));
    expect(mod).toMatchObject({ admin: true, locale: 'ja', publicLocale: 'en' });
    await commands.shelf.switchOff(mod, 'upscale', true);
    expect(commands.recognise(sampleCaller({ roles: ['mod'], guild: 'guild-b' })).admin).toBe(false);
  });

  it('of an outsider is refused unless the setting says otherwise, and they are never admins', async () => {
    const { ask, commands } = await ruled({ adminUsers: ['eve'] });
    const outsider = { user: 'eve', outsider: true, admin: true } as const;
    const eve = commands.recognise(sampleCaller(outsider));
    expect(eve.admin).toBe(false);
    expect(await refused(ask(outsider))).toEqual({ code: 'outsider' });
    expect(await commands.templates(eve)).toEqual([]);
    expect(await commands.template(eve, 'imagine')).toBeUndefined();
    expect(await commands.shelf.list(eve)).toEqual([]);
    // a platform that forgot to ask who they are here
    expect(await refused(commands.settings.show({ ...eve, admin: true }))).toEqual({ code: 'not-an-admin' });
    await commands.settings.change(ada, { outsiders: 'yes' });
    await ask(outsider);
    expect((await commands.templates(eve)).length).toBeGreaterThan(0);
    await commands.settings.change(ada, { bannedUsers: ['eve'] });
    expect(await refused(ask(outsider))).toEqual({ code: 'banned' });
  });

  it('with a blocked word is refused, naming the field and not the word', async () => {
    const { ask } = await ruled({ blockedWords: 'fox\nbad thing' });
    expect(await refused(ask())).toEqual({ code: 'blocked-word', slot: 'prompt' });
    expect(await refused(ask({ admin: true }, { prompt: 'a ＦＯＸ' }))).toMatchObject({
      code: 'blocked-word',
    });
    await ask({}, { prompt: 'a foxtrot' });
  });

  it('for a limited template is refused with why', async () => {
    const { ask, commands } = await ruled();
    const limit = (given: object) =>
      commands.shelf.limit(ada, 'imagine', { roles: [], channels: [], ageRestricted: false, ...given });
    await limit({ roles: ['artist'] });
    expect(await refused(ask())).toEqual({ code: 'not-for-you', name: 'imagine' });
    await ask({ roles: ['artist'] });
    await limit({ channels: ['hall'] });
    expect(await refused(ask())).toEqual({ code: 'not-here', name: 'imagine' });
    await ask({ lookAtChannel: async () => ({ ageRestricted: false, parent: 'hall' }) });
    await limit({ ageRestricted: true });
    expect(await refused(ask())).toEqual({ code: 'age-restricted', name: 'imagine' });
    await ask({ lookAtChannel: async () => ({ ageRestricted: true }) });
    const lost = { lookAtChannel: () => Promise.reject(new Error('gone')) };
    expect(await refused(ask(lost))).toEqual({ code: 'age-restricted', name: 'imagine' });
    await commands.shelf.switchOff(ada, 'imagine', true);
    expect(await refused(ask())).toEqual({ code: 'template-disabled', name: 'imagine' });
    expect(await commands.template(ann, 'imagine')).toBeUndefined();
    await ask({ guild: 'guild-b' });
  });
});

describe('a draft', () => {
  it('has an id that cannot be guessed, and what is no id finds none', async () => {
    const { commands, store } = await ruled();
    const { editor } = commands;
    const { draft } = await editor.add(ada, castle(), {}, forever);
    expect(draft.id).toMatch(/^[0-9a-f]{8}-/);
    const odd = ['', ' ', '__proto__', 'probe', '%', `${draft.id} `, draft.id.slice(1), 'x'.repeat(5000)];
    for (const id of odd) {
      expect(await refused(editor.open(ada, id))).toEqual({ code: 'no-such-draft' });
      expect(await refused(editor.publish(ada, id))).toEqual({ code: 'no-such-draft' });
    }
    expect(await store.draft(draft.id)).toBeDefined();
  });

  it('that is discarded while it is changed is gone', async () => {
    const { commands } = await ruled();
    const { editor } = commands;
    const { draft } = await editor.add(ada, castle(), {}, forever);
    const change = editor.change(ada, draft.id, { kind: 'drop', slot: 'seed' });
    await Promise.all([change, editor.discard(ada, draft.id)]);
    expect(await refused(editor.open(ada, draft.id))).toEqual({ code: 'no-such-draft' });
  });

  it('of two admins for the same template becomes two versions; the last is used', async () => {
    const { commands } = await ruled();
    const { editor, shelf } = commands;
    const first = await editor.add(ada, castle(), {}, forever);
    await editor.publish(ada, first.draft.id);
    const bob = sampleCaller({ user: 'bob', admin: true });
    const drafts = [
      [ada, (await editor.edit(ada, 'castle')).draft.id, 'steps'],
      [bob, (await editor.edit(bob, 'castle')).draft.id, 'seed'],
    ] as const;
    for (const [caller, id, slot] of drafts) await editor.change(caller, id, { kind: 'drop', slot });
    await Promise.all(drafts.map(([caller, id]) => editor.publish(caller, id)));
    expect((await shelf.history(ada, 'castle')).map(({ number }) => number)).toEqual([3, 2, 1]);
    const [{ by } = { by: '' }] = await shelf.history(ada, 'castle');
    const slots = Object.keys((await commands.template(ann, 'castle'))?.slots ?? {});
    expect(slots).not.toContain(by === 'bob' ? 'seed' : 'steps');
    expect(slots).toContain(by === 'bob' ? 'steps' : 'seed');
  });

  it('of a template that was removed meanwhile becomes a new one', async () => {
    const { commands } = await ruled();
    const { editor, shelf } = commands;
    const first = await editor.add(ada, castle(), {}, forever);
    await editor.publish(ada, first.draft.id);
    const { draft } = await editor.edit(ada, 'castle');
    await shelf.remove(ada, 'castle');
    expect(await editor.publish(ada, draft.id)).toMatchObject({ name: 'castle', version: 1 });
  });
});
