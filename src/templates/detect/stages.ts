/** The nodes that sample: told by what they take, not by what they are called. */
import type { NodeId } from '../../core/workflow.ts';
import type { Graph } from './graph.ts';
import { carries, linksOf } from './trace.ts';
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
  return [...new Set([...last, ...nodes].flatMap((id) => [...setupOf(graph, id), id]))];
}

/** All that is linked to a sampler as its sampler, noise, guider or sigmas. */
function setupOf(graph: Graph, sampler: NodeId): Set<NodeId> {
  const setup = new Set<NodeId>();
  const stack = [sampler];
  for (let id = stack.pop(); id !== undefined; id = stack.pop())
    for (const { link } of linksOf(graph, id, 'SETUP'))
      if (!setup.has(link.from)) {
        setup.add(link.from);
        stack.push(link.from);
      }
  return setup;
}

function samples(graph: Graph, id: NodeId): boolean {
  const driven = inputsOf(graph, id).some(({ name }) => /^(positive|guider|sigmas)$/.test(name));
  return isSet(graph, id) || (driven && !isConditioner(graph, id));
}

const SETTINGS = /^(seed|noise_seed|steps|cfg|sampler_name|scheduler|denoise)$/;

/** One setting alone may mean something else. */
function isSet(graph: Graph, id: NodeId): boolean {
  return inputsOf(graph, id).filter(({ name }) => SETTINGS.test(name)).length > 1;
}

/** Language models draw words by a seed, and at a temperature. */
export function drawsWords(graph: Graph, id: NodeId): boolean {
  return inputsOf(graph, id).some(({ name }) => name === 'temperature');
}
