import { describe, expect, it, onTestFinished } from 'vitest';
import type { Hold, Place } from '../../../src/core/standing.ts';
import { createAnnouncer } from '../../../src/jobs/announcer.ts';
import type { LiveJob } from '../../../src/jobs/live-job.ts';
import { createQueue } from '../../../src/jobs/queue.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
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
  const queue = createQueue({ backend: 1, limits: () => ({ guild: 1, user: 1 }), hold: () => hold });
  let read = 0;
  const announcer = createAnnouncer({
    queue: {
      guilds: () => queue.guilds(),
      *places(guild) {
        for (const one of queue.places(guild)) {
          read += 1;
          yield one;
        }
      },
    },
    find: (id) => jobs.get(id),
    clock,
    signal: stopping.signal,
  });
  function add(guild: string, ...ids: string[]): void {
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
      queue.add({ platform: 'test', id, guild, user: 'ann' });
    }
  }
  /** The first of a line is given up. */
  function shift(guild: string): void {
    const [first] = queue.places(guild);
    if (first) queue.release(first.id);
    announcer.moved(guild);
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
  };
}

const HOLD: Hold = { since: 5, kind: 'away', problem: { code: 'backend-unreachable', backend: 'x' } };

describe('places', () => {
  it('are told at once after a quiet second, then once a second, the last ones', async () => {
    const { clock, add, announcer, shift, positions } = stage();
    add('a', '1', '2', '3', '4', '5');
    announcer.moved('a');
    expect(positions('5')).toEqual([5]);
    shift('a');
    shift('a');
    await settleDown();
    clock.advance(999);
    await settleDown();
    expect(positions('5')).toEqual([5]);
    clock.advance(1);
    await settleDown();
    expect(positions('5')).toEqual([5, 3]);
    shift('a');
    await settleDown();
    expect(positions('5')).toEqual([5, 3]);
    clock.advance(1000);
    await settleDown();
    expect(positions('5')).toEqual([5, 3, 2]);
    // a second in which nothing happens
    clock.advance(1000);
    await settleDown();
    expect(clock.sleeping).toBe(0);
    shift('a');
    expect(positions('5')).toEqual([5, 3, 2, 1]);
  });

  it('are not told again where they are the same', async () => {
    const { clock, add, announcer, queue, positions, told } = stage();
    add('a', '1', '2', '3');
    announcer.moved('a');
    queue.release('2');
    announcer.moved('a');
    clock.advance(1000);
    await settleDown();
    expect(positions('1')).toEqual([1]);
    expect(positions('3')).toEqual([3, 2]);
    // another reason is another place
    queue.occupy({ platform: 'test', id: '9', guild: 'a', user: 'ann' });
    clock.advance(1000);
    await settleDown();
    announcer.moved('a');
    queue.occupy({ platform: 'test', id: '8', guild: 'a', user: 'ann' });
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
    add('a', '1');
    announcer.moved('a');
    add('b', '2');
    announcer.moved('b');
    expect(positions('2')).toEqual([1]);
  });

  it('cost the next one nothing where nobody waited', () => {
    const { clock, add, announcer, positions } = stage();
    announcer.moved('a');
    expect(clock.sleeping).toBe(0);
    add('a', '1');
    announcer.moved('a');
    expect(positions('1')).toEqual([1]);
  });

  it('are told in pieces, between which other work gets its turn', async () => {
    const { add, announcer, read, positions } = stage();
    const ids = Array.from({ length: 2000 }, (_, n) => `j${n}`);
    add('a', ...ids);
    announcer.moved('a');
    let turns = 0;
    let most = read();
    await until(() => {
      turns += 1;
      return positions('j1999').length > 0;
    });
    expect(turns).toBeGreaterThan(5);
    expect(most).toBeLessThan(300);
    expect(positions('j1999')).toEqual([2000]);
    // many guilds that move in one turn are as one long line
    for (let n = 0; n < 1000; n += 1) add(`g${n}`, `g${n}j`);
    const before = read();
    for (let n = 0; n < 1000; n += 1) announcer.moved(`g${n}`);
    most = read() - before;
    expect(most).toBeLessThan(300);
    await until(() => positions('g999j').length > 0);
  });
});

describe('what holds the backend', () => {
  it('is told to everybody who waits when it begins and when it ends, in pieces', async () => {
    const { clock, add, announcer, begin, told, read } = stage();
    for (let n = 0; n < 600; n += 1) add(`g${n}`, `j${n}`, `k${n}`);
    announcer.allMoved();
    await until(() => told.has('k599'));
    clock.advance(1000);
    await settleDown();
    begin(HOLD);
    const before = read();
    announcer.allMoved();
    expect(read() - before).toBeLessThan(300);
    const last = () => told.get('k599')?.at(-1)?.reason.kind;
    await until(() => last() === 'backend-held');
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

describe('a stop', () => {
  it('leaves nothing running and tells nobody any more', async () => {
    const { clock, stopping, add, announcer, shift, positions, read } = stage();
    add('b', '1', '2');
    announcer.moved('b');
    shift('b');
    add('a', ...Array.from({ length: 2000 }, (_, n) => `j${n}`));
    announcer.moved('a');
    announcer.allMoved();
    stopping.abort();
    const before = read();
    await settleDown();
    expect(clock.sleeping).toBe(0);
    clock.advance(5000);
    announcer.allMoved();
    shift('b');
    await settleDown();
    expect(read()).toBe(before);
    expect(positions('2')).toEqual([2]);
  });
});
