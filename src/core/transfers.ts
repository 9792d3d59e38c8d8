/**
 * How much of files may be on its way through memory at once, in all of the process: each that is fetched or sent takes
 * what it needs of one budget, however large it is. No lane takes more than half of it, and one that has nothing on its way
 * may begin whatever the others hold: chats that stall stop nobody else. So lanes are few, and their names no person's.
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

/** `total` in bytes, beyond which there may be one piece of each lane. */
export function createTransfers(total = TOTAL): Transfers {
  const lanes = new Map<string, Lane>();
  let used = 0;

  /** In turn: whoever was let in goes behind the other lanes. */
  function admit(): void {
    for (;;) {
      const next = [...lanes].find(([, lane]) => lane.waiting[0] && hasRoom(lane, lane.waiting[0].need));
      if (!next) return;
      const [name, lane] = next;
      lanes.delete(name);
      lanes.set(name, lane);
      const waiter = lane.waiting.shift();
      if (!waiter) return;
      lane.used += waiter.need;
      used += waiter.need;
      waiter.go();
    }
  }

  const hasRoom = (lane: Lane, need: number): boolean =>
    lane.used === 0 || (used + need <= total && lane.used + need <= total / 2);

  function enter(lane: Lane, need: number, signal: AbortSignal): Promise<void> {
    return within(
      Infinity,
      (either) =>
        new Promise((resolve, reject) => {
          either.throwIfAborted();
          const waiter = { need, go: resolve };
          lane.waiting.push(waiter);
          const leave = (): void => {
            const index = lane.waiting.indexOf(waiter);
            if (index === -1) return;
            lane.waiting.splice(index, 1);
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
        admit();
      }
    },
  };
}

/** Memory is the process's, and so is this. */
export const transfers = createTransfers();
