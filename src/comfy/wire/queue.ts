/** The backend's own queue: who runs, who waits, and how many are ahead of whom. */
import { errorOfAnswer, errorOfSilence } from './refusals.ts';
import { jsonOf } from './transport.ts';
import { QueueAnswer, type QueueItem } from './schema.ts';
import type { Server } from '../runs/deps.ts';

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

export async function readQueue(server: Server, signal: AbortSignal): Promise<Queue> {
  const answer = await server.http.ask('api/queue', { signal }).catch((error: unknown) => {
    throw errorOfSilence(server, error);
  });
  const parsed = QueueAnswer.safeParse(answer.status === 200 ? jsonOf(answer) : undefined);
  if (!parsed.success) throw errorOfAnswer(server, answer, 'other', { cause: parsed.error });
  return {
    running: parsed.data.queue_running.map(entryOf),
    // ComfyUI answers with its heap as it lies in memory, which is not sorted.
    pending: parsed.data.queue_pending.map(entryOf).toSorted((a, b) => a.number - b.number),
  };
}

/** How many run or wait before this one; undefined if it does not wait. */
export function aheadOf(queue: Queue, promptId: string): number | undefined {
  const place = queue.pending.findIndex(({ id }) => id === promptId);
  return place < 0 ? undefined : queue.running.length + place;
}

function entryOf(item: QueueItem): QueueEntry {
  return { id: item[1], number: item[0], item };
}
