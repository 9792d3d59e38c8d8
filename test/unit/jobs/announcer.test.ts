import { describe, expect, it, onTestFinished } from 'vitest';
import { EaselError } from '../../../src/core/errors.ts';
import type { Hold, Place } from '../../../src/core/standing.ts';
import { createAnnouncer } from '../../../src/jobs/queue/announcer.ts';
import type { LiveJob } from '../../../src/jobs/live-job.ts';
import { createQueue } from '../../../src/jobs/queue/index.ts';
import { limitsOf } from '../../contract/queue-stage.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { settleDown, until } from '../../fakes/until.ts';
import { sampleLive } from './sample.ts';

/** Nothing ends by itself; `told` is what each person was told, oldest first. */
function stage() {
  const clock = createManualClock();
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const jobs = new Map<string, LiveJob>();
  const told = new Map<string, Place[]>();
  let hold: Hold | undefined;
  const queue = createQueue(limitsOf({ guild: 1, user: 1, backends: { b: 1 } }));
  let read = 0;
  let ills = 0;
  const log = createRecordingLog();
  function mayFail(): void {
    if (ills === 0) return;
    ills -= 1;
    throw new EaselError({ code: 'store-failed' });
  }
  const announcer = createAnnouncer({
    queue: {
      async *guilds(size) {
        mayFail();
        yield* queue.guilds(size);
      },
      async *places(guild, size) {
        mayFail();
        for await (const slice of queue.places(guild, size)) {
          read += slice.length;
          yield slice;
        }
      },
    },
    find: (id) => jobs.get(id),
    reason: () => hold && { kind: 'backend-held', hold },
    clock,
    log,
    signal: stopping.signal,
  });
  async function add(guild: string, ...ids: string[]): Promise<void> {
    for (const id of ids) {
      const live: LiveJob = {
        ...sampleLive({ id, guild }),
        show(standing) {
          live.standing = standing;
          if (standing.kind === 'waiting') told.set(id, [...(told.get(id) ?? []), standing.place]);
        },
        facts: () => ({}),
      };
      jobs.set(id, live);
      await queue.submit({ platform: 'test', id, guild, user: 'ann' });
    }
  }
  /** The first of a line is given up. */
  async function shift(guild: string): Promise<void> {
    for await (const [first] of queue.places(guild, 1)) {
      await queue.release(first!.id);
      break;
    }
    announcer.moved(guild);
    await settleDown();
  }
  const positions = (id: string) => (told.get(id) ?? []).map(({ position }) => position);
  return {
    clock,
    stopping,
    queue,
    announcer,
    told,
    add,
    shift,
    positions,
    begin: (next: Hold | undefined) => (hold = next),
    read: () => read,
    fail: (times: number) => (ills = times),
    log,
  };
}

/** Turns of the event loop until `isOver`, and the most that was read in one of them. */
async function turns(read: () => number, isOver: () => boolean): Promise<{ count: number; most: number }> {
  let [count, most, before] = [0, 0, read()];
  await until(() => {
    count += 1;
    most = Math.max(most, read() - before);
    before = read();
    return isOver();
  });
  return { count, most };
}

const HOLD: Hold = { since: 5, kind: 'away', problem: { code: 'backend-unreachable', backend: 'x' } };

describe('places', () => {
  it('are told at once after a quiet second, then once a second, the last ones', async () => {
    const { clock, add, announcer, shift, positions } = stage();
    await add('a', '1', '2', '3', '4', '5');
    announcer.moved('a');
    await settleDown();
    expect(positions('5')).toEqual([5]);
    await shift('a');
    await shift('a');
    await settleDown();
    clock.advance(999);
    await settleDown();
    expect(positions('5')).toEqual([5]);
    clock.advance(1);
    await settleDown();
    expect(positions('5')).toEqual([5, 3]);
    await shift('a');
    await settleDown();
    expect(positions('5')).toEqual([5, 3]);
    clock.advance(1000);
    await settleDown();
    expect(positions('5')).toEqual([5, 3, 2]);
    // a second in which nothing happens
    clock.advance(1000);
    await settleDown();
    expect(clock.sleeping).toBe(0);
    await shift('a');
    expect(positions('5')).toEqual([5, 3, 2, 1]);
  });

  it('are not told again where they are the same', async () => {
    const { clock, add, announcer, queue, positions, told } = stage();
    await add('a', '1', '2', '3');
    announcer.moved('a');
    await settleDown();
    await queue.release('2');
    announcer.moved('a');
    clock.advance(1000);
    await settleDown();
    expect(positions('1')).toEqual([1]);
    expect(positions('3')).toEqual([3, 2]);
    // another reason is another place
    await queue.submit({ platform: 'test', id: '9', guild: 'a', user: 'ann' }, 'b');
    clock.advance(1000);
    await settleDown();
    announcer.moved('a');
    await settleDown();
    await queue.submit({ platform: 'test', id: '8', guild: 'a', user: 'ann' }, 'b');
    announcer.moved('a');
    clock.advance(1000);
    await settleDown();
    expect(told.get('1')?.map(({ reason }) => reason)).toEqual([
      { kind: 'backend-busy', used: 0, limit: 1 },
      { kind: 'guild-limit', used: 1, limit: 1 },
      { kind: 'guild-limit', used: 2, limit: 1 },
    ]);
  });

  it('of one guild wait for no other guild', async () => {
    const { add, announcer, positions } = stage();
    await add('a', '1');
    announcer.moved('a');
    await settleDown();
    await add('b', '2');
    announcer.moved('b');
    await settleDown();
    expect(positions('2')).toEqual([1]);
  });

  it('cost the next one nothing where nobody waited', async () => {
    const { clock, add, announcer, positions } = stage();
    announcer.moved('a');
    await settleDown();
    expect(clock.sleeping).toBe(0);
    await add('a', '1');
    announcer.moved('a');
    await settleDown();
    expect(positions('1')).toEqual([1]);
  });

  it('are told in pieces, between which other work gets its turn', async () => {
    const { add, announcer, read, positions } = stage();
    const ids = Array.from({ length: 2000 }, (_, n) => `j${n}`);
    await add('a', ...ids);
    announcer.moved('a');
    const line = await turns(read, () => positions('j1999').length > 0);
    expect(line.count).toBeGreaterThan(5);
    expect(line.most).toBeLessThan(300);
    expect(positions('j1999')).toEqual([2000]);
    // many guilds that move in one turn are as one long line
    for (let n = 0; n < 1000; n += 1) await add(`g${n}`, `g${n}j`);
    for (let n = 0; n < 1000; n += 1) announcer.moved(`g${n}`);
    const lines = await turns(read, () => positions('g999j').length > 0);
    expect(lines.count).toBeGreaterThan(2);
    expect(lines.most).toBeLessThan(300);
  });
});

describe('what holds the backend', () => {
  it('is told to everybody who waits when it begins and when it ends, in pieces', async () => {
    const { clock, add, announcer, begin, told, read } = stage();
    for (let n = 0; n < 600; n += 1) await add(`g${n}`, `j${n}`, `k${n}`);
    announcer.allMoved();
    await until(() => told.has('k599'));
    clock.advance(1000);
    await settleDown();
    begin(HOLD);
    const last = () => told.get('k599')?.at(-1)?.reason.kind;
    announcer.allMoved();
    const { count, most } = await turns(read, () => last() === 'backend-held');
    expect(count).toBeGreaterThan(3);
    expect(most).toBeLessThan(300);
    expect([...told.values()].every((places) => places.at(-1)?.reason.kind === 'backend-held')).toBe(true);
    // it ends within the same second: told a second later
    begin(undefined);
    announcer.allMoved();
    await settleDown();
    expect(last()).toBe('backend-held');
    clock.advance(1000);
    await until(() => last() === 'backend-busy');
    expect(told.get('k599')?.length).toBe(3);
  });
});

describe('a queue that does not answer', () => {
  it('is asked again a second later, for one guild and for all', async () => {
    const { clock, add, announcer, positions, fail, log } = stage();
    await add('a', '1', '2');
    fail(1);
    announcer.moved('a');
    await settleDown();
    expect(positions('2')).toEqual([]);
    expect(log.lines).toHaveLength(1);
    clock.advance(1000);
    await settleDown();
    expect(positions('2')).toEqual([2]);
    await add('b', '3');
    fail(1);
    announcer.allMoved();
    await settleDown();
    expect(positions('3')).toEqual([]);
    clock.advance(1000);
    await settleDown();
    expect(positions('3')).toEqual([1]);
    clock.advance(1000);
    await settleDown();
    expect(clock.sleeping).toBe(0);
  });
});

describe('a stop', () => {
  it('leaves nothing running and tells nobody any more', async () => {
    const { clock, stopping, add, announcer, shift, positions, read } = stage();
    await add('b', '1', '2');
    announcer.moved('b');
    await settleDown();
    await shift('b');
    await add('a', ...Array.from({ length: 2000 }, (_, n) => `j${n}`));
    announcer.moved('a');
    announcer.allMoved();
    await until(() => read() > 100);
    stopping.abort();
    const before = read();
    await settleDown();
    expect(clock.sleeping).toBe(0);
    clock.advance(5000);
    announcer.allMoved();
    await shift('b');
    await settleDown();
    expect(read()).toBe(before);
    expect(positions('2')).toEqual([2]);
  });
});
