import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createScaledClock } from '../../fakes/scaled-clock.ts';

const HOUR = 3_600_000;

describe('A scaled clock', () => {
  it('lets an hour pass in a moment, on both clocks and for who sleeps', async () => {
    const clock = createScaledClock(36_000);
    const [begin, wall, mono] = [performance.now(), clock.now(), clock.monotonic()];
    expect(Math.abs(wall - Date.now())).toBeLessThan(HOUR);
    await clock.sleep(HOUR);
    const real = performance.now() - begin;
    expect(real).toBeGreaterThanOrEqual(99);
    expect(real).toBeLessThan(2000);
    expect(clock.monotonic() - mono).toBeGreaterThanOrEqual(HOUR);
    expect(clock.now() - wall).toBeGreaterThanOrEqual(HOUR);
    expect(clock.now() - wall).toBeLessThan(20 * HOUR);
  });

  it('runs faster when it is told, also for who sleeps already', async () => {
    const clock = createScaledClock();
    const asleep = clock.sleep(HOUR);
    clock.speed = 72_000;
    await asleep;
    expect(clock.speed).toBe(72_000);
    clock.speed = 1;
    expect(clock.monotonic()).toBeGreaterThanOrEqual(HOUR);
    expect(clock.monotonic()).toBeLessThan(20 * HOUR);
  });

  it('sets the wall clock alone', async () => {
    const clock = createScaledClock(1);
    const mono = clock.monotonic();
    const asleep = clock.sleep(50);
    clock.jump(-24 * HOUR);
    expect(clock.now() - Date.now()).toBeLessThan(-23 * HOUR);
    await asleep;
    expect(clock.monotonic() - mono).toBeGreaterThanOrEqual(50);
    expect(clock.monotonic() - mono).toBeLessThan(HOUR);
  });

  it('stands still while it is frozen', async () => {
    const clock = createScaledClock(1000);
    let awake = false;
    const asleep = clock.sleep(20_000).then(() => (awake = true));
    const thaw = clock.freeze();
    const times = [clock.now(), clock.monotonic()];
    const late = clock.sleep(1000);
    await pause(60);
    expect([clock.now(), clock.monotonic()]).toEqual(times);
    expect(awake).toBe(false);
    thaw();
    thaw();
    await Promise.all([asleep, late]);
    expect(clock.monotonic() - (times[1] ?? 0)).toBeGreaterThanOrEqual(20_000);
  });

  it('wakes whoever is called off', async () => {
    const clock = createScaledClock(1);
    const over = new AbortController();
    const asleep = clock.sleep(30 * 24 * HOUR, over.signal);
    over.abort(new Error('enough'));
    await expect(asleep).rejects.toThrow('enough');
    await expect(clock.sleep(1, over.signal)).rejects.toThrow('enough');
  });
});
