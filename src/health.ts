/**
 * The HTTP side: `/healthz` says that the process is up, `/readyz` that platforms and backend can be used; a platform
 * that is posted to has a path here too.
 */
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { Hono } from 'hono';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

export interface Readiness {
  platforms: Record<string, boolean>;
  backend: boolean;
}

/** A path that is answered by somebody else. */
export interface Mount {
  path: string;
  listener: (request: IncomingMessage, response: ServerResponse) => void;
}

export interface HttpServer {
  /** The port that it listens on. */
  port: number;
  stop(): Promise<void>;
}

/** Rejects with Node's error, e.g. `EADDRINUSE`. */
export async function startHttp(
  host: string,
  port: number,
  readiness: () => Promise<Readiness>,
  mounts: Mount[] = [],
): Promise<HttpServer> {
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.get('/healthz', (context) => context.json({ ok: true }));
  app.get('/readyz', async (context) => {
    const state = await readiness();
    const ok = state.backend && Object.values(state.platforms).every(Boolean);
    return context.json({ ok, ...state }, ok ? 200 : 503);
  });
  for (const { path, listener } of mounts)
    app.all(path, ({ env }) => {
      listener(env.incoming, env.outgoing);
      return RESPONSE_ALREADY_SENT;
    });
  const server = createAdaptorServer(app);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : port, stop: () => close(server) };
}

async function close(server: ReturnType<typeof createAdaptorServer>): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  if ('closeAllConnections' in server)
    (server satisfies Pick<Server, 'closeAllConnections'>).closeAllConnections();
  await closed;
}
