/** Models and text: nothing is loaded, their names and words just flow on to the painter. */
import type { InputSpec, NodeTable } from './node.ts';

/** What is there to choose from is in the model folders. */
const FOLDER: InputSpec = [[], {}];
const STRENGTH: InputSpec = ['FLOAT', { default: 1, min: -100, max: 100, step: 0.01 }];

/** As ComfyUI had them in 2026. */
const DUAL_TYPES = [
  'sdxl',
  'sd3',
  'flux',
  'hunyuan_video',
  'hidream',
  'hunyuan_image',
  'hunyuan_video_15',
  'kandinsky5',
  'kandinsky5_image',
  'ltxv',
  'newbie',
  'ace',
] as const;

export const loaderNodes: NodeTable = {
  CheckpointLoaderSimple: {
    title: 'Load Checkpoint',
    category: 'model/loaders',
    required: { ckpt_name: FOLDER },
    choices: (files) => ({ ckpt_name: files.modelsIn('checkpoints') }),
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
      lora_name: FOLDER,
      strength_model: STRENGTH,
      strength_clip: STRENGTH,
    },
    choices: (files) => ({ lora_name: files.modelsIn('loras') }),
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
  UNETLoader: {
    title: 'Load Diffusion Model',
    category: 'model/loaders',
    required: {
      unet_name: [[]],
      weight_dtype: [['default', 'fp8_e4m3fn', 'fp8_e4m3fn_fast', 'fp8_e5m2'], { advanced: true }],
    },
    choices: (files) => ({ unet_name: files.modelsIn('diffusion_models') }),
    outputs: ['MODEL'],
    run: async (inputs) => ({ values: [{ type: 'MODEL', name: inputs.text('unet_name') }] }),
  },
  DualCLIPLoader: {
    title: 'Load CLIP (Dual)',
    category: 'model/loaders',
    required: { clip_name1: [[]], clip_name2: [[]], type: [[...DUAL_TYPES]] },
    optional: { device: [['default', 'cpu'], { advanced: true }] },
    choices: (files) => {
      const names = files.modelsIn('text_encoders');
      return { clip_name1: names, clip_name2: names };
    },
    outputs: ['CLIP'],
    run: async (inputs) => ({
      values: [{ type: 'CLIP', name: `${inputs.text('clip_name1')}+${inputs.text('clip_name2')}` }],
    }),
  },
  VAELoader: {
    title: 'Load VAE',
    category: 'model/loaders',
    required: { vae_name: FOLDER },
    choices: (files) => ({ vae_name: [...files.modelsIn('vae'), 'pixel_space'] }),
    outputs: ['VAE'],
    run: async (inputs) => ({ values: [{ type: 'VAE', name: inputs.text('vae_name') }] }),
  },
  UpscaleModelLoader: {
    title: 'Load Upscale Model',
    category: 'model/loaders',
    required: { model_name: ['COMBO', { multiselect: false, options: [] }] },
    choices: (files) => ({ model_name: files.modelsIn('upscale_models') }),
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
  FluxGuidance: {
    title: 'FluxGuidance',
    category: 'model/conditioning/flux',
    required: {
      conditioning: ['CONDITIONING', {}],
      guidance: ['FLOAT', { default: 3.5, min: 0, max: 100, step: 0.1 }],
    },
    outputs: ['CONDITIONING'],
    run: async (inputs) => ({ values: [inputs.link('conditioning', 'CONDITIONING')] }),
  },
  CLIPTextEncode: {
    title: 'CLIP Text Encode (Prompt)',
    category: 'model/conditioning',
    required: { text: ['STRING', { multiline: true, dynamicPrompts: true }], clip: ['CLIP', {}] },
    outputs: ['CONDITIONING'],
    run: async (inputs) => ({ values: [{ type: 'CONDITIONING', text: inputs.text('text') }] }),
  },
};
