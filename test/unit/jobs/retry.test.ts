import { describe, expect, it } from 'vitest';
import { retry, type RetryOptions } from '../../../src/jobs/retry.ts';
import { JOB_TIMING } from '../../../src/jobs/timing.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { until } from '../../fakes/until.ts';

const options = (given: Partial<RetryOptions> = {}): RetryOptions => ({
  tries: 4,
  timing: { ...JOB_TIMING, retryBaseMs: 100, retryCapMs: 300 },
  clock: createManualClock(0, { skipping: true }),
  signal: new AbortController().signal,
  retryable: () => true,
  ...given,
});

/** Work that fails so often, then answers. */
const failing = (times: number) => {
  const attempts: number[] = [];
  const work = async (attempt: number): Promise<string> => {
    attempts.push(attempt);
    if (attempts.length <= times) throw new Error(`no ${attempts.length}`);
    return 'done';
  };
  return { attempts, work };
};

describe('retry', () => {
  it('resolves to the first success', async () => {
    const { attempts, work } = failing(2);
    expect(await retry(work, options())).toBe('done');
    expect(attempts).toEqual([0, 1, 2]);
  });

  it('throws the last error after its tries, and not one try more', async () => {
    const { attempts, work } = failing(99);
    await expect(retry(work, options())).rejects.toThrow('no 4');
    expect(attempts).toHaveLength(4);
  });

  it('waits longer each time, up to the cap, with jitter that stays within half', async () => {
    const clock = createManualClock(0, { skipping: true });
    await expect(retry(failing(99).work, options({ clock, tries: 5 }))).rejects.toThrow(/^no /);
    const full = [100, 200, 300, 300];
    expect(clock.sleeps).toHaveLength(4);
    clock.sleeps.forEach((ms, index) => {
      expect(ms).toBeGreaterThanOrEqual(full[index]! / 2);
      expect(ms).toBeLessThanOrEqual(full[index]!);
    });
  });

  it('gives up at once what is final', async () => {
    const { attempts, work } = failing(99);
    const retryable = (error: unknown) => !(error instanceof Error && error.message === 'no 2');
    await expect(retry(work, options({ retryable }))).rejects.toThrow('no 2');
    expect(attempts).toHaveLength(2);
  });

  it('tells of every failure that is tried again, and not of the last', async () => {
    const told: number[] = [];
    await expect(
      retry(failing(99).work, options({ tries: 3, onRetry: (_error, attempt) => void told.push(attempt) })),
    ).rejects.toThrow(/^no /);
    expect(told).toEqual([0, 1]);
  });

  it('ends a wait at once when aborted, with the reason', async () => {
    const clock = createManualClock();
    const abort = new AbortController();
    const { attempts, work } = failing(99);
    const result = retry(work, options({ clock, signal: abort.signal }));
    const over = Promise.allSettled([result]);
    await until(() => clock.sleeping === 1);
    abort.abort(new Error('stopping'));
    expect(await over).toMatchObject([{ status: 'rejected', reason: { message: 'stopping' } }]);
    expect(attempts).toHaveLength(1);
    expect(clock.sleeping).toBe(0);
  });

  it('does not begin a wait when aborted during the work', async () => {
    const clock = createManualClock();
    const abort = new AbortController();
    const work = async (): Promise<string> => {
      abort.abort(new Error('stopping'));
      throw new Error('no');
    };
    await expect(retry(work, options({ clock, signal: abort.signal }))).rejects.toThrow('stopping');
    expect(clock.sleeps).toEqual([]);
  });
});
