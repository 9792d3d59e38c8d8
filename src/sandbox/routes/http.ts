/**
 * The HTTP side of a server whose answers are web `Response`s: bodies in memory, upgrades handed on, and the faults
 * that need the bare connection (reset, truncate, hang).
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { takeFault, type BadAnswer, type Faults, type Route } from '../faults/faults.ts';
import type { Counters } from '../faults/stats.ts';

export interface HttpOptions {
  faults: Faults;
  stats: Counters;
  answer: (request: Request) => Response | Promise<Response>;
}

export function httpServer(options: HttpOptions): Server {
  return createServer((request, response) => {
    // whatever goes wrong here is the connection's: the client sees a reset
    handle(request, response, options).catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : new Error(String(error)));
    });
  });
}

async function handle(
  request: IncomingMessage,
  response: ServerResponse,
  options: HttpOptions,
): Promise<void> {
  const { answer, faults, stats } = options;
  const route = routeOf(request.method ?? 'GET', request.url ?? '/');
  stats.request(route);
  const fault = takeFault(faults, route);
  if (fault?.delayMs !== undefined) await delay(fault.delayMs, undefined, { ref: false });
  const bad = fault?.answer;
  if (bad === 'hang') return;
  if (bad === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const most = faults.maxUploadBytes;
  const body = await readBody(request, most);
  if (typeof bad === 'object') {
    await send(response, badResponse(bad), false);
    return;
  }
  const real = body ? await answer(toRequest(request, body)) : tooLarge(most);
  if (bad === 'lose') request.socket.resetAndDestroy();
  else await send(response, real, bad === 'truncate');
}

/** `POST /prompt` for `/prompt` and `/api/prompt`; what varies is in braces. */
export function routeOf(method: string, url: string): Route {
  const path = url.replace(/\?.*$/, '').replace(/^\/api(?=\/)/, '');
  const named = path
    .replace(/^(\/history|\/history_v2|\/jobs|\/job)\/(?!cancel$)[^/]+/, '$1/{id}')
    .replace(/^\/object_info\/.+/, '/object_info/{class}')
    .replace(/^\/files\/.+/, '/files/{name}');
  return `${method} ${named}`;
}

/** Undefined: too large. */
async function readBody(request: IncomingMessage, most: number): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    // read to the end all the same, so that the answer arrives
    if (size <= most) chunks.push(bytes);
  }
  return size <= most ? Buffer.concat(chunks) : undefined;
}

function toRequest(request: IncomingMessage, body: Buffer<ArrayBuffer>): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers))
    for (const item of Array.isArray(value) ? value : [value ?? '']) headers.append(name, item);

  const { method = 'GET' } = request;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const url = `http://${request.headers.host ?? 'sandbox'}${request.url ?? '/'}`;
  return new Request(url, { method, headers, ...(hasBody ? { body } : {}) });
}

function badResponse({ body = '', contentType, headers, status }: Exclude<BadAnswer, string>): Response {
  const type = contentType ?? 'text/plain; charset=utf-8';
  return new Response(body, { status, headers: { 'content-type': type, ...headers } });
}

function tooLarge(most: number): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return new Response(`Maximum request body size ${most} exceeded.`, { status: 413, headers });
}

async function send(response: ServerResponse, answer: Response, truncate: boolean): Promise<void> {
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    ...Object.fromEntries(answer.headers),
    'content-length': body.length,
  });
  if (truncate) response.write(body.subarray(0, body.length >> 1), () => response.destroy());
  else response.end(body);
}
