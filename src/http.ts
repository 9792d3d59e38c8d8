/**
 * The HTTP side: `/healthz` says that the process is up, `/readyz` that somebody can ask it for something; a platform
 * that is posted to has a path here too, and the page in the browser has all the rest.
 */
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { limitConnections, type ConnectionOptions } from './connections.ts';

export interface Readiness {
  /** Takes traffic. */
  ok: boolean;
  /** Which are connected. */
  platforms: Record<string, boolean>;
  /** How it stands with each that has an owner; times in ms since 1970. Absent: there is none. */
  chats?: Record<string, ChatState>;
  /** It answers. While it is away jobs are taken, and wait. */
  backend: boolean;
}

export interface ChatState {
  state: 'connecting' | 'connected' | 'refused';
  since: number;
  /** The code of what it met, and when it is tried again. */
  problem?: string;
  next?: number;
}

/** A path that is answered by somebody else; with a star at its end, all that begin as it does. */
export interface Mount {
  path: string;
  listener: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface HttpOptions extends ConnectionOptions {
  host: string;
  /** 0 takes any free one. */
  port: number;
  readiness: () => Promise<Readiness>;
  mounts?: readonly Mount[];
  /** Answers every path that is nobody else's; a text is what they all answer, with 404. */
  rest?: Hono | string | undefined;
}

export interface HttpServer {
  /** The port that it listens on. */
  port: number;
  stop(): Promise<void>;
}

/** A request has to be here by then, its body too: 32 MB through a line of 2 Mbit/s take two minutes. */
const REQUEST_MS = 180_000;
const HEADERS_MS = 10_000;
/** Between two requests of one connection. */
const IDLE_MS = 15_000;
/** How often these three are looked after. */
const CHECK_MS = 2000;

/** Rejects with Node's error, e.g. `EADDRINUSE`. */
export async function startHttp({
  host,
  port,
  readiness,
  mounts = [],
  rest,
  ...connections
}: HttpOptions): Promise<HttpServer> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/healthz', (context) => context.json({ ok: true }));
  app.get('/readyz', async (context) => {
    const state = await readiness();
    return context.json(state, state.ok ? 200 : 503);
  });
  if (typeof rest === 'string') app.notFound((context) => context.text(rest, 404));
  else if (rest) app.all('*', ({ req, env }) => rest.fetch(req.raw, env));

  const timeouts = {
    requestTimeout: REQUEST_MS,
    headersTimeout: HEADERS_MS,
    keepAliveTimeout: IDLE_MS,
    connectionsCheckingInterval: CHECK_MS,
  };
  const answer = getRequestListener(app.fetch);
  const server = createServer(timeouts, (request, response) => {
    const mount = mounts.find(({ path }) => isAt(path, request.url ?? ''));
    if (mount) mount.listener(request, response);
    else void answer(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  server.removeAllListeners('error');
  limitConnections(server, connections);
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : port, stop: () => close(server) };
}

function isAt(path: string, url: string): boolean {
  const [asked = ''] = url.split('?');
  return path.endsWith('*') ? asked.startsWith(path.slice(0, -1)) : asked === path;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
