/** What is said of the slots of a workflow that an admin has just added: 100 characters at most. */
import type { Purpose, SlotAbout, TemplateAbout } from '../../core/detected.ts';
import { clip } from '../phrases.ts';
import type { Speaker } from '../speaker.ts';
import { aType, typeName } from './names.ts';

/** Of what there are several, where more than one slot has that purpose. */
const SEVERAL = {
  positive: 'text',
  negative: 'text',
  lyrics: 'text',
  image: 'picture',
  mask: 'mask',
  model: 'model',
  lora: 'lora',
  upscaler: 'model',
  size: 'size',
  length: 'length',
  seconds: 'length',
  steps: 'sampler',
  cfg: 'sampler',
  guidance: 'text',
  sampler: 'sampler',
  scheduler: 'sampler',
  denoise: 'sampler',
  seed: 'seed',
} as const satisfies Record<Purpose, string>;

export const detected = (speaker: Speaker) => {
  const { say, list } = speaker;
  return {
    slot: (about: SlotAbout) => {
      if (about.purpose === 'named')
        return say('detected.slot.named', {
          name: clip(about.name, 40),
          type: typeName(speaker, about.type),
        });
      if (about.purpose === 'input')
        return say('detected.slot.input', {
          input: clip(about.input, 40) || say('detected.input'),
          node: clip(about.node, 40) || say('detected.node'),
        });
      const { purpose, nth } = about;
      const words = say(`detected.slot.${purpose}`);
      return nth === undefined ? words : say(`detected.nth.${SEVERAL[purpose]}`, { words, nth });
    },
    template: ({ medium, sources }: TemplateAbout) => {
      if (sources.length === 0) return say(`detected.template.${medium}`);
      const from = sources.map((type) => (type === 'text' ? say('detected.prompt') : aType(speaker, type)));
      return say(`detected.template.${medium}.from`, { sources: list(from) });
    },
  };
};
