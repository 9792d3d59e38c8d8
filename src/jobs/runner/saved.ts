/** What a run has saved, and what of it is posted: at its end, or although it failed. */
import type { Problem } from '../../core/errors.ts';
import type { Job, JobEnd } from '../../core/job.ts';
import type { NodeClasses } from '../../core/nodes.ts';
import type { Output } from '../../core/run.ts';
import { clip } from '../../core/text.ts';
import { nodeTitle, type NodeId, type Workflow } from '../../core/workflow.ts';

/** In UTF-16 units. */
const MAX_TITLE = 100;

/**
 * Those of the template's output nodes. When it names none, previews (`temp` files) count only if nothing was saved:
 * a workflow that saves its picture often shows intermediate ones too.
 */
export function posted(outputs: Output[], nodes: NodeId[] | undefined): Output[] {
  if (nodes) return outputs.filter(({ node }) => nodes.includes(node));
  const saved = outputs.some(({ kind, type }) => kind !== 'text' && type === 'output');
  return saved ? outputs.filter(isSaved) : outputs;
}

/** A failure, with what was saved before it. Notes in the job what was not made, if anything was. */
export function failedEnd(
  job: Job,
  problem: Problem,
  all: Output[],
  graph: Workflow,
  classes: NodeClasses | undefined,
): JobEnd {
  const outputs = posted(all, job.outputNodes).filter((output) => job.outputNodes || isSaved(output));
  if (outputs.length === 0) return { kind: 'failed', problem };
  const made = new Set(all.map(({ node }) => node));
  const refused = job.unmade ?? [];
  const known = refused.map(({ node }) => node);
  const unmade = new Set([...known, ...outputNodes(job, graph, classes)]).difference(made);
  if (unmade.size > 0)
    job.unmade = [...unmade].map((id) => refused.find(({ node }) => node === id) ?? titled(graph, id));
  return { kind: 'failed', problem, outputs };
}

/** A look at how far it was is no result. */
function isSaved({ kind, type }: Output): boolean {
  return kind === 'text' || type !== 'temp';
}

/** Without the template's word and the backend's classes nothing is known. */
function outputNodes(
  { outputNodes: named }: Job,
  graph: Workflow,
  classes: NodeClasses | undefined,
): NodeId[] {
  if (named) return named;
  return Object.keys(graph).filter((id) => classes?.get(graph[id]?.class_type ?? '')?.isOutput === true);
}

/** As people know it: the graph is not at hand when they are told. */
export function titled(graph: Workflow, node: NodeId): { node: NodeId; title: string } {
  return { node, title: clip(nodeTitle(graph, node), MAX_TITLE) };
}
