/** Waiting for a state of the fake, woken by its changes instead of by a clock. */
import type { EventEmitter } from 'node:events';

/** What a fake tells of itself: `change` and `stop`. */
export interface Changing {
  readonly changes: EventEmitter;
}

/**
 * Resolves with what `look` finds, at once or after a later change. Rejects after `timeoutMs`, or when the fake stops,
 * with what `explain` says.
 */
export function waitUntil<T>(
  world: Changing,
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
    const stopped = (): void => fail('the fake was stopped');
    const timer = setTimeout(() => fail(`not within ${timeoutMs} ms`), timeoutMs);
    world.changes.on('change', check);
    world.changes.on('stop', stopped);
    check();
  });
}

export function changed(world: Changing): void {
  world.changes.emit('change');
}
