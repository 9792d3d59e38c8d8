/**
 * What a backend refuses is an input of a node; whoever asked filled a slot. Here the one becomes the other, with what
 * could be given instead.
 */
import type { Problem } from '../../core/errors.ts';
import type { InputInfo, NodeClasses } from '../../core/nodes.ts';
import { within } from '../../core/time.ts';
import { nodeAt, pathKey } from '../../core/workflow.ts';
import { ranked } from '../../templates/models/nearest.ts';
import { knownGraph } from './known-graph.ts';
import type { JobDeps, LiveJob } from '../live-job.ts';
import { named } from './named.ts';

/** As many as a sentence names, and a few more. */
const MAX_CHOICES = 15;
/** For asking what there is, in ms. */
const LOOK_MS = 5000;

/** The problem by the names that its person knows: the node's title, and the slot that they filled. Never rejects. */
export async function inTheirWords(problem: Problem, live: LiveJob, deps: JobDeps): Promise<Problem> {
  return inSlots(named(problem, await knownGraph(live, deps)), live, deps);
}

/** The problem with the slot whose input it is about, if it is of one. Never rejects: what can't be read is as it was. */
async function inSlots(problem: Problem, live: LiveJob, deps: JobDeps): Promise<Problem> {
  if (problem.code !== 'model-missing' && problem.code !== 'workflow-refused') return problem;
  const { node, input } = problem;
  if (node === undefined || input === undefined) return problem;
  try {
    const { workflow, inputs = {} } = await deps.store.graphOf(live.job);
    const here = pathKey([node, input]);
    const slot = Object.entries(inputs).find(([, into]) => into.some((path) => pathKey(path) === here))?.[0];
    const inputOf = (nodes: NodeClasses | undefined) =>
      nodes?.get(nodeAt(workflow, node)?.class_type ?? '')?.inputs.get(input);
    let about = inputOf(deps.backend.knownNodes());
    // what is in our list and not in its own was taken away since: whoever asks next shall know
    if (about?.options?.some((option) => String(option) === problem.value)) about = inputOf(await anew(deps));
    if (problem.code === 'workflow-refused')
      return slot === undefined ? problem : refused(problem, slot, about);
    const choices = nearest(problem.value, about);
    return { ...problem, ...(slot !== undefined && { slot }), ...(choices.length > 0 && { choices }) };
  } catch (error) {
    deps.log.warn({ ...live.facts(), err: error }, 'nothing is known of its slots');
    return problem;
  }
}

/** Rejects when they cannot be read in time. */
async function anew({ backend, halt }: JobDeps): Promise<NodeClasses> {
  return within(LOOK_MS, (signal) => backend.nodes(signal, 0), halt);
}

/** As it would have been refused before it was sent, where that says more. */
function refused(
  problem: Extract<Problem, { code: 'workflow-refused' }>,
  slot: string,
  about: InputInfo | undefined,
): Problem {
  const { why, value } = problem;
  if (value === undefined || why === undefined) return { ...problem, slot };
  switch (why) {
    case 'value_not_in_list': {
      const choices = nearest(value, about);
      return choices.length > 0 ? { code: 'not-a-choice', slot, value, choices } : { ...problem, slot };
    }
    case 'value_smaller_than_min':
    case 'value_bigger_than_max': {
      const bounds = {
        ...(about?.min !== undefined && { min: String(about.min) }),
        ...(about?.max !== undefined && { max: String(about.max) }),
      };
      const isKnown = Object.keys(bounds).length > 0;
      return isKnown ? { code: 'out-of-bounds', slot, value, ...bounds } : { ...problem, slot };
    }
    default:
      return { ...problem, slot };
  }
}

function nearest(value: string, about: InputInfo | undefined): string[] {
  return ranked(value, (about?.options ?? []).map(String)).slice(0, MAX_CHOICES);
}
