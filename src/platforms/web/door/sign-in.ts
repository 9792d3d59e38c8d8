/** Where the token is shown: in a form, or, on one's own machine, in the link that the terminal printed. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import type { Log } from '../../../core/log.ts';
import type { Clock } from '../../../core/time.ts';
import type { AddressOf } from '../assets.ts';
import { createClients } from './client.ts';
import { deny } from './denial.ts';
import { createPace } from './pace.ts';
import type { Sessions } from './session.ts';
import { signInPage } from './sign-in-page.ts';

export const SIGN_IN = '/sign-in';
/** With `?key=`; only where the token is this machine's own. */
export const ENTER = '/enter';

const MAX_FORM = 16 * 1024;

/** One slash, then anything that browsers take for a path and not for another host. */
const LOCAL = /^\/(?![/\\])[\x21-\x7e]*$/;

/** What somebody who has the whole link pastes. */
const IN_A_LINK = /[?&]key=([^&#\s]+)/;

interface SignInOptions {
  token: string;
  local: boolean;
  proxies: readonly string[];
  sessions: Sessions;
  addressOf: AddressOf;
  clock: Clock;
  log: Log;
}

/** To the sign-in page, and back here from there. */
export function toSignIn(context: Context): Response | Promise<Response> {
  const { pathname, search } = new URL(context.req.url);
  const target = `${SIGN_IN}?${String(new URLSearchParams({ to: pathname + search }))}`;
  const site = context.req.header('sec-fetch-site');
  if (site !== 'cross-site' && site !== 'same-site') return context.redirect(target);
  // who follows a link from elsewhere comes without the cookie; the next step is the page's own and has it
  return context.html(
    html`<!doctype html><meta http-equiv="refresh" content="0;url=${target}" /><title>Easel</title>`,
  );
}

export function signInRoutes(options: SignInOptions): Hono {
  const { token, local, proxies, sessions, addressOf, clock, log } = options;
  const isToken = comparison(token);
  const clients = createClients(proxies);
  const pace = createPace(clock);
  const routes = new Hono();
  const page = (context: Context, to: string, problem?: 'wrongToken' | 'wrongLink') =>
    signInPage(context, { action: SIGN_IN, to, local, problem, addressOf });

  /** True when a session has begun. Whoever hangs up while it waits is not told. */
  async function shows(context: Context, given: unknown): Promise<boolean> {
    const client = clients.of(context);
    const wait = await pace.turn(client, context.req.raw.signal);
    if (wait === undefined) return false;
    if (!isToken(given)) {
      log[wait > 0 ? 'debug' : 'warn']({ wait }, 'sign-in with a wrong token');
      return false;
    }
    pace.right(client);
    await sessions.begin(context, byHttps(context) || clients.cameByHttps(context));
    log.info({}, 'signed in');
    return true;
  }

  routes.get(SIGN_IN, (context) => {
    const to = pathOf(context.req.query('to'));
    if (sessions.of(context)) return context.redirect(to);
    return page(context, to, context.req.query('link') === undefined ? undefined : 'wrongLink');
  });
  const tooLarge = (context: Context) => deny(context, 413, 'wrongToken');
  routes.post(SIGN_IN, bodyLimit({ maxSize: MAX_FORM, onError: tooLarge }), async (context) => {
    const { to: wanted, token: entered } = await context.req.parseBody();
    const to = pathOf(wanted);
    const given = local && typeof entered === 'string' ? (IN_A_LINK.exec(entered)?.[1] ?? entered) : entered;
    return (await shows(context, given)) ? context.redirect(to, 303) : page(context, to, 'wrongToken');
  });
  if (local)
    routes.get(ENTER, async (context) => {
      // either way the address is left, as it carries the token
      const isIn = sessions.of(context) !== undefined || (await shows(context, context.req.query('key')));
      return context.redirect(isIn ? '/' : `${SIGN_IN}?link=wrong`, 303);
    });
  routes.post('/api/sign-out', async (context) => {
    await sessions.end(context);
    return context.json({});
  });
  return routes;
}

/** Takes as long for any text: digests are compared, of one length and not to be guessed. */
function comparison(token: string): (given: unknown) => boolean {
  const key = randomBytes(32);
  const digest = (text: string) => createHmac('sha256', key).update(text).digest();
  const expected = digest(token);
  return (given) => typeof given === 'string' && timingSafeEqual(digest(given.trim()), expected);
}

function pathOf(to: unknown): string {
  return typeof to === 'string' && LOCAL.test(to) ? to : '/';
}

/** As the browser sees it; a proxy may speak http to us. */
function byHttps({ req }: Context): boolean {
  return req.header('origin')?.startsWith('https:') === true;
}
