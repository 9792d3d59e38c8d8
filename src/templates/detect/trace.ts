/** Walking upstream: along links of a kind, to where a value really stands, on the live branch of a switch. */
import type { Json } from '../../core/json.ts';
import { pathKey, type NodeId } from '../../core/workflow.ts';
import type { Graph } from './graph.ts';
import { carries, carriesAnything, isPipe, type Kind } from './kinds.ts';
import { classOf, inputsOf, linksInto, nodeInfo, type Input, type Linked, type View } from './view.ts';

/** The node's linked inputs that carry a whole setup. */
export function pipesInto(view: View, id: NodeId): readonly Linked[] {
  return linksInto(view, id).filter(({ type, name }) => isPipe(type ?? name));
}

/** The node's linked inputs of that kind; of a switch with a known position only the live side. */
export function linksOf(view: View, id: NodeId, kind: Kind): readonly Linked[] {
  const known = view.carrying.get(kind) ?? new Map<NodeId, readonly Linked[]>();
  view.carrying.set(kind, known);
  const before = known.get(id);
  if (before) return before;
  const links = linksInto(view, id).filter((input) => carries(input, kind));
  const open = openSide(view, id, links);
  known.set(id, open);
  return open;
}

/** Those of a node's inputs that its switch does not leave out. */
export function openSide<T extends Input>(view: View, id: NodeId, inputs: readonly T[]): readonly T[] {
  if (!inputs.some(({ name }) => SWITCHED.has(name))) return inputs;
  const position = inputsOf(view, id).find(({ name }) => name === 'switch');
  const from = position?.link?.from;
  const on = from === undefined ? position?.value : constantIn(view, from, 'switch', 'boolean')?.value;
  return inputs.filter(({ name }) => typeof on !== 'boolean' || name !== `on_${!on}`);
}

const SWITCHED = new Set(['on_true', 'on_false']);

export type Sort = 'number' | 'string' | 'boolean';
const CONSTANT =
  /^(value|int|integer|float|number|num|string|text|seed|noise_seed|bool|boolean|switch|choice)$/i;
/** A longer chain of reroutes is nobody's; the cap keeps many inputs on one long chain cheap. */
const MAX_HOPS = 32;
/** Nor is a constant or a switch with more inputs. */
const MAX_INPUTS = 50;

/**
 * Where the value of an input stands: in itself, or in the constant at the other end of its link. Undefined when it
 * is computed, is of another sort, or was claimed by a title.
 */
export function literalBehind(graph: Graph, input: Input, sort: Sort): Input | undefined {
  const found = followConstants(graph, input, sort);
  return found && !graph.taken.has(pathKey(found.path)) ? found : undefined;
}

function followConstants(view: View, input: Input, sort: Sort): Input | undefined {
  let at: Input | undefined = input;
  for (let hops = 0; at && hops < MAX_HOPS; hops++) {
    if (!at.link) return sortOf(at.value) === sort ? at : undefined;
    const from: NodeId = at.link.from;
    at =
      constantIn(view, from, at.name, sort) ??
      passedOn(view, from, sort) ??
      pipedThrough(view, from, input.name);
  }
  return undefined;
}

/** The one input that a node without links is about. */
function constantIn(view: View, id: NodeId, name: string, sort: Sort): Input | undefined {
  const inputs = inputsOf(view, id);
  if (inputs.length > MAX_INPUTS || linksInto(view, id).length > 0) return undefined;
  const literals = inputs.filter(({ value }) => sortOf(value) === sort);
  const same = literals.find((input) => input.name === name);
  if (same) return same;
  const choices = [
    literals.filter((input) => input.name.startsWith(`${name}_`)),
    literals.filter((input) => CONSTANT.test(input.name)),
    literals,
  ];
  return choices.find(({ length }) => length === 1)?.[0];
}

/** A switch has its position and two sides. */
const MAX_PASSED = 3;
const PASSED_TYPE: Record<Sort, RegExp> = {
  number: /^\*$|^COMFY_MATCH|INT|FLOAT/,
  string: /^\*$|^COMFY_MATCH|STRING/,
  boolean: /^\*$|^COMFY_MATCH|BOOLEAN/,
};

/** The only input of a reroute or converter, or the live one of a switch. */
function passedOn(view: View, id: NodeId, sort: Sort): Input | undefined {
  if (inputsOf(view, id).length > MAX_PASSED) return undefined;
  const [only, ...more] = openSide(view, id, inputsOf(view, id)).filter(({ name }) => name !== 'switch');
  if (!only || more.length > 0) return undefined;
  const type = only.info?.type;
  const passes = type === undefined ? carriesAnything(only.name) : PASSED_TYPE[sort].test(type);
  return passes ? only : undefined;
}

/** A pipe's output comes from its input of that name, else from the pipe before it. */
function pipedThrough(view: View, id: NodeId, name: string): Input | undefined {
  const inputs = inputsOf(view, id);
  const outputs = nodeInfo(view, id)?.outputs;
  if (inputs.length > MAX_INPUTS || !(outputs ?? [classOf(view, id)]).some(isPipe)) return undefined;
  return (
    inputs.find((input) => name === input.name || name.endsWith(`_${input.name}`)) ?? pipesInto(view, id)[0]
  );
}

function sortOf(value: Json | undefined): Sort | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  if (typeof value === 'string') return 'string';
  return typeof value === 'boolean' ? 'boolean' : undefined;
}
