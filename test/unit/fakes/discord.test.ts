/** The fake Discord and the real discord.js: logging in, coming back, registering commands, and stopping. */
import { once } from 'node:events';
import { Events, Routes } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { startFakeDiscord } from '../../fakes/discord/index.ts';
import { IMAGINE, logIn, refusal, register } from '../../fakes/discord/real-client.ts';
import { discord, imagineBot, login, restage, useDiscord } from './discord-stage.ts';

useDiscord();

describe('logging in', () => {
  it('makes the client ready, without violations', async () => {
    const client = await login();
    expect(client.user.id).toBe(discord.applicationId);
    expect(client.guilds.cache.size).toBe(0);
    expect(discord.gateway.connected).toBe(1);
    expect(discord.violations).toEqual([]);
  });

  it('sends the guilds when the intent asks for them', async () => {
    const client = await login({ intents: [1] });
    expect(client.guilds.cache.get(discord.guild.id)?.name).toBe('studio');
  });

  it('refuses a wrong token over HTTP', async () => {
    await expect(login({ token: 'wrong' })).rejects.toMatchObject({ code: 'TokenInvalid' });
    expect(discord.violations.join()).toContain('401');
  });

  it('closes the gateway with 4014 for a privileged intent', async () => {
    await expect(login({ intents: [1 << 15] })).rejects.toThrow('disallowed intents');
  });

  it('serves several shards', async () => {
    await restage({ shards: 2 });
    await login({ shards: 'auto' });
    await discord.connected();
    expect(discord.gateway.counts.identifies).toBe(2);
  });
});

describe('losing the connection', () => {
  it.each(['drop', 'op 7', 'op 9'] as const)('is made good by a resume: %s', async (fault) => {
    const { received } = await imagineBot();
    const { counts } = discord.gateway;
    if (fault === 'drop') discord.gateway.drop();
    else if (fault === 'op 7') discord.gateway.requestReconnect();
    else discord.gateway.invalidate(true);
    await discord.until(() => discord.gateway.connected === 0 || counts.resumes === 1);
    // missed while away, replayed by the resume
    const acted = await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    await (await received()).reply('late but here');
    expect(acted.message()?.content).toBe('late but here');
    expect(counts).toMatchObject({ identifies: 1, resumes: 1 });
    expect(discord.violations).toEqual([]);
  });

  it('is made good by a new session when the old one is lost', async () => {
    const client = await login({ hasty: true });
    const back = once(client, Events.ShardReady);
    discord.gateway.invalidate(false);
    await back;
    expect(discord.gateway.counts).toMatchObject({ identifies: 2, resumes: 0 });
    expect(discord.violations).toEqual([]);
  });
});

describe('stopping', () => {
  it('says what a message went through when a wait fails', async () => {
    const { received } = await imagineBot();
    const acted = await discord.slash({ name: 'imagine', options: { prompt: 'fox' } });
    await (await received()).reply('almost');
    await expect(acted.waitFor((one) => one.content === 'done', 20)).rejects.toThrow('almost');
  });

  it('leaves nothing running', async () => {
    const sockets = (): number =>
      process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP')).length;
    const before = sockets();
    const other = await startFakeDiscord();
    const { client } = await logIn(other);
    await client.destroy();
    await Promise.all([other.stop(), other.stop()]);
    expect(sockets()).toBeLessThanOrEqual(before);
    await expect(fetch(other.apiUrl)).rejects.toThrow('fetch failed');
  });

  it('ends a wait that is still going on', async () => {
    const waiting = discord.until(() => false).catch(String);
    await discord.stop();
    expect(await waiting).toContain('was stopped');
  });
});

describe('registering commands', () => {
  it('keeps them, with ids that survive a second registration', async () => {
    const client = await login();
    await register(client, IMAGINE);
    const first = discord.commands.global[0]?.id;
    await client.application.commands.set([IMAGINE]);
    expect(discord.commands.global.map((command) => command.id)).toEqual([first]);
    expect(discord.commandWrites).toBe(2);
    await client.application.commands.set([IMAGINE], discord.guild.id);
    expect(discord.commands.guilds.get(discord.guild.id)).toHaveLength(1);
    expect(discord.violations).toEqual([]);
  });

  it('tells them back with Discord’s defaults, one by one changed or removed', async () => {
    const client = await login();
    const { commands } = client.application;
    const made = await commands.create({
      name: 'ping',
      description: 'd',
      nameLocalizations: { ja: 'ピング' },
    });
    const edited = await commands.edit(made.id, { description: 'other' });
    expect(edited).toMatchObject({
      id: made.id,
      description: 'other',
      nsfw: false,
      defaultMemberPermissions: null,
    });
    const route = Routes.applicationCommands(client.application.id);
    const query = new URLSearchParams({ with_localizations: 'true' });
    const translated = [expect.objectContaining({ name_localizations: { ja: 'ピング' } })];
    expect(await client.rest.get(route)).not.toEqual(translated);
    expect(await client.rest.get(route, { query })).toEqual(translated);
    await commands.delete(made.id);
    expect(discord.commands.global).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  const option = (name: string, extra: object = {}) => ({ type: 3, name, description: 'd', ...extra });
  const choices = Array.from({ length: 26 }, (_, index) => ({ name: `c${index}`, value: `${index}` }));
  const long = 'x'.repeat(100);
  const inJapanese = { name_localizations: { ja: '同じ' } };
  it.each([
    ['an upper-case name', { name: 'Imagine', description: 'd' }],
    ['a name with a space', { name: 'two words', description: 'd' }],
    ['a missing description', { name: 'x' }],
    ['a long description', { name: 'x', description: `${long}x` }],
    ['a locale that there is not', { name: 'x', description: 'd', nameLocalizations: { zh: 'x' } }],
    ['a translated name with a space', { name: 'x', description: 'd', nameLocalizations: { ja: 'a b' } }],
    ['an upper-case translated name', { name: 'x', description: 'd', nameLocalizations: { de: 'Bild' } }],
    ['a long translation', { name: 'x', description: 'd', descriptionLocalizations: { ja: `${long}x` } }],
    ['an empty translation', { name: 'x', description: 'd', descriptionLocalizations: { ja: '' } }],
    [
      'options that a locale calls alike',
      { name: 'x', description: 'd', options: ['a', 'b'].map((one) => option(one, inJapanese)) },
    ],
    [
      'an option that a locale calls as another one is called',
      {
        name: 'x',
        description: 'd',
        options: [option('a', { name_localizations: { ja: 'b' } }), option('b')],
      },
    ],
    [
      'choices that a locale calls alike',
      {
        name: 'x',
        description: 'd',
        options: [option('o', { choices: choices.slice(0, 2).map((one) => ({ ...one, ...inJapanese })) })],
      },
    ],
    ['an unknown field', { name: 'x', description: 'd', colour: 1 }],
    ['too many options', { name: 'x', description: 'd', options: choices.map((one) => option(one.name)) }],
    ['too many choices', { name: 'x', description: 'd', options: [option('o', { choices })] }],
    [
      'a required option last',
      { name: 'x', description: 'd', options: [option('a'), option('b', { required: true })] },
    ],
    [
      'choices with autocomplete',
      {
        name: 'x',
        description: 'd',
        options: [option('o', { choices: [{ name: 'a', value: 'a' }], autocomplete: true })],
      },
    ],
    ['two options of one name', { name: 'x', description: 'd', options: [option('a'), option('a')] }],
    [
      'an option type that is not there',
      { name: 'x', description: 'd', options: [{ ...option('a'), type: 99 }] },
    ],
    [
      'more than 8000 characters',
      {
        name: 'x',
        description: 'd',
        options: Array.from({ length: 4 }, (_, at) =>
          option(`o${at}`, {
            choices: choices.slice(1).map((one) => ({ name: long.slice(3) + one.name, value: one.value })),
          }),
        ),
      },
    ],
  ])('refuses %s', async (_what, command) => {
    const client = await login();
    expect(await refusal(register(client, command))).toEqual({ code: 50035, status: 400 });
    expect(discord.violations).toHaveLength(1);
    expect(discord.commands.global).toEqual([]);
  });

  it('refuses more than a hundred, and two of one name', async () => {
    const client = await login();
    const many = Array.from({ length: 101 }, (_, at) => ({ name: `c${at}`, description: 'd' }));
    expect(await refusal(register(client, ...many))).toEqual({ code: 30032, status: 400 });
    expect(await refusal(register(client, many[0]!, many[0]!))).toEqual({ code: 50035, status: 400 });
  });

  it('refuses a command that a locale calls as another one, and says where', async () => {
    const client = await login();
    const [first, second] = ['a', 'b'].map((name) => ({ name, description: 'd', type: 1 }));
    const refused = client.application.commands.set([
      { ...first!, nameLocalizations: { ja: 'b', ko: '같음' } },
      { ...second!, nameLocalizations: { ko: '같음' } },
    ]);
    await expect(refused).rejects.toMatchObject({
      rawError: {
        errors: {
          0: { name_localizations: { ja: { _errors: [{ code: 'APPLICATION_COMMANDS_DUPLICATE_NAME' }] } } },
          1: { name_localizations: { ko: { _errors: [{ code: 'APPLICATION_COMMANDS_DUPLICATE_NAME' }] } } },
        },
      },
    });
  });
});
