import { REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadTemplates } from '../../../../../src/templates/library/load.ts';
import { COMMAND } from '../../../../../src/platforms/discord/limits.ts';
import { registerCommands, slashCommands } from '../../../../../src/platforms/discord/menu/register.ts';
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
    expect(await register()).toBe(true);
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
    expect(await register()).toBe(false);
    expect(await register(templates.toReversed())).toBe(false);
    expect(writes()).toBe(1);
    expect(await register(templates.map((one) => ({ ...one, description: `${one.description}!` })))).toBe(
      true,
    );
    expect(await register(templates.slice(1))).toBe(true);
    expect(writes()).toBe(3);
    expect(discord.violations).toEqual([]);
  });

  it('leaves out what Discord would refuse, which would keep it from all others', async () => {
    const [first] = templates;
    const log = createRecordingLog();
    const long = { ...first!, name: 'long', description: 'x'.repeat(101) };
    expect(await register([...templates, long], log)).toBe(true);
    expect(discord.commands.global).toHaveLength(slashCommands(templates).length);
    expect(discord.violations).toEqual([]);
    expect(log.lines.filter(({ level }) => level === 'error')).toMatchObject([
      { facts: { template: 'long', problems: [{ code: 'bad-description', length: 101, max: 100 }] } },
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
  const optionsOf = (slots: object) => slashCommands([parse(slots)])[0]!.options;

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

  it('work in servers, in direct messages and for user installations', () => {
    for (const { name, contexts, integration_types: types } of slashCommands(templates)) {
      const isForAdmins = name === 'template' || name === 'settings';
      expect(contexts).toEqual(isForAdmins ? [0] : [0, 1, 2]);
      expect(types).toEqual(isForAdmins ? [0] : [0, 1]);
    }
  });
});
