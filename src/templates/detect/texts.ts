/** Texts: the literals that reach a sampler's positive and negative side, or that a node makes its picture from. */
import { inputAt, type NodeId } from '../../core/workflow.ts';
import { textSlot } from '../slots/text.ts';
import { groupBy, type Found } from './found.ts';
import type { Graph } from './graph.ts';
import { carries } from './kinds.ts';
import { isConditioner, isGuider, isSet } from './stages.ts';
import { isNegative, textsBehind, type Side, type Step } from './text-walk.ts';
import { linksOf } from './trace.ts';
import { inputsOf, nodeInfo, type Input } from './view.ts';

const SLOT_NAMES: Record<Side, string> = { positive: 'prompt', negative: 'negative', lyrics: 'lyrics' };

/** Where texts are turned into something. */
export interface TextEnds {
  /** The sides of samplers and their kind. */
  conditioned: readonly Step[];
  /** Nodes that make something from a text by themselves, and those of their inputs. */
  makers: ReadonlyMap<NodeId, readonly Step[]>;
}

/** Beside a sampler, a node that takes a text and no seed finds or labels things. */
export function textEnds(graph: Graph): TextEnds {
  const conditioned = graph.order.flatMap((id) => sampledFrom(graph, id));
  const alone = !conditioned.some(({ side }) => side === 'positive');
  const makers = new Map<NodeId, Step[]>();
  for (const id of graph.order) {
    const steps = madeFrom(graph, id);
    const makes = steps.length > 0 && (alone || inputsOf(graph, id).some(({ name }) => SEED.test(name)));
    if (makes) makers.set(id, steps);
  }
  return { conditioned, makers };
}

export function textSlots(graph: Graph, { conditioned, makers }: TextEnds): Found[] {
  const found = slotsFrom(graph, [...conditioned, ...[...makers.values()].flat()]);
  return found.length > 0 || conditioned.length > 0 ? found : slotsFrom(graph, shown(graph));
}

function slotsFrom(graph: Graph, starts: readonly Step[]): Found[] {
  const { positive, negative, lyrics } = textsBehind(graph, starts);
  const shared = new Set(positive);
  return [
    ...sideSlots(graph, 'positive', positive),
    ...sideSlots(
      graph,
      'negative',
      negative.filter((input) => !shared.has(input)),
    ),
    ...sideSlots(graph, 'lyrics', lyrics),
  ];
}

/** Equal texts are one slot. An empty one is a slot only where its side has nothing else. */
function sideSlots(graph: Graph, side: Side, inputs: readonly Input[]): Found[] {
  const groups = [...groupBy(inputs, (input) => textOf(graph, input))];
  const worded = groups.filter(([text]) => text.trim() !== '');
  return (worded.length > 0 ? worded : groups.slice(0, 1)).flatMap(([text, [first, ...more]]) => {
    if (!first) return [];
    const into = [first, ...more].map(({ path }) => path);
    return [{ name: SLOT_NAMES[side], slot: textSlot(into, text), about: { purpose: side } }];
  });
}

/** What the input says; a wildcard text says what was made of it last. */
function textOf(graph: Graph, { path: [id, input], value }: Input): string {
  const made = input === 'wildcard_text' ? inputAt(graph.workflow, [id, 'populated_text']) : undefined;
  if (typeof made === 'string') return made;
  return typeof value === 'string' ? value : '';
}

const SIDE_NAME = /^(positive|negative)(_prompt)?(_\w)?$/i;
/** Perp-Neg's third condition is meant to say nothing. */
const NOTHING = /empty/i;

/** The two sides of a sampler, a detailer or anything else that turns conditioning into a picture. */
function sampledFrom(graph: Graph, id: NodeId): Step[] {
  if (isConditioner(graph, id)) return [];
  const named = inputsOf(graph, id).filter((input) => SIDE_NAME.test(input.name) && isFed(input));
  const guiding = isGuider(graph, id) || isSet(graph, id) ? linksOf(graph, id, 'CONDITIONING') : [];
  return [...named, ...guiding] // one that is both is walked once
    .filter(({ name }) => !NOTHING.test(name))
    .map((input) => ({ input, side: isNegative(input) ? 'negative' : 'positive' }));
}

const MADE_FROM = /^(prompt|text|tags|caption|positive_prompt|text_prompt|prompt_text|edit_instruction)$/i;
const MADE_WITHOUT = /^negative_prompt$/i;
const SEED = /seed$/i;
const MEDIA = /^(IMAGE|VIDEO|AUDIO|SVG|MESH|FILE_3D.*)$/;

/** The texts of a node that makes pictures, films or sounds by itself, as partner nodes do. */
function madeFrom(graph: Graph, id: NodeId): Step[] {
  const onSide = (side: Side, names: RegExp): Step[] =>
    inputsOf(graph, id)
      .filter((input) => names.test(input.name) && isFed(input) && carries(input, 'STRING'))
      .map((input) => ({ input, side }));
  const main = onSide('positive', MADE_FROM);
  if (main.length === 0 || !makesMedia(graph, id)) return [];
  return [...main, ...onSide('negative', MADE_WITHOUT), ...onSide('lyrics', /^lyrics$/)];
}

function makesMedia(graph: Graph, id: NodeId): boolean {
  if (isConditioner(graph, id) || linksOf(graph, id, 'CLIP').length > 0) return false;
  const info = nodeInfo(graph, id);
  if (info) return info.outputs.some((type) => MEDIA.test(type));
  const uses = graph.uses.get(id) ?? [];
  return uses.length > 0 && !uses.some((use) => carries(use, 'STRING'));
}

/** A workflow that only writes: the texts that its outputs show. */
function shown(graph: Graph): Step[] {
  return graph.outputs
    .flatMap((id) => linksOf(graph, id, 'STRING'))
    .map((input) => ({ input, side: 'positive' }));
}

/** A link or a text, not a choice. */
function isFed({ link, value, info }: Input): boolean {
  return link !== undefined || (typeof value === 'string' && info?.type !== 'COMBO');
}
