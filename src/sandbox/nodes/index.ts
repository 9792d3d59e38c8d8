/** The sandbox's node classes, under ComfyUI's names. */
import type { NodeTable } from './node.ts';
import { audioNodes } from './audio.ts';
import { imageNodes } from './images.ts';
import { latentNodes } from './latents.ts';
import { loaderNodes } from './loaders.ts';
import { samplerNodes } from './samplers.ts';
import { saveNodes } from './save.ts';

export function nodeTable(extra: NodeTable = {}): NodeTable {
  return {
    ...loaderNodes,
    ...latentNodes,
    ...samplerNodes,
    ...imageNodes,
    ...audioNodes,
    ...saveNodes,
    ...extra,
  };
}
