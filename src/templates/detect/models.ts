/** The models that are loaded by name: what draws, what is added to it, what makes it larger. */
import type { NodeId } from '../../core/workflow.ts';
import { groupBy, type Found } from './found.ts';
import type { Graph } from './graph.ts';
import { carries, isPipe, type Kind } from './kinds.ts';
import { linksOf, literalBehind } from './trace.ts';
import { classOf, inputsOf, linksInto, nodeInfo, type Input, type Linked } from './view.ts';

interface ModelRule {
  name: 'model' | 'lora' | 'upscaler';
  input: RegExp;
  /** What its loader gives, or is used for. */
  kind?: Kind;
  /** What the input is called where a node pack has a loader of its own. */
  wrapped?: string;
}

const MODEL: ModelRule = {
  name: 'model',
  input: /(^|_)(ckpt|unet)_name$/,
  kind: 'MODEL',
  wrapped: 'model',
};
const LORA: ModelRule = {
  name: 'lora',
  input: /^lora_name_?\d*$|^lora_\d+$/,
  wrapped: 'lora',
};
const UPSCALER: ModelRule = {
  name: 'upscaler',
  input: /^model_name$/,
  kind: 'UPSCALE_MODEL',
};

/** What any of the rules may look for: most inputs are none of these. */
const FILES = /name|lora|^model$/;

export function modelSlots(graph: Graph, sampling: readonly NodeId[]): Found[] {
  const reached = modelsOutward(graph, sampling);
  const loaders = [...reached, ...graph.order.filter((id) => !reached.has(id))].flatMap((id) => {
    const files = inputsOf(graph, id).filter(({ name }) => FILES.test(name));
    return files.length > 0 ? [{ id, files, isReached: reached.has(id) }] : [];
  });
  return [MODEL, LORA, UPSCALER].flatMap((rule) => slotsOf(graph, rule, loaders));
}

interface Loader {
  id: NodeId;
  files: readonly Input[];
  /** A sampler's model comes from it. */
  isReached: boolean;
}

/** One slot a file: whoever loads the same one is set together, also a loader of its text encoder. */
function slotsOf(graph: Graph, rule: ModelRule, loaders: readonly Loader[]): Found[] {
  const loaded = new Set<Input>();
  const alike = new Set<Input>();
  for (const { id, files, isReached } of loaders) {
    const loadsKind = loads(graph, rule, id);
    for (const input of files) {
      const named = rule.input.test(input.name);
      const own = (named && loadsKind) || (isReached && isWrapped(graph, rule, input));
      const file = named || own ? literalBehind(graph, input, 'string') : undefined;
      if (file) (own ? loaded : alike).add(file);
    }
  }
  const byFile = groupBy([...new Set([...loaded, ...alike])], ({ value }) => value);
  return [...byFile].flatMap(([file, [first, ...more]]) => {
    if (!first || !loaded.has(first) || typeof file !== 'string' || file === '' || file === 'None') return [];
    const into = [first, ...more].map(({ path }) => path);
    return [
      { name: rule.name, slot: { type: 'choice', into, default: file }, about: { purpose: rule.name } },
    ];
  });
}

/** Models of the latent space have an output type of their own; without it, only their class tells. */
const OTHER_SPACE = /latent/i;

function loads(graph: Graph, { kind }: ModelRule, id: NodeId): boolean {
  if (kind === undefined) return true;
  const isSetup = (typeOrName: string) => kind === 'MODEL' && isPipe(typeOrName);
  const outputs = nodeInfo(graph, id)?.outputs;
  if (outputs) return outputs.some((type) => type === kind || isSetup(type));
  if (OTHER_SPACE.test(classOf(graph, id))) return false;
  return (graph.uses.get(id) ?? []).some((use) => carries(use, kind) || isSetup(use.name));
}

const FILE = /\.(safetensors|sft|ckpt|pt|gguf)$/i;
const MADE_TYPE = /(MODEL|LORA)$/;

/** `model` or `lora` of a node pack's own loader, which a sampler's model comes from. */
function isWrapped(graph: Graph, { wrapped }: ModelRule, { path: [id], name, value }: Input): boolean {
  if (name !== wrapped || typeof value !== 'string') return false;
  return FILE.test(value) || (nodeInfo(graph, id)?.outputs.some((type) => MADE_TYPE.test(type)) ?? false);
}

/** What the samplers' models come from, the first sampler's first, each model before what is added to it. */
function modelsOutward(graph: Graph, sampling: readonly NodeId[]): Set<NodeId> {
  const placed = new Set<NodeId>();
  const entered = new Set<NodeId>();
  for (const sampler of sampling) {
    const chain: NodeId[] = [];
    const stack = [sampler];
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (entered.has(id)) continue;
      entered.add(id);
      chain.push(id);
      for (const { link } of modelLinks(graph, id)) stack.push(link.from);
    }
    for (const id of chain.toReversed()) placed.add(id);
  }
  return placed;
}

const MADE_NAME = /^(model|lora|prev_lora)$/;

/** Its models, pipes, and links of a node pack's own model and LoRA types. */
function modelLinks(graph: Graph, id: NodeId): readonly Linked[] {
  const made = ({ name, type = '' }: Linked) => MADE_NAME.test(name) && (type === '' || MADE_TYPE.test(type));
  const others = linksInto(graph, id).filter((link) => isPipe(link.type ?? link.name) || made(link));
  return [...others, ...linksOf(graph, id, 'MODEL')];
}
