/** Queues a graph, and says exactly whether a failure means "not queued" or "perhaps queued". */
import { EaselError, UncertainSubmit, type Problem } from '../../core/errors.ts';
import type { Unmade } from '../../core/run.ts';
import type { NodeId, Workflow } from '../../core/workflow.ts';
import type { Secrets } from '../wire/clean.ts';
import { postPrompt } from '../wire/prompt.ts';
import { problemOfNodeErrors, UnusableAnswer } from '../wire/refusals.ts';
import type { NodeErrors, SubmitAnswer } from '../wire/schema.ts';
import { Unanswered } from '../wire/transport.ts';
import type { Connection } from './connection.ts';
import type { KnownNodes } from './known-nodes.ts';
import { mark, markGraph } from './mark.ts';

export interface Submission {
  promptId: string;
  workflow: Workflow;
  clientId: string;
}

export interface Submitted {
  /** The id that the backend uses. */
  promptId: string;
  /** Output nodes that it refused and does not run, while it runs the others. */
  unmade: Unmade[];
}

/** Rejects with EaselError; as `UncertainSubmit` where the run may have been queued all the same. */
export type Submit = (
  connection: Connection,
  nodes: KnownNodes,
  submission: Submission,
  signal: AbortSignal,
) => Promise<Submitted>;

export interface SubmitOptions {
  /** Whether the server puts its own id on a run, so that a lost one is only found again by a mark in its graph. */
  marksGraph: boolean;
  /** Whether its own key is an account's, which partner nodes want in the run too. */
  accountKey: boolean;
}

export const submitPrompt =
  ({ marksGraph, accountKey }: SubmitOptions): Submit =>
  async (connection, nodes, { promptId, workflow, clientId }, signal) => {
    refuseNonsense(workflow);
    const key = await keyFor(connection, accountKey, nodes, workflow, signal);
    const json = {
      prompt: marksGraph ? markGraph(workflow, promptId) : workflow,
      prompt_id: promptId,
      client_id: clientId,
      // previews are off unless asked for; ComfyUI before this option ignores it
      extra_data: { ...mark(promptId), preview_method: 'auto', ...key },
    };
    try {
      const answer = await postPrompt(connection.http, json, connection.timing.submitMs, signal);
      return taken(connection, answer, promptId);
    } catch (error) {
      if (!isUncertain(error)) throw error;
      const { problem, retryAfterMs } = error;
      throw new UncertainSubmit(problem, { cause: error, retryAfterMs });
    }
  };

/**
 * Whether the run may be queued all the same. A refusal is certain, whatever its status, and so is to be told when to come
 * again; any other 5xx or an unreadable 2xx may come from something in front of the server.
 */
function isUncertain(error: unknown): error is Unanswered | UnusableAnswer {
  if (error instanceof Unanswered) return error.reason !== 'unreached';
  if (!(error instanceof UnusableAnswer) || error.code === 'backend-busy' || error.isError) return false;
  return error.status < 300 || error.status >= 500;
}

function taken(connection: Connection, answer: SubmitAnswer, promptId: string): Submitted {
  const { prompt_id: id, node_errors: nodeErrors = {} } = answer;
  if (Object.keys(nodeErrors).length > 0) {
    // some output nodes were valid and are queued; if none had been, the answer had been a 400
    const problem = problemOfNodeErrors(nodeErrors, connection.server);
    connection.log.warn(
      { backend: connection.server.address, promptId, problem, nodes: Object.keys(nodeErrors) },
      'queued in part',
    );
  }
  return { promptId: id, unmade: unmadeIn(nodeErrors, connection.server) };
}

/** Each with what is wrong with it, or with a node that it needs. */
function unmadeIn(nodeErrors: NodeErrors, secrets: Secrets): Unmade[] {
  const problems = new Map<NodeId, Problem | undefined>();
  for (const [node, about] of Object.entries(nodeErrors)) {
    const problem = problemOfNodeErrors({ [node]: about }, secrets);
    for (const output of about.dependent_outputs ?? [node])
      problems.set(
        output,
        output === node ? (problem ?? problems.get(output)) : (problems.get(output) ?? problem),
      );
  }
  return [...problems].map(([node, problem]) => ({ node, ...(problem && { problem }) }));
}

/** ComfyUI answers a graph that is none with a bare 500, which would look like a lost submit. */
function refuseNonsense(workflow: Workflow): void {
  for (const [id, node] of Object.entries(workflow))
    if (typeof node.class_type !== 'string' || typeof node.inputs !== 'object')
      throw new EaselError({ code: 'not-api-format', node: id });
}

/** If it can't be known whether there are partner nodes, the key goes along. */
async function keyFor(
  connection: Connection,
  accountKey: boolean,
  nodes: KnownNodes,
  workflow: Workflow,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  const key = connection.partnerKey ?? (accountKey ? connection.apiKey : undefined);
  if (key === undefined) return {};
  const needed = await nodes.hasPartnerNodes(workflow, signal);
  return needed === false ? {} : { api_key_comfy_org: key };
}
