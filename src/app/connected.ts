/**
 * The owner of one chat: makes and starts it, again and again while it cannot be reached, and puts another one in its
 * place when it is given other tokens. Everybody else finds the present one among `chats`.
 */
import type { Chat } from '../core/chat.ts';
import type { ConnectionState } from '../core/connection.ts';
import { problemOf, type Problem } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { backoff, orAborted, type Clock } from '../core/time.ts';
import { createTurns } from '../core/turns.ts';

export interface ConnectedDeps {
  platform: string;
  /** Where the present one stands; none while it is off. */
  chats: Map<string, Chat>;
  /** Each time that it has connected. Must not reject. */
  onConnected: () => Promise<void>;
  /** It does not take our token, and is not tried again with that. */
  onRefused: (error: unknown) => void;
  clock: Clock;
  log: Log;
  timing?: Partial<ConnectedTiming> | undefined;
}

export interface ConnectedTiming {
  /** Between two tries, doubled up to the cap, with jitter: Discord gives a token about 1000 sessions a day. In ms. */
  retryBaseMs: number;
  retryCapMs: number;
}

export interface Connected {
  readonly platform: string;
  state(): ConnectionState;
  /**
   * Ends the present chat and begins to connect the one that `make` makes, a fresh one for each try; undefined: off.
   * Resolves once the first try has come to its end, well or not. Never rejects.
   */
  use(make: (() => Promise<Chat>) | undefined): Promise<void>;
  /** For good. Idempotent. */
  stop(): Promise<void>;
}

const TIMING: ConnectedTiming = { retryBaseMs: 3000, retryCapMs: 300_000 };

interface Holding {
  leaving: AbortController;
  chat?: Chat;
  over: Promise<void>;
}

export function createConnected(deps: ConnectedDeps): Connected {
  const { platform, chats, onConnected, onRefused, clock, log } = deps;
  const timing = { ...TIMING, ...deps.timing };
  const inTurn = createTurns();
  let state: ConnectionState = { kind: 'off' };
  let holding: Holding | undefined;
  let stopped = false;

  /** Connects, as often as it takes; `tried` is told of the end of the first try. Never rejects. */
  async function hold(mine: Holding, make: () => Promise<Chat>, tried: () => void): Promise<void> {
    const { signal } = mine.leaving;
    const since = clock.now();
    state = { kind: 'connecting', since };
    for (let failures = 0; !signal.aborted; failures += 1)
      try {
        const chat = await make();
        await close(mine.chat);
        mine.chat = chat;
        signal.throwIfAborted();
        chats.set(platform, chat);
        await orAborted(chat.start(), signal);
        state = { kind: 'connected', since: clock.now(), about: {} };
        log.info({ platform, failures }, 'chat connected');
        tried();
        await onConnected();
        return;
      } catch (error) {
        if (signal.aborted) return;
        const problem = problemOf(error, crypto.randomUUID());
        if (problem.code === 'token-refused') {
          state = { kind: 'refused', since: clock.now(), problem };
          log.error(
            { platform, err: error },
            'the chat refuses its token: not tried again until it is another one',
          );
          onRefused(error);
          tried();
          return;
        }
        const pauseMs = backoff(failures, timing.retryBaseMs, timing.retryCapMs);
        state = { kind: 'connecting', since, problem, next: clock.now() + pauseMs };
        log.warn({ platform, failures, pauseMs, problem, err: error }, 'chat not connected, trying again');
        tried();
        await clock.sleep(pauseMs, signal).catch(() => undefined); // only ever aborted by its end
      }
  }

  async function close(chat: Chat | undefined): Promise<void> {
    try {
      await chat?.stop();
    } catch (error) {
      log.error({ platform, err: error }, 'chat not closed');
    }
  }

  async function end(): Promise<void> {
    if (!holding) return;
    const mine = holding;
    mine.leaving.abort();
    // what is on its way to it waits, until there is another one
    chats.delete(platform);
    await close(mine.chat);
    await mine.over;
    // it may just have been made
    await close(mine.chat);
    holding = undefined;
    state = { kind: 'off' };
  }

  return {
    platform,
    state() {
      if (state.kind !== 'connected') return state;
      const chat = holding?.chat;
      if (chat?.refused?.() === true)
        return { kind: 'refused', since: state.since, problem: refusal(platform) };
      if (chat?.ready() !== true) return { kind: 'connecting', since: state.since, problem: away(platform) };
      return { ...state, about: chat.about?.() ?? {} };
    },
    use: (make) =>
      inTurn(platform, async () => {
        await end();
        if (!make || stopped) return;
        const tried = Promise.withResolvers<void>();
        const mine: Holding = { leaving: new AbortController(), over: Promise.resolve() };
        holding = mine;
        mine.over = hold(mine, make, tried.resolve).finally(tried.resolve);
        await tried.promise;
      }),
    stop() {
      stopped = true;
      // a first try may be waited for
      holding?.leaving.abort();
      void close(holding?.chat);
      return inTurn(platform, end);
    },
  };
}

const refusal = (platform: string): Problem => ({ code: 'token-refused', platform });
const away = (platform: string): Problem => ({ code: 'chat-unreachable', platform });
