/** A stranger's own server and its own settings: it cannot give itself more than the operator lets servers have. */
import { onTestFinished, describe, expect, it } from 'vitest';
import { createMaxima } from '../../src/commands/operator/maxima.ts';
import { openNotices } from '../../src/commands/operator/notices.ts';
import { createSettings } from '../../src/commands/verbs/settings.ts';
import { readConfig } from '../../src/config.ts';
import { openRulesStore } from '../../src/guilds/rules.ts';
import { GuildSettings } from '../../src/guilds/schema.ts';
import { openGuildStore } from '../../src/guilds/store.ts';
import { createLimitBook } from '../../src/app/limits.ts';
import { openTable } from '../../src/store/index.ts';
import { refused, ada } from '../unit/commands/stage.ts';
import { sampleRequest } from '../unit/jobs/sample.ts';
import { createStage } from '../unit/jobs/stage.ts';
import { temporaryFolder } from '../unit/temporary.ts';
import { createLibrary } from '../../src/templates/library/index.ts';
import { openTemplateStore } from '../../src/templates/library/store.ts';

const GUILD = ada.guild;

/** A server as it was stored before there were maxima, and an Easel that starts now. */
async function world(before: Partial<GuildSettings> = {}, environment: Record<string, string> = {}) {
  const stage = await createStage();
  const { log, clock } = stage;
  const uri = `sqlite://${await temporaryFolder()}/limits.sqlite`;
  const guilds = await openGuildStore(uri, log);
  const rules = await openRulesStore(uri, log);
  const notices = await openNotices(await openTable(uri, 'notices', log), log);
  const store = await openTemplateStore(uri, log);
  onTestFinished(async () => {
    for (const one of [guilds, rules, notices, store]) await one.close();
  });
  const entry = { at: 1, by: 'mallory', act: 'settings.change', subject: '' };
  if (Object.keys(before).length > 0)
    await guilds.change(GUILD, () => ({ settings: GuildSettings.parse(before), entry }));
  const book = createLimitBook(readConfig(environment), { guilds, rules }, new Set(['web', 'terminal']));
  const { manager } = stage.open({
    caps: (guild) => book.caps(guild),
    personLimit: (platform) => book.personLimit(platform),
    limits(guild) {
      const { guildJobs, userJobs } = book.of(guild);
      return { guild: guildJobs.applied, user: userJobs.applied };
    },
  });
  rules.listen(() => manager.limitsChanged());
  await manager.start();
  const maxima = createMaxima({ guilds, rules, notices, limits: book.of, chats: new Map(), clock, log });
  const library = createLibrary([], { store, clock, log });
  const settings = createSettings({ guilds, library, jobs: manager, clock, limits: book.of, maxima });
  const running = () => manager.roster.guild(GUILD)?.running ?? 0;
  return { manager, rules, notices, guilds, book, maxima, settings, running, clock };
}

describe("a server's own settings", () => {
  it.each([
    ['guildJobs', 2, '100'],
    ['userJobs', 1, '2'],
    ['guildWaiting', 50, '1000'],
    ['userWaiting', 10, '11'],
  ] as const)('%s cannot go above the operator’s maximum of %i', async (setting, max, value) => {
    const { settings } = await world();
    const problem = { code: 'setting-above-maximum', setting, value, max };
    expect(await refused(settings.change(ada, { [setting]: value }))).toEqual(problem);
    const { limits } = await settings.change(ada, { [setting]: String(max) });
    expect(limits[setting]).toMatchObject({ applied: max, limited: false });
  });

  it('stay where they were set higher before, are shown as limited, and let nobody have more', async () => {
    const { settings, manager, running } = await world({ guildJobs: 100, userJobs: 100 });
    const shown = await settings.show(ada);
    expect(shown.settings.guildJobs).toBe(100);
    expect(shown.limits.guildJobs).toMatchObject({ applied: 2, set: 100, max: 2, limited: true });
    for (let n = 0; n < 9; n += 1) await manager.submit(sampleRequest({ user: `u${n % 3}` }));
    expect(running()).toBe(2);
    // a form sends what it shows: that is no wish for more
    const { settings: after } = await settings.change(ada, { guildJobs: '100', language: 'en' });
    expect(after).toMatchObject({ guildJobs: 100, language: 'en' });
    expect(await refused(settings.change(ada, { guildJobs: '99' }))).toMatchObject({ max: 2 });
  });

  it('are told to the operator once, who raises one server at one press and no other', async () => {
    const { maxima, notices, rules, guilds, manager, running, book } = await world({
      guildJobs: 5,
      userJobs: 3,
    });
    await maxima.note();
    await maxima.note();
    expect(notices.list().map(({ key }) => key)).toEqual([
      `above-maximum/${GUILD}/guildJobs`,
      `above-maximum/${GUILD}/userJobs`,
    ]);
    for (let n = 0; n < 9; n += 1) await manager.submit(sampleRequest({ user: `u${n}` }));
    expect(running()).toBe(2);
    await maxima.raise(`above-maximum/${GUILD}/guildJobs`, 'operator');
    expect(running()).toBe(5);
    expect(book.of('another').guildJobs.max).toBe(2);
    expect(notices.list().map(({ key }) => key)).toEqual([`above-maximum/${GUILD}/userJobs`]);
    expect((await rules.audit())[0]).toMatchObject({ act: 'limits.raise', by: 'operator', detail: '5' });
    expect((await guilds.audit(GUILD))[0]).toMatchObject({ act: 'limits.raise', subject: 'guildJobs' });
    expect(await refused(maxima.raise('above-maximum/nowhere/guildJobs', 'operator'))).toEqual({
      code: 'bad-request',
    });
    await maxima.note();
    expect(notices.list()).toHaveLength(1);
  });

  it('go as far as the environment says before the operator’s rules, and those before the defaults', async () => {
    const { book, rules } = await world({ guildJobs: 90, userJobs: 90 }, { USER_CONCURRENCY_MAX: '4' });
    const entry = { at: 1, by: 'operator', act: 'rules.change', subject: 'maxima' };
    await rules.change(entry, { maxima: { guildJobs: 7, userJobs: 50, userWaiting: 3 } });
    const { guildJobs, userJobs, guildWaiting, userWaiting } = book.of(GUILD);
    expect([guildJobs, userJobs, guildWaiting, userWaiting].map(({ max }) => max)).toEqual([7, 4, 50, 3]);
    // a default is no more than the maximum
    expect(userWaiting).toMatchObject({ applied: 3, standard: 3, limited: false });
  });

  it('have no maximum where the operator is at home, nor for the operator elsewhere', async () => {
    const { settings, book, rules } = await world();
    const own = { ...ada, platform: 'web', guild: 'web', user: 'you' };
    expect((await settings.change(own, { guildJobs: '60', userJobs: '60' })).limits.userJobs).toMatchObject({
      applied: 60,
      max: 100,
      limited: false,
    });
    expect(book.personLimit('web')).toBe(Infinity);
    expect(book.caps('web')).toEqual({ guild: 50, user: 10 });
    const acting = { ...ada, user: 'operator', operator: true };
    expect((await settings.change(acting, { guildJobs: '9' })).limits.guildJobs.applied).toBe(9);
    expect(rules.rules().raised[GUILD]).toEqual({ guildJobs: 9 });
    expect(await refused(settings.change(ada, { guildJobs: '10' }))).toMatchObject({ max: 9 });
  });
});
