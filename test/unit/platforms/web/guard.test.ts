import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { guard } from '../../../../src/platforms/web/door/guard.ts';
import { createManualClock, JUMPS } from '../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';

const HOST = 'easel.example:3000';
const ORIGIN = `http://${HOST}`;
const TOKEN = 'a-token-of-24-characters';
const DAY_MS = 24 * 3600_000;

/** A door with a room behind it: `/`, `/studio` and `/api/secret`. */
function house({ token, clock = createManualClock() }: { token?: string; clock?: typeof CLOCK } = {}) {
  const log = createRecordingLog();
  const app = new Hono();
  app.route('/', guard({ token }, { pages: ['/', '/studio'], scriptHash: 'HASH', clock, log }));
  app.get('/api/broken', () => {
    throw new Error('broken');
  });
  app.onError((_error, context) => context.text('it broke', 500));
  app.all('*', (context) => context.text('inside'));
  const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) =>
    app.request(path, { headers: { host: HOST, ...headers }, ...init });
  const signIn = (given: string, { to = '/', origin = ORIGIN } = {}) =>
    ask(
      '/sign-in',
      { origin, 'content-type': 'application/x-www-form-urlencoded' },
      { method: 'POST', body: new URLSearchParams({ token: given, to }).toString() },
    );
  /** The cookie of a fresh session, as a browser sends it back. */
  const session = async () => cookieOf(await signIn(TOKEN));
  return { ask, signIn, session, clock, log };
}

const CLOCK = createManualClock();
const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

describe('a session', () => {
  it('is a cookie that scripts and other sites do not get', async () => {
    const { signIn } = house({ token: TOKEN });
    const answer = await signIn(TOKEN);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^easel_session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it('is sent by https only where it came by https', async () => {
    const { signIn } = house({ token: TOKEN });
    const answer = await signIn(TOKEN, { origin: `https://${HOST}` });
    expect(answer.headers.get('set-cookie')).toContain('; Secure');
  });

  it('lasts 30 days, also over a restart', async () => {
    const first = house({ token: TOKEN });
    const cookie = await first.session();
    first.clock.advance(30 * DAY_MS - 1);
    const again = house({ token: TOKEN, clock: first.clock });
    expect((await again.ask('/api/secret', { cookie })).status).toBe(200);
    first.clock.advance(1);
    expect((await again.ask('/api/secret', { cookie })).status).toBe(401);
  });

  it('ends with the token that it was begun with', async () => {
    const cookie = await house({ token: TOKEN }).session();
    const { ask } = house({ token: `${TOKEN}-changed` });
    expect((await ask('/api/secret', { cookie })).status).toBe(401);
  });

  it.each([
    ['made up', (_cookie: string) => 'easel_session=99999999999999'],
    ['with a signature that is not its own', (cookie: string) => cookie.replace(/=\d/, '=9')],
    ['without its signature', (cookie: string) => cookie.split('.')[0] ?? ''],
    ['with half its signature', (cookie: string) => cookie.slice(0, -20)],
    ['empty', () => 'easel_session='],
    ['under another name', (cookie: string) => cookie.replace('easel_session', 'session')],
  ])('is not one that is %s', async (_what, forge) => {
    const { ask, session } = house({ token: TOKEN });
    const cookie = await session();
    expect((await ask('/api/secret', { cookie })).status).toBe(200);
    expect((await ask('/api/secret', { cookie: forge(cookie) })).status).toBe(401);
  });

  it('is taken back by signing out', async () => {
    const { ask, session } = house({ token: TOKEN });
    const cookie = await session();
    const answer = await ask('/api/sign-out', { cookie, origin: ORIGIN, 'x-easel': '1' }, { method: 'POST' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/^easel_session=; Max-Age=0; Path=\//);
  });
});

describe('signing in', () => {
  it.each(['', 'a', TOKEN.slice(1), `${TOKEN}x`, TOKEN.toUpperCase(), `${TOKEN}\0`, 'あ'.repeat(24)])(
    'with %j is refused, and nothing says how near it was',
    async (wrong) => {
      const { signIn } = house({ token: TOKEN });
      const answer = await signIn(wrong);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('set-cookie')).toBeNull();
      const one = (await (await house({ token: TOKEN }).signIn('another')).text()).length;
      expect((await answer.text()).length).toBe(one);
    },
  );

  it('pauses after ten wrong tries in a minute, for the right token too', async () => {
    const { signIn, clock, log } = house({ token: TOKEN });
    for (let count = 0; count < 10; count += 1) {
      expect((await signIn(`wrong ${count}`)).status).toBe(401);
      clock.advance(1000);
    }
    const paused = await signIn(TOKEN);
    expect(paused.status).toBe(429);
    expect(paused.headers.get('retry-after')).toBe('50');
    expect(await paused.text()).toContain('Try again in 50 s.');
    clock.advance(50_000);
    expect((await signIn(TOKEN)).status).toBe(303);
    expect(JSON.stringify(log.lines)).not.toMatch(/wrong \d/);
  });

  it.each(JUMPS)('pauses for as long also when the wall clock jumps by %i ms', async (jump) => {
    const { signIn, clock } = house({ token: TOKEN });
    for (let count = 0; count < 10; count += 1) await signIn(`wrong ${count}`);
    clock.jump(jump);
    const paused = await signIn(TOKEN);
    expect(paused.status).toBe(429);
    expect(paused.headers.get('retry-after')).toBe('60');
    clock.advance(59_999);
    expect((await signIn(TOKEN)).status).toBe(429);
    clock.advance(1);
    expect((await signIn(TOKEN)).status).toBe(303);
  });

  it.each(['/', '/studio', '/studio?platform=discord&guild=1', '/api/messages/1'])(
    'leads back to %s',
    async (to) => {
      const { signIn } = house({ token: TOKEN });
      expect((await signIn(TOKEN, { to })).headers.get('location')).toBe(to);
    },
  );

  it.each([
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    'https://evil.example',
    'javascript:alert(1)',
    '\\\\evil.example',
    ' //evil.example',
    'evil.example',
    '',
  ])('leads nowhere else: %j', async (to) => {
    const { signIn, ask, session } = house({ token: TOKEN });
    expect((await signIn(TOKEN, { to })).headers.get('location')).toBe('/');
    const query = String(new URLSearchParams({ to }));
    const signedIn = await ask(`/sign-in?${query}`, { cookie: await session() });
    expect(signedIn.headers.get('location')).toBe('/');
  });

  it('writes what came with the address as text, not as a page', async () => {
    const { ask } = house({ token: TOKEN });
    const answer = await ask(`/sign-in?to=${encodeURIComponent('/"><script>alert(1)</script>')}`);
    const page = await answer.text();
    expect(page).toContain('value="/&quot;&gt;&lt;script&gt;');
    expect(page).not.toContain('<script');
  });

  it('asks in the language of the browser', async () => {
    const { ask } = house({ token: TOKEN });
    const page = await (await ask('/sign-in', { 'accept-language': 'ja,en;q=0.5' })).text();
    expect(page).toContain('サインイン');
    expect(page).toContain('<html lang="ja">');
  });

  it('takes a form of its own size, and no upload, from a stranger', async () => {
    const { ask } = house({ token: TOKEN });
    const body = new FormData();
    body.set('token', 'x'.repeat(100_000));
    const answer = await ask('/sign-in', { origin: ORIGIN }, { method: 'POST', body });
    expect(answer.status).toBe(413);
  });

  it('brings those who followed a link from elsewhere on without asking again', async () => {
    const { ask, session } = house({ token: TOKEN });
    // a cookie that is SameSite=Strict is not sent with this one
    const followed = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const page = await (await ask('/studio?guild=1', followed)).text();
    const [, next = ''] = /content="0;url=([^"]+)"/.exec(page) ?? [];
    const home = await ask(next, { cookie: await session(), 'sec-fetch-site': 'same-origin' });
    expect(home.headers.get('location')).toBe('/studio?guild=1');
  });
});

describe('without a token', () => {
  it('an answer that went wrong is as safe as any other', async () => {
    const answer = await house().ask('/api/broken', { host: 'localhost' });
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each(['localhost', 'localhost:3000', 'LOCALHOST:1', '127.0.0.1:3000', '127.1.2.3', '[::1]:3000'])(
    'this machine may call itself %s',
    async (host) => {
      expect((await house().ask('/', { host })).status).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evil.example:3000',
    '127.0.0.1.evil.example',
    '127.0.0.1@evil.example',
    'evil.example#127.0.0.1',
    '192.168.0.5:3000',
    '0.0.0.0:3000',
    '[::]:3000',
    'localhost:3000, evil.example',
    '',
  ])('nothing else may be meant: %j', async (host) => {
    expect((await house().ask('/', { host })).status).toBe(403);
  });

  it.each([
    ['forwarded', 'for=1.2.3.4'],
    ['x-forwarded-for', '1.2.3.4'],
    ['x-forwarded-anything', ''],
    ['x-real-ip', '1.2.3.4'],
    ['via', '1.1 proxy'],
  ])('a proxy is refused by its %s', async (name, value) => {
    const answer = await house().ask('/', { host: 'localhost', [name]: value });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('ADMIN_TOKEN');
    expect((await house({ token: TOKEN }).ask('/sign-in', { [name]: value })).status).toBe(200);
  });

  it('there is nothing to sign in to', async () => {
    const answer = await house().ask('/sign-in', { host: 'localhost' });
    expect(await answer.text()).toBe('inside');
  });
});
