/** Queues a graph, and says exactly whether a failure means "not queued" or "perhaps queued". */
import { EaselError, UncertainSubmit } from '../../core/errors.ts';
import type { NodeId, Workflow } from '../../core/workflow.ts';
import type { Catalogue } from './known-nodes.ts';
import { errorOfAnswer, problemOfNodeErrors, problemOfSilence } from '../wire/refusals.ts';
import { jsonOf, Unanswered, type Answer } from '../wire/transport.ts';
import { mark, markGraph } from './mark.ts';
import { SubmitAnswer } from '../wire/schema.ts';
import type { Server } from './deps.ts';

export interface Submission {
  promptId: string;
  workflow: Workflow;
  clientId: string;
}

export interface Submitted {
  /** The id that the backend uses. */
  promptId: string;
  /** Output nodes that it refused and does not run, while it runs the others. */
  unmade: NodeId[];
}

export async function submitRun(
  server: Server,
  catalogue: Catalogue,
  { promptId, workflow, clientId }: Submission,
  signal: AbortSignal,
): Promise<Submitted> {
  refuseNonsense(workflow);
  const json = {
    prompt: server.dialect.markGraph ? markGraph(workflow, promptId) : workflow,
    prompt_id: promptId,
    client_id: clientId,
    // Previews are off unless asked for; ComfyUI before this option ignores it.
    extra_data: {
      ...mark(promptId),
      preview_method: 'auto',
      ...(await accountKey(server, catalogue, workflow, signal)),
    },
  };
  const ask = { method: 'POST', json, signal, timeoutMs: server.timing.submitMs } as const;
  const answer = await server.http.ask('api/prompt', ask).catch((error: unknown) => {
    const problem = problemOfSilence(server, error);
    const certain = error instanceof Unanswered && error.reason === 'unreached';
    throw certain
      ? new EaselError(problem, { cause: error })
      : new UncertainSubmit(problem, { cause: error });
  });
  return readAnswer(server, answer, promptId);
}

function readAnswer(server: Server, answer: Answer, promptId: string): Submitted {
  const taken = answer.status >= 200 && answer.status < 300;
  const accepted = SubmitAnswer.safeParse(taken ? jsonOf(answer) : undefined);
  if (!accepted.success) {
    const refused = errorOfAnswer(server, answer, 'submit');
    const { problem, retryAfterMs } = refused;
    // A refusal is certain, and so is to be told when to come again; any other 5xx or an unreadable 2xx may come from
    // something in front of the server.
    const certain = (answer.status >= 300 && answer.status < 500) || problem.code === 'backend-busy';
    throw certain ? refused : new UncertainSubmit(problem, { retryAfterMs });
  }
  const { prompt_id: id, node_errors: nodeErrors = {} } = accepted.data;
  if (Object.keys(nodeErrors).length > 0) {
    // Some output nodes were valid and are queued; if none had been, the answer had been a 400.
    const problem = problemOfNodeErrors(nodeErrors, server);
    server.log.warn(
      { backend: server.address, promptId, problem, nodes: Object.keys(nodeErrors) },
      'queued in part',
    );
  }
  const unmade = Object.entries(nodeErrors).flatMap(([node, about]) => about.dependent_outputs ?? [node]);
  return { promptId: id, unmade: [...new Set(unmade)] };
}

/** ComfyUI answers a graph that is none with a bare 500, which would look like a lost submit. */
function refuseNonsense(workflow: Workflow): void {
  for (const [id, node] of Object.entries(workflow)) {
    if (typeof node.class_type !== 'string' || typeof node.inputs !== 'object') {
      throw new EaselError({ code: 'workflow-refused', detail: `node ${id} is not in API format` });
    }
  }
}

/** Partner nodes on Comfy Cloud want the key in the run too. If it can't be known whether there are any: send it. */
async function accountKey(
  server: Server,
  catalogue: Catalogue,
  workflow: Workflow,
  signal: AbortSignal,
): Promise<Record<string, string>> {
  if (server.dialect.name !== 'cloud' || server.apiKey === undefined) return {};
  const needed = await catalogue.hasPartnerNodes(workflow, signal);
  return needed === false ? {} : { api_key_comfy_org: server.apiKey };
}
