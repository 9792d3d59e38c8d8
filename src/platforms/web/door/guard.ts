/** Who may come in: nobody but this machine, or whoever has the token; and no other website through a visitor's browser. */
import { Hono, type MiddlewareHandler } from 'hono';
import type { Log } from '../../../core/log.ts';
import type { Clock } from '../../../core/time.ts';
import { reasonToRefuse } from './borders.ts';
import { deny } from './denial.ts';
import { safeHeaders } from './headers.ts';
import { bodyUpTo } from '../body.ts';
import { createSessions } from './session.ts';
import { SIGN_IN, signInRoutes, toSignIn } from './sign-in.ts';

export interface Door {
  /** `ADMIN_TOKEN`; without it only this machine is let in. */
  token?: string | undefined;
}

export interface GuardOptions {
  /** Paths that a person may come to from anywhere. */
  pages: readonly string[];
  /** Of the one inline script. */
  scriptHash: string;
  clock: Clock;
  log: Log;
}

/** The sign-in page, and what it is shown with. */
const FOR_EVERYBODY = [SIGN_IN, '/page/frame.css', '/page/sign-in.css', '/page/icon.svg'];

/** What a route may take at most; most of them take less. In bytes. */
const MAX_UPLOAD = 34 * 1024 * 1024;
const MAX_BODY = 1024 * 1024;

/** Goes before every other route. */
export function guard({ token }: Door, { pages: given, scriptHash, clock, log }: GuardOptions): Hono {
  const pages = [...given, SIGN_IN];
  const border = { open: token === undefined, pages };
  const door = new Hono();
  door.use(safeHeaders(scriptHash));
  door.use(async (context, next) => {
    const { method, path } = context.req;
    const reason = reasonToRefuse({ method, path, headers: context.req.raw.headers }, border);
    if (reason === undefined) return next();
    log.debug({ method, path, reason }, 'a request from elsewhere');
    return deny(context, 403, reason);
  });
  if (token !== undefined) {
    const sessions = createSessions(token, clock);
    door.use(async (context, next) => {
      const { path } = context.req;
      if (FOR_EVERYBODY.includes(path) || (await sessions.holds(context))) return next();
      return pages.includes(path) ? toSignIn(context) : deny(context, 401, 'signInFirst');
    });
    door.route('/', signInRoutes({ token, sessions, clock, log }));
  }
  door.use(limits(log));
  return door;
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
