import { getEventListeners } from 'node:events';
import { LRUCache } from 'lru-cache';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { backoff, expiring, orAborted, soon, systemClock, within } from '../../../src/core/time.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

describe('backoff', () => {
  it('lies between half and all of the doubling wait, never above the cap', () => {
    for (let attempt = 0; attempt < 2000; attempt += 1) {
      const full = Math.min(15_000, 500 * 2 ** attempt);
      expect(backoff(attempt, 500, 15_000, () => 0)).toBe(full / 2);
      expect(backoff(attempt, 500, 15_000, () => 1)).toBe(full);
      const drawn = backoff(attempt, 500, 15_000);
      expect(drawn).toBeGreaterThanOrEqual(full / 2);
      expect(drawn).toBeLessThanOrEqual(full);
    }
  });
});

describe('the system clock', () => {
  it('sleeps, and wakes with the reason when aborted', async () => {
    await systemClock.sleep(1);
    const abort = new AbortController();
    const asleep = systemClock.sleep(3_600_000, abort.signal);
    abort.abort(new Error('stopping'));
    await expect(asleep).rejects.toThrow('stopping');
    await expect(systemClock.sleep(0, abort.signal)).rejects.toThrow('stopping');
  });
});

const listeners = (signal: AbortSignal) => getEventListeners(signal, 'abort').length;
const timers = () => process.getActiveResourcesInfo().filter((each) => each === 'Timeout').length;

describe('what is left of a wait', () => {
  const life = new AbortController().signal;
  const clock = createManualClock();

  it.each<[string, (signal: AbortSignal) => Promise<unknown>]>([
    ['within', (signal) => within(60_000, async () => undefined, signal, life)],
    [
      'within, of work that fails',
      (signal) => within(60_000, async () => Promise.reject(new Error('x')), signal),
    ],
    ['within, without a limit', (signal) => within(Infinity, async () => undefined, signal)],
    ['orAborted', (signal) => orAborted(Promise.resolve(), signal)],
    ['orAborted, of work that fails', (signal) => orAborted(Promise.reject(new Error('x')), signal)],
    ['soon', (signal) => soon(60_000, Promise.resolve(), clock, signal)],
    ['soon, of work that fails', (signal) => soon(60_000, Promise.reject(new Error('x')), clock, signal)],
    ['soon, on the real clock', (signal) => soon(60_000, Promise.resolve(), systemClock, signal)],
  ])('is no listener and no timer: %s', async (_name, wait) => {
    const { signal } = new AbortController();
    const before = timers();
    // unlike the system's, it counts those that keep no process alive
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    await Promise.allSettled(Array.from({ length: 20 }, () => wait(signal)));
    await new Promise((resolve) => setImmediate(resolve));
    expect([listeners(signal), listeners(life), clock.sleeping]).toEqual([0, 0, 0]);
    expect(vi.getTimerCount()).toBe(0);
    expect(timers()).toBeLessThanOrEqual(before);
  });
});

describe('orAborted', () => {
  it('settles as the work does, and is given up with the signal though the work goes on', async () => {
    const stop = new AbortController();
    expect(await orAborted(Promise.resolve(7), stop.signal)).toBe(7);
    const given = orAborted(new Promise(() => undefined), stop.signal);
    stop.abort(new Error('stopping'));
    await expect(given).rejects.toThrow('stopping');
    await expect(orAborted(Promise.resolve(7), stop.signal)).rejects.toThrow('stopping');
  });
});

describe('soon', () => {
  it('is what the work came to, or nothing when that takes too long or nobody waits', async () => {
    const clock = createManualClock();
    const never = new Promise<number>(() => undefined);
    expect(await soon(1000, Promise.resolve(7), clock)).toBe(7);
    await expect(soon(1000, Promise.reject(new Error('bad')), clock)).rejects.toThrow('bad');
    const late = soon(1000, never, clock);
    clock.advance(1000);
    expect(await late).toBeUndefined();
    const stop = new AbortController();
    const left = soon(1000, never, clock, stop.signal);
    stop.abort();
    expect(await left).toBeUndefined();
    expect(clock.sleeping).toBe(0);
  });
});

describe('within', () => {
  it('ends with a TimeoutError, or with the reason of whichever parent is first', async () => {
    const wait = (signal: AbortSignal) => systemClock.sleep(3_600_000, signal);
    await expect(within(1, wait)).rejects.toMatchObject({ name: 'TimeoutError' });
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = within(60_000, wait, one.signal, undefined, two.signal);
    two.abort(new Error('two'));
    await expect(waiting).rejects.toThrow('two');
    await expect(within(60_000, wait, one.signal, two.signal)).rejects.toThrow('two');
  });
});

describe('what is remembered for a while', () => {
  it.each([0, 1_000_000])('is over to the millisecond, also where the clock begins at %s', (start) => {
    const clock = createManualClock(start);
    const known = new LRUCache<string, number>({ max: 2, ...expiring(clock, 1000) });
    known.set('a', 1);
    clock.advance(999);
    expect(known.get('a')).toBe(1);
    clock.advance(1);
    expect(known.get('a')).toBeUndefined();
  });

  it('is over a while after it was set, not after it was asked for', () => {
    const clock = createManualClock();
    const known = new LRUCache<string, number>({ max: 2, ...expiring(clock, 1000) });
    known.set('a', 1);
    for (let at = 0; at < 9; at += 1) {
      clock.advance(100);
      expect(known.get('a')).toBe(1);
    }
    clock.advance(100);
    expect(known.get('a')).toBeUndefined();
  });
});
