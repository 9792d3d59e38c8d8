/** Keeps what a server has said that it is. */
import { orAborted, soon, type Clock } from '../../core/time.ts';
import type { Log } from '../../core/log.ts';
import type { Dialect } from '../runs/dialect.ts';
import type { Kind } from '../runs/kind.ts';
import type { Http } from '../wire/http.ts';
import { askDialect } from './ask.ts';
import { dialects, type DialectName } from './index.ts';

export interface KindDeps {
  http: Http;
  /** From before, for as long as it does not answer. */
  lastKnown: DialectName | undefined;
  /** Is told what it is, each time that this is news. Must not throw. */
  onKnown: (name: DialectName) => void;
  /** In ms: how old an answer may be before it is asked anew. */
  ageMs: number;
  clock: Clock;
  log: Log;
}

/** Its requests have their deadlines, and end when the backend is closed. */
const NEVER = new AbortController().signal;
/** So long is waited for an answer where there is one from before; in ms. */
const PATIENCE_MS = 5000;

/** Nobody needs to ask. */
export function fixedKind(dialect: Dialect): Kind {
  return { latest: () => dialect, known: async () => dialect, renew: () => undefined };
}

export function createKind({ http, lastKnown, onKnown, ageMs, clock, log }: KindDeps): Kind {
  let latest = lastKnown;
  /** In this process: what was known before it may have changed meanwhile. */
  let answered = false;
  let askedAt = -Infinity;
  let asking: Promise<Dialect> | undefined;

  async function askOnce(): Promise<Dialect> {
    askedAt = clock.monotonic();
    try {
      const name = await askDialect(http, NEVER);
      answered = true;
      if (name !== latest) {
        latest = name;
        log.info({ backend: http.server.address, dialect: name }, 'the backend says what it is');
        onKnown(name);
      }
      return dialects[name];
    } finally {
      asking = undefined;
    }
  }

  function ask(): Promise<Dialect> {
    if (asking === undefined) {
      asking = askOnce();
      // whoever waits hears of it
      asking.catch(() => undefined);
    }
    return asking;
  }

  return {
    latest: () => dialects[latest ?? 'comfyui'],
    async known(signal) {
      signal.throwIfAborted();
      if (answered && latest !== undefined) return dialects[latest];
      if (latest === undefined) return orAborted(ask(), signal);
      // while it is down, as it was
      const before = dialects[latest];
      const said = await soon(
        PATIENCE_MS,
        ask().catch(() => before),
        clock,
        signal,
      );
      signal.throwIfAborted();
      return said ?? before;
    },
    renew() {
      if (answered && clock.monotonic() - askedAt >= ageMs) void ask();
    },
  };
}
