/**
 * Tells who runs Easel, in chat, what they alone can put right: at most once an hour for each cause, and once when it is
 * over. What was told is stored, so that a restart tells nothing twice.
 */
import { z } from 'zod';
import type { Chat } from '../../core/chat.ts';
import type { Log } from '../../core/log.ts';
import { createRounds } from '../../core/rounds.ts';
import { orAborted, within, type Clock } from '../../core/time.ts';

/** What may be wrong. Its name is the key of what is stored of it. */
export interface Cause {
  name: string;
  /** The lines to tell while it is wrong; undefined when all is well. */
  look(): Promise<string[] | undefined>;
  /** The lines to tell once it is over. */
  over(): string[];
}

export interface AlertsOptions {
  causes: readonly Cause[];
  /** `discord:ID`, `slack:TEAM/USER`; without any, those that a platform names. */
  operators: readonly string[];
  /** May grow after this call. */
  chats: ReadonlyMap<string, Chat>;
  /** What was told. */
  table: {
    get(key: string): Promise<unknown>;
    set(key: string, value: unknown): Promise<void>;
  };
  clock: Clock;
  log: Log;
  /** Between two looks, in ms. */
  everyMs?: number | undefined;
}

export interface Alerts {
  /** Looks every now and then, until `stop`. */
  start(): void;
  stop(): Promise<void>;
}

const EVERY_MS = 10_000;
const HOUR_MS = 3600_000;
const TELL_MS = 30_000;

/** When a cause was last told, and whether it has been over since. Wall clock: it is stored. */
const Notified = z.object({ at: z.number(), active: z.boolean() });
type Notified = z.infer<typeof Notified>;
const NEVER: Notified = { at: -Infinity, active: false };

export function createAlerts(options: AlertsOptions): Alerts {
  const { causes, operators, chats, table, clock, log, everyMs = EVERY_MS } = options;
  const stopping = new AbortController();
  const known = new Map<string, Notified>();

  async function look(): Promise<void> {
    for (const cause of causes) await lookAt(cause);
  }

  /** Never rejects: the next look is soon. */
  async function lookAt(cause: Cause): Promise<void> {
    try {
      const notified = known.get(cause.name) ?? (await stored(cause.name));
      const lines = await cause.look();
      // a clock that was set back must not keep an alert for longer
      const lately = Math.abs(clock.now() - notified.at) < HOUR_MS;
      if (lines && !notified.active && !lately) {
        log.error({ cause: cause.name, lines }, 'told to who runs Easel');
        if (await sendAll(lines)) await note(cause.name, { at: clock.now(), active: true });
      } else if (!lines && notified.active) {
        log.info({ cause: cause.name }, 'is over');
        if (await sendAll(cause.over())) await note(cause.name, { ...notified, active: false });
      }
    } catch (error) {
      if (!stopping.signal.aborted) log.warn({ cause: cause.name, err: error }, 'alert not told');
    }
  }

  async function stored(name: string): Promise<Notified> {
    const found = Notified.safeParse(await table.get(name));
    const notified = found.success ? found.data : NEVER;
    known.set(name, notified);
    return notified;
  }

  async function note(name: string, notified: Notified): Promise<void> {
    known.set(name, notified);
    await table.set(name, notified);
  }

  /** True when somebody could be told, or there is nobody. */
  async function sendAll(lines: string[]): Promise<boolean> {
    const people = await recipients();
    let reached = people.length === 0;
    for (const [chat, user] of people)
      try {
        const send = (limit: AbortSignal) => orAborted(chat.tell(user, lines, limit), limit);
        await within(TELL_MS, send, stopping.signal);
        reached = true;
      } catch (error) {
        stopping.signal.throwIfAborted();
        log.warn({ platform: chat.platform, err: error }, 'an operator could not be told');
      }

    return reached;
  }

  async function recipients(): Promise<[Chat, string][]> {
    if (operators.length > 0) return operators.flatMap(named);
    const found: [Chat, string][] = [];
    for (const chat of chats.values())
      try {
        const owners = await within(TELL_MS, async (limit) => chat.owners?.(limit), stopping.signal);
        for (const owner of owners ?? []) found.push([chat, owner]);
      } catch (error) {
        stopping.signal.throwIfAborted();
        log.warn({ platform: chat.platform, err: error }, 'the owners could not be asked for');
      }

    return found;
  }

  function named(operator: string): [Chat, string][] {
    const [, platform = '', team, user = ''] = /^(\w+):(?:(\w+)\/)?(\w+)$/.exec(operator) ?? [];
    const chat = chats.get(platform);
    const here = team === undefined || chat?.guilds?.().some(({ guild }) => guild === team) === true;
    if (chat && here) return [[chat, user]];
    log.warn({ operator }, 'no such operator can be reached');
    return [];
  }

  return createRounds({
    clock,
    everyMs,
    stopping,
    round: look,
    failed: (error) => log.error({ err: error }, 'nothing was looked at for alerts'),
  });
}
