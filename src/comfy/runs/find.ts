/** Looks for a run that may have been queued although the answer to its submit was lost. */
import { z } from 'zod';
import { EaselError } from '../../core/errors.ts';
import { errorOfAnswer, errorOfSilence } from '../wire/refusals.ts';
import { jsonOf, segment, type Answer } from '../wire/transport.ts';
import type { Looker } from './lookups.ts';
import { carriesMark } from './mark.ts';
import { readQueue } from '../wire/queue.ts';
import type { Server } from './deps.ts';

/** Comfy Cloud's `history_v2`. */
const History = z.object({ history: z.array(z.looseObject({ prompt_id: z.string() })) });
/** Comfy Cloud's `jobs`; the mark is in each one's details. */
const Jobs = z.object({ jobs: z.array(z.object({ id: z.string() })) });
/** ComfyUI's `history`: entries by prompt id. */
const HistoryById = z.record(z.string(), z.unknown());

/** The id that the backend uses for our run; undefined if it is neither waiting, running nor recently ended. */
export async function findRun(
  server: Server,
  looker: Looker,
  promptId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const sight = await looker.look(promptId, signal);
  if (sight.state !== 'unknown') return promptId;
  const queue = await readQueue(server, signal);
  const queued = [...queue.running, ...queue.pending].find(({ item }) => carriesMark(item, promptId));
  return queued?.id ?? (await findEnded(server, promptId, signal));
}

async function findEnded(server: Server, promptId: string, signal: AbortSignal): Promise<string | undefined> {
  let last: Answer | undefined;
  for (const path of server.dialect.recent) {
    last = await ask(server, path, signal);
    if (last.status !== 404) break;
  }
  const body = last?.status === 200 ? jsonOf(last) : undefined;
  const history = History.safeParse(body);
  if (history.success) return history.data.history.find((each) => carriesMark(each, promptId))?.prompt_id;
  const jobs = Jobs.safeParse(body);
  if (jobs.success) return await findJob(server, jobs.data.jobs, promptId, signal);
  const byId = HistoryById.safeParse(body);
  if (byId.success) return Object.entries(byId.data).find(([, each]) => carriesMark(each, promptId))?.[0];
  throw last ? errorOfAnswer(server, last) : new EaselError({ code: 'backend-broken', backend: server.name });
}

async function findJob(
  server: Server,
  jobs: readonly { id: string }[],
  promptId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const { id } of jobs) {
    const answer = await ask(server, `api/jobs/${segment(id)}`, signal);
    if (answer.status === 200 && carriesMark(jsonOf(answer), promptId)) return id;
  }
  return undefined;
}

async function ask(server: Server, path: string, signal: AbortSignal): Promise<Answer> {
  try {
    return await server.http.ask(path, { signal });
  } catch (error) {
    throw errorOfSilence(server, error);
  }
}
