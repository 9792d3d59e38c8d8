/** The nodes that sample: told by what they take, not by what they are called. */
import type { NodeId } from '../../core/workflow.ts';
import type { Graph } from './graph.ts';
import { carries } from './kinds.ts';
import { linksOf } from './trace.ts';
import { inputsOf, nodeInfo } from './view.ts';

/** Whether a node only hands conditioning on; some samplers do so too. */
export function isConditioner(graph: Graph, id: NodeId): boolean {
  return (graph.uses.get(id) ?? []).some((use) => carries(use, 'CONDITIONING')) && !isSet(graph, id);
}

export function isGuider(graph: Graph, id: NodeId): boolean {
  const outputs = nodeInfo(graph, id)?.outputs;
  if (outputs) return outputs.includes('GUIDER');
  return (graph.uses.get(id) ?? []).some(({ name }) => name === 'guider');
}

/** Samplers, detailers and upscalers from the first to the last, each after the nodes that set it up. */
export function samplingNodes(graph: Graph): NodeId[] {
  const nodes = graph.order.filter((id) => samples(graph, id));
  const last = nodes.filter((id) => !(graph.uses.get(id) ?? []).some((use) => carries(use, 'SETUP')));
  const placed = new Set<NodeId>();
  for (const sampler of [...last, ...nodes]) placeSetup(graph, sampler, placed);
  return [...placed];
}

/** All that is linked to a sampler as its sampler, noise, guider or sigmas, then the sampler. */
function placeSetup(graph: Graph, sampler: NodeId, placed: Set<NodeId>): void {
  const stack = [sampler];
  for (let id = stack.pop(); id !== undefined; id = stack.pop())
    for (const { link } of linksOf(graph, id, 'SETUP'))
      if (!placed.has(link.from)) {
        placed.add(link.from);
        stack.push(link.from);
      }
  placed.add(sampler);
}

function samples(graph: Graph, id: NodeId): boolean {
  const driven = inputsOf(graph, id).some(({ name }) => /^(positive|guider|sigmas)$/.test(name));
  return isSet(graph, id) || (driven && !isConditioner(graph, id));
}

const SETTINGS = /^(seed|noise_seed|steps|cfg|sampler_name|scheduler|denoise)$/;

/** One setting alone may mean something else. */
export function isSet(graph: Graph, id: NodeId): boolean {
  return inputsOf(graph, id).filter(({ name }) => SETTINGS.test(name)).length > 1;
}

/** Language models draw words by a seed, and at a temperature. */
export function drawsWords(graph: Graph, id: NodeId): boolean {
  return inputsOf(graph, id).some(({ name }) => name === 'temperature');
}

/** A node that gives nothing but texts; of a class that nobody described, by where they go. */
export function givesWords(graph: Graph, id: NodeId): boolean {
  const outputs = nodeInfo(graph, id)?.outputs;
  if (outputs) return outputs.length > 0 && outputs.every((type) => type === 'STRING');
  const uses = graph.uses.get(id) ?? [];
  return uses.length > 0 && uses.every((use) => carries(use, 'STRING'));
}
