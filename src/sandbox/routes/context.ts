/** What the routes share, and the answers that aiohttp (ComfyUI's HTTP server) gives. */
import { Hono } from 'hono';
import { isJsonObject, parseJson, type Json, type JsonObject } from '../../core/json.ts';
import type { Engine } from '../engine/engine.ts';
import type { Faults } from '../faults/faults.ts';
import type { FileStore } from '../files.ts';
import type { InstalledNodes } from '../nodes/node.ts';
import { dumps } from '../engine/python.ts';
import type { Counters } from '../faults/stats.ts';

export interface RouteContext {
  /** A restart replaces it. */
  engine: () => Engine;
  files: FileStore;
  nodes: InstalledNodes;
  faults: Faults;
  stats: Counters;
  dialect: 'comfyui' | 'cloud';
  chooseOwnIds: boolean;
  /** Before there were `/api/jobs` and `/features`. */
  old: boolean;
}

export function json(body: unknown, status = 200): Response {
  return new Response(dumps(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8' },
  });
}

export function empty(status = 200): Response {
  return new Response(null, { status });
}

/** What aiohttp says when a handler raised. */
function trouble(): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8' };
  return new Response('500 Internal Server Error\n\nServer got itself in trouble', { status: 500, headers });
}

/** Comfy Cloud's way to say no. */
export function refusal(status: number, code: string, message: string): Response {
  return json({ code, message }, status);
}

/** The body as JSON; throws SyntaxError, which becomes a 500 as in ComfyUI. */
export async function jsonBody(request: Request): Promise<Json> {
  return parseJson(await request.text());
}

/** The body as a JSON object; ComfyUI's handlers raise on anything else. */
export async function objectBody(request: Request): Promise<JsonObject> {
  const body = await jsonBody(request);
  if (!isJsonObject(body)) throw new TypeError('the body is no object');
  return body;
}

export function strings(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** An app whose unknown paths and raised errors are answered as aiohttp does. */
export function newApp(): Hono {
  const app = new Hono();
  app.onError(() => trouble());
  app.notFound((c) => {
    const known = app.routes.some((route) => route.path === c.req.path && route.method !== 'ALL');
    const headers = { 'content-type': 'text/plain; charset=utf-8' };
    return known ? new Response('405: Method Not Allowed', { status: 405, headers }) : empty(404);
  });
  return app;
}
