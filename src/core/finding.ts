/** What is worth knowing of a template before it is published. */
import type { Problem } from './errors.ts';
import type { Template } from './template.ts';

export interface Finding {
  /** Where to show it. */
  at: 'name' | 'description' | 'outputs' | 'workflow' | { slot: string };
  problem: Problem;
  /** It cannot be published like this. Others are worth knowing. */
  blocking: boolean;
}

/**
 * Those that say the same of several things, as one: what is missing is one list rather than a line for each. In the
 * order of the first of each.
 */
export function grouped(findings: readonly Finding[]): Finding[] {
  const groups = Map.groupBy(findings, ({ problem, blocking }) => `${blocking} ${subjectOf(problem)}`);
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map((first) => ({ ...first, problem: together(group.map(({ problem }) => problem)) })),
  );
}

/** The same for problems that explain another one. */
export function groupedProblems(problems: readonly Problem[]): Problem[] {
  return [...Map.groupBy(problems, subjectOf).values()].map(together);
}

/** What a problem of several things lists, each as it is named; empty for any other. */
export function listedIn(problem: Problem): string[] {
  if (problem.code === 'missing-nodes') return problem.nodes;
  if (problem.code !== 'values-unavailable') return [];
  return problem.values.map(({ slot, node, input, value }) => `${value} (${slot ?? node} · ${input})`);
}

/** What is missing is of one kind, whatever it is called; of anything else only what is quite the same. */
function subjectOf(problem: Problem): string {
  const { code } = problem;
  return code === 'missing-node' || code === 'value-unavailable' ? code : JSON.stringify(problem);
}

/** At least one, all of one subject. */
function together(problems: readonly Problem[]): Problem {
  const [first] = problems;
  if (!first) throw new Error('a group of nothing');
  if (problems.length === 1) return first;
  const nodes = problems.flatMap((one) => (one.code === 'missing-node' ? [one.node] : []));
  if (nodes.length > 0) return { code: 'missing-nodes', nodes };
  const values = problems.flatMap((one) => {
    if (one.code !== 'value-unavailable') return [];
    const { code: _code, ...value } = one;
    return [value];
  });
  return values.length > 0 ? { code: 'values-unavailable', values } : first;
}

/** As much of a template as makes its command in a chat. */
export type Command = Pick<Template, 'name' | 'description' | 'slots' | 'languages'>;
