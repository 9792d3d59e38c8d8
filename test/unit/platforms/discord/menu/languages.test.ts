/** Discord's menu in everybody's language: what is sent, what the fake Discord takes of it, and what is left out for what. */
import { REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Template } from '../../../../../src/core/template.ts';
import { catalogue, languageOf } from '../../../../../src/i18n/index.ts';
import { COMMAND, LOCALES, type Locale } from '../../../../../src/platforms/discord/limits.ts';
import { ownCommands, type SlashCommand } from '../../../../../src/platforms/discord/menu/own-commands.ts';
import type { Option } from '../../../../../src/platforms/discord/menu/options.ts';
import { registerCommands } from '../../../../../src/platforms/discord/menu/register.ts';
import { fitting, untranslated, weightOf } from '../../../../../src/platforms/discord/menu/weight.ts';
import { loadTemplates } from '../../../../../src/templates/library/load.ts';
import { LOCALES as DISCORDS } from '../../../../fakes/discord/command-schema.ts';
import { startFakeDiscord, type FakeDiscord } from '../../../../fakes/discord/index.ts';
import { createRecordingLog } from '../../../../fakes/recording-log.ts';

const { templates } = await loadTemplates('templates');
const own = ownCommands();
const named = (name: string) => own.find((one) => one.name === name)!;

function everything(of: SlashCommand | Option): (SlashCommand | Option)[] {
  return [of, ...(of.options ?? []).flatMap(everything)];
}

it('every locale of Discord has the language that its people read elsewhere', () => {
  expect(LOCALES.toSorted()).toEqual(DISCORDS.split(' ').toSorted());
  for (const locale of LOCALES) {
    const called = catalogue(locale).commandNames.called('command', 'queue');
    const sent = named('queue').name_localizations?.[locale];
    expect(sent, locale).toBe(called === 'queue' ? undefined : called);
  }
  expect(named('queue').name_localizations).toMatchObject({ ja: 'キュー', ko: '대기열', 'zh-CN': '队列' });
  expect(languageOf('zh-TW')).not.toBe('zh');
});

it.each<Locale>(['ja', 'ko', 'zh-CN', 'zh-TW'])(
  'whatever is Easel’s own in the menu is said in %s, but for its own name',
  (locale) => {
    const all = own.flatMap(everything);
    const unnamed = all.filter(({ name_localizations: names }) => names?.[locale] === undefined);
    expect(unnamed.map(({ name }) => name)).toEqual(['easel']);
    for (const one of all) expect(one.description_localizations, one.name).toHaveProperty(locale);
  },
);

describe('at Discord', () => {
  let discord: FakeDiscord;
  beforeEach(async () => {
    discord = await startFakeDiscord();
  });
  afterEach(() => discord.stop());
  const rest = () => new REST({ api: discord.apiUrl }).setToken(discord.token);
  const register = (given: readonly Template[] = templates, log = createRecordingLog()) =>
    registerCommands(rest(), discord.applicationId, given, log);
  const writes = () => discord.requestsTo('PUT', /commands$/).length;
  const there = (name: string) => discord.commands.global.find((one) => one.name === name)!;

  it('a menu from before it had languages is put in place once more, and only once', async () => {
    const route = `/applications/${discord.applicationId}/commands` as const;
    await register();
    await rest().put(route, { body: ownCommands().map(untranslated) });
    expect(there('queue')).not.toHaveProperty('name_localizations');
    await register();
    expect(there('queue')).toMatchObject({ name_localizations: { ja: 'キュー' } });
    expect(writes()).toBe(3);
    await register();
    expect(writes()).toBe(3);
    expect(discord.violations).toEqual([]);
  });

  it('a template that is called as a command is in some language keeps both there, and takes that name from the command', async () => {
    const taking = { ...templates[0]!, name: '設定' };
    expect(await register([...templates, taking])).toEqual([]);
    expect(there('設定')).toBeDefined();
    expect(there('settings').name_localizations).not.toHaveProperty('ja');
    expect(there('settings')).toMatchObject({
      name_localizations: { ko: '설정' },
      description_localizations: { ja: catalogue('ja').settings.about() },
    });
    expect(discord.violations).toEqual([]);
  });

  it('a command is there in English where Discord minds a translation', async () => {
    const odd = { ...templates[0]!, name: 'odd', languages: { ja: { name: 'A B' } } };
    const log = createRecordingLog();
    expect(await register([...templates, odd], log)).toEqual([]);
    expect(there('odd')).not.toHaveProperty('name_localizations');
    expect(there('queue')).toMatchObject({ name_localizations: { ja: 'キュー' } });
    expect(log.lines.map(({ message }) => message)).toContain('discord does not take some slash commands');
  });

  it('people find commands and options by what their app calls them, and the default names are sent', async () => {
    await register();
    const typed = { name: 'テンプレート', subcommand: '名前変更', locale: 'ja' };
    await expect(discord.slash({ ...typed, locale: 'ko' })).rejects.toThrow('no command');
    await expect(discord.slash({ ...typed, options: { 名前: 'fox' } })).rejects.toThrow(
      'requires the option to',
    );
  });
});

it('what is too much for Discord is there without its translations, at any depth', () => {
  const option = (at: number): Option => ({
    type: 3,
    name: `o${at}`,
    description: 'd',
    description_localizations: { ja: 'x'.repeat(100) },
    choices: [{ name: 'a', name_localizations: { ja: 'y'.repeat(100) }, value: 'a' }],
  });
  const below: Option = { ...option(0), type: 1, options: Array.from({ length: 25 }, (_, at) => option(at)) };
  const whole: SlashCommand = { ...named('settings'), options: [below, { ...below, name: 'o1' }] };
  expect(weightOf(whole)).toBeGreaterThan(COMMAND.all);
  const left = fitting(whole, () => untranslated(whole));
  expect(JSON.stringify(left)).not.toContain('_localizations');
  expect(left.options[0]?.options).toHaveLength(25);
  expect(fitting(named('queue'), () => untranslated(named('queue')))).toBe(named('queue'));
});
