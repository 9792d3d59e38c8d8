/** A suggestion as a draft has it: with the words of whoever adds the workflow. They stay as text from then on. */
import type { SlotAbout, TemplateAbout } from '../../core/detected.ts';
import type { Slot } from '../../core/template.ts';
import type { NodeId } from '../../core/workflow.ts';
import type { Suggestion } from './found.ts';

/** Each at most 100 characters, on one line: as many as every chat takes. */
export interface DetectedWords {
  slot: (about: SlotAbout) => string;
  template: (about: TemplateAbout) => string;
}

interface Worded {
  description: string;
  slots: { name: string; slot: Slot }[];
  outputs?: NodeId[];
}

export function inWords({ slots, outputs, about }: Suggestion, say: DetectedWords): Worded {
  return {
    description: say.template(about),
    slots: slots.map(({ name, slot, about: kind }) => ({
      name,
      slot: { ...slot, description: say.slot(kind) },
    })),
    ...(outputs && { outputs }),
  };
}
