import { describe, expect, it } from 'vitest';
import { sentence, catalogue } from '../../../src/i18n/index.ts';
import { randomSeed, readValues, type RawValue } from '../../../src/templates/values.ts';
import { parse, problemIn } from './sources.ts';

const image = { name: 'cat.png', load: async () => new Uint8Array() };
const SLOTS = {
  prompt: { type: 'text', into: [['3', 'text']], required: true, maxLength: 10 },
  note: { type: 'text', into: [['3', 'text']] },
  steps: { type: 'integer', into: [['3', 'steps']], min: 1, max: 60 },
  free: { type: 'integer', into: [['3', 'steps']] },
  cfg: { type: 'number', into: [['3', 'cfg']], min: 0, max: 20 },
  any: { type: 'number', into: [['3', 'cfg']] },
  seed: { type: 'seed', into: [['3', 'seed']] },
  hires: { type: 'boolean', into: [['3', 'on']] },
  size: {
    type: 'choice',
    choices: { Square: [[['5', 'width'], 64]], wide: [[['5', 'width'], 128]], WIDE: [[['5', 'width'], 256]] },
  },
  image: { type: 'image', into: [['10', 'image']] },
};
const template = parse(SLOTS);
const read = (raw: Record<string, RawValue>) => readValues(template, { prompt: 'fox', ...raw }, () => 7n);
const refused = (raw: Record<string, RawValue>) => problemIn(() => read(raw));
const digits = '9'.repeat(10_000);

describe('a value', () => {
  it.each<[slot: string, raw: RawValue, value: unknown]>([
    ['prompt', 'ten chars!', 'ten chars!'],
    ['prompt', 12, '12'],
    ['note', '', ''],
    ['steps', '30', 30],
    ['steps', ' 7 ', 7],
    ['steps', '7.0', 7],
    ['steps', '+7', 7],
    ['steps', 60, 60],
    ['steps', 1, 1],
    ['cfg', '.5', 0.5],
    ['cfg', 7.25, 7.25],
    ['cfg', 1e-7, 1e-7],
    ['any', '-3', -3],
    ['any', 1e30, 1e30],
    ['free', '-9007199254740991', -9007199254740991],
    ['seed', '0', 0],
    ['seed', 5, 5],
    ['seed', ' 12 ', 12],
    ['seed', `${'0'.repeat(60)}12`, 12],
    ['seed', '9007199254740991', 9007199254740991],
    ['seed', '9007199254740993', 9007199254740993n],
    ['seed', '18446744073709551615', 18446744073709551615n],
    ['seed', 18446744073709551615n, 18446744073709551615n],
    ['hires', true, true],
    ['hires', 'YES', true],
    ['hires', ' off ', false],
    ['hires', '0', false],
    ['size', 'Square', 'Square'],
    ['size', 'square', 'Square'],
    ['size', 'WIDE', 'WIDE'],
    ['size', ' wide ', 'wide'],
    ['image', image, 'cat.png'],
  ])('for %s: %s is taken', (slot, raw, value) => {
    expect(read({ [slot]: raw })[slot]).toBe(value);
  });

  it.each<[slot: string, raw: RawValue, problem: object]>([
    ['prompt', '', { code: 'missing-value' }],
    ['prompt', ' \n ', { code: 'missing-value' }],
    ['prompt', 'eleven char', { code: 'too-long', length: 11, maxLength: 10 }],
    ['prompt', image, { code: 'not-text' }],
    ['note', 'x'.repeat(6001), { code: 'too-long', maxLength: 6000 }],
    ['steps', '1e3', { code: 'not-a-number', integer: true, value: '1e3' }],
    ['steps', '0x10', { code: 'not-a-number' }],
    ['steps', '7.5', { code: 'not-a-number', integer: true }],
    ['steps', '', { code: 'not-a-number' }],
    ['steps', 'many', { code: 'not-a-number' }],
    ['steps', Number.NaN, { code: 'not-a-number' }],
    ['steps', '0', { code: 'out-of-bounds', value: '0', min: '1', max: '60' }],
    ['steps', '61', { code: 'out-of-bounds', min: '1', max: '60' }],
    ['steps', digits, { code: 'out-of-bounds', max: '60' }],
    ['free', '9007199254740992', { code: 'out-of-bounds', max: '9007199254740991' }],
    ['free', '-9007199254740992', { code: 'out-of-bounds', min: '-9007199254740991' }],
    ['cfg', '-0.1', { code: 'out-of-bounds', min: '0' }],
    ['any', digits, { code: 'out-of-bounds' }],
    ['cfg', '1,5', { code: 'not-a-number', integer: false }],
    ['seed', '18446744073709551616', { code: 'out-of-bounds', min: '0', max: '18446744073709551615' }],
    ['seed', digits, { code: 'out-of-bounds' }],
    ['seed', '-1', { code: 'out-of-bounds' }],
    ['seed', '1.5', { code: 'not-a-number' }],
    ['seed', '', { code: 'not-a-number' }],
    ['hires', 'maybe', { code: 'not-a-boolean', value: 'maybe' }],
    ['size', 'round', { code: 'not-a-choice', value: 'round', choices: ['Square', 'wide', 'WIDE'] }],
    ['size', 'constructor', { code: 'not-a-choice' }],
    ['image', 'cat.png', { code: 'not-an-image', name: 'cat.png' }],
  ])('for %s: %s is refused', (slot, raw, problem) => {
    const found = refused({ [slot]: raw });
    expect(found).toMatchObject({ slot, ...problem });
    // and the person is told in a short sentence
    const said = sentence(catalogue('en'), found, 'person');
    expect(said).not.toMatch(/undefined|\[object/);
    expect(said.length).toBeLessThan(300);
  });

  it('for a slot that does not exist is refused, with what there is', () => {
    expect(refused({ stepz: 1 })).toEqual({ code: 'unknown-slot', slot: 'stepz', known: Object.keys(SLOTS) });
    for (const slot of ['constructor', 'toString'])
      expect(refused({ [slot]: 1 })).toMatchObject({ code: 'unknown-slot', slot });
  });
});

describe('what is not given', () => {
  it('is the default, a drawn seed, or nothing; required ones are asked for', () => {
    const given = parse({
      a: { type: 'text', into: [['3', 'text']], default: '' },
      b: { type: 'boolean', into: [['3', 'on']], default: false },
      c: { type: 'integer', into: [['3', 'steps']], default: 0 },
      d: { type: 'integer', into: [['3', 'steps']] },
      seed: { type: 'seed', into: [['3', 'seed']], required: true },
    });
    expect(readValues(given, {}, () => 7n)).toEqual({ a: '', b: false, c: 0, seed: 7 });
    expect(problemIn(() => readValues(template, {}, () => 7n))).toEqual({
      code: 'missing-value',
      slot: 'prompt',
    });
    const needed = parse({ image: { type: 'image', into: [['10', 'image']], required: true } });
    expect(problemIn(() => readValues(needed, {}, () => 7n))).toEqual({
      code: 'missing-value',
      slot: 'image',
    });
  });

  it('is found missing also under a name that objects inherit', () => {
    const given = parse({ constructor: { type: 'text', into: [['3', 'text']], required: true } });
    expect(problemIn(() => readValues(given, {}, () => 7n))).toEqual({
      code: 'missing-value',
      slot: 'constructor',
    });
    expect(readValues(given, { constructor: 'x' }, () => 7n)).toEqual({ constructor: 'x' });
  });
});

describe('a drawn seed', () => {
  it('has at most 15 digits and differs each time', () => {
    const seeds = Array.from({ length: 200 }, randomSeed);
    for (const seed of seeds) expect(seed.toString().length).toBeLessThanOrEqual(15);
    expect(new Set(seeds).size).toBe(200);
    expect(seeds.some((seed) => seed > 2n ** 33n)).toBe(true);
  });
});
