import { REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { loadTemplates } from '../../../../../src/templates/library/load.ts';
import { COMMAND } from '../../../../../src/platforms/discord/limits.ts';
import { menuEntry } from '../../../../../src/platforms/discord/menu/entry.ts';
import {
  registerCommands,
  registerGuildCommands,
} from '../../../../../src/platforms/discord/menu/register.ts';
import { slotOptions } from '../../../../../src/platforms/discord/menu/options.ts';
import { startFakeDiscord, type FakeDiscord } from '../../../../fakes/discord/index.ts';
import { createRecordingLog } from '../../../../fakes/recording-log.ts';
import { parse } from '../../../templates/sources.ts';

const { templates } = await loadTemplates('templates');

describe('putting slash commands in place', () => {
  let discord: FakeDiscord;
  beforeEach(async () => {
    discord = await startFakeDiscord();
  });
  afterEach(() => discord.stop());
  const register = (given = templates, log = createRecordingLog()) =>
    registerCommands(
      new REST({ api: discord.apiUrl }).setToken(discord.token),
      discord.applicationId,
      given,
      log,
    );
  const writes = () => discord.requestsTo('PUT', /commands$/).length;

  it('writes them once, and again only when something has changed', async () => {
    await register();
    expect(discord.commands.global.map(({ name }) => name).toSorted()).toEqual([
      'blank',
      'cancel',
      'easel',
      'help',
      'imagine',
      'queue',
      'remix',
      'settings',
      'template',
      'upscale',
    ]);
    await register();
    await register(templates.toReversed());
    expect(writes()).toBe(1);
    await register(templates.map((one) => ({ ...one, description: `${one.description}!` })));
    await register(templates.slice(1));
    expect(writes()).toBe(3);
    expect(discord.violations).toEqual([]);
  });

  it('shortens a description that is too long for Discord', async () => {
    const long = { ...templates[0]!, name: 'long', description: 'x'.repeat(101) };
    expect(await register([...templates, long])).toEqual([]);
    expect(discord.commands.global.find(({ name }) => name === 'long')).toMatchObject({
      description: `${'x'.repeat(99)}…`,
    });
    expect(discord.violations).toEqual([]);
  });

  const crowd = (count: number) =>
    Array.from({ length: count }, (_none, n) => ({
      ...templates[0]!,
      name: `t${String(n).padStart(3, '0')}`,
    }));

  it('puts as many there as have room, Easel’s own first, and says which have none', async () => {
    const log = createRecordingLog();
    const unlisted = await register(crowd(120), log);
    const names = discord.commands.global.map(({ name }) => name);
    expect(names).toHaveLength(100);
    expect(names).toEqual(expect.arrayContaining(['easel', 'settings', 't000', 't093']));
    expect(unlisted).toEqual(
      crowd(120)
        .slice(94)
        .map(({ name }) => ({ name })),
    );
    expect(log.lines.map(({ message }) => message)).toContain('templates without a slash command');
    await register(crowd(120));
    expect(writes()).toBe(1);
    expect(discord.violations).toEqual([]);
  });

  it('leaves out what Discord refuses, and nothing else; the next one has its place', async () => {
    discord.settings.unwantedCommands.set('t003', 'This name is not allowed');
    discord.settings.unwantedCommands.set('t050', 'Neither is this');
    const unlisted = await register(crowd(97));
    expect(unlisted).toEqual([
      { name: 't003', refused: 'name: This name is not allowed' },
      { name: 't050', refused: 'name: Neither is this' },
      { name: 't096' },
    ]);
    expect(discord.commands.global).toHaveLength(100);
    expect(discord.commands.global.map(({ name }) => name)).toContain('t095');
    expect(writes()).toBe(2);
  });

  it('does the same with a guild’s own', async () => {
    const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
    const { id } = discord.guild;
    const log = createRecordingLog();
    discord.settings.unwantedCommands.set('t001', 'No');
    const unlisted = await registerGuildCommands(rest, discord.applicationId, id, crowd(120), log);
    expect(discord.commands.guilds.get(id)).toHaveLength(100);
    expect(unlisted.map(({ name }) => name)).toEqual([
      't001',
      ...crowd(120)
        .slice(101)
        .map(({ name }) => name),
    ]);
  });

  it('rejects with what Discord says', async () => {
    const rest = new REST({ api: discord.apiUrl }).setToken('wrong');
    await expect(
      registerCommands(rest, discord.applicationId, templates, createRecordingLog()),
    ).rejects.toThrow(/401/);
  });
});

describe('the options of a command', () => {
  const into = [['3', 'text']];
  const optionsOf = (slots: object) => menuEntry(parse(slots)).command.options;

  it('have the type and the bounds of their slots, required ones first', () => {
    const options = optionsOf({
      steps: { type: 'integer', into: [['3', 'steps']], min: 1, max: 60, description: 'How long' },
      cfg: { type: 'number', into: [['3', 'cfg']], min: 0 },
      hires: { type: 'boolean', into: [['3', 'on']] },
      seed: { type: 'seed', into: [['3', 'seed']] },
      size: { type: 'choice', into, choices: ['a', 'b'] },
      prompt: { type: 'text', into, required: true, maxLength: 1500 },
      image: { type: 'image', into: [['10', 'image']], required: true },
    });
    expect(options.map(({ name, type, required }) => [name, type, required ?? false])).toEqual([
      ['prompt', 3, true],
      ['image', 11, true],
      ['steps', 4, false],
      ['cfg', 10, false],
      ['hires', 5, false],
      ['seed', 3, false],
      ['size', 3, false],
    ]);
    expect(options[2]).toMatchObject({ description: 'How long', min_value: 1, max_value: 60 });
    expect(options[3]).toMatchObject({ min_value: 0 });
    expect(options[0]).toMatchObject({ max_length: 1500 });
    expect(options[6]).toMatchObject({
      choices: [
        { name: 'a', value: 'a' },
        { name: 'b', value: 'b' },
      ],
    });
    for (const { description } of options) expect(description).not.toBe('');
  });

  it('offer more choices than Discord lists as they are typed', () => {
    const choices = Array.from({ length: COMMAND.choices + 1 }, (_none, n) => `c${n}`);
    const [many] = optionsOf({ size: { type: 'choice', into, choices } });
    expect(many).toMatchObject({ autocomplete: true });
    expect(many).not.toHaveProperty('choices');
    const [few] = optionsOf({ size: { type: 'choice', into, choices: choices.slice(1) } });
    expect(few!.choices).toHaveLength(COMMAND.choices);
  });

  it('have choices that stay apart where their names are longer than Discord shows', () => {
    const long = (end: string) => `${'folder/'.repeat(15)}${end}`;
    const [model] = slotOptions({
      model: { type: 'choice', into: [['3', 'text']], choices: [long('a'), long('b')] },
    });
    const names = model!.choices!.map(({ name }) => name);
    expect(names.map((name) => name.length <= COMMAND.choice && name.at(-1))).toEqual(['a', 'b']);
    expect(model!.choices!.map(({ value }) => value.slice(0, 7))).toEqual(['sha256:', 'sha256:']);
  });
});

it('commands work in servers, in direct messages and for user installations', async () => {
  const discord = await startFakeDiscord();
  onTestFinished(() => discord.stop());
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  await registerCommands(rest, discord.applicationId, templates, createRecordingLog());
  for (const { name, contexts, integration_types: types } of discord.commands.global) {
    const isForAdmins = name === 'template' || name === 'settings';
    expect(contexts).toEqual(isForAdmins ? [0] : [0, 1, 2]);
    expect(types).toEqual(isForAdmins ? [0] : [0, 1]);
  }
});
