import { expect, it } from 'vitest';
import { VERBS } from '../../../src/commands/verbs/table.ts';
import { RESERVED_NAMES } from '../../../src/templates/names.ts';

it('no template can be called like a verb of Easel’s own', () => {
  expect(Object.keys(VERBS).filter((name) => !RESERVED_NAMES.includes(name))).toEqual([]);
  expect(Object.keys(VERBS).length).toBeGreaterThan(2);
});
