import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import type { InputInfo } from '../../../src/core/nodes.ts';
import { slotCandidates, suggestSlot } from '../../../src/templates/detect/index.ts';
import { classes, graph } from './graphs.ts';
import { parse } from './sources.ts';

const combo = (options: InputInfo['options']): InputInfo => ({ type: 'COMBO', required: true, options });
const nodes = classes({
  All: [
    {
      text: 'STRING',
      amount: { type: 'INT', required: true, min: 0, max: 8 },
      strength: { type: 'FLOAT', required: true, min: -10, max: 10 },
      noise_seed: { type: 'INT', required: true, min: 0, max: 2n ** 64n - 1n },
      enabled: 'BOOLEAN',
      ckpt_name: combo(['a', 'b']),
      fps: combo([8, 16]),
      image: { ...combo([]), upload: true },
    },
    ['IMAGE'],
  ],
});

const suggest = (input: string, value: Json, known = true, title?: string) =>
  suggestSlot(
    graph({ a: ['All', { [input]: value }, title ?? 'All'] }),
    ['a', input],
    known ? nodes : undefined,
  );

describe('an input that somebody picked', () => {
  it.each<[input: string, value: Json, name: string, slot: object]>([
    ['text', 'a fox', 'text', { type: 'text', default: 'a fox' }],
    ['amount', 3, 'amount', { type: 'integer', default: 3, min: 0, max: 8 }],
    ['strength', 1, 'strength', { type: 'number', default: 1, min: -10, max: 10 }],
    ['noise_seed', 5, 'seed', { type: 'seed' }],
    ['enabled', true, 'enabled', { type: 'boolean', default: true }],
    ['ckpt_name', 'a', 'model', { type: 'choice', default: 'a', into: [['a', 'ckpt_name']] }],
    ['fps', 16, 'fps', { type: 'choice', default: '16', choices: { 8: [[['a', 'fps'], 8]] } }],
    ['image', 'a.png', 'image', { type: 'image', required: true }],
  ])('%s of %j gets a slot by what the backend says', (input, value, name, slot) => {
    const suggested = suggest(input, value);
    expect(suggested).toMatchObject({ name, slot });
    const workflow = { a: { class_type: 'All', inputs: { [input]: value } } };
    expect(() => parse({ [name]: suggested?.slot }, {}, workflow)).not.toThrow();
  });

  it.each<[input: string, value: Json, type: string]>([
    ['text', 'x', 'text'],
    ['sampler_name', 'euler', 'choice'],
    ['steps', 20, 'integer'],
    ['cfg', 7, 'number'],
    ['shift', 3.5, 'number'],
    ['seed', 3, 'seed'],
    ['on', false, 'boolean'],
  ])('%s of %j gets one by name and value otherwise', (input, value, type) => {
    expect(suggest(input, value, false)?.slot.type).toBe(type);
  });

  it.each<Json>([['b', 0], {}, [], null, Infinity])('gets none for %j', (value) => {
    expect(suggest('amount', value)).toBeUndefined();
  });

  it('gets none where there is no such node or input', () => {
    expect(suggestSlot({}, ['constructor', 'name'])).toBeUndefined();
    expect(suggestSlot(graph({ a: ['All', {}] }), ['a', 'toString'])).toBeUndefined();
  });

  it('is called by its node when its own name says nothing', () => {
    expect(suggest('text', 'x', true, 'Main Subject')?.name).toBe('main_subject');
    expect(suggest('value', 1, true, '!!!')?.name).toBe('value');
    expect(suggest('Übergröße 2', 1)?.name).toBe('übergröße_2');
    expect(suggest('2x', 1)?.name).toBe('value');
  });
});

describe('inputs to pick from', () => {
  it('are plain values, those that an output needs first', () => {
    const workflow = graph({
      loose: ['All', { amount: 1 }],
      make: ['All', { text: 'x', image: ['loose2', 0], enabled: false, list: [1], none: null }, 'Maker'],
      loose2: ['All', { amount: 2 }],
      save: ['SaveImage', { images: ['make', 0] }],
    });
    const candidates = slotCandidates(workflow, nodes);
    expect(candidates.map(({ path }) => path.join('.'))).toEqual([
      'make.text',
      'make.enabled',
      'loose2.amount',
      'loose.amount',
    ]);
    expect(candidates[0]).toMatchObject({ nodeTitle: 'Maker', className: 'All' });
  });
});
