/**
 * Reads a workflow as a person would, and suggests what to ask for: where the prompt goes in, which numbers matter,
 * what is posted. It knows how ComfyUI's nodes are linked and hardly any of their names. Pure.
 */
import type { NodeClasses } from '../../core/nodes.ts';
import type { Slot } from '../../core/template.ts';
import type { NodeId, Workflow } from '../../core/workflow.ts';
import type { Found } from './found.ts';
import { linkedGraph } from './graph.ts';
import { imageSlots } from './images.ts';
import { modelSlots } from './models.ts';
import { seedSlot, settingSlots } from './numbers.ts';
import { mediumOf, postedOutputs } from './outputs.ts';
import { sizeSlots } from './size.ts';
import { drawsWords, givesWords, samplingNodes } from './stages.ts';
import { textEnds, textSlots } from './texts.ts';
import { titledSlots } from './titles.ts';
import { definitionOf, SLOT_TYPE_NAMES } from '../slots/index.ts';

export { slotCandidates, suggestSlot } from './suggest.ts';

export interface Suggestion {
  /** In the order in which a command should list them; at most 25. */
  slots: Record<string, Slot>;
  /** Nodes whose files are worth posting; undefined: all. */
  outputs: NodeId[] | undefined;
  description: string;
}

/** Without `nodes`, what the backend's classes take, names and links must do. Never throws. */
export function detect(workflow: Workflow, nodes?: NodeClasses): Suggestion {
  const graph = linkedGraph(workflow, nodes);
  const titled = titledSlots(graph); // first: it takes its inputs away from the others
  const sampling = samplingNodes(graph);
  const ends = textEnds(graph);
  const makers = [...ends.makers.keys()];
  const draws = sampling.length > 0 || makers.length > 0;
  const writers = graph.live.filter((id) => drawsWords(graph, id) || (!draws && givesWords(graph, id)));
  const found = [
    ...textSlots(graph, ends),
    ...imageSlots(graph),
    ...modelSlots(graph, sampling),
    ...sizeSlots(graph, sampling),
    ...settingSlots(graph, sampling),
    ...seedSlot(graph, [...sampling, ...makers, ...writers]),
  ];
  const slots = Object.fromEntries(mostUseful([...titled.map(asTitled), ...numbered(found, titled)]));
  return { slots, outputs: postedOutputs(graph), description: sentence(mediumOf(graph), slots) };
}

interface Named extends Found {
  /** What is kept when there are too many: the smaller. */
  rank: number;
}

/** Which slots matter most, where not all fit. */
const PRIORITY = [
  'prompt',
  'image',
  'mask',
  'negative',
  'lyrics',
  'model',
  'lora',
  'size',
  'length',
  'seconds',
  'seed',
  'steps',
  'cfg',
  'guidance',
  'sampler',
  'scheduler',
  'denoise',
  'upscaler',
];

/** The second `lora` is `lora_2`. The first of every name comes before the second of any. */
function numbered(found: readonly Found[], titled: readonly Found[]): Named[] {
  const taken = new Set(titled.map(({ name }) => name));
  const counts = new Map<string, number>();
  return found.map(({ name: base, slot }) => {
    let count = counts.get(base) ?? 0;
    let name: string;
    do {
      count += 1;
      name = count === 1 ? base : `${base}_${count}`;
    } while (taken.has(name));
    counts.set(base, count);
    return named(name, slot, PRIORITY.indexOf(base) + (count > 1 ? PRIORITY.length : 0));
  });
}

function asTitled({ name, slot }: Found): Named {
  return named(name, slot, -1);
}

/** Nobody wants the author's own picture: the prompt must be given. */
function named(name: string, slot: Slot, rank: number): Named {
  if (name !== 'prompt' || slot.type !== 'text') return { name, slot, rank };
  const { default: _, ...rest } = slot;
  return { name, slot: { ...rest, required: true }, rank };
}

/** As many as every chat takes; an admin may add more. */
const MAX_SUGGESTED = 25;

function mostUseful(all: readonly Named[]): [string, Slot][] {
  const kept = new Set(all.toSorted((a, b) => a.rank - b.rank).slice(0, MAX_SUGGESTED));
  return all.filter((slot) => kept.has(slot)).map(({ name, slot }) => [name, slot]);
}

/** `Make a picture from a prompt and an image`. */
function sentence(medium: string, slots: Record<string, Slot>): string {
  const types = new Set(Object.values(slots).map(({ type }) => type));
  const sources = SLOT_TYPE_NAMES.filter((type) => types.has(type)).flatMap(
    (type) => definitionOf(type).source ?? [],
  );
  return `Make ${medium}${sources.length > 0 ? ` from ${sources.join(' and ')}` : ''}`;
}
