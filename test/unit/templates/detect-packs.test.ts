import { describe, expect, it } from 'vitest';
import { classes, encode, graph, intoOf, sampler, slotsOf, type Sketch, suggested } from './graphs.ts';

describe('texts of node packs', () => {
  const tagged: Sketch = {
    photo: ['LoadImage', { image: 'a.png' }],
    tagger: ['Tagger', { image: ['photo', 0], exclude_tags: 'lips', tags: 'what it said last' }],
    join: ['StringFunction', { action: 'append', tidy_tags: 'yes', text_a: ['tagger', 0], text_b: 'a fox' }],
    good: encode(['join', 0]),
  };

  it('are not the settings of a tool, nor what it said last', () => {
    const slots = slotsOf(tagged);
    expect(intoOf(slots['prompt'])).toEqual(['join.text_b']);
    expect(slots).not.toHaveProperty('prompt_2');
  });

  it('may well be the tags of a node that looks at nothing', () => {
    const { prompt } = slotsOf({ tags: ['Tags', { tags: 'a fox' }], good: encode(['tags', 0]) });
    expect(intoOf(prompt)).toEqual(['tags.tags']);
  });

  it('go to both texts of a wildcard node, and what it said last is their default', () => {
    const wild = { wildcard_text: '{fog|rain}', populated_text: 'rain', clip: ['model', 1] };
    const { negative, ...others } = slotsOf({ bad: ['WildcardEncode', wild] });
    expect(negative).toMatchObject({ default: 'rain' });
    expect(intoOf(negative)).toEqual(['bad.wildcard_text', 'bad.populated_text']);
    expect(others).not.toHaveProperty('negative_2');
  });

  const apply = { model: ['model', 0], positive: ['good', 0], negative: ['bad', 0] };
  const after: Sketch = {
    apply: ['ApplyFace', apply],
    sampler: sampler({ model: ['apply', 0], positive: ['apply', 1], negative: ['apply', 2] }),
  };
  const described = classes({
    ApplyFace: [
      { model: 'MODEL', positive: 'CONDITIONING', negative: 'CONDITIONING' },
      ['MODEL', 'CONDITIONING', 'CONDITIONING'],
    ],
  });
  it.each([
    ['alone', undefined],
    ['with what the backend says', described],
  ])('keep their sides where conditioning is not the first output: by names %s', (_how, nodes) => {
    const { prompt, negative } = slotsOf(after, nodes);
    expect([intoOf(prompt), intoOf(negative)]).toEqual([['good.text'], ['bad.text']]);
  });

  it('reach a sampler that takes them without sides', () => {
    const { positive: _p, negative: _n, ...rest } = sampler({})[1] ?? {};
    const { prompt } = slotsOf({ sampler: ['FluxParams', { ...rest, conditioning: ['good', 0] }] });
    expect(intoOf(prompt)).toEqual(['good.text']);
  });
});

describe('a pipe', () => {
  it('hands on the input that an output is named after, also from the pipe before it', () => {
    const slots = slotsOf({
      number: ['Seed', { seed: 5 }],
      first: ['Context', { model: ['model', 0], latent: ['latent', 0], seed: ['number', 0] }],
      last: ['Context Big', { base_ctx: ['first', 0], clip: ['model', 1] }],
      sampler: sampler({
        seed: ['last', 4],
        model: ['last', 1],
        latent_image: ['last', 2],
      }),
    });
    expect(intoOf(slots['seed'])).toEqual(['number.seed']);
    expect(intoOf(slots['size'])).toEqual(['latent.width', 'latent.height']);
  });

  it('has its models and its size from the loader at its other end', () => {
    const loader = {
      base_ckpt_name: 'a',
      refiner_ckpt_name: 'b',
      empty_latent_width: 640,
      empty_latent_height: 512,
    };
    const { slots } = suggested(
      graph({
        load: ['Loader', { ...loader, positive: 'a fox', negative: '' }],
        set: ['PreSampling', { pipe: ['load', 0], seed: 1, steps: 20 }],
        draw: ['PipeSampler', { pipe: ['set', 0] }],
        save: ['SaveImage', { images: ['draw', 1] }],
      }),
    );
    expect(Object.keys(slots)).toEqual(['prompt', 'negative', 'model', 'model_2', 'size', 'steps', 'seed']);
  });
});

describe("a node pack's own loaders", () => {
  const wrapped: Sketch = {
    lora: ['LoraSelect', { lora: 'l.safetensors', strength: 1 }],
    load: ['ModelLoader', { model: 'w.safetensors', lora: ['lora', 0], precision: 'fp16' }],
    embeds: ['EmptyEmbeds', { width: 832, height: 480, num_frames: 81 }],
    eyes: ['DepthLoader', { model: 'depth.safetensors' }],
    depth: ['Depth', { model: ['eyes', 0], images: ['draw', 0] }],
    draw: [
      'Sampler',
      { model: ['load', 0], image_embeds: ['embeds', 0], steps: 25, cfg: 6, sampler: 'euler' },
    ],
    save: ['SaveVideo', { video: ['depth', 0] }],
  };

  it('load the model and the LoRA of the sampler', () => {
    const { slots } = suggested(graph(wrapped));
    expect(Object.keys(slots)).toEqual(['model', 'lora', 'size', 'length', 'steps', 'cfg', 'sampler']);
    expect(intoOf(slots['model'])).toEqual(['load.model']);
    expect(intoOf(slots['lora'])).toEqual(['lora.lora']);
    expect(intoOf(slots['length'])).toEqual(['embeds.num_frames']);
  });

  it('need no file where their output is a model', () => {
    const nodes = classes({ ModelLoader: [{ model: 'COMBO', lora: 'XLORA' }, ['XMODEL']] });
    const named = { load: ['ModelLoader', { model: 'fast' }] } satisfies Sketch;
    expect(suggested(graph({ ...wrapped, ...named }), nodes).slots['model']).toMatchObject({
      default: 'fast',
    });
    expect(suggested(graph({ ...wrapped, ...named })).slots).not.toHaveProperty('model');
  });

  it('of one file share its slot, and another file for something else has none', () => {
    const slots = slotsOf({
      text: ['TextLoader', { ckpt_name: 'a.safetensors' }],
      sound: ['SoundLoader', { ckpt_name: 'b.safetensors' }],
      good: ['CLIPTextEncode', { text: 'a fox', clip: ['text', 0], vae: ['sound', 0] }],
    });
    expect(intoOf(slots['model'])).toEqual(['model.ckpt_name', 'text.ckpt_name']);
    expect(slots).not.toHaveProperty('model_2');
  });

  it('of latent models make nothing larger', () => {
    const grow = (loader: string) =>
      slotsOf({
        grow: [loader, { model_name: 'x2' }],
        decode: ['Decode', { samples: ['sampler', 0], upscale_model: ['grow', 0] }],
      });
    expect(grow('UpscaleModelLoader')).toHaveProperty('upscaler');
    expect(grow('LatentUpscaleModelLoader')).not.toHaveProperty('upscaler');
  });
});

it('a list of samplers to compare is no choice of one', () => {
  expect(slotsOf({ sampler: sampler({ scheduler: 'simple, beta' }) })).not.toHaveProperty('scheduler');
});

it('a node that only writes has a seed, where writing is all that is done', () => {
  const ask: Sketch = {
    ask: ['Ask', { prompt: 'Why?', seed: 4 }],
    show: ['PreviewAny', { text: ['ask', 0] }],
  };
  expect(intoOf(suggested(graph(ask)).slots['seed'])).toEqual(['ask.seed']);
  expect(intoOf(slotsOf(ask)['seed'])).toEqual(['sampler.seed']);
});

it('a node that takes pictures and that nobody reads is an output, and not worth posting beside a saved file', () => {
  const look: Sketch = { look: ['Comparer', { image_a: ['decode', 0] }] };
  const { slots, outputs } = suggested(graph({ ...slotless, ...look }));
  expect(outputs).toEqual(['save']);
  expect(slots).toEqual({});
});

const slotless: Sketch = { decode: ['Draw', {}], save: ['SaveImage', { images: ['decode', 0] }] };
