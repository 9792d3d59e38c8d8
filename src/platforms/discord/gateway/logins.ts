/**
 * The day's logins. Discord counts them (IDENTIFY, one a shard): who uses up `session_start_limit` loses all sessions and
 * the token (https://docs.discord.com/developers/events/gateway#session-start-limit-object). So a few are never touched,
 * and starts that fail one after the other come ever less often, also across restarts of this process.
 */
import { Routes, type REST } from 'discord.js';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { EaselError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import { within, type Clock } from '../../../core/time.ts';
import { DISCORD } from '../name.ts';

/** What outlives the process: how many starts have failed in a row. */
export interface Marks {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
}

export interface GatewayInfo {
  shards: number;
  /** How many shards may log in in 5 s. */
  concurrency: number;
}

export interface Logins {
  /**
   * Whether a start is a good idea, and how. A pause of a minute at most is waited for. Rejects with `chat-login-later`
   * where it is longer, with discord.js's error where Discord does not say.
   */
  begin(signal: AbortSignal): Promise<GatewayInfo>;
  /** A shard is there: the start is no failure. Never rejects. */
  begun(): Promise<void>;
  /** Resolves when one more login may be made; rejects with the signal's reason. */
  room(signal: AbortSignal): Promise<void>;
  /** Counts one; false when there is no room for it. */
  take(): boolean;
  /** Until when shards wait for the next day, in ms since 1970; undefined: there is room. */
  until(): number | undefined;
  /** The shortest time between two vain logins of a shard, at worst, in ms: at that pace a day's logins last for a day. */
  slowest(): number;
}

/** Of the `gateway/bot` answer, what is needed; `reset_after` in ms. */
const Answer = z.object({
  shards: z.int().min(1),
  session_start_limit: z.object({
    total: z.int().min(1),
    remaining: z.int().min(0),
    reset_after: z.int().min(0),
    max_concurrency: z.int().min(1),
  }),
});

/** `of`: whose they are, since another bot's failures are not this one's. Wall clock: it is stored. */
const Starts = z.object({ of: z.string(), failed: z.int().min(0), at: z.number() });
type Starts = z.infer<typeof Starts>;

const KEY = 'discord/starts';
const DAY_MS = 24 * 3600 * 1000;
const FIRST_PAUSE_MS = 5000;
/** What a start waits for itself. */
const WAITED_MS = 60_000;
const FRESH_MS = 60_000;
const ASK_MS = 30_000;
/** Of all: for a person's restart, and for what Discord counted and Easel did not. */
const KEPT = 0.02;
/** Below this part of a day's, starts keep to the pace at which the rest lasts, failed or not. */
const LOW = 0.25;

export function createLogins(deps: {
  rest: Pick<REST, 'get'>;
  token: string;
  marks: Marks;
  clock: Clock;
  log: Log;
}): Logins {
  const { rest, marks, clock, log } = deps;
  const of = createHash('sha256').update(deps.token).digest('hex').slice(0, 16);
  let known: { answer: z.infer<typeof Answer>; left: number; at: number } | undefined;
  /** Until when there is no room; wall clock, since it is told. */
  let until: number | undefined;
  /** What is to be written down before the first login of a start. */
  let starting: Starts | undefined;

  async function ask(signal: AbortSignal): Promise<NonNullable<typeof known>> {
    const answer = Answer.parse(
      await within(ASK_MS, (limit) => rest.get(Routes.gatewayBot(), { signal: limit }), signal),
    );
    known = { answer, left: answer.session_start_limit.remaining, at: clock.monotonic() };
    return known;
  }

  async function lastStarts(): Promise<Starts> {
    const stored = Starts.safeParse(await marks.get(KEY));
    return stored.success && stored.data.of === of ? stored.data : { of, failed: 0, at: 0 };
  }

  const later = (ms: number, failed?: number) =>
    new EaselError({
      code: 'chat-login-later',
      platform: DISCORD,
      until: clock.now() + ms,
      ...(failed !== undefined && { failed }),
    });

  return {
    async begin(signal) {
      const { answer } = await ask(signal);
      const { shards, session_start_limit: limit } = answer;
      const { total, remaining, reset_after: reset } = limit;
      const need = Math.min(total, shards + kept(total));
      if (remaining < need) {
        log.warn({ shards, remaining, total, resetMs: reset }, 'too few logins are left today');
        throw later(reset);
      }
      const { failed, at } = await lastStarts();
      const pace = paceOf(shards, total);
      const pause =
        failed > 1 ? Math.min(FIRST_PAUSE_MS * 2 ** (failed - 2), pace) : remaining < total * LOW ? pace : 0;
      // a clock that was set back makes it no longer
      const wait = Math.min(pause, at + pause - clock.now());
      if (wait > 0)
        log.warn({ failed, remaining, total, waitMs: wait }, 'the next start at discord is put off');
      if (wait > WAITED_MS) throw later(wait, failed);
      if (wait > 0) await clock.sleep(wait, signal);
      starting = { of, failed: failed + 1, at: clock.now() };
      return { shards, concurrency: limit.max_concurrency };
    },
    async begun() {
      try {
        await marks.set(KEY, { of, failed: 0, at: clock.now() } satisfies Starts);
      } catch (error) {
        log.warn({ err: error }, 'not noted that the start went well');
      }
    },
    async room(signal) {
      // before it is spent, so that a process that dies meanwhile has failed too
      if (starting) {
        const start = starting;
        starting = undefined;
        await marks.set(KEY, start);
      }
      for (;;) {
        if (!known || clock.monotonic() - known.at >= FRESH_MS)
          try {
            await ask(signal);
          } catch (error) {
            signal.throwIfAborted();
            log.warn({ err: error }, 'not known how many logins are left');
          }
        if (hasRoom()) {
          until = undefined;
          return;
        }
        const reset = known?.answer.session_start_limit.reset_after ?? FRESH_MS;
        if (until === undefined)
          log.error({ left: known?.left, resetMs: reset }, 'too few logins are left today: shards wait');
        until = clock.now() + reset;
        await clock.sleep(Math.max(FRESH_MS, Math.min(reset, DAY_MS)), signal);
      }
    },
    take() {
      if (!hasRoom() || !known) return false;
      known.left -= 1;
      return true;
    },
    until: () => until,
    slowest() {
      const { shards, session_start_limit: limit } = known?.answer ?? {};
      return limit && shards !== undefined ? paceOf(shards, limit.total) : WAITED_MS;
    },
  };

  function hasRoom(): boolean {
    return known !== undefined && known.left > kept(known.answer.session_start_limit.total);
  }
}

function kept(total: number): number {
  return Math.ceil(total * KEPT);
}

function paceOf(shards: number, total: number): number {
  return Math.min(DAY_MS, (DAY_MS * shards) / total);
}
