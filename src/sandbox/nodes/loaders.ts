/** Models and text: nothing is loaded, their names and words just flow on to the painter. */
import type { InputSpec, NodeTable } from '../node.ts';

const CHECKPOINTS = [
  'sandbox-painter.safetensors',
  'sd_xl_base_1.0.safetensors',
  'v1-5-pruned-emaonly-fp16.safetensors',
  'dreamshaper_8.safetensors',
  'flux1-dev-fp8.safetensors',
  'stable-audio-open-1.0.safetensors',
];
const LORAS = ['watercolor.safetensors', 'pixel-art.safetensors', 'film-grain.safetensors'];
const VAES = ['vae-ft-mse-840000-ema-pruned.safetensors', 'sdxl_vae.safetensors', 'ae.safetensors'];
const UPSCALERS = ['RealESRGAN_x2.pth', '4x-UltraSharp.pth', '4x_foolhardy_Remacri.pth'];

const STRENGTH: InputSpec = ['FLOAT', { default: 1, min: -100, max: 100, step: 0.01 }];

export const loaderNodes: NodeTable = {
  CheckpointLoaderSimple: {
    title: 'Load Checkpoint',
    category: 'model/loaders',
    required: { ckpt_name: [CHECKPOINTS, {}] },
    outputs: ['MODEL', 'CLIP', 'VAE'],
    run: async (inputs) => {
      const name = inputs.text('ckpt_name');
      return {
        values: [
          { type: 'MODEL', name },
          { type: 'CLIP', name },
          { type: 'VAE', name },
        ],
      };
    },
  },
  LoraLoader: {
    title: 'Load LoRA',
    category: 'model/loaders',
    required: {
      model: ['MODEL'],
      clip: ['CLIP'],
      lora_name: [LORAS, {}],
      strength_model: STRENGTH,
      strength_clip: STRENGTH,
    },
    outputs: ['MODEL', 'CLIP'],
    run: async (inputs) => {
      const lora = `${inputs.text('lora_name')}@${inputs.number('strength_model', 1)}`;
      return {
        values: [
          { type: 'MODEL', name: `${inputs.link('model', 'MODEL').name}+${lora}` },
          { type: 'CLIP', name: inputs.link('clip', 'CLIP').name },
        ],
      };
    },
  },
  VAELoader: {
    title: 'Load VAE',
    category: 'model/loaders',
    required: { vae_name: [VAES, {}] },
    outputs: ['VAE'],
    run: async (inputs) => ({ values: [{ type: 'VAE', name: inputs.text('vae_name') }] }),
  },
  UpscaleModelLoader: {
    title: 'Load Upscale Model',
    category: 'model/loaders',
    required: { model_name: ['COMBO', { multiselect: false, options: UPSCALERS }] },
    outputs: ['UPSCALE_MODEL'],
    run: async (inputs) => ({ values: [{ type: 'UPSCALE_MODEL', name: inputs.text('model_name') }] }),
  },
  CLIPSetLastLayer: {
    title: 'CLIP Set Last Layer',
    category: 'model/conditioning',
    required: {
      clip: ['CLIP'],
      stop_at_clip_layer: ['INT', { default: -1, min: -24, max: -1, step: 1 }],
    },
    outputs: ['CLIP'],
    run: async (inputs) => ({ values: [inputs.link('clip', 'CLIP')] }),
  },
  CLIPTextEncode: {
    title: 'CLIP Text Encode (Prompt)',
    category: 'model/conditioning',
    required: { text: ['STRING', { multiline: true, dynamicPrompts: true }], clip: ['CLIP', {}] },
    outputs: ['CONDITIONING'],
    run: async (inputs) => ({ values: [{ type: 'CONDITIONING', text: inputs.text('text') }] }),
  },
};
