import { describe, expect, it } from 'vitest';
import { readOwnLine } from '../../../../src/platforms/terminal/own-line.ts';

describe('what only the terminal takes', () => {
  const read = (line: string, once = false) => readOwnLine(line, { draft: 'd1', once });

  const add = (entered: object) => ({ kind: 'act', at: 'add', action: 'add', entered });
  const act = (at: string, action: string) => ({ kind: 'act', at, action, entered: {} });

  it.each<[string, object | undefined]>([
    ['/template add a.json', add({ workflow: 'a.json' })],
    ['/Template ADD "my own.json" --name Fox', add({ workflow: 'my own.json', name: 'Fox' })],
    [
      '/template add a.json --name=F --settings b.json',
      add({ workflow: 'a.json', name: 'F', settings: 'b.json' }),
    ],
    ['/template add a.json --name', add({ workflow: 'a.json' })],
    ['/template add --name Fox', undefined],
    ['/template add', undefined],
    ['/template test', act('draft/d1', 'test')],
    ['/template publish', act('draft/d1', 'publish')],
    ['/template publish d2', act('draft/d2', 'publish')],
    [
      '/テンプレート 追加 a.json --名前 Fox --設定ファイル b.json',
      add({ workflow: 'a.json', name: 'Fox', settings: 'b.json' }),
    ],
    ['/템플릿 게시 d2', act('draft/d2', 'publish')],
    ['/模板 测试 name:d2', act('draft/d2', 'test')],
    ['/設定 追加 a.json', undefined],
    ['/template remove fox', undefined],
    ['/template', undefined],
    ['/template show fox', undefined],
    ['template add a.json', undefined],
    ['/templates add a.json', undefined],
    ['', undefined],
  ])('%j', (line, wanted) => {
    expect(read(line)).toEqual(wanted);
  });

  it('asks nobody whether they are sure where there is no next line', () => {
    expect(read('/template remove /Fox', true)).toMatchObject({ at: 'remove/fox', action: 'remove' });
    expect(read('/template remove', true)).toBeUndefined();
  });
});
