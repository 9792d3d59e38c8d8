/** The routes that know one job by its id. All reject with EaselError. */
import { segment, type Http } from './http.ts';
import { anyStatus, isFoundOrMissing } from './status.ts';
import { readJson } from './json.ts';
import { CancelAnswer, JobAnswer, JobStatusAnswer } from './schema.ts';
import type { Answer } from './transport.ts';

/** Besides what a route tells of a job. */
export type Missing = 'no-route' | 'no-job';

/** `GET /api/jobs/{id}`: ComfyUI ≥ 0.5.1, and Comfy Cloud. */
export async function getJob(http: Http, id: string, signal: AbortSignal): Promise<JobAnswer | Missing> {
  const answer = await http.ask(jobPath(id), { signal, accepts: isFoundOrMissing });
  return missing(answer) ?? http.read(JobAnswer, answer);
}

/** `GET /api/job/{id}/status`: Comfy Cloud. */
export async function getJobStatus(
  http: Http,
  id: string,
  signal: AbortSignal,
): Promise<JobStatusAnswer | Missing> {
  const answer = await http.ask(`api/job/${segment(id)}/status`, { signal, accepts: isFoundOrMissing });
  return missing(answer) ?? http.read(JobStatusAnswer, answer);
}

/** All that is told of a job, unread; undefined where nothing is. */
export async function getJobDetails(http: Http, id: string, signal: AbortSignal): Promise<unknown> {
  const answer = await http.ask(jobPath(id), { signal, accepts: anyStatus });
  return answer.status === 200 ? readJson(answer.bytes) : undefined;
}

/** `POST /api/jobs/{id}/cancel`: ComfyUI ≥ 0.25. */
export async function cancelJob(
  http: Http,
  id: string,
  signal: AbortSignal,
): Promise<CancelAnswer | 'no-route'> {
  const ask = { method: 'POST', json: {}, signal, accepts: isFoundOrMissing } as const;
  const answer = await http.ask(`${jobPath(id)}/cancel`, ask);
  return answer.status === 200 ? http.read(CancelAnswer, answer) : 'no-route';
}

/** "No such job" has a JSON body; "no such route" has none. 405: the path exists for another method only. */
export function missing(answer: Answer): Missing | undefined {
  if (answer.status === 405) return 'no-route';
  if (answer.status !== 404) return undefined;
  return typeof readJson(answer.bytes) === 'object' ? 'no-job' : 'no-route';
}

function jobPath(id: string): string {
  return `api/jobs/${segment(id)}`;
}
