/**
 * How much of files may be on its way through memory at once, in all of the process: each that is fetched or sent takes
 * what it needs of one budget, however large it is. None of the lanes takes all of it: a chat that stalls stops nobody else.
 */
import { within } from './time.ts';

export interface Transfers {
  /**
   * Runs `work` once there is room for a file of so many bytes, in the order of coming of its lane. Rejects with the
   * signal's reason when it is aborted before, and as `work` does.
   */
  run<T>(lane: string, bytes: number, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
}

/** In bytes. A stream holds no more than this of a file, however large: a piece that is read, and what the socket takes. */
const PIECE = 1024 * 1024;
const TOTAL = 16 * 1024 * 1024;

interface Lane {
  used: number;
  waiting: { need: number; go: () => void }[];
}

/** `total` in bytes; a lane takes half of it at most. */
export function createTransfers(total = TOTAL): Transfers {
  const lanes = new Map<string, Lane>();
  let used = 0;

  function admit(): void {
    for (const lane of lanes.values())
      for (let [next] = lane.waiting; next && hasRoom(lane, next.need); [next] = lane.waiting) {
        lane.waiting.shift();
        lane.used += next.need;
        used += next.need;
        next.go();
      }
  }

  const hasRoom = (lane: Lane, need: number): boolean =>
    used + need <= total && (lane.used === 0 || lane.used + need <= total / 2);

  function enter(lane: Lane, need: number, signal: AbortSignal): Promise<void> {
    return within(
      Infinity,
      (either) =>
        new Promise((resolve, reject) => {
          either.throwIfAborted();
          const waiter = { need, go: resolve };
          lane.waiting.push(waiter);
          const leave = (): void => {
            const place = lane.waiting.indexOf(waiter);
            if (place === -1) return;
            lane.waiting.splice(place, 1);
            reject(either.reason);
          };
          either.addEventListener('abort', leave, { once: true });
          admit();
        }),
      signal,
    );
  }

  return {
    async run(name, bytes, signal, work) {
      const lane = lanes.get(name) ?? { used: 0, waiting: [] };
      lanes.set(name, lane);
      const need = Math.min(bytes, PIECE, total);
      await enter(lane, need, signal);
      try {
        return await work();
      } finally {
        lane.used -= need;
        used -= need;
        if (lane.used === 0 && lane.waiting.length === 0) lanes.delete(name);
        admit();
      }
    },
  };
}

/** Memory is the process's, and so is this. */
export const transfers = createTransfers();
