/** What travels along links, told by ComfyUI's types or, for classes that nobody described, by names. */
import type { Input } from './view.ts';

/** `SETUP`: what the nodes hand to each other that sampling is spread over. */
export type Kind =
  | 'CONDITIONING'
  | 'STRING'
  | 'LATENT'
  | 'IMAGE'
  | 'MODEL'
  | 'UPSCALE_MODEL'
  | 'CLIP'
  | 'SETUP';

/** ComfyUI's types, and those that large node packs made up beside them. */
const TYPES: Record<Kind, RegExp> = {
  CONDITIONING: /^CONDITIONING$/,
  STRING: /^STRING$/,
  LATENT: /^LATENT$|IMAGE_EMBEDS$/,
  MODEL: /^MODEL$/,
  IMAGE: /^IMAGE$/,
  UPSCALE_MODEL: /^UPSCALE_MODEL$/,
  CLIP: /^CLIP$/,
  SETUP: /^(GUIDER|SIGMAS|SAMPLER|NOISE)$/,
};
/** Types and names of links that carry a whole setup: model, texts, latent and seed at once. */
const PIPE = /pipe|context|ctx|tuple/i;
/** What inputs are called that carry a kind, for classes that the backend has not described. */
const NAMES: Record<Kind, RegExp> = {
  CONDITIONING: /^(positive|negative|cond\d*$)|conditioning/i,
  STRING: /text|prompt|string|tags|lyrics|caption|^(positive|negative|value|llama|bert)$|^clip_[lg]$|t5/i,
  LATENT: /latent|^samples|^image_embeds$/i,
  MODEL: /^(opt_)?model/i,
  IMAGE: /^(image|pixels)/i,
  UPSCALE_MODEL: /upscale_model/i,
  CLIP: /^clip$/i,
  SETUP: /^(guider|sampler)$|sigmas|^noise$/i,
};
/** Reroutes and switches carry anything. */
const ANYTHING = /^$|^(any|anything|input|value|source|data|on_true|on_false)[_\d]*$/i;

/** Whether an input carries `kind`: by its type, where that is known, else by its name. */
export function carries({ type, name, link }: Input, kind: Kind): boolean {
  if (type !== undefined) return TYPES[kind].test(type);
  return NAMES[kind].test(name) || (link !== undefined && carriesAnything(name));
}

/** Whether an output of that type, an input of that name or a node of that class is a pipe. */
export function isPipe(typeOrName: string): boolean {
  return PIPE.test(typeOrName);
}

/** Whether a name says nothing of what its link carries. */
export function carriesAnything(name: string): boolean {
  return ANYTHING.test(name);
}
