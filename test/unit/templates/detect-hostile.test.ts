import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/core/json.ts';
import { slotCandidates } from '../../../src/templates/detect/index.ts';
import { encode, graph, intoOf, sampler, slotsOf, TEXT_TO_IMAGE, type Sketch, suggested } from './graphs.ts';
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
    const { slots } = suggested({
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
      const { slots, description } = suggested(graph(sketch));
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
});

/** A third and half of what the border takes (3,000 nodes, 80,000 names and values): enough to tell linear work. */
const NODES = 1000;
const INPUTS = 12_000;
/** Milliseconds of processor time. The cases take a tenth of it; quadratic work takes several times as much. */
const MOST = 1000;

describe('a large graph is read in linear time:', () => {
  it.each<[string, (n: number) => Sketch[string]]>([
    [
      'a chain of samplers',
      (n) => ['KSampler', { latent_image: at(n + 1), positive: at(n + 2), seed: n, steps: n }],
    ],
    ['a chain of reroutes', (n) => ['Reroute', { '': at(n + 1) }]],
    ['conditioning that doubles', (n) => ['Combine', { cond1: at(n + 1), cond2: at(n + 2) }]],
    ['texts', (n) => ['CLIPTextEncode', { text: `t${n}`, conditioning: at(n + 1), clip: ['model', 1] }]],
    ['sizes', (n) => ['EmptyLatentImage', { width: at(9), height: n, samples: at(n + 1) }]],
    ['pipes', (n) => ['Context', { base_ctx: at(n + 1), pipe: at(n + 2), seed: at(n + 1) }]],
    ['samplers that set each other up', (n) => ['KSampler', everyKindOfLink(n)]],
  ])('%s', (_what, node) => {
    const last = sampler({ latent_image: at(0), positive: at(1), seed: at(2), steps: at(0), model: at(0) });
    const sketch = graph({ ...TEXT_TO_IMAGE, ...numbered(NODES, node), sampler: last });
    const { slots } = soon(() => suggested(sketch));
    expect(Object.keys(slots).length).toBeLessThanOrEqual(25);
    expect(soon(() => slotCandidates(sketch)).length).toBeGreaterThan(0);
  });

  it.each<[string, (n: number) => Record<string, Json>]>([
    ['texts, used in 200 ways', (n) => ({ clip: ['model', 1], [`text_${n}`]: n % 2 ? '' : 'x' })],
    [
      'sides of its own, used in 200 ways',
      (n) => ({ [`${n}.negative`]: ['wide', n], positive: ['good', 0] }),
    ],
    ['sizes, all alike', (n) => ({ [`${n}.width`]: 512, [`${n}.height`]: 512 })],
    ['models', (n) => ({ model: ['model', 0], [`${n}.ckpt_name`]: `m${n}`, [`${n}.lora`]: `${n}.pt` })],
  ])('one node with 12,000 %s', (_what, inputs) => {
    const count = INPUTS / Object.keys(inputs(0)).length;
    const wide = Object.assign({}, ...Array.from({ length: count }, (_none, n) => inputs(n)));
    const users = numbered(200, (n) => {
      const link: Json = ['wide', n];
      return sampler({ positive: link, model: link, steps: link, latent_image: link });
    });
    const all = Object.keys(users).map((id): [string, Json] => [`samples_${id}`, [id, 0]]);
    const slots = soon(() =>
      slotsOf({ wide: ['Wide', wide], ...users, decode: ['Batch', Object.fromEntries(all)] }),
    );
    expect(slots).toHaveProperty('seed');
  });
});

function at(n: number): Json {
  return [`n${n}`, 0];
}

function everyKindOfLink(n: number): Record<string, Json> {
  const setup = Array.from({ length: 15 }, (_none, k) => `sigmas_${k}`);
  const names = ['guider', 'positive', 'negative', 'latent_image', 'model', 'seed', 'steps', ...setup];
  return Object.fromEntries(names.map((name, k) => [name, at((n * 7 + k * 13 + 1) % NODES)]));
}

/** Processor time, since other tests run beside this one. */
function soon<T>(work: () => T): T {
  const before = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1000).toBeLessThan(MOST);
  return result;
}

function take(id: string): readonly [string, Record<string, Json>] {
  const [name, inputs = {}] = TEXT_TO_IMAGE[id] ?? ['None'];
  return [name, inputs];
}
