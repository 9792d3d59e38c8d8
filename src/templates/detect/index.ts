/**
 * Reads a workflow as a person would, and suggests what to ask for: where the prompt goes in, which numbers matter,
 * what is posted. It knows how ComfyUI's nodes are linked and hardly any of their names. Pure.
 */
import type { NodeClasses } from '../../core/nodes.ts';
import type { SlotType } from '../../core/template.ts';
import type { Workflow } from '../../core/workflow.ts';
import { groupBy, type Found, type Suggestion } from './found.ts';
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

export { inWords, ownWords, slotWords, type DetectedLanguages } from './in-words.ts';
export { slotCandidates, suggestSlot } from './suggest.ts';

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
  const slots = mostUseful([...titled.map(asTitled), ...numbered(found, titled)]);
  const about = { medium: mediumOf(graph), sources: sourcesOf(slots) };
  return { slots: toldApart(slots), outputs: postedOutputs(graph), about };
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
  return found.map(({ name: base, ...rest }) => {
    let count = counts.get(base) ?? 0;
    let name: string;
    do {
      count += 1;
      name = count === 1 ? base : `${base}_${count}`;
    } while (taken.has(name));
    counts.set(base, count);
    return named({ name, ...rest }, PRIORITY.indexOf(base) + (count > 1 ? PRIORITY.length : 0));
  });
}

function asTitled(found: Found): Named {
  return named(found, -1);
}

/** Nobody wants the author's own picture: the prompt must be given. */
function named(found: Found, rank: number): Named {
  const { name, slot } = found;
  if (name !== 'prompt' || slot.type !== 'text') return { ...found, rank };
  const { default: _, ...rest } = slot;
  return { ...found, slot: { ...rest, required: true }, rank };
}

/** As many as every chat takes; an admin may add more. */
const MAX_SUGGESTED = 25;

function mostUseful(all: readonly Named[]): Found[] {
  const kept = new Set(all.toSorted((a, b) => a.rank - b.rank).slice(0, MAX_SUGGESTED));
  return all.filter((slot) => kept.has(slot)).map(({ name, slot, about }) => ({ name, slot, about }));
}

/** Only of several slots for one purpose it is said which one each is. */
function toldApart(slots: readonly Found[]): Found[] {
  const alike = groupBy(slots, ({ about }) => about.purpose);
  return slots.map((found) => {
    const { about } = found;
    if (about.purpose === 'named' || about.purpose === 'input') return found;
    const { purpose } = about;
    const group = alike.get(purpose) ?? [];
    if (group.length === 1) return { ...found, about: { purpose } };
    const told = new Set(group.map((other) => ('nth' in other.about ? other.about.nth : undefined)));
    const nth = (told.size === group.length ? about.nth : undefined) ?? group.indexOf(found) + 1;
    return { ...found, about: { purpose, nth } };
  });
}

function sourcesOf(slots: readonly Found[]): SlotType[] {
  const types = new Set(slots.map(({ slot }) => slot.type));
  return SLOT_TYPE_NAMES.filter((type) => types.has(type) && definitionOf(type).source);
}
