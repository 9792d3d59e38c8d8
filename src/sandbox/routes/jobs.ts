/** `/api/jobs`: list, detail and cancel, of self-hosted servers. */
import type { Hono } from 'hono';
import type { JsonObject } from '../../core/json.ts';
import { inWord, jobDetail, JOB_STATUSES, listJobs } from './jobs-view.ts';
import { str } from '../engine/python.ts';
import { json, objectBody, type RouteContext } from './context.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Mounted under `/api` only. */
export function jobRoutes(app: Hono, context: RouteContext): void {
  app.get('/jobs', (c) => {
    const query = readQuery(c.req.query());
    if ('error' in query) return json(query, 400);
    const jobs = listJobs(context.engine().queue).filter((job) => query.accepts(job));
    if (query.order === 'desc') jobs.reverse();
    const { limit, offset } = query;
    const page = jobs.slice(offset, limit === null ? undefined : offset + limit);
    const pagination = { offset, limit, total: jobs.length, has_more: offset + page.length < jobs.length };
    return json({ jobs: page, pagination });
  });
  app.get('/jobs/:id', (c) => {
    const job = jobDetail(context.engine().queue, c.req.param('id'));
    return job ? json(inWord(job, context.faults.statusWords.job)) : json({ error: 'Job not found' }, 404);
  });
  app.post('/jobs/cancel', async (c) => {
    const ids = (await objectBody(c.req.raw))['job_ids'];
    if (!Array.isArray(ids)) return json({ error: 'job_ids must be a list' }, 400);
    const invalid = ids.filter((id) => typeof id !== 'string' || !UUID.test(id));
    if (invalid.length > 0)
      return json({ error: 'job_ids contains invalid id(s)', invalid_ids: invalid }, 400);
    return json({ cancelled: ids.map((id) => cancel(context, str(id))).includes(true) });
  });
  app.post('/jobs/:id/cancel', (c) => json({ cancelled: cancel(context, c.req.param('id')) }));
}

/** True when the run was waiting or running; a running one may still complete. */
function cancel(context: RouteContext, id: string): boolean {
  const engine = context.engine();
  if (!engine.queue.delete(id)) return engine.interrupt(id);
  engine.statusToAll();
  return true;
}

interface JobQuery {
  accepts: (job: JsonObject) => boolean;
  order: 'asc' | 'desc';
  offset: number;
  limit: number | null;
}

function readQuery(query: Record<string, string>): JobQuery | { error: string } {
  const wanted = query['status']?.split(',') ?? [];
  const unknown = wanted.filter((status) => !JOB_STATUSES.some((known) => known === status));
  if (unknown.length > 0)
    return {
      error: `Invalid status value(s): ${unknown.join(', ')}. Valid values: ${JOB_STATUSES.join(', ')}`,
    };

  const sortBy = query['sort_by'] ?? 'created_at';
  if (sortBy !== 'created_at' && sortBy !== 'execution_duration')
    return { error: "sort_by must be 'created_at' or 'execution_duration'" };

  const limit = query['limit'] === undefined ? null : Number(query['limit']);
  if (limit !== null && !(Number.isInteger(limit) && limit > 0))
    return { error: 'limit must be a positive integer' };

  const workflowId = query['workflow_id'];
  return {
    accepts: (job) =>
      (wanted.length === 0 || wanted.includes(str(job['status'] ?? null))) &&
      (workflowId === undefined || job['workflow_id'] === workflowId),
    order: query['sort_order'] === 'asc' ? 'asc' : 'desc',
    offset: Number(query['offset'] ?? 0),
    limit,
  };
}
