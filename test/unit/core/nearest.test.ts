import { expect, it } from 'vitest';
import { distance } from '../../../src/core/nearest.ts';

it.each([
  ['', '', 0],
  ['abc', '', 3],
  ['', 'abc', 3],
  ['TOKEN', 'TOKEN', 0],
  ['TOKN', 'TOKEN', 1],
  ['TOKEEN', 'TOKEN', 1],
  ['TOKAN', 'TOKEN', 1],
  ['TOEKN', 'TOKEN', 1],
  ['URL', 'URI', 1],
  ['kitten', 'sitting', 3],
])('%j and %j are %i apart', (a, b, apart) => {
  expect(distance(a, b)).toBe(apart);
  expect(distance(b, a)).toBe(apart);
});
