import { describe, expect, it } from 'vitest';
import type { Slot } from '../../../../src/core/template.ts';
import { changeSlot, slotFields, type SlotChange } from '../../../../src/templates/slots/change.ts';
import { SLOT_TYPE_NAMES } from '../../../../src/templates/slots/index.ts';
import { problemIn } from '../sources.ts';

const into: [string, string][] = [['3', 'text']];
const size: Slot = {
  type: 'choice',
  choices: {
    square: [
      [['5', 'width'], 1024],
      [['5', 'height'], 1024],
    ],
    wide: [
      [['5', 'width'], 1344],
      [['5', 'height'], 768],
    ],
  },
  default: 'square',
};
const change = (slot: Slot, wanted: SlotChange) => changeSlot('it', slot, wanted);
const refusal = (slot: Slot, wanted: SlotChange) => {
  const problem = problemIn(() => change(slot, wanted));
  expect(problem).toMatchObject({ code: 'slot-broken', slot: 'it' });
  return problem.code === 'slot-broken' ? problem.field : undefined;
};

const SLOTS: Record<string, Slot> = {
  text: { type: 'text', into, description: 'What', required: true, maxLength: 1500, format: '{value}, fine' },
  'text with an empty default': { type: 'text', into, default: '' },
  'text with lines': { type: 'text', into, default: '  a\nb ' },
  integer: { type: 'integer', into, default: 20, min: -1, max: 60 },
  'plain integer': { type: 'integer', into },
  number: { type: 'number', into, default: 7.5, min: 0.0000001, max: 1e21 },
  'switch that is on': { type: 'boolean', into, default: true },
  'switch that is off': { type: 'boolean', into, default: false },
  'switch that is neither': { type: 'boolean', into, description: 'On?' },
  list: { type: 'choice', into, choices: ['a', 'b = c', '1'], default: 'a' },
  'list of the backend': { type: 'choice', into, default: 'sd.safetensors' },
  size,
  'named words': {
    type: 'choice',
    choices: {
      'a = b': [
        [['3', 'text'], 'x, y'],
        [['3', 'on'], true],
      ],
      plain: [[['4', 'other'], 'max.safetensors']],
    },
  },
  seed: { type: 'seed', into, description: 'Chance' },
  image: { type: 'image', into, required: true },
};

describe.each(Object.entries(SLOTS))('a slot: %s', (_name, slot) => {
  it('is the same after a form that nobody touched', () => {
    expect(change(slot, {})).toEqual(slot);
    expect(change(slot, slotFields(slot))).toEqual(slot);
    const all = { ...slotFields(slot), type: slot.type, required: slot.required === true };
    expect(change(slot, all)).toEqual(slot);
  });

  it('keeps the rest when its description is changed or taken away', () => {
    const { description: _, ...bare } = slot;
    const described = change(slot, { ...slotFields(slot), description: ' New\u202e\nwords ' });
    expect(described).toEqual({ ...bare, description: 'New words' });
    expect(change(described, { description: '  ' })).toEqual(bare);
  });
});

describe('another type', () => {
  it.each(SLOT_TYPE_NAMES)('%s is made of every other, with description, duty and inputs', (type) => {
    for (const [name, slot] of Object.entries(SLOTS)) {
      if (slot.type === type || !slot.into) continue;
      const made = change({ ...slot, description: 'Same', required: true }, { type });
      expect(made, name).toMatchObject({ type, into, description: 'Same', required: true });
    }
  });

  it('keeps the bounds of an integer that becomes a number', () => {
    const made = change({ type: 'integer', into, default: 2, min: 1, max: 3 }, { type: 'number' });
    expect(made).toEqual({ type: 'number', into, default: 2, min: 1, max: 3 });
  });

  it('is not for what sets several inputs', () => {
    for (const type of SLOT_TYPE_NAMES.filter((one) => one !== 'choice'))
      expect(refusal(size, { type })).toBe('type');
  });

  it('takes its fields with it', () => {
    const made = change({ type: 'text', into, default: 'x' }, { type: 'number', min: '1', max: '7,5' });
    expect(made).toEqual({ type: 'number', into, min: 1, max: 7.5 });
    const choice = change({ type: 'text', into }, { type: 'choice', choices: 'a\n b \n\n', default: 'b' });
    expect(choice).toEqual({ type: 'choice', into, choices: ['a', 'b'], default: 'b' });
  });
});

describe('bounds', () => {
  const number: Slot = { type: 'number', into };
  const integer: Slot = { type: 'integer', into };

  it('are read as people write them', () => {
    const wanted = { default: ' 7,5 ', min: '-.5', max: '+1e2' };
    expect(change(number, wanted)).toEqual({ ...number, default: 7.5, min: -0.5, max: 100 });
    expect(change({ ...number, max: 3 }, { max: ' ' })).toEqual(number);
    expect(change({ type: 'text', into }, { maxLength: '300' })).toMatchObject({ maxLength: 300 });
  });

  it.each(['many', '1.000,5', '1 000', '0x10', 'Infinity', '1e999', '--1', 'NaN'])(
    'are not "%s"',
    (typed) => {
      for (const field of ['default', 'min', 'max'] as const) {
        expect(refusal(number, { [field]: typed })).toBe(field);
        expect(refusal(integer, { [field]: typed })).toBe(field);
      }
    },
  );

  it('of an integer are whole, and a comma in them is not guessed at', () => {
    for (const field of ['default', 'min', 'max'] as const)
      for (const typed of ['7.5', '7,5', '1,000', '9007199254740993'])
        expect(refusal(integer, { [field]: typed })).toBe(field);
    expect(refusal({ type: 'text', into }, { maxLength: '1,5' })).toBe('maxLength');
    expect(refusal({ type: 'text', into }, { maxLength: '0' })).toBe('maxLength');
    expect(refusal({ type: 'text', into }, { maxLength: '6001' })).toBe('maxLength');
  });

  it('agree with each other and with the default', () => {
    expect(refusal(integer, { min: '3', max: '2' })).toBe('min');
    expect(refusal({ ...integer, min: 1, max: 3 }, { default: '4' })).toBe('default');
    expect(refusal({ ...integer, default: 4 }, { max: '3' })).toBe('default');
    expect(refusal({ type: 'text', into, default: 'long' }, { maxLength: '3' })).toBe('default');
  });
});

describe('a switch', () => {
  it('takes yes and no in other words, and nothing', () => {
    const on: Slot = { type: 'boolean', into, default: true };
    expect(change(on, { default: 'OFF' })).toEqual({ ...on, default: false });
    expect(change(on, { default: '' })).toEqual({ type: 'boolean', into });
    expect(refusal(on, { default: 'maybe' })).toBe('default');
  });
});

describe('choices', () => {
  const list: Slot = { type: 'choice', into, choices: ['a', 'b'], default: 'a' };

  it('are one a line; none leaves them to the backend', () => {
    expect(change(list, { choices: 'a\r\n\n  c d\u200b \n' })).toEqual({ ...list, choices: ['a', 'c d'] });
    expect(change(list, { choices: ' \n' })).toEqual({ type: 'choice', into, default: 'a' });
  });

  it('are unique, not too long, and hold the default', () => {
    expect(refusal(list, { choices: 'a\na' })).toBe('choices');
    expect(refusal(list, { choices: 'a'.repeat(101) })).toBe('choices');
    expect(refusal(list, { choices: 'b\nc' })).toBe('default');
    expect(refusal(list, { default: 'z' })).toBe('default');
  });

  it('with names are `NAME = VALUE, VALUE`, or a size', () => {
    expect(slotFields(size).choices).toBe('square = 1024, 1024\nwide = 1344, 768');
    const made = change(size, {
      choices: 'square = 1024, 1024\nbanner = 1536, 640\ntall=640 × 1536\nm = 8X9',
    });
    const set = (width: number, height: number) => [
      [['5', 'width'], width],
      [['5', 'height'], height],
    ];
    expect(made).toEqual({
      ...size,
      choices: {
        square: set(1024, 1024),
        banner: set(1536, 640),
        tall: set(640, 1536),
        m: set(8, 9),
      },
    });
  });

  it('with names are refused when they do not say what they set', () => {
    for (const line of ['wide', 'wide = 1', 'wide = 1, 2, 3', '= 1, 2', 'wide = 1, much', 'wide = 1, ', ''])
      expect(refusal({ ...size, default: undefined }, { choices: line })).toBe('choices');
    expect(refusal(size, { choices: 'square = 1, 2\nsquare = 3, 4' })).toBe('choices');
    expect(refusal(size, { choices: 'wide = 1, 2' })).toBe('default');
  });

  it('with names keep the inputs that each sets, and the kind of each value', () => {
    const mixed: Slot = {
      type: 'choice',
      choices: {
        soft: [
          [['3', 'sampler'], 'euler'],
          [['3', 'cfg'], 5],
          [['3', 'on'], true],
        ],
        model: [[['4', 'name'], 'flux.safetensors']],
      },
    };
    const choices = 'hard = flux_sde, 7.5, no\nmodel = max,x.safetensors';
    expect(change(mixed, { choices })).toEqual({
      type: 'choice',
      choices: {
        hard: [
          [['3', 'sampler'], 'flux_sde'],
          [['3', 'cfg'], 7.5],
          [['3', 'on'], false],
        ],
        model: [[['4', 'name'], 'max,x.safetensors']],
      },
    });
  });
});

describe('text that cannot be shown', () => {
  it('is taken out of descriptions and choices, and refused in a format', () => {
    const text: Slot = { type: 'text', into };
    expect(refusal(text, { description: 'x'.repeat(201) })).toBe('description');
    expect(refusal(text, { format: '{value}\u202e' })).toBe('format');
    expect(refusal(text, { format: 'no place for it' })).toBe('format');
    expect(change(text, { description: 'a\u0000b\u202ec' })).toEqual({ ...text, description: 'a bc' });
  });
});
