/** Waiting for a state of the fake, woken by its changes instead of by a clock. */
import type { World } from './world.ts';

/**
 * Resolves with what `look` finds, at once or after a later change. Rejects after `timeoutMs`, or when the fake stops,
 * with what `explain` says.
 */
export function waitUntil<T>(
  world: World,
  look: () => T | undefined | false,
  timeoutMs: number,
  explain: () => string,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const finish = (): void => {
      clearTimeout(timer);
      world.changes.off('change', check);
      world.changes.off('stop', stopped);
    };
    const fail = (why: string): void => {
      finish();
      reject(new Error(`${why}: ${explain()}`));
    };
    const check = (): void => {
      try {
        const found = look();
        if (found === undefined || found === false) return;
        finish();
        resolve(found);
      } catch (error) {
        finish();
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    const stopped = (): void => fail('the fake Slack was stopped');
    const timer = setTimeout(() => fail(`not within ${timeoutMs} ms`), timeoutMs);
    world.changes.on('change', check);
    world.changes.on('stop', stopped);
    check();
  });
}

export function changed(world: World): void {
  world.changes.emit('change');
}

/** Something that Slack does later; forgotten when the fake stops. */
export function later(world: World, ms: number, act: () => void): NodeJS.Timeout {
  const timer = setTimeout(() => {
    world.timers.delete(timer);
    act();
  }, ms);
  world.timers.add(timer);
  return timer;
}

export function cancel(world: World, timer: NodeJS.Timeout | undefined): void {
  if (!timer) return;
  clearTimeout(timer);
  world.timers.delete(timer);
}
