import { Locale, REST } from 'discord.js';
import { expect, it, onTestFinished } from 'vitest';
import { COMMAND } from '../../../../../src/platforms/discord/limits.ts';
import { menuEntry } from '../../../../../src/platforms/discord/menu/entry.ts';
import { registerCommands } from '../../../../../src/platforms/discord/menu/register.ts';
import { loadTemplates } from '../../../../../src/templates/library/load.ts';
import { startFakeDiscord } from '../../../../fakes/discord/index.ts';
import { createRecordingLog } from '../../../../fakes/recording-log.ts';
import { parse } from '../../../templates/sources.ts';

const text = { type: 'text', into: [['3', 'text']], description: 'What to draw' };
const size = { type: 'choice', into: [['3', 'text']], choices: ['wide', 'tall'], description: 'The shape' };
const ja = {
  name: '狐',
  description: '狐を描きます',
  slots: { prompt: { name: 'プロンプト' }, size: { description: '形', choices: { wide: '横長' } } },
};
const fox = (languages: object, name = 'fox') =>
  parse({ prompt: text, size }, { languages }, undefined, name);

async function registering() {
  const discord = await startFakeDiscord();
  onTestFinished(() => discord.stop());
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const log = createRecordingLog();
  return {
    discord,
    register: (templates: Parameters<typeof registerCommands>[2]) =>
      registerCommands(rest, discord.applicationId, templates, log),
    writes: () => discord.requestsTo('PUT', /commands$/).length,
  };
}

it('a template’s command has its words in each of Discord’s languages', () => {
  const { command } = menuEntry(
    fox({ ja, 'zh-TW': { description: '畫狐狸' }, pt: { description: 'Uma raposa' } }),
  );
  expect(command).toMatchObject({
    name: 'fox',
    name_localizations: { ja: '狐' },
    description: 'Draw',
    description_localizations: { ja: '狐を描きます', 'zh-TW': '畫狐狸', 'pt-BR': 'Uma raposa' },
  });
  const [prompt, shape] = command.options;
  expect(prompt).toMatchObject({ name: 'prompt', name_localizations: { ja: 'プロンプト' } });
  expect(prompt).not.toHaveProperty('description_localizations');
  expect(shape).toMatchObject({
    description_localizations: { ja: '形' },
    choices: [
      { name: 'wide', name_localizations: { ja: '横長' }, value: 'wide' },
      { name: 'tall', value: 'tall' },
    ],
  });
  expect(shape).not.toHaveProperty('name_localizations');
});

it('one without words of its own has only what is said of any slot', () => {
  const { command } = menuEntry(parse({ prompt: { ...text, description: undefined } }));
  expect(command).not.toHaveProperty('name_localizations');
  expect(command).not.toHaveProperty('description_localizations');
  const seed = menuEntry(parse({ seed: { type: 'seed', into: [['3', 'seed']] } })).command.options[0];
  expect(seed?.description_localizations?.[Locale.Japanese]).toMatch(/シード/);
});

it('what is too long is cut, and where not all has room the translations are what goes', () => {
  const long = { ja: { description: '長'.repeat(200) } };
  expect(menuEntry(fox(long)).command.description_localizations?.ja).toHaveLength(COMMAND.description);
  const slots = Object.fromEntries(
    Array.from({ length: 25 }, (_none, n) => [`s${n}`, { ...size, choices: ['a', 'b', 'c', 'd'] }]),
  );
  const called = Object.fromEntries(['a', 'b', 'c', 'd'].map((one) => [one, `${one}${'長'.repeat(99)}`]));
  const said = Object.fromEntries(Object.keys(slots).map((slot) => [slot, { choices: called }]));
  const { command } = menuEntry(parse(slots, { languages: { ja: { description: 'x', slots: said } } }));
  expect(command).not.toHaveProperty('description_localizations');
  expect(command.options[0]?.choices).toHaveLength(4);
});

it('they are put in place once, and again when a word changes', async () => {
  const { discord, register, writes } = await registering();
  const { templates } = await loadTemplates('templates');
  await register([...templates, fox({ ja })]);
  await register([...templates, fox({ ja })]);
  expect(writes()).toBe(1);
  await register([...templates, fox({ ja: { ...ja, description: '狐' } })]);
  expect(writes()).toBe(2);
  const there = discord.commands.global.find(({ name }) => name === 'imagine');
  expect(there).toMatchObject({ description_localizations: { ja: 'プロンプトから画像を生成します' } });
  expect(discord.violations).toEqual([]);
});

it('of two that a language calls alike, or as one is called, only one has the name', async () => {
  const { discord, register } = await registering();
  await register([fox({ ja }), fox({ ja }, 'wolf'), fox({ ko: { name: '狐' }, ja: { name: 'fox' } }, 'dog')]);
  const names = Object.fromEntries(discord.commands.global.map((one) => [one.name, one.name_localizations]));
  expect(names).toMatchObject({ fox: { ja: '狐' }, dog: { ko: '狐' } });
  expect(names['wolf']).toBeUndefined();
  expect(names['dog']).not.toHaveProperty('ja');
  expect(discord.violations).toEqual([]);
});
