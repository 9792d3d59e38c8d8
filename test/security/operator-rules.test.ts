/** What the operator forbids is forbidden everywhere: in servers, in direct messages, and to admins of servers. */
import { Client, Events, type Interaction } from 'discord.js';
import { afterAll, describe, expect, it } from 'vitest';
import { createRuleVerbs } from '../../src/commands/operator/operator-rules.ts';
import type { Caller } from '../../src/core/caller.ts';
import { systemClock } from '../../src/core/time.ts';
import type { Workflow } from '../../src/core/workflow.ts';
import { together, NO_RULES } from '../../src/guilds/operator-policy.ts';
import { openRulesStore } from '../../src/guilds/rules.ts';
import { openTable } from '../../src/store/index.ts';
import { literalTexts } from '../../src/templates/fill.ts';
import { callerOf } from '../../src/platforms/discord/events/context.ts';
import { createChannels } from '../../src/platforms/discord/channels.ts';
import { until } from '../fakes/until.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { sampleCaller } from '../unit/jobs/sample.ts';
import { temporaryFolder } from '../unit/temporary.ts';
import { attached, castle, classes, commandStage, forever, GRAPH, refused } from '../unit/commands/stage.ts';

const SERVER = '900000000000000001';
const OTHER = '900000000000000002';
const MALLORY = '900000000000000020';
const discord = (given: Partial<Caller>) =>
  sampleCaller({ platform: 'discord', guild: SERVER, user: MALLORY, ...given });
/** All the ways in which one person may reach this Easel. */
const WAYS: [string, Partial<Caller>][] = [
  ['in a server', {}],
  ['in another server', { guild: OTHER }],
  ['by a user install in a server', { guild: OTHER, installed: 'user' }],
  ['by direct message', { guild: `dm-${MALLORY}`, direct: true }],
  ['by a user install elsewhere', { guild: `dm-${MALLORY}`, direct: true, installed: 'user' }],
  ['as an admin', { admin: true }],
];

async function stage() {
  const rest = await commandStage();
  const { commands, backend } = rest;
  backend.classes = classes();
  const ask = (given: Partial<Caller>, prompt = 'a red fox') =>
    commands.prepare(commands.recognise(discord(given)), 'imagine', { prompt });
  return { ...rest, ask };
}

describe('somebody whom the operator has blocked', () => {
  it.each(WAYS)('runs nothing %s', async (_way, given) => {
    const { ask, rule } = await stage();
    await ask(given);
    await rule({ blockedUsers: [MALLORY] });
    expect(await refused(ask(given))).toEqual({ code: 'blocked-by-operator' });
    await ask({ ...given, user: '900000000000000021' });
    await rule({ blockedUsers: [`discord:${MALLORY}`] });
    expect(await refused(ask(given))).toEqual({ code: 'blocked-by-operator' });
    await rule({ blockedUsers: [`slack:${MALLORY}`] });
    await ask(given);
  });

  it('on Slack is who has the id in that workspace', async () => {
    const { commands, rule } = await stage();
    const ask = (guild: string) =>
      commands.prepare(sampleCaller({ platform: 'slack', guild, user: 'U1' }), 'imagine', { prompt: 'x' });
    await rule({ blockedUsers: ['T1/U1'] });
    expect(await refused(ask('T1'))).toEqual({ code: 'blocked-by-operator' });
    await ask('T2');
    await rule({ blockedUsers: ['slack:T1/U1'] });
    expect(await refused(ask('T1'))).toEqual({ code: 'blocked-by-operator' });
  });

  it('goes on with nothing that was begun before: no draft, no “once more”, no setting', async () => {
    const { commands, rule, manager, ended } = await stage();
    const admin = discord({ admin: true, platform: 'test' });
    const { draft } = await commands.editor.add(admin, castle(), {}, forever);
    const job = await commands.run(
      await commands.prepare(admin, 'imagine', { prompt: 'an owl' }),
      null,
      forever,
    );
    await commands.cancel(admin, job.id);
    await ended(job.id);
    await commands.prepareAgain(admin, job.id);
    await rule({ blockedUsers: [MALLORY] });
    const { editor, settings, shelf } = commands;
    const again = commands.recognise(admin);
    expect(again.admin).toBe(false);
    const tries = [
      () => commands.prepareAgain(again, job.id),
      () => editor.prepareTest(again, draft.id),
      () => editor.publish(again, draft.id),
      () => settings.change(again, { userJobs: '50' }),
      () => shelf.switchOff(again, 'imagine', true),
    ];
    for (const attempt of tries) expect(await refused(attempt())).toEqual({ code: 'blocked-by-operator' });
    expect(manager.roster.count().waiting).toBe(0);
  });
});

describe('a server that the operator does not serve', () => {
  it('has no say for its admins either', async () => {
    const { ask, commands, rule } = await stage();
    await commands.settings.change(discord({ admin: true }), { adminUsers: [MALLORY] });
    await rule({ blockedGuilds: [SERVER] });
    const admin = commands.recognise(discord({ admin: true, roles: ['mod'] }));
    expect(await refused(ask({ admin: true }))).toEqual({ code: 'not-served-here' });
    expect(await refused(ask({ installed: 'user' }))).toEqual({ code: 'not-served-here' });
    expect(await refused(commands.settings.show(admin))).toEqual({ code: 'not-served-here' });
    expect(await refused(commands.editor.add(admin, castle(), {}, forever))).toEqual({
      code: 'not-served-here',
    });
    await ask({ guild: OTHER });
  });

  it('is every one that is not allowed, and direct messages with whom is not allowed', async () => {
    const { ask, rule } = await stage();
    await rule({ allowedGuilds: [OTHER] });
    for (const [, given] of WAYS.filter(([, { guild }]) => guild !== OTHER))
      expect(await refused(ask(given))).toEqual({ code: 'not-served-here' });
    await ask({ guild: OTHER });
    await rule({ allowedGuilds: [OTHER], allowedUsers: [MALLORY] });
    for (const [, given] of WAYS) await ask(given);
  });
});

it('direct messages and user installs are each switched off', async () => {
  const { ask, rule } = await stage();
  await rule({ directMessages: false });
  expect(await refused(ask({ guild: `dm-${MALLORY}`, direct: true }))).toEqual({
    code: 'direct-messages-off',
  });
  await ask({ installed: 'user' });
  await rule({ userInstalls: false });
  expect(await refused(ask({ installed: 'user' }))).toEqual({ code: 'user-installs-off' });
  await ask({ guild: `dm-${MALLORY}`, direct: true, installed: 'guild' });
});

it('a word that is blocked for everybody is refused wherever it is said', async () => {
  const { ask, commands, rule } = await stage();
  await rule({ blockedWords: ['gore'] });
  for (const [, given] of WAYS)
    expect(await refused(ask(given, 'much gore'))).toEqual({ code: 'blocked-word', slot: 'prompt' });
  await commands.settings.change(discord({ admin: true }), { blockedWords: 'fox' });
  expect(await refused(ask({}, 'gore'))).toMatchObject({ code: 'blocked-word' });
  expect(await refused(ask({}, 'a fox'))).toMatchObject({ code: 'blocked-word' });
});

it('a word that is blocked for everybody is refused inside a template of a server, too; the name of a model is no text', async () => {
  const { commands, rule } = await stage();
  const admin = discord({ admin: true, platform: 'test' });
  const inputs = { ...GRAPH['9'].inputs, filename_prefix: 'much g o r e' };
  const saving = { class_type: 'SaveImage', inputs, _meta: { title: 'Mood' } };
  const file = attached('mood.json', JSON.stringify({ ...GRAPH, '9': saving }));
  const { draft } = await commands.editor.add(admin, file, {}, forever);
  await commands.editor.publish(admin, draft.id);
  await commands.prepare(admin, 'mood', { prompt: 'a fox' });
  expect(
    literalTexts(GRAPH as Workflow, classes())
      .map(([, text]) => text)
      .toSorted(),
  ).toEqual(['a castle', 'x']);
  await rule({ blockedWords: ['gore'] });
  const blocked = { code: 'blocked-word', slot: 'Mood' };
  expect(await refused(commands.prepare(admin, 'mood', { prompt: 'a fox' }))).toEqual(blocked);
  const again = await commands.editor.add(admin, { ...file, name: 'murk.json' }, {}, forever);
  expect(await refused(commands.editor.prepareTest(admin, again.draft.id))).toEqual(blocked);
});

it('no job is taken while the operator takes none, and the same at once when they do', async () => {
  const { ask, commands, rule } = await stage();
  const admin = discord({ admin: true });
  const { draft } = await commands.editor.add(admin, castle(), {}, forever);
  await rule({ closed: true });
  expect(await refused(ask({ admin: true }))).toEqual({ code: 'not-taking-jobs' });
  expect(await refused(commands.editor.prepareTest(admin, draft.id))).toEqual({
    code: 'not-taking-jobs',
  });
  await rule({ closed: false });
  await ask({});
});

it('rules that cannot be read let nobody in, and are not written over', async () => {
  const uri = `sqlite://${await temporaryFolder()}/rules.sqlite`;
  const log = createRecordingLog();
  const table = await openTable(uri, 'rules', log);
  await table.set('operator', { blockedUsers: 'everybody' });
  await table.close();
  const store = await openRulesStore(uri, log);
  expect(store.rules().closed).toBe(true);
  const entry = { at: 0, by: 'x', act: 'rules.change', subject: 'closed' };
  expect(await refused(store.change(entry, { closed: false }))).toEqual({ code: 'settings-damaged' });
  await store.close();
});

it('the environment can only add to what the page says', () => {
  const stored = { ...NO_RULES, blockedUsers: ['1'], directMessages: false };
  const both = together(stored, { blockedUsers: ['2'], directMessages: true, userInstalls: false });
  expect(both).toMatchObject({ blockedUsers: ['1', '2'], directMessages: false, userInstalls: false });
});

describe('on Discord', () => {
  const client = new Client({ intents: [] });
  afterAll(() => client.destroy());
  const channels = createChannels(client.rest, systemClock);
  let seen: Interaction | undefined;
  client.on(Events.InteractionCreate, (interaction) => (seen = interaction));

  function caller(guild: string | undefined, owners: Record<string, string>): Caller {
    const user = { id: MALLORY, username: 'mallory', discriminator: '0', avatar: null };
    const actions = Reflect.get(client, 'actions') as Record<string, { handle(data: unknown): void }>;
    actions['InteractionCreate']?.handle({
      id: '900000000000000030',
      application_id: '900000000000000031',
      type: 2,
      token: 'token',
      version: 1,
      data: { id: '900000000000000032', name: 'imagine', type: 1 },
      channel_id: '900000000000000040',
      channel: { id: '900000000000000040', type: guild === undefined ? 1 : 0 },
      ...(guild === undefined
        ? { user }
        : {
            guild_id: guild,
            member: { user, roles: [], permissions: '0', joined_at: '2026-01-01T00:00:00Z', flags: 0 },
          }),
      locale: 'en-US',
      entitlements: [],
      authorizing_integration_owners: owners,
      context: guild === undefined ? 1 : 0,
      attachment_size_limit: 10,
    });
    if (!seen) throw new Error('nothing came in');
    return callerOf(seen, channels);
  }

  it('whose server has installed Easel is told from whoever brought it along', () => {
    expect(caller(SERVER, { 0: SERVER })).toMatchObject({ installed: 'guild', direct: false });
    expect(caller(SERVER, { 1: MALLORY })).toMatchObject({ installed: 'user', direct: false });
    expect(caller(SERVER, { 0: SERVER, 1: MALLORY })).toMatchObject({ installed: 'guild' });
    expect(caller(undefined, { 0: '0' })).toMatchObject({ installed: 'guild', direct: true });
    expect(caller(undefined, { 1: MALLORY })).toMatchObject({ installed: 'user', direct: true });
    expect(caller(SERVER, { 0: OTHER, 1: MALLORY })).toMatchObject({ installed: 'user' });
  });

  it('a ban in a server holds there for an app that its person brought along', async () => {
    const { commands } = await stage();
    await commands.settings.change(discord({ admin: true }), {
      bannedUsers: [MALLORY],
      blockedWords: 'gore',
    });
    const ask = (guild: string | undefined, prompt = 'a fox') =>
      commands.prepare(commands.recognise(caller(guild, { 1: MALLORY })), 'imagine', { prompt });
    expect(await refused(ask(SERVER))).toEqual({ code: 'banned' });
    await ask(OTHER);
    await ask(undefined);
    await commands.settings.change(discord({ admin: true }), { bannedUsers: [] });
    expect(await refused(ask(SERVER, 'gore'))).toMatchObject({ code: 'blocked-word' });
  });
});

it('somebody who is blocked is shown nothing of others either', async () => {
  const { commands, rule, ask } = await stage();
  await commands.run(await ask({ user: '900000000000000021', platform: 'test' }), null, forever);
  await rule({ blockedUsers: [MALLORY] });
  const barred = commands.recognise(discord({}));
  expect((await commands.queue(barred)).items).toEqual([]);
  expect(await commands.templates(barred)).toEqual([]);
  expect(await commands.template(barred, 'imagine')).toBeUndefined();
  expect(await commands.complete(barred, 'imagine', 'model', '', 9)).toEqual([]);
});

it('a job whose picture was still on its way when the operator said no is not taken', async () => {
  const { commands, rule, ask, manager } = await stage();
  const prepared = await ask({});
  await rule({ blockedUsers: [MALLORY] });
  expect(await refused(commands.run(prepared, null, forever))).toEqual({ code: 'blocked-by-operator' });
  expect(await refused(commands.note(prepared, null, forever))).toEqual({ code: 'blocked-by-operator' });
  expect(manager.roster.count().waiting).toBe(0);
});

it('an admin whom their server has banned tries nothing out there either', async () => {
  const { commands } = await stage();
  const admin = discord({ admin: true, platform: 'test' });
  const { draft } = await commands.editor.add(admin, castle(), {}, forever);
  await commands.settings.change(admin, { bannedUsers: [MALLORY] });
  expect(await refused(commands.editor.prepareTest(admin, draft.id))).toEqual({ code: 'banned' });
});

it('“cancel everything” takes what has not begun yet, because its person is still being told', async () => {
  const { commands, manager, ask, ended, backend, clock, rules: store } = await stage();
  const verbs = createRuleVerbs({ store, basics: {}, jobs: manager, clock });
  const noted = await commands.note(await ask({ platform: 'test' }), null, forever);
  const other = await commands.note(
    await ask({ platform: 'test', user: '900000000000000021' }),
    null,
    forever,
  );
  expect(await verbs.cancelOf('operator', { user: MALLORY })).toBe(1);
  const { id } = await noted.accept({ message: 1 });
  expect((await ended(id)).end).toEqual({ kind: 'cancelled' });
  const { id: runs } = await other.accept({ message: 2 });
  await until(() => backend.followers(runs) === 1);
  expect([...manager.coming()]).toEqual([]);
  expect(backend.followers(id)).toBe(0);
});
