/** What Easel's commands are called: a language file whose names Discord would refuse, or that nobody could tell apart, is told so. */
import { describe, expect, it } from 'vitest';
import { meantBy, allWordsFor } from '../../../src/i18n/command-names.ts';
import { catalogue, languages } from '../../../src/i18n/index.ts';
import { readTexts, TAGS, type Texts } from '../../../src/i18n/languages.ts';
import { commandFaults } from '../../../src/i18n/tool/command-faults.ts';

const all = Object.fromEntries(TAGS.map((tag) => [tag, readTexts(tag)]));
const faultsWith = (tag: string, texts: Texts) =>
  commandFaults(tag, { ...all, [tag]: { ...all[tag], ...texts } });

it.each(languages())('$name has names that Discord takes, and that mean one thing each', ({ tag }) => {
  expect(commandFaults(tag, all)).toEqual([]);
});

describe('a translator is told of', () => {
  it.each([
    ['a space', { 'commands.names.queue': 'キュー 一覧' }, 'is no name'],
    ['a mark', { 'commands.options.job': 'ジョブ!' }, 'is no name'],
    ['nothing', { 'commands.names.queue': '' }, 'is no name'],
    ['33 characters', { 'commands.names.queue': 'x'.repeat(33) }, 'is no name'],
    ['a capital', { 'commands.names.queue': 'Queue' }, 'has to be "queue"'],
    ['half width', { 'commands.names.help': 'ﾍﾙﾌﾟ' }, 'has to be "ヘルプ"'],
    ['a name of another command', { 'commands.names.queue': '設定' }, 'commands.names.settings in ja.json'],
    ['one by default', { 'commands.names.queue': 'help' }, 'is commands.names.help in en.json'],
    ['one in another language', { 'commands.names.queue': '取消' }, 'is commands.names.cancel in zh.json'],
    ['one behind the same word', { 'commands.names.template.add': '編集' }, 'commands.names.template.edit'],
    ['an option of another', { 'commands.options.to': '名前' }, 'is commands.options.name in ja.json'],
    ['a description', { 'shelf.verbs.add': 'あ'.repeat(101) }, 'has 101 characters'],
    ['a command that is called otherwise', { 'queue.empty': '/settings です' }, 'called "設定"'],
    ['the word behind one', { 'queue.empty': '/テンプレート edit です' }, 'called "編集"'],
    ['the same at Slack', { 'queue.empty': '「/easel operator」です' }, 'called "運営者"'],
  ])('%s', (_what, texts: Texts, fault) => {
    const faults = faultsWith('ja', texts);
    expect(faults).not.toEqual([]);
    expect(faults.join('\n')).toContain(fault);
    expect(faults[0]).toContain(Object.keys(texts)[0]);
  });

  it('nothing where a word only looks like a command', () => {
    const text = '/{name} settings、/settingsx、https://x/settings、{a}/settings、/設定、help';
    expect(faultsWith('ja', { 'queue.empty': text })).toEqual([]);
  });

  it('an English name that is not what all else goes by', () => {
    expect(faultsWith('en', { 'commands.names.queue': 'line' }).join()).toContain('has to be "queue"');
  });
});

describe('a word', () => {
  it.each([
    ['command', 'queue', 'queue'],
    ['command', 'QUEUE', 'queue'],
    ['command', 'キュー', 'queue'],
    ['command', 'ｷｭｰ', 'queue'],
    ['command', '대기열', 'queue'],
    ['command', '取消', 'cancel'],
    ['template', '編集', 'edit'],
    ['settings', '审核日志', 'audit'],
    ['operator', '중지', 'stop'],
    ['option', '新しい名前', 'to'],
    ['command', '編集', undefined],
    ['template', '設定', undefined],
    ['command', '__proto__', undefined],
    ['command', '', undefined],
  ] as const)('at the level %s: %s', (level, typed, name) => {
    expect(meantBy(level, typed)).toBe(name);
  });

  it('for one of several, in every language', () => {
    expect(allWordsFor('command', ['help'])).toEqual(['help', 'ヘルプ', '도움말', '帮助', '說明']);
  });
});

it('a name is said with the English one, where that is another', () => {
  expect(catalogue('ja').commandNames.both('/キュー', '/queue')).toBe('/キュー（/queue）');
  expect(catalogue('en').commandNames.both('/queue', '/queue')).toBe('/queue');
});
