/** `/queue`, `/interrupt` and `/history`: what waits, runs and has run. */
import type { Hono } from 'hono';
import { isJsonObject, parseJson, type JsonObject } from '../../core/json.ts';
import { historyEntry, promptJson, runTuple, type Ended, type Run } from '../engine/run.ts';
import { empty, json, objectBody, strings, type RouteContext } from './context.ts';

export function queueRoutes(app: Hono, context: RouteContext): void {
  const cloud = context.dialect === 'cloud';
  app.get('/queue', () => {
    const { pending, running } = context.engine().queue;
    const show = cloud ? cloudTuple : runTuple;
    return json({ queue_running: running.map(show), queue_pending: pending.map(show) });
  });
  app.post('/queue', async (c) => {
    const body = await objectBody(c.req.raw);
    const engine = context.engine();
    if (body['clear'] === true) engine.queue.clear();
    const deleted = strings(body['delete']).filter((id) => engine.queue.delete(id));
    if (body['clear'] === true || deleted.length > 0) engine.statusToAll();
    return cloud ? json({ deleted, cleared: body['clear'] === true }) : empty();
  });
  app.post('/interrupt', async (c) => {
    const promptId = cloud ? undefined : interruptTarget(await c.req.raw.text());
    context.engine().interrupt(promptId);
    return empty();
  });
}

export function historyRoutes(app: Hono, context: RouteContext): void {
  const byId = (all: readonly Ended[]): JsonObject =>
    Object.fromEntries(
      all.map((ended) => [ended.run.promptId, historyEntry(ended, context.faults.statusWords.history)]),
    );
  app.get('/history', (c) => {
    const max = optionalInt(c.req.query('max_items'));
    const offset = optionalInt(c.req.query('offset')) ?? -1;
    const all = context.engine().queue.ended();
    const from = offset >= 0 ? offset : Math.max(0, all.length - (max ?? all.length));
    return json(byId(all.slice(from, max === undefined ? undefined : from + max)));
  });
  app.get('/history/:id', (c) => {
    const ended = context.engine().queue.ended();
    return json(byId(ended.filter(({ run }) => run.promptId === c.req.param('id'))));
  });
  app.post('/history', async (c) => {
    const body = await objectBody(c.req.raw);
    const { queue } = context.engine();
    if (body['clear'] === true) queue.forgetAll();
    for (const id of strings(body['delete'])) queue.forget(id);
    return empty();
  });
}

/** ComfyUI ignores a body that is no JSON (and then stops whoever runs), but raises on a list. */
function interruptTarget(text: string): string | undefined {
  let body;
  try {
    body = parseJson(text);
  } catch {
    return undefined;
  }
  if (!isJsonObject(body)) throw new TypeError('the body is no object');
  return typeof body['prompt_id'] === 'string' ? body['prompt_id'] : undefined;
}

/** Comfy Cloud's order differs from ComfyUI's, and it shows no extra_data. */
function cloudTuple(run: Run): JsonObject[string] {
  return [run.number, run.promptId, promptJson(run), [...run.outputs], { create_time: run.createTime }];
}

function optionalInt(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^-?\d+$/.test(text)) throw new RangeError(`${text} is no integer`);
  return Number(text);
}
