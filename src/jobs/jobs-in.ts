/** What runs and waits in a guild, waiting ones in the order of their turn. */
import type { Queue } from '../core/queue.ts';
import type { LiveJob } from './live-job.ts';
import type { RosterView } from './queue/roster.ts';

/** Of the line, at once: about a millisecond. */
const SLICE = 250;

/** At most `count` after the first `from`. Costs as much as is read. Rejects as the queue does. */
export async function jobsIn(
  guild: string,
  roster: Pick<RosterView, 'running' | 'find'>,
  queue: Pick<Queue, 'places'>,
  count: number,
  from: number,
): Promise<LiveJob[]> {
  const found = [...roster.running(guild)];
  const end = from + count;
  if (found.length < end)
    for await (const slice of queue.places(guild, Math.min(SLICE, end - found.length))) {
      for (const { id } of slice) {
        const live = roster.find(id);
        if (live) found.push(live);
      }
      if (found.length >= end) break;
    }
  return found.slice(from, end);
}
