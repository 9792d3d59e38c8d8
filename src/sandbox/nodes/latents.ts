/** Latents: what a picture will be, before anybody has to draw it. */
import type { InputSpec, NodeClass, NodeTable } from './node.ts';
import { paintLatent } from '../painter/latent.ts';
import type { Latent, Value } from './values.ts';

const side = (preset: number, step: number): InputSpec => [
  'INT',
  { default: preset, min: 16, max: 16384, step },
];
const BATCH: InputSpec = ['INT', { default: 1, min: 1, max: 4096 }];
const SCALE_SIDE: InputSpec = ['INT', { default: 512, min: 0, max: 16384, step: 8 }];
const METHOD: InputSpec = [['nearest-exact', 'bilinear', 'area', 'bicubic', 'bislerp']];

function latent(fields: Omit<Latent, 'frames'> & { frames?: number }): Value {
  return { type: 'LATENT', latent: { frames: 1, ...fields } };
}

/** Latents are multiples of 8 pixels. */
function toEight(pixels: number): number {
  return Math.max(8, Math.round(pixels / 8) * 8);
}

const emptyLatent: NodeClass['run'] = async (inputs) => ({
  values: [
    latent({
      width: inputs.number('width'),
      height: inputs.number('height'),
      batch: inputs.number('batch_size', 1),
    }),
  ],
});

export const latentNodes: NodeTable = {
  EmptyLatentImage: {
    title: 'Empty Latent Image',
    category: 'model/latent',
    required: { width: side(512, 8), height: side(512, 8), batch_size: BATCH },
    outputs: ['LATENT'],
    run: emptyLatent,
  },
  EmptySD3LatentImage: {
    title: 'Empty SD3 Latent Image',
    category: 'model/latent',
    required: { width: side(1024, 16), height: side(1024, 16), batch_size: BATCH },
    outputs: ['LATENT'],
    run: emptyLatent,
  },
  EmptyHunyuanLatentVideo: {
    title: 'Empty HunyuanVideo Latent',
    category: 'model/latent',
    required: {
      width: side(848, 16),
      height: side(480, 16),
      length: ['INT', { default: 25, min: 1, max: 16384, step: 4 }],
      batch_size: BATCH,
    },
    outputs: ['LATENT'],
    run: async (inputs) => ({
      values: [
        latent({
          width: inputs.number('width'),
          height: inputs.number('height'),
          // as the real one: four frames share a latent
          frames: Math.floor((inputs.number('length', 25) - 1) / 4) * 4 + 1,
          batch: 1,
        }),
      ],
    }),
  },
  LatentUpscale: {
    title: 'Upscale Latent',
    category: 'model/latent',
    required: {
      samples: ['LATENT'],
      upscale_method: METHOD,
      width: SCALE_SIDE,
      height: SCALE_SIDE,
      crop: [['disabled', 'center']],
    },
    outputs: ['LATENT'],
    run: async (inputs) => {
      const { latent: from } = inputs.link('samples', 'LATENT');
      // 0 keeps the proportions, as in ComfyUI.
      const width =
        inputs.number('width') || (from.width * inputs.number('height')) / from.height || from.width;
      const height = inputs.number('height') || (from.height * width) / from.width;
      return {
        values: [{ type: 'LATENT', latent: { ...from, width: toEight(width), height: toEight(height) } }],
      };
    },
  },
  LatentUpscaleBy: {
    title: 'Upscale Latent By',
    category: 'model/latent',
    required: {
      samples: ['LATENT'],
      upscale_method: METHOD,
      scale_by: ['FLOAT', { default: 1.5, min: 0.01, max: 8, step: 0.01 }],
    },
    outputs: ['LATENT'],
    run: async (inputs) => {
      const { latent: from } = inputs.link('samples', 'LATENT');
      const by = inputs.number('scale_by', 1.5);
      const to = { ...from, width: toEight(from.width * by), height: toEight(from.height * by) };
      return { values: [{ type: 'LATENT', latent: to }] };
    },
  },
  VAEEncode: {
    title: 'VAE Encode',
    category: 'model/latent',
    required: { pixels: ['IMAGE'], vae: ['VAE'] },
    outputs: ['LATENT'],
    run: async (inputs) => {
      const source = inputs.pictures('pixels');
      const [first] = source;
      const { height, width } = first ?? { width: 8, height: 8 };
      return {
        values: [latent({ width: toEight(width), height: toEight(height), batch: source.length, source })],
      };
    },
  },
  VAEDecode: {
    title: 'VAE Decode',
    category: 'model/latent',
    required: { samples: ['LATENT', {}], vae: ['VAE', {}] },
    outputs: ['IMAGE'],
    run: async (inputs) => {
      const { latent: from } = inputs.link('samples', 'LATENT');
      return { values: [{ type: 'IMAGE', pictures: await paintLatent(from) }] };
    },
  },
};
