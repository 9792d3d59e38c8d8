/** What a sampler is set to: steps, cfg, guidance, sampler, scheduler, denoise, and the one seed of all. */
import type { Purpose } from '../../core/detected.ts';
import type { Slot } from '../../core/template.ts';
import type { NodeId } from '../../core/workflow.ts';
import { groupBy, type Found } from './found.ts';
import type { Graph } from './graph.ts';
import { comesFromEmpty } from './latents.ts';
import { numberSlot } from './limits.ts';
import { isConditioner } from './stages.ts';
import { literalBehind, type Sort } from './trace.ts';
import { inputsOf, type Input } from './view.ts';

interface Setting {
  name: Purpose;
  inputs: readonly string[];
  type: 'integer' | 'number' | 'choice';
}

const SETTINGS: readonly Setting[] = [
  { name: 'steps', inputs: ['steps'], type: 'integer' },
  { name: 'cfg', inputs: ['cfg'], type: 'number' },
  { name: 'guidance', inputs: ['guidance'], type: 'number' },
  { name: 'sampler', inputs: ['sampler_name', 'sampler'], type: 'choice' },
  { name: 'scheduler', inputs: ['scheduler'], type: 'choice' },
  { name: 'denoise', inputs: ['denoise'], type: 'number' },
];

interface Origin {
  /** The sampler's input, whose bounds count. */
  at: Input;
  /** Where its value stands. */
  into: Input;
}

/** Several samplers in one text, to be compared: no choice of one. */
const LIST = /[,;\n]/;

export function settingSlots(graph: Graph, sampling: readonly NodeId[]): Found[] {
  const inputs = groupBy(
    sampling.flatMap((id) => inputsOf(graph, id)),
    ({ name }) => name,
  );
  inputs.set('guidance', guidanceInputs(graph));
  const fresh = comesFromEmpty(graph, sampling);
  return SETTINGS.flatMap((setting) => {
    const sort = setting.type === 'choice' ? 'string' : 'number';
    const own = setting.inputs.flatMap((name) => inputs.get(name) ?? []);
    const nodes = [...new Set(own.map(({ path: [id] }) => id))];
    const origins = originsOf(graph, own, sort);
    const useful = origins.filter(
      ({ at, into: { value } }) =>
        (setting.name !== 'denoise' || value !== 1 || !fresh(at.path[0])) &&
        !(typeof value === 'string' && LIST.test(value)),
    );
    // equal values are meant to be equal: base and refiner, or high and low noise
    const groups = groupBy(useful, ({ into }) => into.value);
    return [...groups.values()].flatMap((group) => settingSlot(setting, group, nodes) ?? []);
  });
}

/** `nodes`: all that have the setting, the first sampler's first. */
function settingSlot(
  { name, type }: Setting,
  origins: readonly Origin[],
  nodes: readonly NodeId[],
): Found | undefined {
  const [first] = origins;
  if (!first) return undefined;
  const { at, into: source } = first;
  const into = origins.map((origin) => origin.into.path);
  const about = { purpose: name, nth: nodes.indexOf(at.path[0]) + 1 };
  if (type !== 'choice') {
    const slot = numberSlot(type, name, source.value, at.info, into);
    return slot && { name, slot, about };
  }
  if (typeof source.value !== 'string') return undefined;
  return { name, slot: { type, into, default: source.value }, about };
}

/** Guidance is written into the conditioning. */
function guidanceInputs(graph: Graph): Input[] {
  return graph.order
    .filter((id) => isConditioner(graph, id))
    .flatMap((id) => inputsOf(graph, id).filter(({ name }) => name === 'guidance'));
}

const SEED = /^(noise_)?seed$/;

/** One seed for everything, so that one number makes the same picture again. */
export function seedSlot(graph: Graph, nodes: readonly NodeId[]): Found[] {
  const seeding = new Set(nodes);
  const inputs = graph.order
    .filter((id) => seeding.has(id))
    .flatMap((id) => inputsOf(graph, id).filter(({ name }) => SEED.test(name)));
  const into = originsOf(graph, inputs, 'number').map((origin) => origin.into.path);
  const slot: Slot = { type: 'seed', into };
  return into.length > 0 ? [{ name: 'seed', slot, about: { purpose: 'seed' } }] : [];
}

/** Where the values of these inputs stand, each input once. */
function originsOf(graph: Graph, inputs: readonly Input[], sort: Sort): Origin[] {
  const origins = new Map<Input, Origin>();
  for (const at of inputs) {
    const into = literalBehind(graph, at, sort);
    if (into && !origins.has(into)) origins.set(into, { at, into });
  }
  return [...origins.values()];
}
