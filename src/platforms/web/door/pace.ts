/**
 * How fast tokens may be tried. Nobody is ever refused: behind a proxy everybody may look like one, and who guesses
 * must not keep the owner out. Tries only become slow, and what is slow is the comparison itself, so that hanging up
 * early gains nothing. A token of 16 characters outlives what little is left by far.
 */
import { LRUCache } from 'lru-cache';
import { within, type Clock } from '../../../core/time.ts';

export interface Pace {
  /**
   * Notes a try, and resolves to the milliseconds that it was to wait once it may be looked at: 0 for the first few.
   * Undefined: whoever tried has gone.
   */
  turn(client: string, gone: AbortSignal): Promise<number | undefined>;
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
/** Those that wait, of one client and of all: for one more the oldest is looked at early, so that connections are left. */
const MAX_WAITING = 32;
const MAX_WAITING_EVERYWHERE = 128;
/**
 * Clients that are remembered. Who falls out, having not tried for the longest time, has its first tries again: by then the
 * count of everybody's tries has been reached many times over.
 */
const MAX_CLIENTS = 10_000;

/** A vessel that leaks. */
interface Level {
  height: number;
  at: number;
}

interface Waiting {
  client: string;
  early: AbortController;
}

export function createPace(clock: Pick<Clock, 'monotonic' | 'sleep'>): Pace {
  const clients = new LRUCache<string, Level>({ max: MAX_CLIENTS });
  const waiting = new Set<Waiting>();
  let all: Level = { height: 0, at: 0 };

  function raised({ height, at }: Level, free: number, most: number): Level {
    const now = clock.monotonic();
    const leaked = ((now - at) / MINUTE_MS) * free;
    return { height: Math.min(most, Math.max(0, height - leaked) + 1), at: now };
  }

  function waitOf(client: string): number {
    const level = raised(clients.get(client) ?? { height: 0, at: 0 }, FREE, MOST);
    all = raised(all, FREE_EVERYWHERE, 2 * FREE_EVERYWHERE);
    clients.set(client, level);
    if (all.height > FREE_EVERYWHERE) return LONGEST_WAIT_MS;
    const over = Math.ceil(level.height - FREE);
    return over <= 0 ? 0 : Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (over - 1));
  }

  function makeRoom(client: string): void {
    const theirs = [...waiting].filter((one) => one.client === client);
    if (theirs.length > MAX_WAITING) theirs[0]?.early.abort();
    else if (waiting.size > MAX_WAITING_EVERYWHERE) [...waiting][0]?.early.abort();
  }

  return {
    async turn(client, gone) {
      const wait = waitOf(client);
      if (wait > 0) {
        const one: Waiting = { client, early: new AbortController() };
        waiting.add(one);
        one.early.signal.addEventListener('abort', () => waiting.delete(one), { once: true });
        makeRoom(client);
        const sleep = (signal: AbortSignal) => clock.sleep(wait, signal);
        await within(Infinity, sleep, one.early.signal, gone).catch(() => undefined); // aborted by one of both
        waiting.delete(one);
      }
      return gone.aborted ? undefined : wait;
    },
    right(client) {
      const level = clients.peek(client);
      if (level) level.height = Math.max(0, level.height - 1);
    },
  };
}
