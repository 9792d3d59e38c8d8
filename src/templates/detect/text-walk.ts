/** From a sampler upstream to the texts that reach it, in the order of each node's inputs. */
import type { NodeId } from '../../core/workflow.ts';
import type { Graph } from './graph.ts';
import { isDisplay } from './outputs.ts';
import { carries, linksOf, openSide } from './trace.ts';
import { classOf, inputsOf, nodeInfo, pathKey, type Input, type Link } from './view.ts';

export type Side = 'positive' | 'negative' | 'lyrics';

/** An input to look at, on the way from a sampler's side. */
export interface Step {
  input: Input;
  side: Side;
}

/** All texts, each once a side. */
export function textsBehind(graph: Graph, starts: readonly Step[]): Record<Side, Input[]> {
  const found: Record<Side, Input[]> = { positive: [], negative: [], lyrics: [] };
  const seen = new Set<string>();
  const stack = starts.toReversed();
  for (let step = stack.pop(); step; step = stack.pop()) {
    const { side, input } = step;
    const { link, path, value } = input;
    const key = link ? `${side} ${link.output} ${link.from}` : `${side} ${pathKey(path)}`;
    if (seen.has(key)) continue;
    seen.add(key);
    if (link) for (const next of behind(graph, link, side).toReversed()) stack.push(next);
    else if (typeof value === 'string' && !graph.taken.has(pathKey(path))) found[side].push(input);
  }
  return found;
}

/** Its text never reaches the sampler. */
const ZEROES = /zero_?out/i;
/** Parts of a text tool's work that nobody wants to type in chat. */
const TOOLING = /delimiter|separator|^find$|pattern|regex|^mode$|^key$|system|^action$|filename|^f_string$/i;

/** The inputs of the linked node that can carry text on. */
function behind(graph: Graph, link: Link, side: Side): Step[] {
  const { from } = link;
  if (ZEROES.test(classOf(graph, from))) return [];
  const conditioning = linksOf(graph, from, 'CONDITIONING');
  const wanted = new Set(
    onSide([...conditioning, ...textsOf(graph, from, conditioning)], sideOf(graph, link, side, conditioning)),
  ); // a set, since an input may be both
  return inputsOf(graph, from)
    .filter((input) => wanted.has(input))
    .map((input) => ({ input, side: input.name === 'lyrics' && side === 'positive' ? 'lyrics' : side }));
}

/** The texts of a node that encodes or joins them; what only hands conditioning on has none. */
function textsOf(graph: Graph, id: NodeId, conditioning: readonly Input[]): Input[] {
  const encodes = linksOf(graph, id, 'CLIP').length > 0;
  if (!encodes && !conditioning.every((input) => carries(input, 'STRING'))) return [];
  const texts = openSide(graph, id, inputsOf(graph, id)).filter((input) => carries(input, 'STRING'));
  // an empty text counts where it is all there is, not where it is joined with others
  const emptyCounts = encodes || texts.length === 1;
  return texts.filter(
    (input) => !TOOLING.test(input.name) && (input.link || isOwnText(graph, input, emptyCounts)),
  );
}

function isOwnText(graph: Graph, { path: [id], name, value, info }: Input, emptyCounts: boolean): boolean {
  if (typeof value !== 'string' || isDisplay(graph, id)) return false;
  if (nodeInfo(graph, id) && !info) return false; // nothing the node takes: what the editor remembers
  return /[\p{L}\p{N}]/u.test(value) || name === 'lyrics' || (emptyCounts && value.trim() === '');
}

/** A node that hands both sides on does so by its outputs, the positive one first. */
function sideOf(graph: Graph, link: Link, side: Side, conditioning: readonly Input[]): Side {
  if (onSide(conditioning, 'negative').length === conditioning.length) return side;
  const before = nodeInfo(graph, link.from)?.outputs.slice(0, link.output);
  const index = before ? before.filter((type) => type === 'CONDITIONING').length : link.output;
  return index === 0 ? 'positive' : index === 1 ? 'negative' : side;
}

/** Whether an input is for what to keep out, by its name. */
export function isNegative({ name }: Input): boolean {
  return /(^|_)neg|uncond/i.test(name);
}

/** The inputs of one side; all where they have no sides. */
function onSide(inputs: readonly Input[], side: Side): readonly Input[] {
  const negative = inputs.filter(isNegative);
  if (negative.length === 0 || negative.length === inputs.length) return inputs;
  return side === 'negative' ? negative : inputs.filter((input) => !isNegative(input));
}
