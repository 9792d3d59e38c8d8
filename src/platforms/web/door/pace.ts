/**
 * How fast tokens may be tried. Nobody is ever refused: behind a proxy everybody may look like one, and who guesses
 * must not keep the owner out. Tries only become slow, and what is slow is the comparison itself, so that hanging up
 * early gains nothing.
 */
import type { Clock } from '../../../core/time.ts';

export interface Pace {
  /** Notes a try. Milliseconds that it has to wait before it is looked at, 0 for the first few. */
  tried(client: string): number;
  /** The last try was right, and counts for nothing. */
  right(client: string): void;
}

/** Tries that go at once; as many are forgotten in a minute. */
const FREE = 10;
/** Above them no more are counted, so that it is as before a minute after somebody has stopped. */
const MOST = 2 * FREE;
/** The same for everybody together, as many addresses may belong to one. */
const FREE_EVERYWHERE = 1000;
const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 4000;
const MINUTE_MS = 60_000;
/** Clients that are remembered; those that have not tried for the longest time are forgotten first. */
const MAX_CLIENTS = 10_000;

/** A vessel that leaks. */
interface Level {
  height: number;
  at: number;
}

export function createPace(clock: Pick<Clock, 'monotonic'>): Pace {
  const clients = new Map<string, Level>();
  let all: Level = { height: 0, at: 0 };

  function raised({ height, at }: Level, free: number, most: number): Level {
    const now = clock.monotonic();
    const leaked = ((now - at) / MINUTE_MS) * free;
    return { height: Math.min(most, Math.max(0, height - leaked) + 1), at: now };
  }

  return {
    tried(client) {
      const level = raised(clients.get(client) ?? { height: 0, at: 0 }, FREE, MOST);
      all = raised(all, FREE_EVERYWHERE, 2 * FREE_EVERYWHERE);
      clients.delete(client);
      clients.set(client, level);
      const [oldest] = clients.keys();
      if (clients.size > MAX_CLIENTS && oldest !== undefined) clients.delete(oldest);
      if (all.height > FREE_EVERYWHERE) return LONGEST_WAIT_MS;
      const over = Math.ceil(level.height - FREE);
      return over <= 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (over - 1));
    },
    right(client) {
      const level = clients.get(client);
      if (level) level.height = Math.max(0, level.height - 1);
    },
  };
}
