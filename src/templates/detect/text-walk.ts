/** From a sampler upstream to the texts that reach it, in the order of each node's inputs. */
import { pathKey, type NodeId } from '../../core/workflow.ts';
import type { Graph } from './graph.ts';
import { carries } from './kinds.ts';
import { isDisplay } from './outputs.ts';
import { linksOf, openSide } from './trace.ts';
import { classOf, inputsOf, nodeInfo, type Input } from './view.ts';

export type Side = 'positive' | 'negative' | 'lyrics';

/** An input to look at, on the way from a sampler's side. */
export interface Step {
  input: Input;
  side: Side;
}

/** All texts, each once a side. */
export function textsBehind(graph: Graph, starts: readonly Step[]): Record<Side, Input[]> {
  const found: Record<Side, Input[]> = { positive: [], negative: [], lyrics: [] };
  // a node is walked once a side, however many of its outputs are used
  const seen = { positive: new Set(), negative: new Set(), lyrics: new Set() };
  const handed = new Map<NodeId, HandedOn>();
  const stack = starts.toReversed();
  for (let step = stack.pop(); step; step = stack.pop()) {
    const { link, path, value } = step.input;
    const handOn = link && (handed.get(link.from) ?? handedOn(graph, link.from));
    if (handOn) handed.set(link.from, handOn);
    const side = (link && handOn?.(link.output)) ?? step.side;
    const at = link ? link.from : step.input;
    if (seen[side].has(at)) continue;
    seen[side].add(at);
    if (link) for (const next of behind(graph, link.from, side).toReversed()) stack.push(next);
    else if (typeof value === 'string' && !graph.taken.has(pathKey(path))) found[side].push(step.input);
  }
  return found;
}

/** Its text never reaches the sampler. */
const ZEROES = /zero_?out/i;
/** Parts of a text tool's work that nobody wants to type in chat. */
const TOOLING =
  /delimiter|separator|exclude|^find$|pattern|regex|^mode$|^key$|system|^action$|filename|^f_string$/i;
/** A switch that is written as a word. */
const SWITCH = /^(yes|no|on|off|true|false|enabled?|disabled?)$/i;
/** What a node that looks at a picture said of it last. */
const SEEN = /^(tags?|captions?|result|output)$/i;

/** The inputs of the linked node that can carry text on. */
function behind(graph: Graph, from: NodeId, side: Side): Step[] {
  if (ZEROES.test(classOf(graph, from))) return [];
  const conditioning = linksOf(graph, from, 'CONDITIONING');
  const wanted = new Set(onSide([...conditioning, ...textsOf(graph, from, conditioning)], side)); // an input may be both
  return inputsOf(graph, from)
    .filter((input) => wanted.has(input))
    .map((input) => ({ input, side: input.name === 'lyrics' && side === 'positive' ? 'lyrics' : side }));
}

/** The texts of a node that encodes or joins them; what only hands conditioning on has none. */
function textsOf(graph: Graph, id: NodeId, conditioning: readonly Input[]): Input[] {
  const encodes = linksOf(graph, id, 'CLIP').length > 0;
  if (!encodes && !conditioning.every((input) => carries(input, 'STRING'))) return [];
  const texts = openSide(graph, id, inputsOf(graph, id)).filter((input) => carries(input, 'STRING'));
  const looks = !encodes && linksOf(graph, id, 'IMAGE').length > 0;
  const isTooling = ({ name, value }: Input) =>
    TOOLING.test(name) ||
    (looks && SEEN.test(name)) ||
    (texts.length > 1 && typeof value === 'string' && SWITCH.test(value));
  // an empty text counts where it is all there is, not where it is joined with others
  const emptyCounts = encodes || texts.length === 1;
  return texts.filter((input) => !isTooling(input) && (input.link || isOwnText(graph, input, emptyCounts)));
}

function isOwnText(graph: Graph, { path: [id], name, value, info }: Input, emptyCounts: boolean): boolean {
  if (typeof value !== 'string' || isDisplay(graph, id)) return false;
  if (nodeInfo(graph, id) && !info) return false; // nothing the node takes: what the editor remembers
  return /[\p{L}\p{N}]/u.test(value) || name === 'lyrics' || (emptyCounts && value.trim() === '');
}

/** The side of a node's output; undefined where it has that of whoever asks. */
type HandedOn = (output: number) => Side | undefined;

/**
 * A node that hands both sides on does so by its outputs, the positive one first. Which of them are conditioning
 * its class says, else the inputs that they go to.
 */
function handedOn(graph: Graph, id: NodeId): HandedOn {
  const conditioning = linksOf(graph, id, 'CONDITIONING');
  if (onSide(conditioning, 'negative').length === conditioning.length) return () => undefined;
  const outputs = nodeInfo(graph, id)?.outputs;
  const inOrder = (index: number) => SIDES[index];
  if (outputs) return (output) => inOrder(outputs.slice(0, output).filter(isConditioning).length);
  const sided = (graph.uses.get(id) ?? []).filter(({ name }) => SIDED.test(name));
  const [negative, positive] = [true, false].map(
    (wanted) => new Set(sided.flatMap((use) => (isNegative(use) === wanted ? [use.link?.output] : []))),
  );
  return (output) => {
    const good = positive?.has(output);
    if (good === negative?.has(output)) return inOrder(output); // of both or of none
    return good ? 'positive' : 'negative';
  };
}

const SIDES: readonly Side[] = ['positive', 'negative'];
const SIDED = /^(positive|negative)/i;

function isConditioning(type: string): boolean {
  return type === 'CONDITIONING';
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
