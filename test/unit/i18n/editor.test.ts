import { expect, it } from 'vitest';
import { catalogue, english } from '../../../src/i18n/index.ts';

it('A slot names five of its choices, and says how many others there are', () => {
  const choices = (total: number) => Array.from({ length: total }, (_none, n) => `c${n}`);
  expect(english().editor.choices(choices(1))).toBe('1 choice: c0');
  expect(english().editor.choices(choices(5))).toBe('5 choices: c0, c1, c2, c3, and c4');
  expect(english().editor.choices(choices(1205))).toBe('1,205 choices: c0, c1, c2, c3, c4, and 1,200 more');
  expect(catalogue('ja').editor.choices(choices(6))).toBe('選択肢6個：c0、c1、c2、c3、c4、ほか1件');
});

it('Bounds are in digits as they are typed', () => {
  expect(english().editor.bounds(64, 16384)).toBe('64 to 16384');
  expect(english().editor.bounds(undefined, 1.5)).toBe('at most 1.5');
  expect(english().editor.bounds(0, undefined)).toBe('at least 0');
});

it('What a workflow makes, and of what, is one sentence', () => {
  const { detected } = english();
  expect(detected.template({ medium: 'video', sources: ['text', 'image'] })).toBe(
    'Make a video from a prompt and a picture',
  );
  expect(detected.template({ medium: 'sound', sources: [] })).toBe('Make audio');
  expect(detected.slot({ purpose: 'cfg', nth: 2 })).toBe('How strictly to follow the prompt (2nd sampler)');
});
