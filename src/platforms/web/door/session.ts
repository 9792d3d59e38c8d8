/**
 * Who has shown the token, kept in a signed cookie and nowhere else: it outlives restarts, and another token ends all
 * of them.
 */
import { hkdfSync } from 'node:crypto';
import type { Context } from 'hono';
import { deleteCookie, getSignedCookie, setSignedCookie } from 'hono/cookie';
import type { Clock } from '../../../core/time.ts';

export interface Sessions {
  /** `secure`: the browser shall send it by https only. */
  begin(context: Context, secure: boolean): Promise<void>;
  holds(context: Context): Promise<boolean>;
  end(context: Context): void;
}

const COOKIE = 'easel_session';
const DAYS = 30;
const DAY_S = 24 * 3600;

export function createSessions(token: string, clock: Clock): Sessions {
  const key = new Uint8Array(hkdfSync('sha256', token, '', 'easel web session', 32));
  return {
    async begin(context, secure) {
      const maxAge = DAYS * DAY_S;
      const until = String(clock.now() + maxAge * 1000);
      const kept = { httpOnly: true, sameSite: 'Strict', path: '/' } as const;
      await setSignedCookie(context, COOKIE, until, key, { ...kept, secure, maxAge });
    },
    async holds(context) {
      const until = await getSignedCookie(context, key, COOKIE);
      return typeof until === 'string' && Number(until) > clock.now();
    },
    end: (context) => void deleteCookie(context, COOKIE, { path: '/' }),
  };
}
