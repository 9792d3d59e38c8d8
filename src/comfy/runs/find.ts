/** Looks for a run that may have been queued although the answer to its submit was lost. */
import { EaselError } from '../../core/errors.ts';
import { getRecent } from '../wire/history.ts';
import { getJobDetails } from '../wire/jobs.ts';
import { getQueue } from '../wire/queue.ts';
import type { RunDeps } from './deps.ts';
import { carriesMark } from './mark.ts';
import type { StatusReader } from './status-reader.ts';

/** The id that the backend uses for our run; undefined if it is neither waiting, running nor recently ended. */
export async function findRun(
  deps: RunDeps,
  statuses: StatusReader,
  promptId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const status = await statuses.read(promptId, signal);
  if (status.state !== 'unknown') return promptId;
  const queue = await getQueue(deps.http, signal);
  const queued = [...queue.running, ...queue.pending].find(({ item }) => carriesMark(item, promptId));
  return queued?.id ?? (await findEnded(deps, promptId, signal));
}

async function findEnded(
  { http, kind, server }: RunDeps,
  promptId: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  for (const path of (await kind.known(signal)).recent) {
    const recent = await getRecent(http, path, signal);
    if (recent === 'no-route') continue;
    if ('entries' in recent) return recent.entries.find(({ entry }) => carriesMark(entry, promptId))?.id;
    // the mark is in each one's details
    for (const id of recent.ids) if (carriesMark(await getJobDetails(http, id, signal), promptId)) return id;
    return undefined;
  }
  throw new EaselError({ code: 'backend-broken', backend: server.name, status: 404 });
}
