/** Files: the pictures that go in, and the models that are loaded by name. */
import type { ImageSlot } from '../../core/template.ts';
import type { InputPath, NodeId } from '../../core/workflow.ts';
import { describe, groupBy, type Found } from './found.ts';
import type { Graph } from './graph.ts';
import { carries, linksOf, literalBehind, type Kind } from './trace.ts';
import { classOf, inputsOf, nodeInfo, type Input, type View } from './view.ts';

/** The author's own pictures are on the author's server only, so every one of them must be given. */
export function imageSlots(graph: Graph): Found[] {
  return graph.live.flatMap((id) => {
    const inputs = inputsOf(graph, id)
      .filter((input) => isImageInput(graph, input))
      .filter((input) => literalBehind(graph, input, 'string') === input);
    const mask = inputs.length > 0 && isMask(graph, id);
    return inputs.map(({ path }) => {
      const description = describe(graph, path, mask ? 'The part to change' : 'The picture to start from');
      return { name: mask ? 'mask' : 'image', slot: imageSlot([path], description) };
    });
  });
}

export function imageSlot(into: InputPath[], description: string): ImageSlot {
  return { type: 'image', into, required: true, description };
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

interface ModelRule {
  name: string;
  input: RegExp;
  /** What its loader gives, or is used for. */
  kind?: Kind;
  description: string;
}

const MODEL: ModelRule = {
  name: 'model',
  input: /^(ckpt|unet)_name$/,
  kind: 'MODEL',
  description: 'The model that draws',
};
const LORA: ModelRule = {
  name: 'lora',
  input: /^lora_name_?\d*$|^lora_\d+$/,
  description: 'The style or subject that is added',
};
const UPSCALER: ModelRule = {
  name: 'upscaler',
  input: /^model_name$/,
  kind: 'UPSCALE_MODEL',
  description: 'The model that makes it larger',
};

export function modelSlots(graph: Graph, sampling: readonly NodeId[]): Found[] {
  const nodes = modelsOutward(graph, sampling);
  return [MODEL, LORA, UPSCALER].flatMap((rule) => slotsOf(graph, rule, nodes));
}

/** One slot a file: whoever loads the same one is set together. */
function slotsOf(graph: Graph, rule: ModelRule, nodes: readonly NodeId[]): Found[] {
  const inputs = nodes
    .filter((id) => loads(graph, rule, id))
    .flatMap((id) => inputsOf(graph, id).filter(({ name }) => rule.input.test(name)))
    .map((input) => literalBehind(graph, input, 'string'))
    .filter((input) => input !== undefined);
  const files = groupBy([...new Set(inputs)], ({ value }) => value);
  return [...files].flatMap(([file, [first, ...more]]) => {
    if (!first || typeof file !== 'string' || file === '' || file === 'None') return [];
    const into = [first, ...more].map(({ path }) => path);
    const description = describe(graph, first.path, rule.description);
    return [{ name: rule.name, slot: { type: 'choice', into, default: file, description } }];
  });
}

function loads(graph: Graph, { kind }: ModelRule, id: NodeId): boolean {
  if (kind === undefined) return true;
  const outputs = nodeInfo(graph, id)?.outputs;
  return outputs ? outputs.includes(kind) : (graph.uses.get(id) ?? []).some((use) => carries(use, kind));
}

/** All nodes, the first sampler's model first, and each model before what is added to it. */
function modelsOutward(graph: Graph, sampling: readonly NodeId[]): NodeId[] {
  const placed = new Set<NodeId>();
  const entered = new Set<NodeId>();
  for (const sampler of sampling) {
    const chain: NodeId[] = [];
    const stack = [sampler];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (entered.has(id)) continue;
      entered.add(id);
      chain.push(id);
      for (const { link } of linksOf(graph, id, 'MODEL')) stack.push(link.from);
    }
    for (const id of chain.toReversed()) placed.add(id);
  }
  return [...placed, ...graph.order.filter((id) => !placed.has(id))];
}
