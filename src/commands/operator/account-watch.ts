/**
 * What is known of the account that the backend runs jobs for: asked for now and then in the background, and when the operator
 * looks, but never for what people ask.
 */
import type { KnownAccount } from '../../core/account.ts';
import type { Backend } from '../../core/backend.ts';
import type { Log } from '../../core/log.ts';
import { createRounds } from '../../core/rounds.ts';
import { within, type Clock } from '../../core/time.ts';

export interface AccountWatch {
  /**
   * What was said last, at once; undefined: nothing yet, or there is no account. What is older than a minute is asked for again
   * in the background. Never throws.
   */
  latest(): KnownAccount | undefined;
  /** Calls `listener`, which must be quick, when another thing is known. Returns how to end that. */
  watch(listener: () => void): () => void;
  start(): void;
  stop(): Promise<void>;
}

export interface AccountWatchDeps {
  /** `watch`: calls the listener when another one has taken its place. */
  backend: Pick<Backend, 'account' | 'address'> & {
    watch?: ((listener: () => void) => () => void) | undefined;
  };
  clock: Clock;
  log: Log;
}

const EVERY_MS = 30 * 60_000;
/** Between two questions, whoever looks. */
const LOOK_MS = 60_000;
const ASK_MS = 20_000;

export function createAccountWatch({ backend, clock, log }: AccountWatchDeps): AccountWatch {
  const stopping = new AbortController();
  const listeners = new Set<() => void>();
  let known: KnownAccount | undefined;
  let asking: Promise<void> | undefined;
  let askedAt = -Infinity;
  /** Another backend has another account. */
  let generation = 0;

  /** Never rejects. */
  async function askOnce(): Promise<void> {
    const asked = generation;
    askedAt = clock.monotonic();
    try {
      const account = await within(ASK_MS, (limit) => backend.account(limit), stopping.signal);
      if (asked === generation) known = account && { ...account, at: clock.now() };
    } catch (error) {
      // what was known is shown with its time
      if (!stopping.signal.aborted)
        log.debug({ backend: backend.address, err: error }, 'the account was not asked');
    }
    for (const listener of listeners) listener();
  }

  function ask(): Promise<void> {
    asking ??= askOnce().finally(() => {
      asking = undefined;
    });
    return asking;
  }

  const unwatch = backend.watch?.(() => {
    generation += 1;
    known = undefined;
    askedAt = -Infinity;
  });
  const rounds = createRounds({
    clock,
    everyMs: EVERY_MS,
    stopping,
    round: ask,
    failed: (error) => log.error({ err: error }, 'the account is not looked at'),
  });

  return {
    latest() {
      if (clock.monotonic() - askedAt >= LOOK_MS && !stopping.signal.aborted) void ask();
      return known;
    },
    watch(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    start: () => rounds.start(),
    async stop() {
      unwatch?.();
      await rounds.stop();
      await asking;
    },
  };
}
