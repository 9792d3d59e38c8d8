/** What the detector says of a slot and of a whole workflow: what kind of thing it is. The catalogue has the words. */
import type { SlotType } from './template.ts';

/** What a detected slot is for. */
export type Purpose =
  | 'positive'
  | 'negative'
  | 'lyrics'
  | 'image'
  | 'mask'
  | 'model'
  | 'lora'
  | 'upscaler'
  | 'size'
  | 'length'
  | 'seconds'
  | 'steps'
  | 'cfg'
  | 'guidance'
  | 'sampler'
  | 'scheduler'
  | 'denoise'
  | 'seed';

/** What the detector calls sizes of about the same area: choices of a slot for the size. */
export const SHAPES = ['square', 'wide', 'tall'] as const;
export type Shape = (typeof SHAPES)[number];

export type SlotAbout =
  /** `nth`: of several of that purpose, from 1: of which sampler, or which of the texts. */
  | { purpose: Purpose; nth?: number }
  /** Its author named it. */
  | { purpose: 'named'; name: string; type: SlotType }
  /** Of whatever an admin picked: an input of a class of nodes, as ComfyUI calls them. */
  | { purpose: 'input'; input: string; node: string };

export type Medium = 'picture' | 'video' | 'sound' | '3d' | 'text' | 'something';

/** What a workflow makes, and the types of the slots that it makes it from. */
export interface TemplateAbout {
  medium: Medium;
  sources: readonly SlotType[];
}
