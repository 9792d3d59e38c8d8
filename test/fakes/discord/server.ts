/** The HTTP door: reads bodies, keeps the log, plays the faults, checks who may enter, and writes refusals. */
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { letIn, storyOf } from '../http/door.ts';
import { listen, type Listening } from '../http/listen.ts';
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
import { webhookRoutes } from './webhook-routes.ts';
import type { RequestEntry, World } from './world.ts';

/** Listens on any free port of 127.0.0.1 and tells the world its origin. */
export async function startServer(world: World, gateway: Gateway, places: Places): Promise<Listening> {
  const app = createApp(world, gateway, places);
  const server = createAdaptorServer({ fetch: app.fetch });
  if (!('closeAllConnections' in server)) throw new Error('the fake Discord needs a plain HTTP server');
  gateway.attach(server);
  const listening = await listen(server);
  world.origin = listening.url;
  return listening;
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
    const act = async (): Promise<Response> => {
      try {
        checkCaller(world, call);
        const headers = budget.spend(entry.method, path);
        await next();
        if (call.req.path.startsWith('/api/'))
          for (const [name, value] of Object.entries(headers)) call.res.headers.set(name, value);

        return call.res;
      } catch (error) {
        return answer(world, call, error);
      }
    };
    const fault = () => {
      const planned = world.faults.take(entry.method, path);
      return planned instanceof Refusal
        ? ({ kind: 'answer', answer: () => answer(world, call, planned) } as const)
        : planned;
    };
    call.res = (await letIn(world, { entry, wire: call.env, fault, act })) ?? NOBODY();
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
  if (call.env.incoming.errored) return NOBODY();
  if (!(error instanceof Refusal)) {
    world.violations.push(`the fake itself failed at ${nameOf(call)}: ${storyOf(error)}`);
    return Response.json({ code: 0, message: '500: Internal Server Error' }, { status: 500 });
  }
  const { expected, headers, html } = error.extras;
  if (!expected) world.violations.push(`${nameOf(call)} → ${error.describe()}`);
  if (html !== undefined)
    return new Response(html, { status: error.status, headers: { 'Content-Type': 'text/html' } });

  return Response.json(error.body(), { status: error.status, ...(headers ? { headers } : {}) });
}

/** Nobody receives it. */
const NOBODY = (): Response => new Response(null, { status: 499 });

/** Bot routes need the bot's token; webhooks, callbacks and the CDN must never see it. */
function checkCaller(world: World, call: Call): void {
  const { path } = call.req;
  const authorization = call.req.header('authorization');
  const isOpen =
    !path.startsWith('/api/') ||
    /^\/api\/v\d+\/(?:webhooks\/\d+\/[^/]+|interactions\/\d+\/[^/]+\/callback)/.test(path);
  if (isOpen && authorization?.includes(world.token))
    world.violations.push(`${nameOf(call)}: the bot token was sent to a route that does not need it`);

  if (isOpen) return;
  if (authorization !== `Bot ${world.token}`) throw new Refusal(401, 0, '401: Unauthorized');
  if (!call.req.header('user-agent')?.startsWith('DiscordBot ('))
    world.violations.push(`${shortPath(path)}: the User-Agent is not that of a bot library`);
}
