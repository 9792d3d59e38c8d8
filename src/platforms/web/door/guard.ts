/** Who may come in: whoever has the token, be it the operator's or this machine's own; and no other website through a visitor's browser. */
import { Hono, type MiddlewareHandler } from 'hono';
import { EaselError } from '../../../core/errors.ts';
import type { Log } from '../../../core/log.ts';
import type { Clock } from '../../../core/time.ts';
import type { AddressOf } from '../assets.ts';
import { bodyUpTo } from '../body.ts';
import { refuse } from '../refusal.ts';
import { reasonToRefuse } from './borders.ts';
import { bindingsOf } from './client.ts';
import { deny, localeOf } from './denial.ts';
import { safeHeaders } from './headers.ts';
import { MAX_FOLLOWING, type Sessions } from './session.ts';
import { ENTER, SIGN_IN, signInRoutes, toSignIn } from './sign-in.ts';
import { SIGN_IN_FILES } from './sign-in-page.ts';

export interface Door {
  /** `ADMIN_TOKEN`, or the one that Easel made for this machine. */
  token: string;
  /** It is the one of this machine: a link carries it, and nobody else's name for this machine counts. */
  local: boolean;
  /** `TRUSTED_PROXIES` */
  proxies: readonly string[];
}

export interface GuardOptions {
  sessions: Sessions;
  /** Paths that a person may come to from anywhere. */
  pages: readonly string[];
  /** Of the one inline script. */
  scriptHash: string;
  addressOf: AddressOf;
  clock: Clock;
  log: Log;
}

/** What answers for as long as its page is open. */
const STREAMS = /\/events$/;

/** What a route may take at most; most of them take less. In bytes. */
const MAX_UPLOAD = 34 * 1024 * 1024;
const MAX_BODY = 1024 * 1024;

/** Goes before every other route. */
export function guard(given: Door, options: GuardOptions): Hono {
  const { sessions, scriptHash, addressOf, clock, log } = options;
  const { local } = given;
  const pages = [...options.pages, SIGN_IN];
  const border = { local, pages: local ? [...pages, ENTER] : pages };
  const forEverybody = [SIGN_IN, ...SIGN_IN_FILES.map(addressOf), ...(local ? [ENTER] : [])];
  const door = new Hono();
  door.use(safeHeaders(scriptHash));
  door.use(async (context, next) => {
    const { method, path } = context.req;
    const reason = reasonToRefuse({ method, path, headers: context.req.raw.headers }, border);
    if (reason === undefined) return next();
    log.debug({ method, path, reason }, 'a request from elsewhere');
    return deny(context, 403, reason);
  });
  door.use(async (context, next) => {
    const { path } = context.req;
    if (forEverybody.includes(path) || sessions.of(context)) return next();
    return pages.includes(path) ? toSignIn(context) : deny(context, 401, 'signInFirst');
  });
  door.use(streams(sessions, log));
  door.route('/', signInRoutes({ ...given, sessions, addressOf, clock, log }));
  door.use(limits(log));
  return door;
}

/** A stream ends with the session that it was opened in; and one session opens only so many. */
function streams(sessions: Sessions, log: Log): MiddlewareHandler {
  return async (context, next) => {
    const { outgoing } = bindingsOf(context);
    if (!STREAMS.test(context.req.path) || !outgoing) return next();
    const leave = sessions.of(context)?.follow(() => outgoing.destroy());
    if (!leave) {
      const tooMany = new EaselError({ code: 'too-many-pages', max: MAX_FOLLOWING });
      return refuse(context, tooMany, { locale: localeOf(context), log });
    }
    outgoing.once('close', leave);
    await next();
  };
}

/** Before anything is read: a form may bring files, everything else is words. */
function limits(log: Log): MiddlewareHandler {
  const words = bodyUpTo(MAX_BODY, log);
  const files = bodyUpTo(MAX_UPLOAD, log);
  return (context, next) => {
    const form = context.req.header('content-type')?.startsWith('multipart/form-data') === true;
    return (form ? files : words)(context, next);
  };
}
