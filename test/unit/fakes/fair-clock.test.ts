import { describe, expect, it, onTestFinished } from 'vitest';
import { createFairClock } from '../../fakes/fair-clock.ts';
import { until } from '../../fakes/until.ts';

function clock() {
  const fair = createFairClock();
  onTestFinished(() => fair.stop());
  return fair;
}

/** As a machine that gives this process nothing. */
function standStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('a fair clock', () => {
  it('counts no time that the process did not have', () => {
    const fair = clock();
    const begun = fair.now();
    standStill(300);
    expect(fair.now() - begun).toBeLessThanOrEqual(20);
  });

  it('acts when enough was counted, unless it is called off, and never after its end', async () => {
    const fair = clock();
    const acted: string[] = [];
    fair.after(30, () => acted.push('thirty'));
    fair.after(10, () => acted.push('ten'));
    fair.after(20, () => acted.push('twenty'))();
    standStill(100);
    expect(acted).toEqual([]);
    await until(() => acted.length === 2);
    expect(acted).toEqual(['ten', 'thirty']);
    fair.after(10, () => acted.push('too late'));
    fair.stop();
    const other = clock();
    await new Promise<void>((resolve) => other.after(40, resolve));
    expect(acted).toHaveLength(2);
  });
});
