import { describe, expect, it } from 'vitest';
import type { SettingsChange } from '../../../src/commands/verbs/settings.ts';
import { EaselError } from '../../../src/core/errors.ts';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { sampleCaller, sampleRequest } from '../jobs/sample.ts';
import { ada, ann, classes, commandStage, publish, refused } from './stage.ts';

async function settingsStage() {
  const stage = await commandStage();
  const { settings } = stage.commands;
  return { ...stage, verbs: settings, change: (wanted: SettingsChange) => settings.change(ada, wanted) };
}

describe('settings', () => {
  it('are shown with the operator’s defaults, templates and languages; to admins only', async () => {
    const { verbs } = await settingsStage();
    const view = await verbs.show(ada);
    const standards = Object.values(view.limits).map(({ standard, applied }) => [standard, applied]);
    expect(standards).toEqual([2, 1, 50, 10].map((value) => [value, value]));
    expect(view.templates).toEqual(['imagine', 'upscale']);
    expect(view.languages).toContainEqual({ tag: 'en', name: expect.any(String) });
    for (const verb of [verbs.show(ann), verbs.change(ann, {}), verbs.audit(ann)])
      expect(await refused(verb)).toEqual({ code: 'not-an-admin' });
  });

  it('are changed one by one; what is not named stays, an empty text takes it away', async () => {
    const { change, verbs } = await settingsStage();
    await change({ guildJobs: ' 007 ', language: 'EN', adminRoles: ['r', 'r', ' ', 's '] });
    const { settings } = await change({ userJobs: '2', defaultTemplate: '/Imagine' });
    expect(settings).toMatchObject({ guildJobs: 7, userJobs: 2, language: 'en', defaultTemplate: 'imagine' });
    expect(settings.adminRoles).toEqual(['r', 's']);
    await change({ guildJobs: '', language: ' ', defaultTemplate: '', adminRoles: [] });
    const after = (await verbs.show(ada)).settings;
    expect([after.guildJobs, after.language, after.defaultTemplate]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(after).toMatchObject({ adminRoles: [], userJobs: 2 });
  });

  it.each([
    ['guildJobs', 1, 100],
    ['userJobs', 1, 100],
    ['guildWaiting', 1, 1000],
    ['userWaiting', 1, 1000],
  ] as const)('%s has its bounds', async (setting, min, max) => {
    const { change, verbs } = await settingsStage();
    for (const value of [min, max])
      expect((await change({ [setting]: String(value) })).settings[setting]).toBe(value);
    for (const value of [String(min - 1), String(max + 1), '1.5', '1e1', '-3', 'many', '１', '9'.repeat(30)])
      expect(await refused(change({ [setting]: value }))).toEqual({
        code: 'setting-not-a-number',
        setting,
        value,
        min,
        max,
      });
    expect((await verbs.show(ada)).settings[setting]).toBe(max);
  });

  describe('that two admins change at once', () => {
    it('all hold when they are different ones', async () => {
      const { change, verbs } = await settingsStage();
      await Promise.all([
        change({ guildJobs: '7' }),
        change({ language: 'ja' }),
        change({ bannedUsers: ['eve'] }),
        change({ blockedWords: 'gore' }),
      ]);
      const { settings } = await verbs.show(ada);
      const all = { guildJobs: 7, language: 'ja', bannedUsers: ['eve'], blockedWords: ['gore'] };
      expect(settings).toMatchObject(all);
      expect(await verbs.audit(ada)).toHaveLength(4);
    });

    it('are merged where both add to a list or take from it', async () => {
      const { verbs, change } = await settingsStage();
      await change({ bannedUsers: ['eve', 'mallory'], blockedWords: 'gore\nblood' });
      const shown = { bannedUsers: ['eve', 'mallory'], blockedWords: 'gore\nblood' };
      await verbs.change(ada, { bannedUsers: ['eve', 'mallory', 'trudy'], blockedWords: 'gore' }, shown);
      const late = { bannedUsers: ['mallory', 'oscar'], blockedWords: 'gore\nblood\nbones' };
      const { settings } = await verbs.change(ada, late, shown);
      expect(settings).toMatchObject({
        bannedUsers: ['mallory', 'trudy', 'oscar'],
        blockedWords: ['gore', 'bones'],
      });
    });

    it('are told to the second where both change one value, and nothing of theirs is saved', async () => {
      const { verbs, change } = await settingsStage();
      const shown = { guildJobs: '', language: '', userJobs: '' };
      await verbs.change(ada, { guildJobs: '7' }, shown);
      const late = { guildJobs: '9', language: 'ja', userJobs: '' };
      expect(await refused(verbs.change(ada, late, shown))).toEqual({
        code: 'setting-changed',
        setting: 'guildJobs',
        value: '7',
      });
      expect((await verbs.show(ada)).settings.language).toBeUndefined();
      // who has seen it may change it, and who says the same has no quarrel
      await verbs.change(ada, late, { ...shown, guildJobs: '7' });
      await verbs.change(ada, { guildJobs: '9' }, shown);
      const { settings } = await verbs.show(ada);
      expect([settings.guildJobs, settings.language]).toEqual([9, 'ja']);
      // a value that was only shown undoes nothing
      await verbs.change(ada, { guildJobs: '7', userJobs: '3' }, { guildJobs: '7', userJobs: '' });
      expect((await verbs.show(ada)).settings).toMatchObject({ guildJobs: 9, userJobs: 3 });
      await change({ guildJobs: '' });
      expect(await refused(verbs.change(ada, { guildJobs: '5' }, { guildJobs: '9' }))).toMatchObject({
        value: '',
      });
    });

    it('leave a default template that is away for a while, where nobody chose another one', async () => {
      const stage = await settingsStage();
      const { verbs, change } = stage;
      await publish(stage.commands, 'fox');
      await change({ defaultTemplate: 'fox' });
      await stage.commands.shelf.switchOff(ada, 'fox', true);
      const form = { defaultTemplate: '', userJobs: '' };
      await verbs.change(ada, { ...form, userJobs: '2' }, form);
      expect((await verbs.show(ada)).settings).toMatchObject({ defaultTemplate: 'fox', userJobs: 2 });
      await verbs.change(ada, { defaultTemplate: 'imagine' }, { defaultTemplate: 'fox' });
      expect((await verbs.show(ada)).settings.defaultTemplate).toBe('imagine');
    });
  });

  it('take blocked words by lines or commas, each once', async () => {
    const { change } = await settingsStage();
    const { settings } = await change({ blockedWords: 'bad, worse\n\n  two  words \nbad\u200b,' });
    expect(settings.blockedWords).toEqual(['bad', 'worse', 'two words']);
  });

  it('refuse what is too long to be kept, and stay as they were', async () => {
    const { change, verbs } = await settingsStage();
    const ids = Array.from({ length: 101 }, (_, at) => `u${at}`);
    for (const setting of [
      'adminRoles',
      'adminUsers',
      'allowedRoles',
      'allowedChannels',
      'bannedUsers',
    ] as const) {
      expect(await refused(change({ [setting]: ids }))).toMatchObject({ code: 'setting-too-long', setting });
      expect(await refused(change({ [setting]: ['x'.repeat(101)] }))).toMatchObject({ setting });
    }
    const words = Array.from({ length: 501 }, (_, at) => `w${at}`).join(',');
    expect(await refused(change({ blockedWords: words }))).toMatchObject({ code: 'setting-too-long' });
    expect(await refused(change({ blockedWords: 'x'.repeat(101) }))).toMatchObject({
      code: 'setting-too-long',
    });
    expect((await verbs.show(ada)).settings).toMatchObject({ bannedUsers: [], blockedWords: [] });
    expect(await verbs.audit(ada)).toEqual([]);
  });

  it('know their languages and templates, the guild’s own too', async () => {
    const { change, commands, backend } = await settingsStage();
    backend.classes = classes();
    expect(await refused(change({ language: 'tlh' }))).toMatchObject({
      code: 'setting-unknown',
      value: 'tlh',
    });
    expect(await refused(change({ defaultTemplate: 'castle' }))).toEqual({
      code: 'setting-unknown',
      setting: 'defaultTemplate',
      value: 'castle',
      known: ['imagine', 'upscale'],
    });
    await publish(commands);
    await change({ defaultTemplate: 'castle' });
    const found = await commands.defaultTemplate(ann);
    expect(found?.slots['model']).toHaveProperty('choices', ['sd.safetensors', 'xl.safetensors']);
    expect((await commands.templates(ann)).map(({ name }) => name)).toEqual(['castle', 'imagine', 'upscale']);
    expect(await commands.defaultTemplate(sampleCaller({ guild: 'guild-b' }))).toHaveProperty(
      'name',
      'imagine',
    );
    await commands.shelf.switchOff(ada, 'castle', true);
    expect(await commands.defaultTemplate(ann)).toHaveProperty('name', 'imagine');
  });

  it('follow the default template to its new name', async () => {
    const { commands, change, guilds } = await settingsStage();
    await publish(commands, 'castle');
    await change({ defaultTemplate: 'castle' });
    await commands.shelf.rename(ada, 'castle', 'fort');
    expect((await commands.defaultTemplate(ann))?.name).toBe('fort');
    expect((await guilds.audit('guild-a'))[0]).toMatchObject({
      act: 'settings.change',
      detail: 'defaultTemplate=fort',
    });
  });

  it('are written down when they are changed, and only then', async () => {
    const { change, verbs, clock } = await settingsStage();
    const at = clock.now();
    await change({ guildJobs: '3', bannedUsers: ['eve'], blockedWords: '' });
    await change({ guildJobs: '3', bannedUsers: [' eve', 'eve'], language: '' });
    expect(await verbs.audit(ada)).toEqual([
      {
        at,
        by: 'ada',
        act: 'settings.change',
        subject: 'bannedUsers guildJobs',
        detail: 'bannedUsers=+eve guildJobs=3',
      },
    ]);
  });

  it('of two admins at once are both kept', async () => {
    const { commands, verbs } = await settingsStage();
    const bob = sampleCaller({ user: 'bob', admin: true });
    await Promise.all([
      commands.settings.change(ada, { guildJobs: '3' }),
      commands.settings.change(bob, { userJobs: '2' }),
      commands.settings.change(ada, { bannedUsers: ['eve'] }),
    ]);
    expect((await verbs.show(ada)).settings).toMatchObject({
      guildJobs: 3,
      userJobs: 2,
      bannedUsers: ['eve'],
    });
    expect(await verbs.audit(ada)).toHaveLength(3);
  });

  it('are not changed when that cannot be written down', async () => {
    const stage = await settingsStage();
    stage.guilds.change = () => Promise.reject(new EaselError({ code: 'store-failed' }));
    expect(await refused(stage.change({ guildJobs: '3' }))).toEqual({ code: 'store-failed' });
    expect((await stage.verbs.show(ada)).settings.guildJobs).toBeUndefined();
  });
});

describe('limits', () => {
  it('take effect at once, also on jobs that wait already', async () => {
    let guilds: Awaited<ReturnType<typeof commandStage>>['guilds'] | undefined;
    const stage = await commandStage({
      limits: (guild) => {
        const { guildJobs = 1, userJobs = 1 } = guilds?.settings(guild) ?? {};
        return { guild: guildJobs, user: userJobs };
      },
      caps: (guild) => {
        const { guildWaiting = 50, userWaiting = 10 } = guilds?.settings(guild) ?? {};
        return { guild: guildWaiting, user: userWaiting };
      },
    });
    guilds = stage.guilds;
    const { manager, backend, commands } = stage;
    for (const user of ['ann', 'ann', 'bob', 'bob']) await manager.submit(sampleRequest({ user }));
    await until(() => backend.queued.length === 1);
    await commands.settings.change(ada, { guildJobs: '2' });
    await until(() => backend.queued.length === 2);
    await commands.settings.change(ada, { guildJobs: '4', userJobs: '2' });
    await until(() => backend.queued.length === 4);

    await commands.settings.change(ada, { guildJobs: '1', userJobs: '1', userWaiting: '1' });
    const waits = await manager.submit(sampleRequest());
    expect(await refused(manager.submit(sampleRequest()))).toEqual({ code: 'user-waiting-cap', cap: 1 });
    for (const id of backend.queued.slice(0, 3)) backend.finish(id, success());
    for (const id of backend.queued.slice(0, 3)) await stage.ended(id);
    expect(backend.runs.has(waits.id)).toBe(false); // one still runs
    backend.finish(backend.queued[3] ?? '', success());
    await until(() => backend.runs.has(waits.id));
  });
});
