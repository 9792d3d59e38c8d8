/** What a backend did not take of a graph, when it took the rest: which outputs, and why, as their person knows it. */
import type { Job } from '../../core/job.ts';
import type { Problem } from '../../core/errors.ts';
import type { Unmade } from '../../core/run.ts';
import { inTheirWords } from './in-slots.ts';
import { knownGraph } from './known-graph.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';
import { titled } from './saved.ts';

/** Undefined: it took everything. Never rejects. */
export async function whyUnmade(
  unmade: readonly Unmade[],
  live: LiveJob,
  deps: JobDeps,
): Promise<Job['unmade']> {
  if (unmade.length === 0) return undefined;
  const graph = await knownGraph(live, deps);
  return Promise.all(
    unmade.map(async ({ node, problem }) => ({
      ...titled(graph, node),
      ...(problem && { problem: await inTheirWords(problem, live, deps) }),
    })),
  );
}

/** Why there is nothing to post, where that is what was refused. */
export function whyNothing({ unmade = [], outputNodes }: Job): Problem | undefined {
  return unmade.find(({ node, problem }) => problem && (outputNodes?.includes(node) ?? true))?.problem;
}
