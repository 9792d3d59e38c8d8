/** Where a sampler's latent begins: from nothing, with a size of its own, or from a picture that was put in. */
import type { NodeId } from '../../core/workflow.ts';
import type { Graph } from './graph.ts';
import { linksOf, pipesInto } from './trace.ts';
import { classOf, inputsOf, type Input } from './view.ts';

/** The nodes that begin the latents of these samplers, the first sampler's first. */
export function latentSources(graph: Graph, sampling: readonly NodeId[]): NodeId[] {
  const sources: NodeId[] = [];
  const seen = new Set<NodeId>();
  for (const sampler of sampling) {
    const stack = latentsInto(graph, sampler).toReversed();
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const further = latentsInto(graph, id);
      if (further.length === 0) sources.push(id);
      for (const next of further.toReversed()) stack.push(next);
    }
  }
  return sources;
}

/**
 * Tells of a node that samples whether it starts from nothing, so that a denoise of 1 is no choice. Asked of a
 * scheduler, which has no latent, it answers for all samplers.
 */
export function comesFromEmpty(graph: Graph, sampling: readonly NodeId[]): (id: NodeId) => boolean {
  const empty = new Map<NodeId, boolean>();
  const inherited = new Map<NodeId, boolean>();
  for (const id of graph.order) {
    const sources = latentsInto(graph, id);
    if (sources.length === 0) empty.set(id, isEmpty(graph, id));
    else
      inherited.set(
        id,
        sources.some((from) => empty.get(from) ?? inherited.get(from) ?? true),
      );
  }
  const all = sampling.every((id) => inherited.get(id) ?? true);
  return (id) => inherited.get(id) ?? all;
}

const SIZE = /^(|target_|original_|empty_latent_|latent_|image_|video_|output_)width$/;

/** The pairs of inputs that are its size, such as `width` and `height` or `empty_latent_width` and its height. */
export function sizeInputs(graph: Graph, id: NodeId): { width: Input; height: Input }[] {
  const widths = inputsOf(graph, id).filter(({ name }) => SIZE.test(name));
  if (widths.length === 0) return [];
  const beside = new Map(inputsOf(graph, id).map((input) => [input.path[1], input]));
  return widths.flatMap((width) => {
    const height = beside.get(width.path[1].replace(/width$/, 'height'));
    return height ? [{ width, height }] : [];
  });
}

function isEmpty(graph: Graph, id: NodeId): boolean {
  const timed = inputsOf(graph, id).some(({ name }) => name === 'seconds');
  return timed || /empty/i.test(classOf(graph, id)) || sizeInputs(graph, id).length > 0;
}

function latentsInto(graph: Graph, id: NodeId): NodeId[] {
  const latents = linksOf(graph, id, 'LATENT');
  return (latents.length > 0 ? latents : pipesInto(graph, id)).map(({ link }) => link.from);
}
