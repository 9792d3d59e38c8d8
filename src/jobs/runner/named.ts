/**
 * What a backend says of a node, by the name that its person knows: the node's title, as progress shows it. A node that
 * another one was expanded to is the one that stands in the graph.
 */
import type { Problem } from '../../core/errors.ts';
import { nodeAt, nodeTitle, ownTitle, type NodeId, type Workflow } from '../../core/workflow.ts';

/** The problem with its node's title; as it is where the graph does not have that node. */
export function named(problem: Problem, graph: Workflow): Problem {
  if (problem.code === 'run-failed' || problem.code === 'out-of-memory')
    return { ...problem, node: titleAt(graph, problem.id) ?? problem.node };
  if (problem.code === 'workflow-refused' || problem.code === 'model-missing') {
    const title = titleAt(graph, problem.node) ?? problem.title;
    return { ...problem, ...(title !== undefined && { title }) };
  }
  if (problem.code !== 'missing-node') return problem;
  const id = problem.id ?? Object.keys(graph).find((each) => graph[each]?.class_type === problem.node);
  const title = id === undefined ? undefined : ownTitle(graph, id);
  return { ...problem, ...(title !== undefined && { title }) };
}

function titleAt(graph: Workflow, id: NodeId | undefined): string | undefined {
  return id !== undefined && nodeAt(graph, id) ? nodeTitle(graph, id) : undefined;
}
