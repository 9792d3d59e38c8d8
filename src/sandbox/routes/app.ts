/** Which routes a dialect has: ComfyUI's with and without `/api`, Comfy Cloud's with it and behind a key. */
import { Hono } from 'hono';
import { originGuard } from './origin-guard.ts';
import { cloudRoutes, requireKey } from './cloud.ts';
import { newApp, type RouteContext } from './context.ts';
import { infoRoutes } from './info.ts';
import { jobRoutes } from './jobs.ts';
import { promptRoutes } from './prompt.ts';
import { historyRoutes, queueRoutes } from './queue.ts';
import { uploadRoutes } from './upload.ts';
import { viewRoutes } from './view.ts';
import type { SignedFiles } from './signed-files.ts';

export function comfyApp(context: RouteContext): Hono {
  const app = newApp();
  originGuard(app);
  const both = new Hono();
  promptRoutes(both, context);
  queueRoutes(both, context);
  historyRoutes(both, context);
  viewRoutes(both, context);
  uploadRoutes(both, context);
  infoRoutes(both, context);
  both.get(
    '/ws',
    () =>
      new Response('No WebSocket UPGRADE hdr: None\n Can "Upgrade" only to "WebSocket".', { status: 400 }),
  );
  const apiOnly = new Hono();
  if (!context.old) jobRoutes(apiOnly, context);
  app.route('/', both);
  app.route('/api', both);
  app.route('/api', apiOnly);
  return app;
}

export function cloudApp(context: RouteContext, signed: SignedFiles, apiKey: string): Hono {
  const app = newApp();
  requireKey(app, apiKey);
  const api = new Hono();
  promptRoutes(api, context);
  queueRoutes(api, context);
  cloudRoutes(api, context, signed);
  uploadRoutes(api, context);
  infoRoutes(api, context);
  app.route('/api', api);
  return app;
}
