import { describe, expect, it } from 'vitest';
import { fill } from '../../../src/templates/fill.ts';
import { classes, graph, intoOf, sampler, slotsOf, TEXT_TO_IMAGE, type Sketch, suggested } from './graphs.ts';
import { parse } from './sources.ts';

describe('text to image', () => {
  it('asks for what a person expects, in a fixed order, and fills', () => {
    const { slots, outputs, description } = suggested(graph(TEXT_TO_IMAGE));
    const names = ['prompt', 'negative', 'model', 'size', 'steps', 'cfg', 'sampler', 'scheduler', 'seed'];
    expect(Object.keys(slots)).toEqual(names);
    expect(outputs).toBeUndefined();
    const template = parse(slots, { description }, graph(TEXT_TO_IMAGE));
    const { workflow } = fill(template, { prompt: 'a cat', size: 'wide', seed: 5, steps: 30 });
    expect(workflow['good']?.inputs['text']).toBe('a cat');
    expect(workflow['latent']?.inputs).toMatchObject({ width: 1344, height: 768 });
    expect(workflow['sampler']?.inputs).toMatchObject({ seed: 5, steps: 30, cfg: 7 });
  });

  it('requires the prompt and keeps the rest as it is', () => {
    const { prompt, negative, model, steps, cfg } = slotsOf({});
    expect(prompt).toMatchObject({ type: 'text', required: true });
    expect(prompt).not.toHaveProperty('default');
    expect(negative).toMatchObject({ default: 'blurry' });
    expect(model).toMatchObject({ type: 'choice', default: 'a.safetensors' });
    expect(model).not.toHaveProperty('choices');
    expect(steps).toMatchObject({ type: 'integer', default: 20, min: 1, max: 60 });
    expect(cfg).toMatchObject({ type: 'number', default: 7, min: 0, max: 30 });
  });

  it('looks only at what an output needs', () => {
    const slots = slotsOf({ loose: ['LoadImage', { image: 'x.png' }], other: sampler({ steps: 3 }) });
    expect(slots).not.toHaveProperty('image');
    expect(slots).not.toHaveProperty('steps_2');
  });
});

describe('pictures', () => {
  const img2img: Sketch = {
    load: ['LoadImage', { image: 'a.png' }],
    encode: ['VAEEncode', { pixels: ['load', 0], vae: ['model', 2] }],
    sampler: sampler({ latent_image: ['encode', 0] }),
  };

  it('must be given, and make denoise a choice and size none', () => {
    const slots = slotsOf(img2img);
    expect(slots['image']).toMatchObject({ type: 'image', required: true, into: [['load', 'image']] });
    expect(slots['denoise']).toMatchObject({ default: 1, min: 0, max: 1 });
    expect(slots).not.toHaveProperty('size');
  });

  it('used only for their mask are masks', () => {
    const { image, mask } = slotsOf({
      ...img2img,
      marked: ['LoadImage', { image: 'b.png' }],
      noise: ['SetLatentNoiseMask', { samples: ['encode', 0], mask: ['marked', 1] }],
      sampler: sampler({ latent_image: ['noise', 0] }),
    });
    expect([intoOf(image), intoOf(mask)]).toEqual([['load.image'], ['marked.image']]);
  });

  it('are told from other uploads by their name', () => {
    const file = { type: 'COMBO', required: true, options: [], upload: true };
    const nodes = classes({ LoadVideo: [{ file }, ['VIDEO']], Anything: [{ image: file }, ['IMAGE']] });
    const { slots } = suggested(
      graph({
        video: ['LoadVideo', { file: 'a.mp4' }],
        picture: ['Anything', { image: 'a.png' }],
        save: ['SaveVideo', { video: ['video', 0], first: ['picture', 0] }],
      }),
      nodes,
    );
    expect(Object.values(slots).map(intoOf)).toEqual([['picture.image']]);
  });
});

describe('models', () => {
  it('share a slot when they are the same file', () => {
    const slots = slotsOf({
      second: ['UNETLoader', { unet_name: 'b.safetensors' }],
      again: ['CheckpointLoaderSimple', { ckpt_name: 'a.safetensors' }],
      lora: ['LoraLoader', { model: ['second', 0], clip: ['again', 1], lora_name: 'x', strength_model: 1 }],
      refine: sampler({ model: ['lora', 0], latent_image: ['sampler', 0] }),
      third: sampler({ model: ['again', 0], latent_image: ['refine', 0] }),
      grow: ['UpscaleModelLoader', { model_name: '4x.pth' }],
      decode: ['Decode', { samples: ['third', 0], upscale_model: ['grow', 0] }],
    });
    expect(intoOf(slots['model'])).toEqual(['model.ckpt_name', 'again.ckpt_name']);
    expect(slots['model_2']).toMatchObject({ default: 'b.safetensors' });
    expect(slots['lora']).toMatchObject({ default: 'x' });
    expect(slots['upscaler']).toMatchObject({ default: '4x.pth' });
  });
});

describe('loras', () => {
  it('come in the order in which they are put on the model', () => {
    const slots = slotsOf({
      outer: ['LoraLoaderModelOnly', { model: ['inner', 0], lora_name: 'b' }],
      inner: ['LoraLoaderModelOnly', { model: ['model', 0], lora_name: 'a' }],
      sampler: sampler({ model: ['outer', 0] }),
    });
    expect([intoOf(slots['lora']), intoOf(slots['lora_2'])]).toEqual([
      ['inner.lora_name'],
      ['outer.lora_name'],
    ]);
  });
});

describe('sizes', () => {
  it('keep the number of pixels, and the own size comes first where no shape is equal', () => {
    const { size } = slotsOf({ latent: ['EmptyLatentImage', { width: 832, height: 480 }] });
    expect(size).toMatchObject({ default: '832x480' });
    expect(size).toHaveProperty('choices.832x480');
    expect(size).toHaveProperty('choices.square', [
      [['latent', 'width'], 640],
      [['latent', 'height'], 640],
    ]);
  });

  it('go into primitives and into every node that holds the same pair', () => {
    const { size } = slotsOf({
      width: ['PrimitiveInt', { value: 1024 }],
      latent: ['EmptyLatentImage', { width: ['width', 0], height: 768 }],
      good: [
        'CLIPTextEncodeSDXL',
        { text_g: 'a', clip: ['model', 1], target_width: 1024, target_height: 768 },
      ],
      bad: ['CLIPTextEncodeSDXL', { text_g: 'b', clip: ['model', 1], width: 4096, height: 4096 }],
    });
    const pair = ['good.target_width', 'good.target_height'];
    expect(intoOf(size).toSorted()).toEqual(['latent.height', 'width.value', ...pair].toSorted());
  });

  it('are not asked for when both sides are one number', () => {
    const side = ['side', 0];
    const slots = slotsOf({
      side: ['PrimitiveInt', { value: 512 }],
      latent: ['EmptyLatentImage', { width: side, height: side }],
    });
    expect(slots).not.toHaveProperty('size');
  });

  it('come with the length of a video', () => {
    const { length } = slotsOf({ latent: ['WanImageToVideo', { width: 832, height: 480, length: 81 }] });
    expect(length).toMatchObject({ type: 'integer', default: 81, min: 1, max: 162 });
  });
});

describe('settings', () => {
  it('of two samplers share a slot when equal; the base comes before the refiner', () => {
    const slots = slotsOf({
      refine: sampler({ latent_image: ['sampler', 0], steps: 8, seed: 9 }),
      decode: ['VAEDecode', { samples: ['refine', 0] }],
    });
    expect(intoOf(slots['steps'])).toEqual(['sampler.steps']);
    expect(intoOf(slots['steps_2'])).toEqual(['refine.steps']);
    expect(intoOf(slots['cfg'])).toEqual(['sampler.cfg', 'refine.cfg']);
    expect(intoOf(slots['seed'])).toEqual(['sampler.seed', 'refine.seed']);
  });

  it('of a sampler that hands its conditioning on are still found', () => {
    const slots = slotsOf({
      again: sampler({ positive: ['sampler', 1], negative: ['sampler', 2], latent_image: ['sampler', 0] }),
      decode: ['VAEDecode', { samples: ['again', 0] }],
    });
    expect(intoOf(slots['steps'])).toEqual(['sampler.steps', 'again.steps']);
    expect(intoOf(slots['prompt'])).toEqual(['good.text']);
  });

  it('of the first sampler come first, wherever its parts stand', () => {
    const split = { positive: ['good', 0], negative: ['bad', 0], cfg: 5 };
    const slots = slotsOf({
      late: ['KSamplerSelect', { sampler_name: 'second' }],
      early: ['KSamplerSelect', { sampler_name: 'first' }],
      sampler: ['SamplerCustom', { ...split, sampler: ['late', 0], latent_image: ['base', 0] }],
      base: ['SamplerCustom', { ...split, sampler: ['early', 0], latent_image: ['latent', 0] }],
    });
    expect(slots['sampler']).toMatchObject({ default: 'first' });
    expect(slots['sampler_2']).toMatchObject({ default: 'second' });
  });

  it('are found where sampling is spread over nodes', () => {
    const slots = slotsOf({
      noise: ['RandomNoise', { noise_seed: 2n ** 64n - 1n }],
      method: ['KSamplerSelect', { sampler_name: 'euler' }],
      sigmas: ['LTXVScheduler', { steps: 25, latent: ['latent', 0] }],
      guide: ['FluxGuidance', { conditioning: ['good', 0], guidance: 3.5 }],
      guider: ['BasicGuider', { model: ['model', 0], conditioning: ['guide', 0] }],
      sampler: [
        'SamplerCustomAdvanced',
        {
          noise: ['noise', 0],
          guider: ['guider', 0],
          sampler: ['method', 0],
          sigmas: ['sigmas', 0],
          latent_image: ['latent', 0],
        },
      ],
    });
    expect(Object.keys(slots)).toEqual(['prompt', 'model', 'size', 'steps', 'guidance', 'sampler', 'seed']);
  });

  it('stay inside the bounds of the node', () => {
    const steps = { type: 'INT', required: true, min: 4, max: 12 };
    const nodes = classes({ KSampler: [{ steps, positive: 'CONDITIONING' }, ['LATENT']] });
    expect(slotsOf({}, nodes)['steps']).toMatchObject({ default: 20, min: 4, max: 20 });
  });

  it('are followed to constants, and not through what computes them', () => {
    const slots = slotsOf({
      seed: ['Seed (rgthree)', { seed: -1 }],
      route: ['Reroute (rgthree)', { '': ['seed', 0] }],
      sum: ['Sum', { a: 3, b: ['seed', 0] }],
      sampler: sampler({ seed: ['route', 0], steps: ['sum', 0] }),
    });
    expect(intoOf(slots['seed'])).toEqual(['seed.seed']);
    expect(slots).not.toHaveProperty('steps');
  });
});

describe('outputs', () => {
  it('are the saved files, not the previews', () => {
    const preview: Sketch = { look: ['PreviewImage', { images: ['decode', 0] }] };
    expect(suggested(graph({ ...TEXT_TO_IMAGE, ...preview })).outputs).toEqual(['save']);
  });

  it('are what is sent over the socket, too', () => {
    const sent: Sketch = { send: ['ETN_SendImageWebSocket', { images: ['decode', 0], format: 'PNG' }] };
    expect(suggested(graph({ ...TEXT_TO_IMAGE, ...sent })).outputs).toBeUndefined();
  });
});
