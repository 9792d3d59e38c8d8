/** What only Comfy Cloud has: the key, its own job states, `history_v2`, and files behind signed URLs. */
import type { Hono } from 'hono';
import { isJsonObject, type Json, type JsonObject } from '../../core/json.ts';
import { inWord, jobDetail, jobStatus, listJobs } from './jobs-view.ts';
import type { Queue } from '../engine/queue.ts';
import { historyEntry, promptJson, type Ended } from '../engine/run.ts';
import type { SignedFiles } from './signed-files.ts';
import { empty, json, refusal, type RouteContext } from './context.ts';

/** The key must come in its header; only `/api/system_stats` is public. */
export function requireKey(app: Hono, apiKey: string): void {
  app.use(async (c, next) => {
    if (c.req.path === '/api/system_stats' || c.req.header('x-api-key') === apiKey) return next();
    return refusal(401, 'UNAUTHORIZED', 'Invalid or missing API key');
  });
}

export function cloudRoutes(app: Hono, context: RouteContext, signed: SignedFiles): void {
  const queue = (): Queue => context.engine().queue;
  app.get('/user', () => json(context.faults.account));
  for (const part of ['status', 'balance'] as const)
    app.get(`/billing/${part}`, () => {
      const said = context.faults.billing[part];
      return said ? json(said) : empty(404);
    });
  app.get('/job/:id/status', (c) => {
    const id = c.req.param('id');
    const job = jobDetail(queue(), id);
    const ended = queue().find(id);
    return job
      ? json(inWord(statusView(job, ended?.panic), context.faults.statusWords.status))
      : refusal(404, 'NOT_FOUND', 'Job not found');
  });
  app.get('/jobs', () => {
    const jobs = listJobs(queue()).toReversed().map(inSeconds);
    return json({ jobs, pagination: { offset: 0, limit: 100, total: jobs.length, has_more: false } });
  });
  app.get('/jobs/:id', (c) => {
    const job = jobDetail(queue(), c.req.param('id'));
    return job
      ? json(inWord(cloudJob(job), context.faults.statusWords.job))
      : refusal(404, 'NOT_FOUND', 'Job not found');
  });
  app.get('/history_v2/:id', (c) => {
    const ended = queue().find(c.req.param('id'));
    if (!ended) return refusal(404, 'NOT_FOUND', 'Prompt not found');
    return json({ [ended.run.promptId]: historyV2(ended, context.faults.statusWords.history) });
  });
  app.get('/view', (c) => {
    const name = c.req.query('filename');
    if (name === undefined || name === '') return refusal(400, 'BAD_REQUEST', 'filename is required');
    const file = context.files.find(name);
    if (!file || context.faults.forgetFiles) return refusal(404, 'NOT_FOUND', 'File not found');
    context.stats.redirects += 1;
    const location = signed.url(name, context.faults.signedUrlMs);
    const answer = empty(302);
    answer.headers.set('location', location);
    return answer;
  });
}

function statusView(job: JsonObject, panic: string | undefined): JsonObject {
  const error = job['execution_error'];
  const created = new Date(Number(job['create_time'])).toISOString();
  const changed = new Date(Number(job['execution_end_time'] ?? job['create_time'])).toISOString();
  return {
    id: job['id'] ?? null,
    status: job['status'] === 'failed' ? 'error' : (job['status'] ?? null),
    created_at: created,
    updated_at: changed,
    last_state_update: changed,
    error_message: isJsonObject(error) ? (error['exception_message'] ?? null) : (panic ?? null),
  };
}

function cloudJob(job: JsonObject): JsonObject {
  const outputs = isJsonObject(job['outputs']) ? { outputs: renamed(job['outputs']) } : {};
  return {
    ...inSeconds(job),
    update_time: seconds(job['execution_end_time'] ?? job['create_time']),
    ...outputs,
  };
}

/** Unlike ComfyUI's, in seconds. */
function inSeconds(job: JsonObject): JsonObject {
  return { ...job, create_time: seconds(job['create_time']) };
}

function seconds(ms: JsonObject[string] | undefined): number {
  return Math.floor(Number(ms) / 1000);
}

/** The graph is an object here, not a tuple. */
function historyV2(ended: Ended, word: Json | undefined): JsonObject {
  const { outputs, run } = ended;
  const { number: priority, promptId: prompt_id } = run;
  return {
    ...historyEntry(ended, word),
    prompt: {
      priority,
      prompt_id,
      prompt: promptJson(run),
      extra_data: run.extra,
      outputs_to_execute: [...run.outputs],
    },
    outputs: renamed(outputs),
    job_status: jobStatus(ended),
  };
}

/** Cloud knows `video` where a self-hosted server says `gifs`. */
function renamed(outputs: Readonly<Record<string, JsonObject[string]>>): JsonObject {
  return Object.fromEntries(
    Object.entries(outputs).map(([id, ui]) => {
      if (!isJsonObject(ui) || ui['gifs'] === undefined) return [id, ui];
      const { gifs, ...rest } = ui;
      return [id, { ...rest, video: gifs }];
    }),
  );
}
