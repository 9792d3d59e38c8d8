import { describe, expect, it } from 'vitest';
import { SHELF_USAGE, typedVerb } from '../../../../src/platforms/kit/typed-verb.ts';

describe('a typed verb', () => {
  const usage = { ...SHELF_USAGE, add: 'PATH [--name NAME] [--settings PATH]', test: '[DRAFT]' };
  const names = ['list', 'rename', 'export', 'add', 'test'] as const;

  it.each([
    ['list', [], 'list'],
    ['LIST', [], 'list'],
    ['rename', ['fox', 'wolf'], 'rename'],
    ['rename', ['fox'], undefined],
    ['export', ['fox'], 'export'],
    ['export', [], undefined],
    ['add', ['a.json'], 'add'],
    ['add', [], undefined],
    ['test', [], 'test'],
    ['remove', ['fox'], undefined],
    ['constructor', [], undefined],
    ['', [], undefined],
  ])('%s %j is %s', (word, args, verb) => {
    expect(typedVerb(usage, names, word, args)).toBe(verb);
  });
});
