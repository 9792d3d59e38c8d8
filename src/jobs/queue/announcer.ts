/**
 * Tells those who wait what their place is now: at once after a quiet second, at most once a second for each guild, and
 * only those for whom it has changed. A line of any length, and any number of lines, is told in slices between which the
 * event loop goes on with other work.
 */
import type { Log } from '../../core/log.ts';
import type { Queue } from '../../core/queue.ts';
import type { Place, WaitReason } from '../../core/standing.ts';
import type { Clock } from '../../core/time.ts';
import type { LiveJob } from '../live-job.ts';

export interface Announcer {
  /** The line of a guild has moved. */
  moved(guild: string): void;
  /** All lines have: what they wait for is another thing now. */
  allMoved(): void;
}

export interface AnnouncerDeps {
  queue: Pick<Queue, 'places' | 'guilds'>;
  find: (id: string) => LiveJob | undefined;
  /** What everybody waits for now, whatever their limits say. */
  reason: () => WaitReason | undefined;
  clock: Clock;
  log: Log;
  /** Once aborted, nobody is told any more and nothing is left running. */
  signal: AbortSignal;
}

/** Between two times that a guild is told. */
const REST_MS = 1000;
/** Places looked at in one turn of the event loop, a guild without any counting as one: about a millisecond. */
const SLICE = 250;
/** What is read at once at least, when hardly any of that is left. */
const PIECE = 50;

export function createAnnouncer(deps: AnnouncerDeps): Announcer {
  const { queue, find, reason, clock, log, signal } = deps;
  /** To be told now, in this order. */
  const due = new Set<string>();
  /** All that are still to be told because of `allMoved`: the guilds of a slice, and the slices after it. */
  let sweep: { slice: Iterator<string>; rest: AsyncIterator<readonly string[]> } | undefined;
  /** Told less than a second ago, longest ago first; and whether their line has moved since. */
  const resting = new Map<string, { until: number; moved: boolean }>();
  let isWorking = false;
  let isWatching = false;
  /** Of this turn of the event loop. */
  let left = SLICE;
  let turn: { over: Promise<void>; end: () => void; timer: NodeJS.Immediate } | undefined;

  function spend(count: number): void {
    left -= count;
    if (turn) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = (): void => {
      left = SLICE;
      turn = undefined;
      resolve();
    };
    turn = { over: promise, end, timer: setImmediate(end) };
  }

  /** Tells all that are due, one after the other. Never rejects. */
  async function work(): Promise<void> {
    if (isWorking) return;
    isWorking = true;
    while (hasMore()) {
      if (left <= 0) await turn?.over;
      const guild = await next();
      if (guild !== undefined) await tellAll(guild);
    }
    isWorking = false;
  }

  const hasMore = (): boolean => due.size > 0 || sweep !== undefined;

  async function next(): Promise<string | undefined> {
    const [first] = due;
    if (first !== undefined) {
      due.delete(first);
      return first;
    }
    const { value } = sweep?.slice.next() ?? {};
    if (value === undefined && sweep) await goOn(sweep);
    return value;
  }

  /** Reads the next slice of guilds, unless another sweep has begun meanwhile. */
  async function goOn(begun: NonNullable<typeof sweep>): Promise<void> {
    try {
      const { value, done } = await begun.rest.next();
      if (sweep === begun) sweep = done === true ? undefined : { ...begun, slice: value.values() };
    } catch (error) {
      failed(error);
      if (sweep === begun) sweep = undefined;
      void sweepLater();
    }
  }

  async function sweepLater(): Promise<void> {
    await clock.sleep(REST_MS, signal).then(allMoved, () => undefined); // aborted only
  }

  async function tellAll(guild: string): Promise<void> {
    const rest = resting.get(guild);
    if (rest) {
      rest.moved = true;
      return spend(1);
    }
    let waits = false;
    try {
      for await (const slice of queue.places(guild, Math.max(PIECE, left))) {
        if (signal.aborted) return;
        waits = true;
        const all = reason();
        for (const { id, place } of slice) tell(id, all ? { ...place, reason: all } : place);
        spend(slice.length);
        if (left <= 0) await turn?.over;
        if (signal.aborted) return;
      }
    } catch (error) {
      failed(error);
      return restFor(guild, true);
    }
    // where nobody waited nothing was told, and the first who comes is told at once
    if (waits) restFor(guild, false);
    else spend(1);
  }

  function failed(error: unknown): void {
    log.error({ err: error }, 'places in line not read');
  }

  function tell(id: string, place: Place): void {
    const job = find(id);
    if (!job) return;
    const { standing } = job;
    if (standing.kind !== 'waiting' || !same(standing.place, place)) job.show({ kind: 'waiting', place });
  }

  function restFor(guild: string, hasMoved: boolean): void {
    if (signal.aborted) return;
    resting.set(guild, { until: clock.monotonic() + REST_MS, moved: hasMoved });
    if (!isWatching) void watch();
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
    if (due.size > 0) void work();
  }

  function moved(guild: string): void {
    if (signal.aborted) return;
    due.add(guild);
    void work();
  }

  function allMoved(): void {
    if (signal.aborted) return;
    sweep = { slice: [].values(), rest: queue.guilds(SLICE)[Symbol.asyncIterator]() };
    void work();
  }

  function stop(): void {
    due.clear();
    resting.clear();
    sweep = undefined;
    clearImmediate(turn?.timer);
    turn?.end();
  }

  signal.addEventListener('abort', stop, { once: true });
  return { moved, allMoved };
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
  if (a.kind === 'data-full' || a.kind === 'backend-changing') return a.kind === b.kind;
  if (b.kind === 'data-full' || b.kind === 'backend-changing') return false;
  return b.kind === a.kind && a.used === b.used && a.limit === b.limit;
}
