/**
 * Tells those who wait what their place is now: at once after a quiet second, at most once a second for each guild, and
 * only those for whom it has changed. A line of any length, and any number of lines, is told in pieces between which the
 * event loop goes on with other work.
 */
import type { Place, WaitReason } from '../core/standing.ts';
import type { Clock } from '../core/time.ts';
import type { LiveJob } from './live-job.ts';
import type { FairQueue, Waiting } from './queue.ts';

export interface Announcer {
  /** The line of a guild has moved. */
  moved(guild: string): void;
  /** All lines have: what they wait for is another thing now. */
  allMoved(): void;
}

export interface AnnouncerOptions {
  queue: Pick<FairQueue, 'places' | 'guilds'>;
  find: (id: string) => LiveJob | undefined;
  clock: Clock;
  /** Once aborted, nobody is told any more and nothing is left running. */
  signal: AbortSignal;
}

/** Between two times that a guild is told. */
const REST_MS = 1000;
/** Places looked at in one turn of the event loop, a guild without any counting as one: about a millisecond. */
const SLICE = 250;

export function createAnnouncer({ queue, find, clock, signal }: AnnouncerOptions): Announcer {
  /** To be told now, in this order. */
  const due = new Set<string>();
  /** All that are still to be told because of `allMoved`. */
  let sweep: Iterator<string> | undefined;
  let telling: { guild: string; line: Iterator<Waiting>; waits: boolean } | undefined;
  /** Told less than a second ago, longest ago first; and whether their line has moved since. */
  const resting = new Map<string, { until: number; moved: boolean }>();
  let isWatching = false;
  /** Of this turn of the event loop; undefined: nothing has been done in it. */
  let left: number | undefined;
  let nextTurn: NodeJS.Immediate | undefined;

  function moved(guild: string): void {
    if (signal.aborted) return;
    due.add(guild);
    work();
  }

  function work(): void {
    if (left === undefined) {
      left = SLICE;
      nextTurn = setImmediate(() => {
        left = undefined;
        if (telling || due.size > 0 || sweep) work();
      });
    }
    while (left > 0 && step()) left -= 1;
  }

  /** Tells one person, or goes on to the next guild. False when there is nothing left to do. */
  function step(): boolean {
    telling ??= begin();
    if (!telling) return false;
    const { value } = telling.line.next();
    if (value) {
      telling.waits = true;
      tell(value);
    } else end(telling);
    return true;
  }

  function begin(): typeof telling {
    const [first] = due;
    let guild = first;
    if (guild === undefined) {
      const { value } = sweep?.next() ?? {};
      if (value === undefined) sweep = undefined;
      guild = value;
    }
    if (guild === undefined) return undefined;
    due.delete(guild);
    const rest = resting.get(guild);
    if (!rest) return { guild, line: queue.places(guild), waits: false };
    rest.moved = true;
    return { guild, line: [].values(), waits: false };
  }

  function end({ guild, waits }: NonNullable<typeof telling>): void {
    telling = undefined;
    // where nobody waited nothing was told, and the first who comes is told at once
    if (!waits) return;
    resting.set(guild, { until: clock.monotonic() + REST_MS, moved: false });
    if (!isWatching) void watch();
  }

  function tell({ id, place }: Waiting): void {
    const job = find(id);
    if (!job) return;
    const { standing } = job;
    if (standing.kind !== 'waiting' || !same(standing.place, place)) job.show({ kind: 'waiting', place });
  }

  /** Wakes those whose rest is over, as long as there are any. */
  async function watch(): Promise<void> {
    isWatching = true;
    try {
      for (let [first] = resting.values(); first; [first] = resting.values()) {
        await clock.sleep(Math.max(0, first.until - clock.monotonic()), signal);
        wake(clock.monotonic());
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      isWatching = false;
    }
  }

  function wake(now: number): void {
    for (const [guild, rest] of resting) {
      if (rest.until > now) break;
      resting.delete(guild);
      if (rest.moved) due.add(guild);
    }
    if (due.size > 0) work();
  }

  function stop(): void {
    clearImmediate(nextTurn);
    due.clear();
    resting.clear();
    sweep = undefined;
    telling = undefined;
  }

  signal.addEventListener('abort', stop, { once: true });
  return {
    moved,
    allMoved() {
      if (signal.aborted) return;
      sweep = queue.guilds();
      work();
    },
  };
}

function same(a: Place, b: Place): boolean {
  return a.position === b.position && sameReason(a.reason, b.reason);
}

function sameReason(a: WaitReason, b: WaitReason): boolean {
  if (a === b) return true;
  if (a.kind === 'backend-held')
    return (
      b.kind === 'backend-held' &&
      a.hold.since === b.hold.since &&
      a.hold.kind === b.hold.kind &&
      a.hold.problem.code === b.hold.problem.code
    );
  if (a.kind === 'data-full' || b.kind === 'data-full') return a.kind === b.kind;
  return b.kind === a.kind && a.used === b.used && a.limit === b.limit;
}
