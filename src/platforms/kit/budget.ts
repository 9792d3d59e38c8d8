/**
 * An edit budget that all running replies share: Slack's `chat.update` is about 50 a minute for the whole app in a
 * workspace, and discord.js makes 50 requests a second. Final edits go first and have some to themselves, so that a
 * picture is not late for the sake of a percentage; live ones take turns, one waiting edit a job. A rate limit holds
 * edits back, and nothing else.
 */
import type { Clock } from '../../core/time.ts';

export interface Budget {
  /** Resolves when this edit may be made. Rejects with the signal's reason when aborted. */
  turn(kind: 'final' | 'live', signal: AbortSignal): Promise<void>;
  /** Slack said to wait: no edit before `ms` from now. */
  hold(ms: number): void;
}

export interface BudgetOptions {
  /** Edits that may be made in `windowMs`; a quiet reply may use several at once. */
  edits: number;
  windowMs: number;
  /** Edits at once after a quiet time. */
  burst: number;
  /** Of these, how many live edits leave to final ones; at least one is for both. Default: none. */
  reserve?: number;
  clock: Clock;
}

interface Waiter {
  go: () => void;
}

export function createBudget({ edits, windowMs, burst, reserve = 0, clock }: BudgetOptions): Budget {
  const everyMs = windowMs / edits;
  const atOnce = { final: burst, live: Math.max(1, burst - reserve) };
  const waiting = { final: new Set<Waiter>(), live: new Set<Waiter>() };
  /** When the bucket would be full again; each edit moves it on. */
  let spentUntil = 0;
  let heldUntil = 0;
  let serving = false;
  /** Ends the wait for a time at which nobody wants to edit any more, or somebody may earlier. */
  let pause = new AbortController();

  async function serve(): Promise<void> {
    while (waiting.final.size + waiting.live.size > 0) {
      const now = clock.monotonic();
      const kind = waiting.final.size > 0 ? 'final' : 'live';
      const free = Math.max(heldUntil, spentUntil - (atOnce[kind] - 1) * everyMs);
      if (free > now) {
        pause = new AbortController();
        await clock.sleep(free - now, pause.signal).catch(() => undefined); // only ever aborted, to look again
        continue;
      }
      const [next] = waiting[kind];
      if (!next) continue;
      waiting[kind].delete(next);
      spentUntil = Math.max(spentUntil, now) + everyMs;
      next.go();
    }
    serving = false;
  }

  return {
    async turn(kind, signal) {
      signal.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const waiter: Waiter = { go: resolve };
      const leave = () => {
        waiting[kind].delete(waiter);
        if (waiting.final.size + waiting.live.size === 0) pause.abort();
        reject(signal.reason);
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting[kind].add(waiter);
      // a live edit may be waiting for what a final one need not wait for
      if (kind === 'final') pause.abort();
      if (!serving) {
        serving = true;
        void serve();
      }
      try {
        await promise;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
    hold(ms) {
      heldUntil = Math.max(heldUntil, clock.monotonic() + ms);
    },
  };
}
