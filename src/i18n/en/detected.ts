/** What is said of the slots of a workflow that an admin has just added, in English: 100 characters at most. */
import type { Medium, Purpose, SlotAbout, TemplateAbout } from '../../core/detected.ts';
import { clip } from '../phrases.ts';
import { TYPES } from './editor.ts';
import { article, list, ordinal } from './phrases.ts';

/** What it is for, and of what there are several. */
const PURPOSES: Record<Purpose, [words: string, noun: string]> = {
  positive: ['What to draw', 'text'],
  negative: ['What to keep out of it', 'text'],
  lyrics: ['The words that are sung', 'text'],
  image: ['The picture to start from', 'picture'],
  mask: ['The part to change', 'mask'],
  model: ['The model that draws', 'model'],
  lora: ['The style or subject that is added', 'LoRA'],
  upscaler: ['The model that makes it larger', 'model'],
  size: ['The shape of it', 'size'],
  length: ['How many frames', 'length'],
  seconds: ['How many seconds', 'length'],
  steps: ['More steps take longer and show more detail', 'sampler'],
  cfg: ['How strictly to follow the prompt', 'sampler'],
  guidance: ['The model’s guidance: higher keeps closer to the text', 'text'],
  sampler: ['The sampling method', 'sampler'],
  scheduler: ['How the noise goes down', 'sampler'],
  denoise: ['How much to change; 1 is everything', 'sampler'],
  seed: ['The same seed makes the same again', 'seed'],
};

const MEDIA: Record<Medium, string> = {
  picture: 'a picture',
  video: 'a video',
  sound: 'a sound',
  '3d': 'a 3D model',
  text: 'a text',
  something: 'something',
};

export const detected = {
  slot: (about: SlotAbout) => {
    if (about.purpose === 'named') return `${clip(about.name, 40)}: ${TYPES[about.type]}`;
    if (about.purpose === 'input')
      return `“${clip(about.input, 40) || 'value'}” of ${clip(about.node, 40) || 'a node'}`;
    const [words, noun] = PURPOSES[about.purpose];
    return about.nth === undefined ? words : `${words} (${ordinal(about.nth)} ${noun})`;
  },
  template: ({ medium, sources }: TemplateAbout) => {
    const from = sources.map((type) => (type === 'text' ? 'a prompt' : article(TYPES[type])));
    return `Make ${MEDIA[medium]}${from.length > 0 ? ` from ${list(from)}` : ''}`;
  },
};
