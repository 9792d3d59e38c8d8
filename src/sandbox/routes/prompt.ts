/** `POST /prompt`: takes a graph into the queue or says exactly why not. */
import { randomUUID } from 'node:crypto';
import type { Hono } from 'hono';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import type { Workflow, WorkflowNode } from '../../core/workflow.ts';
import { str } from '../engine/python.ts';
import type { Run } from '../engine/run.ts';
import { problem, validate, type RawGraph } from '../engine/validate.ts';
import { json, jsonBody, refusal, strings, type RouteContext } from './context.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Used by partner nodes; neither history nor queue shows them. */
const SECRETS = ['auth_token_comfy_org', 'api_key_comfy_org'];

export function promptRoutes(app: Hono, context: RouteContext): void {
  app.get('/prompt', () => json(context.engine().status()));
  app.post('/prompt', async (c) => {
    const body = await jsonBody(c.req.raw);
    if (isJsonObject(body)) context.stats.body(body);
    return submit(isJsonObject(body) ? body : {}, context);
  });
}

function submit(body: JsonObject, context: RouteContext): Response {
  const engine = context.engine();
  const number = queueNumber(body, engine.nextNumber.bind(engine), context.dialect);
  if (body['prompt'] === undefined)
    return refuse(problem('no_prompt', 'No prompt provided', 'No prompt provided'));

  const barred = forbiddenClass(body['prompt'], context.faults.forbiddenClasses);
  if (barred !== undefined) return refusal(403, 'FORBIDDEN', `Your plan does not include the node ${barred}`);

  const given = context.chooseOwnIds ? null : (body['prompt_id'] ?? null);
  if (given !== null && (typeof given !== 'string' || !UUID.test(given))) return refuse(INVALID_PROMPT_ID);
  const promptId = given ?? randomUUID();

  const graph = rawGraph(body['prompt']);
  const targets = body['partial_execution_targets'];
  const only = Array.isArray(targets) ? strings(targets) : undefined;
  const { error, nodeErrors, outputs } = validate(graph, context.nodes, context.files, only);
  if (error) return refuse(error, nodeErrors);

  const isChanged = context.faults.notNumbers ? Number.NaN : undefined;
  engine.submit(
    toRun(body, context.dialect, { graph: workflowOf(graph), isChanged, number, outputs, promptId }),
  );
  return json({ prompt_id: promptId, number, node_errors: nodeErrors });
}

function forbiddenClass(prompt: Json, forbidden: ReadonlySet<string>): string | undefined {
  const nodes = isJsonObject(prompt) ? Object.values(prompt).filter(isJsonObject) : [];
  return nodes.map((node) => str(node['class_type'] ?? null)).find((name) => forbidden.has(name));
}

function toRun(
  body: JsonObject,
  dialect: RouteContext['dialect'],
  run: Pick<Run, 'graph' | 'isChanged' | 'number' | 'outputs' | 'promptId'>,
): Run {
  const given = isJsonObject(body['extra_data']) ? body['extra_data'] : {};
  const shown = Object.fromEntries(Object.entries(given).filter(([name]) => !SECRETS.includes(name)));
  const clientId = body['client_id'] ?? given['client_id'];
  const createTime = Date.now();
  return {
    ...run,
    extra: {
      ...shown,
      ...(run.isChanged === undefined ? {} : { patience: Infinity }),
      ...(clientId === undefined ? {} : { client_id: clientId }),
      create_time: createTime,
    },
    // on Comfy Cloud whose socket it is does not matter: all of the account hear of it
    clientId: typeof clientId === 'string' ? clientId : dialect === 'cloud' ? 'account' : undefined,
    createTime,
    interrupted: false,
    node: undefined,
  };
}

/** `number` is the priority as it is; `front` puts the prompt before all others. Cloud ignores both. */
function queueNumber(body: JsonObject, next: () => number, dialect: RouteContext['dialect']): number {
  if (dialect === 'cloud') return next();
  if (body['number'] !== undefined) return Number(body['number']);
  const number = next();
  return body['front'] === true ? -number : number;
}

/** Throws on what makes the real server raise: a graph or a node that is no object (a UI-format workflow). */
function rawGraph(prompt: Json | undefined): RawGraph {
  if (!isJsonObject(prompt)) throw new TypeError('the prompt is no object');
  const graph: RawGraph = {};
  for (const [id, node] of Object.entries(prompt)) {
    if (!isJsonObject(node)) throw new TypeError(`node ${id} is no object`);
    graph[id] = node;
  }
  return graph;
}

/** After validation: every node that will run has a class and inputs. */
function workflowOf(graph: RawGraph): Workflow {
  return Object.fromEntries(
    Object.entries(graph).map(([id, node]): [string, WorkflowNode] => {
      const meta = node['_meta'];
      return [
        id,
        {
          class_type: str(node['class_type'] ?? null),
          inputs: isJsonObject(node['inputs']) ? node['inputs'] : {},
          ...(isJsonObject(meta) && { _meta: withTitle(meta) }),
        },
      ];
    }),
  );
}

/** Kept as sent, but for a title that is no text. */
function withTitle({ title, ...meta }: JsonObject): NonNullable<WorkflowNode['_meta']> {
  return { ...meta, ...(typeof title === 'string' && { title }) };
}

function refuse(error: JsonObject, nodeErrors: JsonObject = {}): Response {
  return json({ error, node_errors: nodeErrors }, 400);
}

const INVALID_PROMPT_ID = problem(
  'invalid_prompt_id',
  'prompt_id must be a valid UUID',
  'prompt_id must be a UUID string in canonical lowercase hyphenated form; omit it to let the server generate one',
);
