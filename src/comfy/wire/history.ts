/** Runs that have ended, as a backend remembers them: one by its id, or the latest. All reject with EaselError. */
import { z } from 'zod';
import { segment, type Http } from './http.ts';
import { isFoundOrMissing } from './status.ts';
import { missing } from './jobs.ts';
import { saysError } from './refusals.ts';
import { HistoryEntry, RecentRuns } from './schema.ts';

const AnyObject = z.custom<object>((value) => typeof value === 'object' && value !== null);

/**
 * One run's entry in a history, keyed by its id or flat (Comfy Cloud has had both); undefined: none yet. `route` is the
 * history's path.
 */
export async function getHistoryEntry(
  http: Http,
  route: string,
  id: string,
  signal: AbortSignal,
): Promise<HistoryEntry | 'no-route' | undefined> {
  const answer = await http.ask(`${route}/${segment(id)}`, { signal, accepts: isFoundOrMissing });
  const absent = missing(answer);
  if (absent !== undefined) return absent === 'no-job' ? undefined : absent;
  const body = http.read(AnyObject, answer);
  const keyed: unknown = Object.entries(body).find(([key]) => key === id)?.[1];
  const entry = HistoryEntry.safeParse(keyed ?? body);
  if (entry.success && (entry.data.outputs || entry.data.status)) return entry.data;
  // an error is no answer to whether there is such a run
  if (keyed === undefined && saysError(answer)) throw http.unusable(answer, 'other');
  return undefined;
}

/** The latest runs, from whichever of a backend's routes tells of them. */
export async function getRecent(
  http: Http,
  path: string,
  signal: AbortSignal,
): Promise<RecentRuns | 'no-route'> {
  const accepts = (status: number) => status === 200 || status === 404;
  const answer = await http.ask(path, { signal, accepts });
  if (answer.status === 404) return 'no-route';
  // it would be a history by id, and the run not among it
  if (saysError(answer)) throw http.unusable(answer, 'other');
  return http.read(RecentRuns, answer);
}
