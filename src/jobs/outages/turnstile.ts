/** Lets so many through at once, those who came first in rank before the others. */
import { within } from '../../core/time.ts';

/** What became of who was let through: `unasked` says nothing about the other side. */
export type Outcome = 'well' | 'ill' | 'unasked';

export interface Pass {
  /** Makes room for the next. Only the first call counts. */
  leave(outcome: Outcome): void;
}

export interface Turnstile {
  /** Rejects with a signal's reason when aborted before its turn. */
  enter(rank: number, ...signals: AbortSignal[]): Promise<Pass>;
  /** The limit may be another one now. */
  admit(): void;
}

interface Waiter {
  rank: number;
  go: (pass: Pass) => void;
}

/** `limit`: how many may be inside; asked whenever somebody comes or goes. */
export function createTurnstile(limit: () => number, onLeave: (outcome: Outcome) => void): Turnstile {
  /** By rank, equal ones in the order of coming. */
  const waiting: Waiter[] = [];
  let inside = 0;

  function admit(): void {
    while (waiting.length > 0 && inside < limit()) {
      inside += 1;
      waiting.shift()?.go(createPass());
    }
  }

  function createPass(): Pass {
    let left = false;
    return {
      leave(outcome) {
        if (left) return;
        left = true;
        inside -= 1;
        onLeave(outcome);
        admit();
      },
    };
  }

  return {
    admit,
    async enter(rank, ...signals) {
      for (const signal of signals) signal.throwIfAborted();
      return within(
        Infinity,
        (signal) =>
          new Promise<Pass>((resolve, reject) => {
            const waiter: Waiter = { rank, go: resolve };
            waiting.splice(placeOf(waiting, rank), 0, waiter);
            const leave = (): void => {
              const index = waiting.indexOf(waiter);
              // let through in the same moment: whoever goes must leave
              if (index === -1) return;
              waiting.splice(index, 1);
              reject(signal.reason);
            };
            signal.addEventListener('abort', leave, { once: true });
            admit();
          }),
        ...signals,
      );
    },
  };
}

/** Behind all of the same rank. */
function placeOf(waiting: readonly Waiter[], rank: number): number {
  let low = 0;
  let high = waiting.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((waiting[middle]?.rank ?? 0) <= rank) low = middle + 1;
    else high = middle;
  }
  return low;
}
