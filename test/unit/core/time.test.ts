import { describe, expect, it } from 'vitest';
import { backoff, deadline, systemClock } from '../../../src/core/time.ts';

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

describe('a deadline', () => {
  it('aborts by itself with a TimeoutError', async () => {
    const signal = deadline(0);
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    expect(signal.reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('aborts with its parent, for its reason, also when that was before', () => {
    const parent = new AbortController();
    const signal = deadline(60_000, parent.signal);
    expect(signal.aborted).toBe(false);
    parent.abort(new Error('stopping'));
    expect(signal.reason).toMatchObject({ message: 'stopping' });
    expect(deadline(60_000, parent.signal).aborted).toBe(true);
  });

  it('takes fractions of a millisecond', () => {
    expect(deadline(60_000.4).aborted).toBe(false);
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
