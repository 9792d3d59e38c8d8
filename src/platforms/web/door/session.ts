/**
 * Who has shown the token. The browser holds a random name, the store what can be worked out of that name and the token
 * together: so a session outlives a restart, ends for good when its person signs out, and all end with another token.
 */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import { z } from 'zod';
import type { Log } from '../../../core/log.ts';
import type { Clock } from '../../../core/time.ts';
import { EaselError } from '../../../core/errors.ts';
import type { Table } from '../../../store/index.ts';

export interface Session {
  /** Calls `end` when the session ends, until what is returned is called; undefined when too many follow already. */
  follow(end: () => void): (() => void) | undefined;
}

export interface Sessions {
  /** `secure`: the browser shall send it by https only. */
  begin(context: Context, secure: boolean): Promise<void>;
  /** Undefined for a stranger. */
  of(context: Context): Session | undefined;
  /** Rejects with `store-failed` when it would be there again after a restart; it has ended all the same. */
  end(context: Context): Promise<void>;
}

export interface SessionOptions {
  token: string;
  /** Pages on this machine: browsers give cookies of one port to all ports, and two Easels would sign each other out. */
  local: boolean;
  table: Table;
  clock: Clock;
  log: Log;
}

const COOKIE = 'easel_session';
const DAYS = 30;
const DAY_S = 24 * 3600;
/** The oldest ends for one more. */
const MAX_SESSIONS = 100;
/** Pages that follow events, of one session. */
export const MAX_FOLLOWING = 24;

const Row = z.object({ until: z.number(), token: z.string() });

interface Held {
  until: number;
  followers: Set<() => void>;
}

export async function openSessions({ token, local, table, clock, log }: SessionOptions): Promise<Sessions> {
  const secret = new Uint8Array(hkdfSync('sha256', token, '', 'easel web session', 32));
  const digest = (text: string) => createHmac('sha256', secret).update(text).digest('base64url');
  const ours = digest('token');
  const held = new Map<string, Held>();
  const over: string[] = [];

  for await (const [key, value] of table.entries()) {
    const row = Row.safeParse(value).data;
    if (row?.token === ours && row.until > clock.now())
      held.set(key, { until: row.until, followers: new Set() });
    else over.push(key);
  }
  // also those of a token that may come back
  for (const key of over) await table.delete(key);

  const nameOf = (context: Context): string => {
    const port = local ? /:(\d{1,5})$/.exec(context.req.header('host') ?? '')?.[1] : undefined;
    return port === undefined ? COOKIE : `${COOKIE}_${port}`;
  };
  const keyOf = (context: Context): string => digest(`session ${getCookie(context, nameOf(context)) ?? ''}`);

  /** Here and now, whatever the store does. */
  async function drop(key: string): Promise<void> {
    const followers = held.get(key)?.followers ?? [];
    held.delete(key);
    for (const end of followers) end();
    await table.delete(key);
    if ((await table.get(key)) !== undefined) throw new EaselError({ code: 'store-failed' });
  }

  async function makeRoom(): Promise<void> {
    const byAge = [...held].toSorted(([, one], [, other]) => other.until - one.until);
    const old = byAge.filter(([, { until }], index) => until <= clock.now() || index >= MAX_SESSIONS - 1);
    await Promise.all(old.map(([key]) => drop(key)));
  }

  return {
    async begin(context, secure) {
      const name = randomBytes(32).toString('base64url');
      const key = digest(`session ${name}`);
      const maxAge = DAYS * DAY_S;
      const until = clock.now() + maxAge * 1000;
      try {
        await makeRoom();
        await table.set(key, { until, token: ours }, maxAge * 1000);
      } catch (error) {
        // whoever looks after a full disk has to come in
        log.error({ err: error }, 'a session ends with this process');
      }
      held.set(key, { until, followers: new Set() });
      const kept = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;
      setCookie(context, nameOf(context), name, { ...kept, secure, maxAge });
    },
    of(context) {
      const session = held.get(keyOf(context));
      if (session === undefined || session.until <= clock.now()) return undefined;
      const { followers } = session;
      return {
        follow(end) {
          if (followers.size >= MAX_FOLLOWING) return undefined;
          followers.add(end);
          return () => void followers.delete(end);
        },
      };
    },
    async end(context) {
      deleteCookie(context, nameOf(context), { path: '/' });
      await drop(keyOf(context));
    },
  };
}
