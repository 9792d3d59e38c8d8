/** Node classes for tests: slow, failing and talking ones, as they were on the ComfyUI that was recorded. */
import {
  NodeFailure,
  type InputSpec,
  type NodeClass,
  type NodeTable,
} from '../../../src/sandbox/nodes/node.ts';
import { flat, previewJpeg } from '../../../src/sandbox/nodes/pictures.ts';
import { toPng } from '../../../src/sandbox/nodes/png.ts';
import type { Value } from '../../../src/sandbox/nodes/values.ts';

const SEED: InputSpec = ['INT', { default: 0, min: 0, max: 18_446_744_073_709_551_615n }];
const SIDE: InputSpec = ['INT', { default: 64, min: 16, max: 4096 }];

function node(fields: Partial<NodeClass> & Pick<NodeClass, 'required' | 'run'>): NodeClass {
  return { title: 'test', category: 'test', outputs: ['IMAGE'], ...fields };
}

function image(width: number, height: number, color = 0): Value {
  return { type: 'IMAGE', pictures: [flat(width, height, color)] };
}

export const testNodes: NodeTable = {
  /** Counts steps, with a preview at each. */
  SlowSteps: node({
    required: {
      steps: ['INT', { default: 10, min: 1, max: 10_000 }],
      delay_ms: ['INT', { default: 100, min: 0, max: 60_000 }],
      width: SIDE,
      height: SIDE,
      seed: SEED,
      preview: ['BOOLEAN', { default: true }],
    },
    optional: { image: ['IMAGE'] },
    run: async (inputs, run) => {
      const steps = inputs.number('steps');
      const picture = flat(
        inputs.number('width'),
        inputs.number('height'),
        Number(inputs.integer('seed') % 0xffffffn),
      );
      const bytes = inputs.flag('preview', true) ? await previewJpeg(picture) : undefined;
      for (let step = 1; step <= steps; step += 1) {
        await run.pause(inputs.number('delay_ms'));
        run.progress(step, steps, bytes && { bytes, type: 'image/jpeg' });
      }
      return { values: [{ type: 'IMAGE', pictures: [picture] }] };
    },
  }),
  /** Sleeps without ever looking at the interrupt flag. */
  SlowNoProgress: node({
    required: { ms: ['INT', { default: 2000, min: 0, max: 600_000 }], image: ['IMAGE'] },
    run: async (inputs, run) => {
      await run.sleep(inputs.number('ms'));
      return { values: [inputs.link('image', 'IMAGE')] };
    },
  }),
  RaiseError: node({
    required: {
      image: ['IMAGE'],
      message: ['STRING', { default: 'boom' }],
      kind: [['ValueError', 'RuntimeError', 'oom']],
    },
    run: async (inputs) => {
      const kind = inputs.text('kind');
      throw new NodeFailure(kind === 'oom' ? 'torch.OutOfMemoryError' : kind, inputs.text('message'));
    },
  }),
  ShowTextOut: node({
    required: { text: ['STRING', { multiline: true, default: '' }] },
    outputs: [],
    isOutput: true,
    run: async (inputs) => ({ ui: { text: [inputs.text('text')] } }),
  }),
  TextProgress: node({
    required: { image: ['IMAGE'], text: ['STRING', { default: 'working' }] },
    run: async (inputs, run) => {
      run.text(inputs.text('text'));
      return { values: [inputs.link('image', 'IMAGE')] };
    },
  }),
  /** Of comfyui-tooling-nodes: frames that never say whose they are, an entry for each in the record, and cached as any node. */
  ETN_SendImageWebSocket: node({
    required: { images: ['IMAGE'], format: [['PNG', 'JPEG'], { default: 'PNG' }] },
    outputs: [],
    isOutput: true,
    run: async (inputs, run) => {
      const pictures = inputs.pictures('images');
      for (const picture of pictures) run.send({ bytes: await toPng(picture, {}), type: 'image/png' });
      const sent = { source: 'websocket', 'content-type': 'image/png', type: 'output' };
      return { ui: { images: pictures.map(() => sent) } };
    },
  }),
  SaveLatent: node({
    required: { samples: ['LATENT'], filename_prefix: ['STRING', { default: 'latents/ComfyUI' }] },
    outputs: ['LATENT'],
    isOutput: true,
    run: async (inputs, run) => {
      const file = run.files.save('output', inputs.text('filename_prefix'), 'latent', Uint8Array.of(0));
      return { ui: { latents: [{ ...file }] } };
    },
  }),
  SolidMask: node({
    required: { value: ['FLOAT', { default: 1, min: 0, max: 1, step: 0.01 }], width: SIDE, height: SIDE },
    outputs: ['MASK'],
    run: async (inputs) => ({
      values: [{ type: 'MASK', pictures: [flat(inputs.number('width'), inputs.number('height'), 0)] }],
    }),
  }),
  MaskToImage: node({
    required: { mask: ['MASK'] },
    run: async () => ({ values: [image(64, 64)] }),
  }),
  ImageBlend: node({
    required: {
      image1: ['IMAGE'],
      image2: ['IMAGE'],
      blend_factor: ['FLOAT', { default: 0.5, min: 0, max: 1, step: 0.01 }],
      blend_mode: [
        'COMBO',
        {
          multiselect: false,
          options: ['normal', 'multiply', 'screen', 'overlay', 'soft_light', 'difference'],
        },
      ],
    },
    run: async (inputs) => ({ values: [inputs.link('image1', 'IMAGE')] }),
  }),
};
