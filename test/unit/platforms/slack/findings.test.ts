import { expect, it } from 'vitest';
import type { Slot } from '../../../../src/core/template.ts';
import { formFindings, MOST_SLOTS } from '../../../../src/platforms/slack/findings.ts';

const into: [string, string][] = [['1', 'text']];
const many = (count: number, slot: Slot): Record<string, Slot> =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`s${at}`, slot]));

it('a template has as many slots as its editor has room for; each beyond is named', () => {
  const about = { name: 'castle', description: 'Draws' };
  const text: Slot = { type: 'text', into };
  expect(formFindings({ ...about, slots: many(MOST_SLOTS, text) })).toEqual([]);
  const problem = { code: 'too-many-slots', count: MOST_SLOTS + 1, max: MOST_SLOTS };
  expect(formFindings({ ...about, slots: many(MOST_SLOTS + 1, text) })).toEqual([
    { at: { slot: `s${MOST_SLOTS}` }, problem, blocking: true },
  ]);
});

it('a template is not held to what another platform takes', () => {
  const choices = Array.from({ length: 200 }, (_, at) => `${at}`.padEnd(100, 'x'));
  const slots = many(40, { type: 'choice', into, choices, description: 'x'.repeat(200) });
  expect(formFindings({ name: 'castle', description: 'x'.repeat(200), slots })).toEqual([]);
});
