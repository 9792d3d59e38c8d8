/** The HTTP door: reads bodies, keeps the log, plays the faults, checks who may enter, and writes refusals. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { channelRoutes } from './channel-routes.ts';
import { commandRoutes } from './command-routes.ts';
import type { Gateway } from './gateway.ts';
import { type Call, type Env, nameOf, shortPath } from './http-types.ts';
import { interactionRoutes } from './interaction-routes.ts';
import { generalRoutes } from './general-routes.ts';
import type { Places } from './places.ts';
import { createBudget } from './rate-limits.ts';
import { readBody } from './read-body.ts';
import { Refusal } from './refusal.ts';
import { changed } from '../wait.ts';
import { webhookRoutes } from './webhook-routes.ts';
import type { RequestEntry, World } from './world.ts';

export interface FakeServer {
  close(): Promise<void>;
}

/** Listens on any free port of 127.0.0.1 and tells the world its origin. */
export async function startServer(world: World, gateway: Gateway, places: Places): Promise<FakeServer> {
  const app = createApp(world, gateway, places);
  const server = createAdaptorServer({ fetch: app.fetch });
  if (!('closeAllConnections' in server)) throw new Error('the fake Discord needs a plain HTTP server');
  gateway.attach(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  world.origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    async close() {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      server.closeAllConnections();
      await closed;
    },
  };
}

function createApp(world: World, gateway: Gateway, places: Places): Hono<Env> {
  const app = new Hono<Env>();
  const budget = createBudget(world);

  app.use('*', async (call, next) => {
    const { payload, files } = await readBody(call);
    call.set('payload', payload);
    call.set('files', files);
    const path = decodeURIComponent(call.req.path).replace(/^\/api\/v10/, '');
    const entry: RequestEntry = {
      method: call.req.method,
      path,
      status: 0,
      at: Date.now(),
      body: payload,
      files: files.map((file) => file.bytes.length),
      fault: false,
    };
    world.requests.push(entry);
    if (world.faults.latencyMs > 0) await sleep(world.faults.latencyMs);
    const fault = world.faults.take(entry.method, path);
    entry.fault = fault !== undefined;
    if (fault instanceof Refusal) call.res = answer(world, call, fault);
    else if (fault === 'hang') call.res = await hang(call);
    else if (fault && !fault.after) call.res = cut(call, fault.reset);
    else {
      try {
        checkCaller(world, call);
        const headers = budget.spend(entry.method, path);
        await next();
        if (call.req.path.startsWith('/api/')) {
          for (const [name, value] of Object.entries(headers)) call.res.headers.set(name, value);
        }
      } catch (error) {
        call.res = answer(world, call, error);
      }
      if (fault) call.res = cut(call, fault.reset);
    }
    entry.status = call.res.status;
    changed(world);
  });

  generalRoutes(app, world, gateway, places);
  commandRoutes(app, world);
  interactionRoutes(app, world);
  webhookRoutes(app, world);
  channelRoutes(app, world);
  app.notFound((call) => answer(world, call, new Refusal(404, 0, '404: Not Found')));
  app.onError((error, call) => answer(world, call, error));
  return app;
}

/** Writes a refusal as Discord does, and remembers it unless a test asked for it. */
function answer(world: World, call: Call, error: unknown): Response {
  // the bot gave up while it was still sending: nobody reads this
  if (call.env.incoming.errored) return new Response(null, { status: 499 });
  if (!(error instanceof Refusal)) {
    const story = error instanceof Error ? (error.stack ?? error.message) : String(error);
    world.violations.push(`the fake itself failed at ${nameOf(call)}: ${story}`);
    return Response.json({ code: 0, message: '500: Internal Server Error' }, { status: 500 });
  }
  const { expected, headers, html } = error.extras;
  if (!expected) world.violations.push(`${nameOf(call)} → ${error.describe()}`);
  if (html !== undefined) {
    return new Response(html, { status: error.status, headers: { 'Content-Type': 'text/html' } });
  }
  return Response.json(error.body(), { status: error.status, ...(headers ? { headers } : {}) });
}

/** Says nothing until the client has given up. */
async function hang({ env: { outgoing } }: Call): Promise<Response> {
  if (!outgoing.destroyed) await once(outgoing, 'close');
  return new Response(null, { status: 499 });
}

/** Ends the connection under the request. The 499 is for the log alone: nobody receives it. */
function cut(call: Call, reset: boolean): Response {
  const { socket } = call.env.incoming;
  if (reset) socket.resetAndDestroy();
  else socket.destroy();
  return new Response(null, { status: 499 });
}

/** Bot routes need the bot's token; webhooks, callbacks and the CDN must never see it. */
function checkCaller(world: World, call: Call): void {
  const { path } = call.req;
  const authorization = call.req.header('authorization');
  const isOpen =
    !path.startsWith('/api/') ||
    /^\/api\/v\d+\/(?:webhooks\/\d+\/[^/]+|interactions\/\d+\/[^/]+\/callback)/.test(path);
  if (isOpen && authorization?.includes(world.token)) {
    world.violations.push(`${nameOf(call)}: the bot token was sent to a route that does not need it`);
  }
  if (isOpen) return;
  if (authorization !== `Bot ${world.token}`) throw new Refusal(401, 0, '401: Unauthorized');
  if (!call.req.header('user-agent')?.startsWith('DiscordBot (')) {
    world.violations.push(`${shortPath(path)}: the User-Agent is not that of a bot library`);
  }
}
