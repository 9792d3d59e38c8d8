/** The pictures that go in. */
import type { NodeId } from '../../core/workflow.ts';
import type { Found } from './found.ts';
import type { Graph } from './graph.ts';
import { literalBehind } from './trace.ts';
import { classOf, inputsOf, nodeInfo, type Input, type View } from './view.ts';

/** The author's own pictures are on the author's server only, so every one of them must be given. */
export function imageSlots(graph: Graph): Found[] {
  return graph.live.flatMap((id) => {
    const inputs = inputsOf(graph, id)
      .filter((input) => isImageInput(graph, input))
      .filter((input) => literalBehind(graph, input, 'string') === input);
    const mask = inputs.length > 0 && isMask(graph, id);
    const purpose = mask ? 'mask' : 'image';
    return inputs.map(({ path }) => ({
      name: purpose,
      slot: { type: 'image', into: [path], required: true },
      about: { purpose },
    }));
  });
}

/** Videos, sounds and 3D models are uploaded too; their inputs have other names. */
const PICTURE = /^(image|mask)/i;
const LOADER = /^load.?image|image.?mask$/i;

export function isImageInput(view: View, { path: [id], name, info }: Input): boolean {
  if (!PICTURE.test(name)) return false;
  if (!nodeInfo(view, id)) return LOADER.test(classOf(view, id));
  return info?.upload === true && info.type === 'COMBO';
}

/** A loader that gives nothing but a mask, or of which nothing but the mask is used. */
function isMask(graph: Graph, id: NodeId): boolean {
  const outputs =
    nodeInfo(graph, id)?.outputs ?? (/mask/i.test(classOf(graph, id)) ? ['MASK'] : ['IMAGE', 'MASK']);
  const used = (graph.uses.get(id) ?? []).map(({ link }) => outputs[link?.output ?? 0]);
  return used.length > 0 && used.every((type) => type === 'MASK');
}
