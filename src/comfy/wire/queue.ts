/** The backend's own queue: who runs, who waits, and how many are ahead of whom. All calls reject with EaselError. */
import { askJson, type Http } from './http.ts';
import { QueueAnswer, type QueueItem } from './schema.ts';
import { isSuccess } from './status.ts';

interface QueueEntry {
  id: string;
  /** Lower runs first. */
  number: number;
  /** The item as it came, to look for marks in. */
  item: QueueItem;
}

export interface Queue {
  running: QueueEntry[];
  /** In the order in which they will run. */
  pending: QueueEntry[];
}

export async function getQueue(http: Http, signal: AbortSignal): Promise<Queue> {
  const answer = await askJson(http, QueueAnswer, 'api/queue', { signal });
  return {
    running: answer.queue_running.map(entryOf),
    // ComfyUI answers with its heap as it lies in memory, which is not sorted.
    pending: answer.queue_pending.map(entryOf).toSorted((a, b) => a.number - b.number),
  };
}

/** Does nothing to what runs already. */
export async function deleteQueued(http: Http, id: string, signal: AbortSignal): Promise<void> {
  await http.ask('api/queue', { method: 'POST', json: { delete: [id] }, signal, accepts: isSuccess });
}

/** `id` undefined: whatever runs there, anybody's. Comfy Cloud knows no other way. */
export async function interrupt(http: Http, id: string | undefined, signal: AbortSignal): Promise<void> {
  const json = id === undefined ? {} : { prompt_id: id };
  await http.ask('api/interrupt', { method: 'POST', json, signal, accepts: isSuccess });
}

/** How many run or wait before this one; undefined if it does not wait. */
export function aheadOf(queue: Queue, promptId: string): number | undefined {
  const index = queue.pending.findIndex(({ id }) => id === promptId);
  return index < 0 ? undefined : queue.running.length + index;
}

function entryOf(item: QueueItem): QueueEntry {
  return { id: item[1], number: item[0], item };
}
