/** Sound: a small tune made from prompt and seed, saved as FLAC. */
import { flac } from './flac.ts';
import type { NodeTable } from './node.ts';
import { playTune } from './tune.ts';
import { refJson } from './save.ts';

export const audioNodes: NodeTable = {
  EmptyLatentAudio: {
    title: 'Empty Latent Audio',
    category: 'model/latent/audio',
    required: {
      seconds: ['FLOAT', { default: 47.6, min: 1, max: 1000, step: 0.1 }],
      batch_size: ['INT', { default: 1, min: 1, max: 4096 }],
    },
    outputs: ['LATENT'],
    run: async (inputs) => {
      const latent = { width: 8, height: 8, batch: 1, frames: 1, seconds: inputs.number('seconds', 47.6) };
      return { values: [{ type: 'LATENT', latent }] };
    },
  },
  VAEDecodeAudio: {
    title: 'VAE Decode Audio',
    category: 'model/latent/audio',
    required: { samples: ['LATENT'], vae: ['VAE'] },
    outputs: ['AUDIO'],
    run: async (inputs) => {
      const { latent } = inputs.link('samples', 'LATENT');
      return { values: [{ type: 'AUDIO', sound: await playTune(latent) }] };
    },
  },
  SaveAudio: {
    title: 'Save Audio (FLAC)',
    category: 'audio',
    required: {
      audio: ['AUDIO', {}],
      filename_prefix: ['STRING', { default: 'audio/ComfyUI', multiline: false }],
    },
    hidden: { prompt: 'PROMPT', extra_pnginfo: 'EXTRA_PNGINFO' },
    outputs: ['AUDIO'],
    outputNames: ['audio'],
    isOutput: true,
    run: async (inputs, run) => {
      const audio = inputs.link('audio', 'AUDIO');
      const file = run.files.save(
        'output',
        inputs.text('filename_prefix', 'audio/ComfyUI'),
        'flac',
        flac(audio.sound),
      );
      return { values: [audio], ui: { audio: [refJson(file)] } };
    },
  },
};
