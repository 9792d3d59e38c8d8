import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import { detect, slotCandidates } from '../../../src/templates/detect.ts';
import { classes, encode, graph, intoOf, sampler, slotsOf, TEXT_TO_IMAGE, type Sketch } from './graphs.ts';
import { parse } from './sources.ts';

function numbered(count: number, node: (n: number) => Sketch[string]): Sketch {
  return Object.fromEntries(Array.from({ length: count }, (_none, n) => [`n${n}`, node(n)]));
}

describe('a title of the form slot:NAME', () => {
  it('names a slot, its type and so its input, in front of all others', () => {
    const slots = slotsOf({
      good: [...take('good'), 'Slot: Main Subject! (Text)'],
      latent: [...take('latent'), 'slot:count(integer)'],
    });
    expect(Object.keys(slots).slice(0, 3)).toEqual(['main_subject', 'count', 'negative']);
    expect(slots['main_subject']).toMatchObject({ type: 'text', default: 'a fox', into: [['good', 'text']] });
    expect(slots).not.toHaveProperty('prompt');
  });

  it('puts two nodes into one slot', () => {
    const slots = slotsOf({
      good: [...encode('a'), 'slot:prompt'],
      bad: [...encode('b'), 'slot:prompt'],
    });
    expect(intoOf(slots['prompt'])).toEqual(['good.text', 'bad.text']);
    expect(slots).not.toHaveProperty('negative');
  });

  it('leaves its name to nobody else', () => {
    const slots = slotsOf({ bad: [...encode('b'), 'slot:prompt(text)'] });
    expect(intoOf(slots['prompt'])).toEqual(['bad.text']);
    expect(intoOf(slots['prompt_2'])).toEqual(['good.text']);
  });

  it.each(['slot:', 'slot:!!!', 'slot:7up', 'slot:x(colour)', 'slot:x(seed)', 'slot:__proto__', 'my slot:x'])(
    'is a title like any other when it is %j',
    (title) => {
      expect(Object.keys(slotsOf({ good: [...encode('a fox'), title] }))).toEqual(Object.keys(slotsOf({})));
    },
  );
});

describe('a title that a person wrote', () => {
  const nodes = classes({
    CLIPTextEncode: [{ text: 'STRING' }, ['CONDITIONING'], 'CLIP Text Encode (Prompt)'],
  });
  const described = (title: string) =>
    slotsOf({ bad: [...encode('b'), title] }, nodes)['negative']?.description;

  it('describes the slot in one short line', () => {
    expect(described('No \u202egnp\u0000\n fog\u2066')).toBe('No gnp fog');
    expect(described('x'.repeat(500))).toHaveLength(100);
  });

  it.each(['CLIPTextEncode', 'CLIP Text Encode (Prompt)', '\u202e \n'])(
    'says nothing when it is %j',
    (title) => {
      expect(described(title)).toBe('What to keep out of it');
    },
  );
});

describe('a hostile graph', () => {
  const names = ['constructor', '__proto__', 'toString', 'nowhere'];

  it.each(names)('may link to %s', (id) => {
    const inputs = {
      positive: [id, 0],
      negative: [id, 1],
      latent_image: [id, 0],
      model: [id, 0],
      seed: [id, 0],
    };
    const slots = slotsOf({ sampler: sampler(inputs) });
    expect(Object.keys(slots)).toEqual(['steps', 'cfg', 'sampler', 'scheduler']);
  });

  it.each(names)('may call a node and an input %s', (name) => {
    const inputs = Object.fromEntries([[name, 'a fox' as Json]]);
    const { slots } = detect({
      ...graph({ save: ['SaveImage', { images: [name, 0] }] }),
      ...Object.fromEntries([[name, { class_type: name, inputs, _meta: { title: `slot:${name}` } }]]),
    });
    for (const slot of Object.keys(slots)) expect(slot).not.toBe('__proto__');
  });

  it('may go round in circles', () => {
    const slots = slotsOf({
      a: ['ConditioningCombine', { conditioning_1: ['b', 0], conditioning_2: ['good', 0] }],
      b: ['Reroute', { '': ['a', 0] }],
      loop: ['LatentUpscaleBy', { samples: ['sampler', 0] }],
      seed: ['Reroute', { '': ['seed', 0] }],
      sampler: sampler({ positive: ['a', 0], latent_image: ['loop', 0], seed: ['seed', 0] }),
    });
    expect(intoOf(slots['prompt'])).toEqual(['good.text']);
    expect(slots).not.toHaveProperty('seed');
  });

  it('may hold anything as a value', () => {
    const odd: Json[] = [
      null,
      {},
      [],
      ['good'],
      [1, 2],
      [['a', 0], 0],
      { text: 'x' },
      Infinity,
      -1n,
      0.5,
      '',
    ];
    for (const value of odd) {
      const latent: Sketch[string] = ['EmptyLatentImage', { width: value, height: value }];
      const inputs = { seed: value, steps: value, cfg: value, sampler_name: value, scheduler: value };
      const sketch = { ...TEXT_TO_IMAGE, good: encode(value), latent, sampler: sampler(inputs) };
      const { slots, description } = detect(graph(sketch));
      expect(() => parse(slots, { description }, graph(TEXT_TO_IMAGE))).not.toThrow();
    }
  });

  it('of 100 loaders gets 25 slots, the important ones first', () => {
    const loaders = numbered(100, (n) => ['LoadImage', { image: `${n}.png` }]);
    const uses = Object.keys(loaders).map((id): [string, Json] => [`image_${id}`, [id, 0]]);
    const slots = slotsOf({
      ...loaders,
      decode: ['Batch', { samples: ['sampler', 0], ...Object.fromEntries(uses) }],
    });
    const kept = Object.keys(slots);
    expect(kept).toHaveLength(25);
    expect(kept).toEqual(expect.arrayContaining(['prompt', 'image', 'image_16', 'negative', 'size', 'seed']));
  });

  it.each<[string, (n: number) => Sketch[string]]>([
    [
      'a chain of samplers',
      (n) => ['KSampler', { latent_image: [`n${n + 1}`, 0], positive: [`n${n + 2}`, 0], seed: n, steps: n }],
    ],
    ['a chain of reroutes', (n) => ['Reroute', { '': [`n${n + 1}`, 0] }]],
    [
      'conditioning that doubles',
      (n) => ['Combine', { conditioning_1: [`n${n + 1}`, 0], conditioning_2: [`n${n + 2}`, 0] }],
    ],
    [
      'texts',
      (n) => ['CLIPTextEncode', { text: `t${n}`, conditioning: [`n${n + 1}`, 0], clip: ['model', 0] }],
    ],
    ['sizes', (n) => ['EmptyLatentImage', { width: ['n9', 0], height: n, samples: [`n${n + 1}`, 0] }]],
  ])('of 10,000 nodes is read in linear time: %s', (_what, node) => {
    const sketch = { ...TEXT_TO_IMAGE, ...numbered(10_000, node) };
    const [first, second, text]: Json[] = [
      ['n0', 0],
      ['n1', 0],
      ['n2', 0],
    ];
    const inputs = { latent_image: first, positive: second, seed: text, steps: first } as Record<
      string,
      Json
    >;
    const workflow = graph({ ...sketch, sampler: sampler(inputs) });
    const before = performance.now();
    const { slots } = detect(workflow);
    expect(performance.now() - before).toBeLessThan(5000); // a fraction of a second; quadratic work takes minutes
    expect(Object.keys(slots).length).toBeLessThanOrEqual(25);
    expect(slotCandidates(workflow).length).toBeGreaterThan(0);
  });
});

it('may have a node with 60,000 inputs, used in 1,000 ways', () => {
  const wide = (name: (n: number) => string, value: (n: number) => Json) =>
    Object.fromEntries(Array.from({ length: 20_000 }, (_none, n) => [name(n), value(n)]));
  const inputs = {
    ...wide(
      (n) => `negative_${n}`,
      () => ['wide', 3],
    ),
    ...wide(
      (n) => `a${n}.width`,
      () => 512,
    ),
    ...wide(
      (n) => `text_${n}`,
      () => '',
    ),
  };
  const users = numbered(1000, (n) =>
    sampler({ positive: ['wide', n], steps: ['wide', n], latent_image: ['wide', n] }),
  );
  const all = Object.keys(users).map((id): [string, Json] => [`samples_${id}`, [id, 0]]);
  const before = performance.now();
  const slots = slotsOf({ wide: ['Wide', inputs], ...users, decode: ['Batch', Object.fromEntries(all)] });
  expect(performance.now() - before).toBeLessThan(5000);
  expect(slots).toHaveProperty('seed');
});

function take(id: string): readonly [string, Record<string, Json>] {
  const [name, inputs = {}] = TEXT_TO_IMAGE[id] ?? ['None'];
  return [name, inputs];
}
