/** The HTTP door: keeps the log, plays the faults, and answers as Slack does. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { parseJson, readBytes } from '../http/bodies.ts';
import { letIn, storyOf } from '../http/door.ts';
import { listen, type Listening } from '../http/listen.ts';
import { createBudget } from './budget.ts';
import { type Answer, download, receiveUpload } from './file-routes.ts';
import { scopeHeader } from './manifest.ts';
import { admit } from './methods.ts';
import { readArgs, readUpload } from './read-body.ts';
import { Refusal } from './refusal.ts';
import { receiveResponse } from './response-url.ts';
import type { SocketMode } from './socket.ts';
import { changed } from '../wait.ts';
import type { RequestEntry, World } from './world.ts';

/** One request, once it has arrived in full. */
interface Arrival {
  readonly request: IncomingMessage;
  readonly url: URL;
  readonly bytes: Buffer;
  readonly type: string;
  readonly entry: RequestEntry;
}

type Handler = (arrival: Arrival) => Answer | Promise<Answer>;

/** Listens on any free port of 127.0.0.1 and tells the world its origin. */
export async function startServer(world: World, socket: SocketMode): Promise<Listening> {
  const handle = createHandler(world, socket);
  const server = createServer((request, response) => {
    void serve(world, handle, request, response);
  });
  socket.attach(server);
  const listening = await listen(server);
  world.origin = listening.url;
  return listening;
}

/** The name that a request has in the log and in faults. */
function nameOf(url: URL): string {
  const [room = '', rest = ''] = url.pathname.slice(1).split('/');
  if (room === 'api') return rest;
  if (room === 'upload') return 'upload';
  if (room === 'commands' || room === 'actions') return 'response_url';
  return room === 'files-pri' ? 'download' : url.pathname;
}

async function serve(
  world: World,
  handle: Handler,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const bytes = await readBytes(request);
    const url = new URL(request.url ?? '/', world.origin);
    const type = request.headers['content-type'] ?? '';
    const name = nameOf(url);
    const isArgs = url.pathname.startsWith('/api/') || name === 'response_url';
    const { token: _secret, ...args } = (isArgs ? readArgs(bytes, type) : undefined) ?? {};
    const entry: RequestEntry = {
      method: name,
      args,
      at: Date.now(),
      status: 0,
      error: undefined,
      fault: false,
    };
    world.requests.push(entry);
    const act = async (): Promise<Answer> => {
      try {
        return await handle({ request, url, bytes, type, entry });
      } catch (error) {
        if (error instanceof Refusal) return refuse(world, entry, error);
        throw error;
      }
    };
    const fault = () => {
      const planned = world.faults.take(name, args);
      if (planned instanceof Refusal)
        return { kind: 'answer', answer: () => refuse(world, entry, planned) } as const;
      if (planned?.kind === 'page') return { kind: 'answer', answer: () => page(planned.status) } as const;
      return planned;
    };
    const wire = { incoming: request, outgoing: response };
    const answer = await letIn(world, { entry, wire, fault, act });
    if (answer) response.writeHead(answer.status, answer.headers).end(answer.body);
  } catch (error) {
    world.violations.push(`the fake itself failed at ${request.url}: ${storyOf(error)}`);
    response.writeHead(500).end();
    changed(world);
  }
}

/** As a proxy writes it. */
function page(status: number): Answer {
  const headers = { 'content-type': 'text/html' };
  return { status, headers, body: `<html><title>${status}</title></html>` };
}

function refuse(world: World, entry: RequestEntry, refusal: Refusal): Answer {
  const { expected, status = 200, retryAfter } = refusal.extras;
  entry.error = refusal.error;
  if (!expected) world.violations.push(`${entry.method} → ${refusal.describe()}`);
  if (status === 429) world.counts.rateLimited += 1;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
  };
  return { status, headers, body: JSON.stringify(refusal.body()) };
}

function createHandler(world: World, socket: SocketMode): Handler {
  const budget = createBudget(world);

  const api: Handler = ({ request, url, bytes, type, entry }) => {
    const args = readArgs(bytes, type);
    if (!args) throw new Refusal('invalid_json');
    if (request.method !== 'POST')
      world.violations.push(`${entry.method}: ${request.method} instead of POST`);
    const call = { name: entry.method, args, query: url.searchParams, headers: request.headers };
    const method = admit(world, call);
    budget.spend(call.name, args);
    const result = method.call(world, args);
    const extra = call.name === 'apps.connections.open' ? { url: socket.newAddress() } : {};
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'x-oauth-scopes': scopeHeader(world),
      'x-accepted-oauth-scopes': method.scopes.join(','),
    };
    return { status: 200, headers, body: JSON.stringify({ ok: true, ...result, ...extra }) };
  };

  return async (arrival) => {
    const { request, url, bytes, type, entry } = arrival;
    const last = url.pathname.split('/').at(-1) ?? '';
    if (url.pathname.startsWith('/api/')) return api(arrival);
    if (entry.method === 'upload') return receiveUpload(world, last, await readUpload(bytes, type));
    if (entry.method === 'download') {
      const fileId = /-(F[A-Z0-9]+)\//.exec(url.pathname)?.[1] ?? '';
      return download(world, fileId, request.headers);
    }
    if (entry.method === 'response_url') {
      if (request.headers.authorization) world.violations.push('response_url: a token was sent along');
      return receiveResponse(world, `${world.origin}${url.pathname}`, parseJson(bytes.toString('utf8')));
    }
    return { status: 404, body: 'Not Found' };
  };
}
