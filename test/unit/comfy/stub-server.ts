/** A tiny HTTP server with answers by route, for what the sandbox (a current ComfyUI) does not do. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Seen {
  method: string;
  url: URL;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Reply = (response: ServerResponse, seen: Seen) => void;

export interface Stub {
  url: string;
  seen: Seen[];
  stop(): Promise<void>;
}

/** Routes are `GET /api/queue`; the longest that the request begins with answers. Others get ComfyUI's bare 404. */
export async function startStub(routes: Record<string, Reply>): Promise<Stub> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://stub');
      const method = request.method ?? 'GET';
      const one = { method, url, headers: request.headers, body: Buffer.concat(chunks).toString() };
      seen.push(one);
      const route = Object.keys(routes)
        .filter((each) => `${method} ${url.pathname}`.startsWith(each))
        .toSorted((a, b) => b.length - a.length)[0];
      if (route === undefined) response.writeHead(404, { 'content-type': 'application/octet-stream' }).end();
      else routes[route]?.(response, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(body: unknown, status = 200): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

export function text(body: string, status: number): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body);
  };
}

export function refuseWith(status: number, headers: Record<string, string>, body: object): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

export function page(status = 200): Reply {
  return (response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>');
  };
}

export function redirectTo(location: string | (() => string)): Reply {
  return (response) => {
    const to = typeof location === 'string' ? location : location();
    response.writeHead(302, { location: to }).end();
  };
}

/** Never answers. */
export const hang: Reply = () => undefined;

export const reset: Reply = (response) => {
  response.socket?.destroy();
};
