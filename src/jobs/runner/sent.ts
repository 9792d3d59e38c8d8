/** At a run's end: what it has sent over the socket beside what it has saved, and what of that never came. */
import type { MissingFile } from '../../core/audience.ts';
import type { Problem } from '../../core/errors.ts';
import type { Job, Missed } from '../../core/job.ts';
import type { Output } from '../../core/run.ts';
import { SENT, socketClass, socketOutputs } from '../../core/socket-outputs.ts';
import type { Workflow } from '../../core/workflow.ts';
import { titled } from './saved.ts';

/** `outputs`: as the backend tells them. What is sent stands where its node stands in the graph. */
export function withSent(job: Job, outputs: readonly Output[] | undefined, graph: Workflow): Output[] {
  const told = (outputs ?? []).filter(({ type }) => type !== SENT);
  const sent = (job.received ?? []).flatMap(({ files }) => files);
  if (sent.length === 0) return told;
  const order = new Map(Object.keys(graph).map((id, index) => [id, index]));
  const place = ({ node }: Output): number => order.get(node) ?? order.size;
  return [...told, ...sent].toSorted((a, b) => place(a) - place(b));
}

/** Nodes whose pictures did not come, or not all, of a run that succeeded. */
export function missedOf(job: Job, outputs: readonly Output[], graph: Workflow): Missed[] {
  const told = Map.groupBy(
    outputs.filter(({ type }) => type === SENT),
    ({ node }) => node,
  );
  const refused = new Set(job.unmade?.map(({ node }) => node));
  const nodes = new Set([...socketOutputs(graph), ...told.keys()]);
  return [...nodes].flatMap((node): Missed[] => {
    if (refused.has(node) || job.outputNodes?.includes(node) === false) return [];
    const entry = job.received?.find((one) => one.node === node);
    const got = entry?.files.length ?? 0;
    const expected = told.get(node)?.length ?? entry?.expected;
    const isCounted = socketClass(graph[node]?.class_type ?? '')?.counted ?? false;
    // how many there are was not heard, so one may be missing
    const isUnsure = isCounted && expected === undefined;
    if (entry?.lack === undefined && !isUnsure && got >= Math.max(1, expected ?? 1)) return [];
    const { title } = titled(graph, node);
    return [
      { node, title, got, ...(expected !== undefined && { of: expected }), why: entry?.lack ?? 'lost' },
    ];
  });
}

/** Whether another run may bring it: it sends again, and there is room for it. */
export function mayComeAgain({ node, why }: Missed, graph: Workflow): boolean {
  return why === 'lost' && socketClass(graph[node]?.class_type ?? '') !== undefined;
}

/** Before it is submitted: what it sends then takes the place of what came of a run before. */
export function fromTheFirst({ received = [] }: Job): void {
  for (const entry of received) entry.next = 0;
}

/** What came whole is not taken again from another run. */
export function keepWhole({ received = [] }: Job, missed: readonly Missed[]): void {
  for (const entry of received) if (!missed.some(({ node }) => node === entry.node)) entry.all = true;
}

export function problemOfMissed({ rerun }: Job, { title: node, got, of, why }: Missed): Problem {
  const again = why === 'lost' && rerun?.unsent !== undefined && ({ again: true } as const);
  return { code: 'pictures-missed', node, got, ...(of !== undefined && { of }), why, ...again };
}

/** As it is told beside what there is. */
export function missingSent(job: Job): MissingFile[] {
  const { missed = [], end } = job;
  // the problem of one that failed says so already
  const told =
    end?.kind === 'failed' && end.problem.code === 'pictures-missed' ? end.problem.node : undefined;
  return missed
    .filter(({ title }) => title !== told)
    .map((one) => ({ name: one.title, problem: problemOfMissed(job, one) }));
}
