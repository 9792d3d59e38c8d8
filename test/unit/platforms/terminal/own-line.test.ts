import { describe, expect, it } from 'vitest';
import { readOwnLine } from '../../../../src/platforms/terminal/own-line.ts';

describe('what only the terminal takes', () => {
  const read = (line: string, once = false) => readOwnLine(line, { draft: 'd1', once });

  it.each<[string, object | undefined]>([
    ['/template add a.json', { at: 'add', action: 'add', entered: { workflow: 'a.json' } }],
    ['/Template ADD "my own.json" --name Fox', { entered: { workflow: 'my own.json', name: 'Fox' } }],
    [
      '/template add a.json --name=Fox --settings b.json',
      { entered: { workflow: 'a.json', name: 'Fox', settings: 'b.json' } },
    ],
    ['/template add a.json --name', { entered: { workflow: 'a.json' } }],
    ['/template add --name Fox', undefined],
    ['/template add', undefined],
    ['/template test', { at: 'draft/d1', action: 'test', entered: {} }],
    ['/template publish', { at: 'draft/d1', action: 'publish' }],
    ['/template publish d2', { at: 'draft/d2', action: 'publish' }],
    ['/template remove fox', undefined],
    ['/template', undefined],
    ['/template show fox', undefined],
    ['template add a.json', undefined],
    ['/templates add a.json', undefined],
    ['', undefined],
  ])('%j', (line, wanted) => {
    const intent = read(line);
    if (wanted) expect(intent).toMatchObject({ kind: 'act', ...wanted });
    else expect(intent).toBeUndefined();
  });

  it('asks nobody whether they are sure where there is no next line', () => {
    expect(read('/template remove /Fox', true)).toMatchObject({ at: 'remove/fox', action: 'remove' });
    expect(read('/template remove', true)).toBeUndefined();
  });
});
