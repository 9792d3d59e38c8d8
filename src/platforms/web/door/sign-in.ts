/** Where the token is asked for: a plain form that needs no script. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import type { Log } from '../../../core/log.ts';
import type { Clock } from '../../../core/time.ts';
import { catalogue } from '../../../i18n/index.ts';
import { deny, localeOf } from './denial.ts';
import type { Sessions } from './session.ts';

export const SIGN_IN = '/sign-in';

/** From one address, so that somebody who guesses does not keep others out; behind a proxy all have one. */
const MAX_WRONG = 10;
/** From everywhere: a token of 16 characters outlives that by far. */
const MAX_WRONG_EVERYWHERE = 1000;
const MINUTE_MS = 60_000;
const MAX_FORM = 16 * 1024;

/** One slash, then anything that browsers take for a path and not for another host. */
const LOCAL = /^\/(?![/\\])[\x21-\x7e]*$/;

interface SignInOptions {
  token: string;
  sessions: Sessions;
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

export function signInRoutes({ token, sessions, clock, log }: SignInOptions): Hono {
  const isToken = comparison(token);
  /** Wrong ones of the last minute. */
  let wrong: { at: number; from: string }[] = [];
  const routes = new Hono();

  /** Milliseconds until another try from there is allowed. */
  function pause(from: string): number {
    const now = clock.monotonic();
    wrong = wrong.filter(({ at }) => at > now - MINUTE_MS);
    const here = wrong.filter((one) => one.from === from);
    const [first] = wrong.length >= MAX_WRONG_EVERYWHERE ? wrong : here.length >= MAX_WRONG ? here : [];
    return first === undefined ? 0 : first.at + MINUTE_MS - now;
  }

  routes.get(SIGN_IN, async (context) => {
    const to = local(context.req.query('to'));
    return (await sessions.holds(context)) ? context.redirect(to) : form(context, to);
  });
  const tooLarge = (context: Context) => deny(context, 413, 'wrongToken');
  routes.post(SIGN_IN, bodyLimit({ maxSize: MAX_FORM, onError: tooLarge }), async (context) => {
    const said = await context.req.parseBody();
    const to = local(said['to']);
    const from = addressOf(context);
    const wait = pause(from);
    if (wait > 0) {
      const seconds = Math.ceil(wait / 1000);
      context.header('retry-after', String(seconds));
      return form(context, to, { status: 429, problem: 'tooManyTries', seconds });
    }
    if (!isToken(said['token'])) {
      wrong.push({ at: clock.monotonic(), from });
      log.warn({ lately: wrong.length }, 'sign-in with a wrong token');
      return form(context, to, { status: 401, problem: 'wrongToken' });
    }
    await sessions.begin(context, byHttps(context));
    log.info({}, 'signed in');
    return context.redirect(to, 303);
  });
  routes.post('/api/sign-out', (context) => {
    sessions.end(context);
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

function local(to: unknown): string {
  return typeof to === 'string' && LOCAL.test(to) ? to : '/';
}

/** As the browser sees it; a proxy may speak http to us. */
function byHttps({ req }: Context): boolean {
  return req.header('origin')?.startsWith('https:') === true || req.header('x-forwarded-proto') === 'https';
}

/** Of who is at the other end of the connection, where there is one. */
function addressOf({ env }: Context): string {
  const bindings: Partial<HttpBindings> | undefined = env;
  return bindings?.incoming?.socket.remoteAddress ?? '';
}

interface Trouble {
  status: 401 | 429;
  problem: 'wrongToken' | 'tooManyTries';
  seconds?: number;
}

function form(context: Context, to: string, trouble?: Trouble): Response | Promise<Response> {
  const locale = localeOf(context);
  const words = catalogue(locale).web.frame;
  const problem = trouble && words[trouble.problem].replace('{seconds}', String(trouble.seconds));
  // under `no-referrer` browsers send a form with `Origin: null`
  context.header('referrer-policy', 'same-origin');
  const page = html`<!doctype html>
    <html lang="${locale}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${words.signIn} · ${words.title}</title>
        <link rel="icon" href="/page/icon.svg" />
        <link rel="stylesheet" href="/page/frame.css" />
        <link rel="stylesheet" href="/page/sign-in.css" />
      </head>
      <body>
        <main class="card">
          <h1><img src="/page/icon.svg" alt="" width="28" height="28" /> ${words.title}</h1>
          <form method="post" action="${SIGN_IN}">
            <input type="hidden" name="to" value="${to}" />
            <label for="token">${words.token}</label>
            <input
              id="token"
              name="token"
              type="password"
              autocomplete="current-password"
              aria-describedby="hint${problem ? ' problem' : ''}"
              required
              autofocus
            />
            <p id="hint">${words.tokenHint}</p>
            ${problem ? html`<p id="problem" class="problem" role="alert">${problem}</p>` : ''}
            <button class="main">${words.signIn}</button>
          </form>
        </main>
      </body>
    </html>`;
  return context.html(page, trouble?.status ?? 200);
}
