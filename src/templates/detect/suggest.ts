/** A slot for one input that a person picked: its type from what the backend says of it, else from its name and value. */
import type { Purpose, SlotAbout } from '../../core/detected.ts';
import { takesFile } from '../../core/file-inputs.ts';
import type { Json } from '../../core/json.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import type { Slot, SlotType } from '../../core/template.ts';
import { oneLine } from '../../core/text.ts';
import { nodeTitle, type InputPath, type NodeId, type Workflow } from '../../core/workflow.ts';
import { SlotName } from '../names.ts';
import { definitionOf } from '../slots/index.ts';
import { linkedGraph } from './graph.ts';
import { isImageInput } from './images.ts';
import { classOf, inputsOf, ownTitle, readView, type Input, type View } from './view.ts';

/** Undefined where no plain value stands: a link, a list, an object, or no such input. */
export function suggestSlot(
  workflow: Workflow,
  path: InputPath,
  nodes?: NodeClasses,
): { name: string; slot: Slot; about: SlotAbout } | undefined {
  const view = readView(workflow, nodes);
  const input = inputsOf(view, path[0]).find((known) => known.path[1] === path[1]);
  const slot = input && slotAt(view, input);
  return slot && { name: suggestedName(view, input), slot, about: aboutOf(view, input) };
}

interface SlotCandidate {
  path: InputPath;
  /** The name a person gave the node, or its class; cut nowhere, so flatten it before it is shown. */
  nodeTitle: string;
  className: string;
}

/** Every input that `suggestSlot` has a slot for, those that an output needs first. */
export function slotCandidates(workflow: Workflow, nodes?: NodeClasses): SlotCandidate[] {
  const graph = linkedGraph(workflow, nodes);
  const live = new Set<NodeId>(graph.live);
  const rest = Object.keys(workflow).filter((id) => !live.has(id));
  return [...graph.live, ...rest]
    .flatMap((id) => inputsOf(graph, id))
    .filter((input) => slotAt(graph, input) !== undefined)
    .map(({ path }) => ({
      path,
      nodeTitle: nodeTitle(workflow, path[0]),
      className: classOf(graph, path[0]),
    }));
}

/** A slot of that type, or of the fitting one. Undefined when the input's value is not of the type. */
export function slotAt(view: View, input: Input, type?: SlotType): Slot | undefined {
  const { path, info, value: own } = input;
  const wanted = type ?? fittingType(view, input);
  if (wanted === undefined) return undefined;
  return definitionOf(wanted).suggest({ path, name: aliasOf(input.name), own, info });
}

const SEED = /seed$/i;
const CHOSEN = /_name$|^(scheduler|sampler)$/;
/** Numbers with a fraction, though they may stand in the graph without one. */
const FRACTION = /cfg|guidance|denoise|strength|scale|weight|seconds|duration|fps|rate|percent|ratio|float/i;

function fittingType(view: View, input: Input): SlotType | undefined {
  const { name, info, value: own } = input;
  if (isImageInput(view, input)) return typeof own === 'string' ? 'image' : undefined;
  // a file of the backend is nothing to type or to choose
  if (takesFile(classOf(view, input.path[0]), name, view.nodes)) return undefined;
  if (info?.type === 'COMBO') return 'choice';
  if (typeof own === 'boolean') return 'boolean';
  if (typeof own === 'string') return info === undefined && CHOSEN.test(name) ? 'choice' : 'text';
  if (!isNumeric(own)) return undefined;
  if (SEED.test(name)) return 'seed';
  if (typeof own === 'bigint') return info?.type === 'FLOAT' ? undefined : 'seed';
  const fraction = info?.type === 'FLOAT' || (info?.type !== 'INT' && FRACTION.test(name));
  return fraction || !Number.isInteger(own) ? 'number' : 'integer';
}

function isNumeric(own: Json | undefined): own is number | bigint {
  return typeof own === 'number' || typeof own === 'bigint';
}

const ALIASES: ReadonlyMap<string, string> = new Map([
  ['noise_seed', 'seed'],
  ['ckpt_name', 'model'],
  ['unet_name', 'model'],
  ['lora_name', 'lora'],
  ['sampler_name', 'sampler'],
  ['batch_size', 'count'],
  ['video_frames', 'length'],
]);
/** Names that say nothing of what the value is for. */
const VAGUE = /^(value|int|float|string|text|number|boolean|switch|choice)$/;

/** Inputs that mean the same in every node that has them. */
const PURPOSES: ReadonlyMap<string, Purpose> = new Map([
  ['seed', 'seed'],
  ['model', 'model'],
  ['lora', 'lora'],
  ['sampler', 'sampler'],
  ['scheduler', 'scheduler'],
  ['steps', 'steps'],
  ['cfg', 'cfg'],
  ['guidance', 'guidance'],
  ['denoise', 'denoise'],
  ['length', 'length'],
  ['seconds', 'seconds'],
]);

function aboutOf(view: View, input: Input): SlotAbout {
  const node = classOf(view, input.path[0]);
  const purpose = isImageInput(view, input) ? 'image' : PURPOSES.get(aliasOf(input.name));
  return purpose ? { purpose } : { purpose: 'input', input: input.name, node };
}

function aliasOf(input: string): string {
  return ALIASES.get(input) ?? input;
}

function suggestedName(view: View, { path, name }: Input): string {
  const title = VAGUE.test(name) ? slotNameOf(ownTitle(view, path[0]) ?? '') : undefined;
  return title ?? slotNameOf(aliasOf(name)) ?? 'value';
}

const LONGEST_NAME = 32;

/** What a person wrote as a legal slot name: `My Prompt!` → `my_prompt`. Undefined when nothing legal is left. */
export function slotNameOf(text: string): string | undefined {
  const name = oneLine(text)
    .trim()
    .toLowerCase()
    .replaceAll(/\s+/g, '_')
    .replaceAll(/[^-_\p{Ll}\p{Lo}\p{N}]/gu, '')
    .slice(0, LONGEST_NAME)
    .replace(/[\ud800-\udbff]$/, '');
  return name !== '__proto__' && SlotName.safeParse(name).success ? name : undefined;
}
