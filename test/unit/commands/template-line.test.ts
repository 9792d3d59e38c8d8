import { describe, expect, it } from 'vitest';
import { readTemplateLine, TEMPLATE_VERBS, usageOf } from '../../../src/commands/typed/template-line.ts';
import { english } from '../../../src/i18n/index.ts';

const open = (at: string) => ({ kind: 'open', at });
const act = (at: string, action: string, entered = {}) => ({ kind: 'act', at, action, entered });
const usage = { kind: 'usage' };

describe('a typed line about templates', () => {
  it.each<[string, object]>([
    ['add', open('add')],
    ['add Fox', open('add/fox')],
    ['list', open('templates')],
    ['LIST ', open('templates')],
    ['show fox', open('template/fox')],
    ['show  /Fox', open('template/fox')],
    ['limit fox', open('access/fox')],
    ['history fox', open('history/fox')],
    ['remove fox', open('remove/fox')],
    ['rollback fox 2', act('history/fox', 'rollback', { chosen: '2' })],
    ['rollback fox v2', act('history/fox', 'rollback', { chosen: 'v2' })],
    ['rename fox wolf', act('template/fox', 'rename', { to: 'wolf' })],
    ['rename /fox /Wolf', act('template/fox', 'rename', { to: 'wolf' })],
    ['export fox', act('template/fox', 'export')],
    ['export fox 3', act('template/fox', 'export', { version: '3' })],
    ['edit fox', act('template/fox', 'edit')],
    ['disable fox', act('template/fox', 'disable')],
    ['enable fox', act('template/fox', 'enable')],
    ['', usage],
    ['fly', usage],
    ['show', usage],
    ['rename fox', usage],
    ['rollback fox', usage],
    ['constructor fox', usage],
    ['__proto__', usage],
    ['add\nFox', open('add/fox')],
    ['一覧', open('templates')],
    ['名前変更 fox wolf', act('template/fox', 'rename', { to: 'wolf' })],
    ['이름변경 fox wolf', act('template/fox', 'rename', { to: 'wolf' })],
    ['rename to:wolf name:/Fox', act('template/fox', 'rename', { to: 'wolf' })],
    ['rename fox to:wolf', act('template/fox', 'rename', { to: 'wolf' })],
    ['名前変更 名前：fox 新しい名前：wolf', act('template/fox', 'rename', { to: 'wolf' })],
    ['导出 fox --版本=3', act('template/fox', 'export', { version: '3' })],
    ['rename name:fox', usage],
    ['rename job:fox wolf', act('template/job:fox', 'rename', { to: 'wolf' })],
    // behind another command
    ['監査ログ', usage],
    ['テスト fox', usage],
  ])('%j', (line, wanted) => {
    expect(readTemplateLine(line)).toEqual(wanted);
  });

  it.each(TEMPLATE_VERBS)('%s is done with what its usage says', (verb) => {
    const words = usageOf(verb, english())
      .split(' ')
      .filter((word) => word !== '' && !word.startsWith('['));
    expect(readTemplateLine([verb, ...words].join(' ')).kind).not.toBe('usage');
    const without = readTemplateLine([verb, ...words.slice(1)].join(' '));
    expect(without.kind === 'usage').toBe(words.length > 0);
  });
});
