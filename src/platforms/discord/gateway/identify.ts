/**
 * The gate that every login of a shard passes, the first and all that follow: `max_concurrency` shards in 5 s (by
 * `shard % max_concurrency`, https://docs.discord.com/developers/events/gateway#rate-limiting), ever less often for one that
 * does not become ready, and within the day's budget. discord.js's own knows only the first of these.
 */
import type { IIdentifyThrottler } from 'discord.js';
import type { Log } from '../../../core/log.ts';
import { within, type Clock } from '../../../core/time.ts';
import type { Logins } from './logins.ts';

export interface IdentifyGate extends IIdentifyThrottler {
  /** A shard is there. */
  ready(shard: number): void;
}

export interface GateOptions {
  concurrency: number;
  logins: Pick<Logins, 'room' | 'take' | 'slowest'>;
  /** One more login is made. */
  let: () => void;
  closing: AbortSignal;
  clock: Clock;
  log: Log;
}

/** Discord's window, and what its clock and ours, and the way between them, may differ by. */
const WINDOW_MS = 5500;

export function createIdentifyGate(options: GateOptions): IdentifyGate {
  const { concurrency, logins, closing, clock, log } = options;
  /** When the last one of a window was let through. */
  const windows = new Map<number, number>();
  /** Logins since a shard was ready last, and when the last one was. */
  const vain = new Map<number, { count: number; at: number }>();

  function nextAt(shard: number): number {
    const window = (windows.get(shard % concurrency) ?? -Infinity) + WINDOW_MS;
    const { count, at } = vain.get(shard) ?? { count: 0, at: 0 };
    if (count === 0) return window;
    return Math.max(window, at + Math.min(WINDOW_MS * 2 ** (count - 1), logins.slowest()));
  }

  async function wait(shard: number, signal: AbortSignal): Promise<void> {
    const { count = 0 } = vain.get(shard) ?? {};
    if (count > 0)
      log.warn({ shard, logins: count }, 'a shard did not become ready, and logs in again later');
    for (;;) {
      await logins.room(signal);
      const ms = nextAt(shard) - clock.monotonic();
      // nobody else comes between the look and the taking
      if (ms <= 0 && logins.take()) break;
      if (ms > 0) await clock.sleep(ms, signal);
    }
    windows.set(shard % concurrency, clock.monotonic());
    vain.set(shard, { count: (vain.get(shard)?.count ?? 0) + 1, at: clock.monotonic() });
    options.let();
  }

  return {
    async waitForIdentify(shard, signal) {
      try {
        await within(Infinity, (either) => wait(shard, either), signal, closing);
      } catch (error) {
        // discord.js would connect again after any error that is not its own signal's
        if (closing.aborted && !signal.aborted) return new Promise<never>(() => undefined);
        throw error;
      }
    },
    ready: (shard) => void vain.delete(shard),
  };
}
