import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { guard } from '../../../../src/platforms/web/door/guard.ts';
import { openSessions } from '../../../../src/platforms/web/door/session.ts';
import { createManualClock, JUMPS, type ManualClock } from '../../../fakes/manual-clock.ts';
import { createMemoryTable, type MemoryTable } from '../../../fakes/memory-table.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';

const HOST = 'easel.example:3000';
const ORIGIN = `http://${HOST}`;
const TOKEN = 'a-token-of-24-characters';
const LINK = `/enter?key=${TOKEN}`;
const DAY_MS = 24 * 3600_000;

interface Given {
  token?: string;
  local?: boolean;
  proxies?: string[];
  clock?: ManualClock;
  table?: MemoryTable;
}

/** A door with a room behind it: `/`, `/studio` and `/api/secret`. `clock`: one on which nobody waits. */
async function house(given: Given = {}) {
  const { token = TOKEN, local = false, proxies = [], table = createMemoryTable() } = given;
  const { clock = createManualClock(1_000_000, { skipping: true }) } = given;
  const log = createRecordingLog();
  const sessions = await openSessions({ token, local, table, clock, log });
  const app = new Hono();
  const addressOf = (file: string) => `/page/${file}`;
  const options = { sessions, pages: ['/', '/studio'], scriptHash: 'HASH', addressOf, clock, log };
  app.route('/', guard({ token, local, proxies }, options));
  app.get('/api/broken', () => {
    throw new Error('broken');
  });
  app.onError((_error, context) => context.text('it broke', 500));
  app.all('*', (context) => context.text('inside'));
  const ask = async (path: string, headers: Record<string, string> = {}, init: RequestInit = {}, from = '') =>
    app.request(
      path,
      { headers: { host: HOST, ...headers }, ...init },
      { incoming: { socket: { remoteAddress: from } } },
    );
  const signIn = (text: string, { to = '/', origin = ORIGIN, headers = {}, from = '127.0.0.1' } = {}) =>
    ask(
      '/sign-in',
      { origin, 'content-type': 'application/x-www-form-urlencoded', ...headers },
      { method: 'POST', body: new URLSearchParams({ token: text, to }).toString() },
      from,
    );
  const signOut = (cookie: string) =>
    ask('/api/sign-out', { cookie, origin: ORIGIN, 'x-easel': '1' }, { method: 'POST' });
  /** The cookie of a fresh session, as a browser sends it back. */
  const session = async () => cookieOf(await signIn(token));
  return { ask, signIn, signOut, session, clock, log, table };
}

const cookieOf = (answer: Response) => answer.headers.get('set-cookie')?.split(';')[0] ?? '';

describe('a session', () => {
  it('is a cookie that scripts and other sites do not get', async () => {
    const { signIn } = await house();
    const answer = await signIn(TOKEN);
    expect(answer.status).toBe(303);
    expect(answer.headers.get('set-cookie')).toMatch(
      /^easel_session=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
    );
  });

  it('is sent by https only where it came by https', async () => {
    const { signIn } = await house();
    const answer = await signIn(TOKEN, { origin: `https://${HOST}` });
    expect(answer.headers.get('set-cookie')).toContain('; Secure');
  });

  it('lasts 30 days, also over a restart', async () => {
    const first = await house();
    const cookie = await first.session();
    first.clock.advance(30 * DAY_MS - 1);
    const again = await house(first);
    expect((await again.ask('/api/secret', { cookie })).status).toBe(200);
    first.clock.advance(1);
    expect((await again.ask('/api/secret', { cookie })).status).toBe(401);
    expect((await (await house(first)).ask('/api/secret', { cookie })).status).toBe(401);
    expect(first.table.rows.size).toBe(0);
  });

  it('ends with the token that it was begun with, also when that comes back', async () => {
    const first = await house();
    const cookie = await first.session();
    const changed = await house({ ...first, token: `${TOKEN}-changed` });
    expect((await changed.ask('/api/secret', { cookie })).status).toBe(401);
    const back = await house({ clock: first.clock, table: first.table });
    expect((await back.ask('/api/secret', { cookie })).status).toBe(401);
  });

  it.each([
    ['made up', (_cookie: string) => `easel_session=${'x'.repeat(43)}`],
    ['cut short', (cookie: string) => cookie.slice(0, -1)],
    ['with more behind it', (cookie: string) => `${cookie}x`],
    ['what the store holds', (_cookie: string, [key = '']: string[]) => `easel_session=${key}`],
    ['empty', () => 'easel_session='],
    ['under another name', (cookie: string) => cookie.replace('easel_session', 'session')],
  ])('is not one that is %s', async (_what, forge) => {
    const { ask, session, table } = await house();
    const cookie = await session();
    expect((await ask('/api/secret', { cookie })).status).toBe(200);
    expect((await ask('/api/secret', { cookie: forge(cookie, [...table.rows.keys()]) })).status).toBe(401);
  });

  it('is over when its person signs out, also for who has copied the cookie, and after a restart', async () => {
    const first = await house();
    const [cookie, other] = [await first.session(), await first.session()];
    const answer = await first.signOut(cookie);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('set-cookie')).toMatch(/^easel_session=; Max-Age=0; Path=\//);
    expect((await first.ask('/api/secret', { cookie })).status).toBe(401);
    expect((await first.ask('/api/secret', { cookie: other })).status).toBe(200);
    const again = await house(first);
    expect((await again.ask('/api/secret', { cookie })).status).toBe(401);
    expect((await again.ask('/api/secret', { cookie: other })).status).toBe(200);
  });

  it('is over at once though the disk fails, and says that it may come back', async () => {
    const { ask, session, signOut, table } = await house();
    const cookie = await session();
    table.broken = true;
    expect((await signOut(cookie)).status).toBe(500);
    expect((await ask('/api/secret', { cookie })).status).toBe(401);
    // and somebody has to look after that disk
    expect((await ask('/api/secret', { cookie: await session() })).status).toBe(200);
  });

  it('is one of a hundred at most, and the oldest goes', async () => {
    const { ask, session, table, clock } = await house();
    const cookies: string[] = [];
    for (let count = 0; count < 101; count += 1) {
      cookies.push(await session());
      clock.advance(60_000);
    }
    expect(table.rows.size).toBe(100);
    const status = async (cookie = '') => (await ask('/api/secret', { cookie })).status;
    expect(await status(cookies[0])).toBe(401);
    expect(await status(cookies[1])).toBe(200);
    expect(await status(cookies[100])).toBe(200);
  });
});

describe('signing in', () => {
  it.each(['', 'a', TOKEN.slice(1), `${TOKEN}x`, TOKEN.toUpperCase(), `${TOKEN}\0`, 'あ'.repeat(24)])(
    'with %j is refused, and nothing says how near it was',
    async (wrong) => {
      const { signIn } = await house();
      const answer = await signIn(wrong);
      expect(answer.status).toBe(401);
      expect(answer.headers.get('set-cookie')).toBeNull();
      const one = (await (await (await house()).signIn('another')).text()).length;
      expect((await answer.text()).length).toBe(one);
    },
  );

  it('becomes slow after ten wrong tries, and lets the right token in all the same', async () => {
    const { signIn, clock, log } = await house();
    for (let count = 0; count < 10; count += 1) expect((await signIn(`wrong ${count}`)).status).toBe(401);
    expect(clock.sleeps).toEqual([]);
    for (let count = 0; count < 100; count += 1) expect((await signIn(`wrong ${count}`)).status).toBe(401);
    expect(clock.sleeps.slice(0, 4)).toEqual([250, 500, 1000, 2000]);
    expect(Math.max(...clock.sleeps)).toBe(4000);
    expect((await signIn(TOKEN)).status).toBe(303);
    expect(clock.sleeps.at(-1)).toBeGreaterThan(1000);
    expect(JSON.stringify(log.lines)).not.toMatch(/wrong \d/);
    // somebody else never waited
    const before = clock.sleeps.length;
    expect((await signIn(TOKEN, { from: '127.0.0.2' })).status).toBe(303);
    clock.advance(60_000);
    expect((await signIn('wrong')).status).toBe(401);
    expect(clock.sleeps).toHaveLength(before);
  });

  it('compares nothing for those who do not wait', async () => {
    const clock = createManualClock();
    const { signIn, ask, log } = await house({ clock });
    for (let count = 0; count < 10; count += 1) await signIn(`wrong ${count}`);
    const leaving = new AbortController();
    const body = new URLSearchParams({ token: TOKEN }).toString();
    const headers = { origin: ORIGIN, 'content-type': 'application/x-www-form-urlencoded' };
    const asked = ask('/sign-in', headers, { method: 'POST', body, signal: leaving.signal }, '127.0.0.1');
    await expect.poll(() => clock.sleeping).toBe(1);
    leaving.abort();
    expect((await asked).headers.get('set-cookie')).toBeNull();
    expect(clock.sleeping).toBe(0);
    expect(JSON.stringify(log.lines)).not.toContain('signed in');
  });

  it('becomes slow for everybody when a thousand addresses guess', async () => {
    const { signIn, clock } = await house();
    for (let count = 0; count < 1001; count += 1)
      await signIn('wrong', { from: `10.0.${count % 250}.${count >> 8}` });
    expect(clock.sleeps.at(-1)).toBe(4000);
    expect((await signIn(TOKEN, { from: '192.0.2.1' })).status).toBe(303);
  });

  it.each(JUMPS)('is as slow also when the wall clock jumps by %i ms', async (jump) => {
    const { signIn, clock } = await house();
    for (let count = 0; count < 10; count += 1) await signIn(`wrong ${count}`);
    clock.jump(jump);
    await signIn('wrong');
    expect(clock.sleeps).toEqual([250]);
  });

  const guessing = async (headers: (index: number) => Record<string, string>, from: string, given: Given) => {
    const stage = await house(given);
    for (let index = 0; index < 11; index += 1)
      await stage.signIn('wrong', { headers: headers(index), from });
    return stage;
  };

  it('counts per client behind a declared proxy', async () => {
    const guesser = { 'x-forwarded-for': '203.0.113.9' };
    const stage = await guessing(() => guesser, '10.0.0.5', { proxies: ['10.0.0.0/8', '::1'] });
    expect(stage.clock.sleeps).toEqual([250]);
    const owner = { 'x-forwarded-for': '198.51.100.7' };
    expect((await stage.signIn(TOKEN, { headers: owner, from: '10.0.0.5' })).status).toBe(303);
    expect(stage.clock.sleeps).toEqual([250]);
    await stage.signIn('wrong', { headers: guesser, from: '::1' });
    expect(stage.clock.sleeps).toHaveLength(2);
  });

  it.each<[string, (index: number) => Record<string, string>, string]>([
    [
      'before the declared proxy',
      (index) => ({ 'x-forwarded-for': `1.2.3.${index}, 203.0.113.9` }),
      '10.0.0.5',
    ],
    [
      'through two of them',
      (index) => ({ 'x-forwarded-for': `1.2.3.${index}, 203.0.113.9, 10.9.9.9` }),
      '10.0.0.5',
    ],
    ['with ports', (index) => ({ 'x-forwarded-for': `203.0.113.9:${index + 1000}` }), '::ffff:10.0.0.5'],
    ['from no declared proxy', (index) => ({ 'x-forwarded-for': `1.2.3.${index}` }), '203.0.113.9'],
    [
      'with words that are no address',
      (index) => ({ 'x-forwarded-for': `1.2.3.${index}, unknown` }),
      '10.0.0.5',
    ],
    ['from one network of IPv6', (index) => ({ 'x-forwarded-for': `2001:db8:0:1::${index}` }), '10.0.0.5'],
  ])('is not made quick by addresses that somebody made up: %s', async (_what, headers, from) => {
    const stage = await guessing(headers, from, { proxies: ['10.0.0.0/8'] });
    expect(stage.clock.sleeps).toEqual([250]);
  });

  it('believes a declared proxy, and nobody else, that it was https', async () => {
    const headers = { 'x-forwarded-proto': 'https' };
    const stage = await house({ proxies: ['10.0.0.0/8'] });
    const cookie = async (from: string) =>
      (await stage.signIn(TOKEN, { headers, from })).headers.get('set-cookie');
    expect(await cookie('10.0.0.5')).toContain('; Secure');
    expect(await cookie('203.0.113.9')).not.toContain('; Secure');
  });

  it.each(['/', '/studio', '/studio?platform=discord&guild=1', '/api/messages/1'])(
    'leads back to %s',
    async (to) => {
      const { signIn } = await house();
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
    const { signIn, ask, session } = await house();
    expect((await signIn(TOKEN, { to })).headers.get('location')).toBe('/');
    const query = String(new URLSearchParams({ to }));
    const signedIn = await ask(`/sign-in?${query}`, { cookie: await session() });
    expect(signedIn.headers.get('location')).toBe('/');
  });

  it('writes what came with the address as text, not as a page', async () => {
    const { ask } = await house();
    const answer = await ask(`/sign-in?to=${encodeURIComponent('/"><script>alert(1)</script>')}`);
    const page = await answer.text();
    expect(page).toContain('value="/&quot;&gt;&lt;script&gt;');
    expect(page).not.toContain('<script');
  });

  it('asks in the language of the browser', async () => {
    const { ask } = await house();
    const page = await (await ask('/sign-in', { 'accept-language': 'ja,en;q=0.5' })).text();
    expect(page).toContain('ログイン');
    expect(page).toContain('<html lang="ja">');
  });

  it('takes a form of its own size, and no upload, from a stranger', async () => {
    const { ask } = await house();
    const body = new FormData();
    body.set('token', 'x'.repeat(100_000));
    const answer = await ask('/sign-in', { origin: ORIGIN }, { method: 'POST', body });
    expect(answer.status).toBe(413);
  });

  it('brings those who followed a link from elsewhere on without asking again', async () => {
    const { ask, session } = await house();
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

describe('with the token of this machine', () => {
  it('an answer that went wrong is as safe as any other', async () => {
    const { ask } = await house({ local: true });
    const cookie = cookieOf(await ask(LINK, { host: 'localhost' }));
    const answer = await ask('/api/broken', { host: 'localhost', cookie });
    expect(answer.status).toBe(500);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each(['localhost', 'localhost:3000', 'LOCALHOST:1', '127.0.0.1:3000', '127.1.2.3', '[::1]:3000'])(
    'this machine may call itself %s, as through `ssh -L`',
    async (host) => {
      const { ask } = await house({ local: true });
      const entered = await ask(LINK, { host });
      expect(entered.status).toBe(303);
      expect(entered.headers.get('location')).toBe('/');
      const cookie = cookieOf(entered);
      expect((await ask('/', { host, cookie })).status).toBe(200);
      expect((await ask('/', { host })).headers.get('location')).toBe('/sign-in?to=%2F');
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
    const { ask } = await house({ local: true });
    for (const path of ['/', LINK]) expect((await ask(path, { host })).status).toBe(403);
  });

  it.each([
    ['forwarded', 'for=1.2.3.4'],
    ['x-forwarded-for', '1.2.3.4'],
    ['x-forwarded-anything', ''],
    ['x-real-ip', '1.2.3.4'],
    ['via', '1.1 proxy'],
  ])('a proxy is refused by its %s', async (name, value) => {
    const answer = await (await house({ local: true })).ask('/', { host: 'localhost', [name]: value });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain('ADMIN_TOKEN');
    expect((await (await house()).ask('/sign-in', { [name]: value })).status).toBe(200);
  });

  it('its link works again and again, and a wrong one says where the right one is', async () => {
    const { ask, clock, log } = await house({ local: true });
    const host = '127.0.0.1:4000';
    for (let count = 0; count < 20; count += 1) {
      const entered = await ask(LINK, { host });
      expect(entered.headers.get('set-cookie')).toMatch(
        /^easel_session_4000=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/,
      );
    }
    expect(clock.sleeps).toEqual([]);
    for (const path of ['/enter', '/enter?key=', `/enter?key=${TOKEN}x`]) {
      const wrong = await ask(path, { host });
      expect(wrong.headers.get('set-cookie')).toBeNull();
      expect(wrong.headers.get('location')).toBe('/sign-in?link=wrong');
    }
    const page = await (await ask('/sign-in?link=wrong', { host })).text();
    expect(page).toContain('npm run link');
    expect(page).toContain('That link is no longer valid.');
    expect(JSON.stringify(log.lines)).not.toContain(TOKEN);
  });

  it.each([TOKEN, `http://127.0.0.1:3000/enter?key=${TOKEN}`, ` 127.0.0.1:3000/enter?key=${TOKEN} `])(
    'what was printed may be pasted: %j',
    async (text) => {
      const headers = { host: 'localhost:3000' };
      const { signIn } = await house({ local: true });
      expect((await signIn(text, { origin: 'http://localhost:3000', headers })).status).toBe(303);
    },
  );

  it('another website can lead to the page, and ask nothing of it', async () => {
    const { ask } = await house({ local: true });
    const headers = { host: 'localhost', 'sec-fetch-site': 'cross-site' };
    expect(
      (await ask(LINK, { ...headers, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' })).status,
    ).toBe(403);
    const followed = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect((await ask(LINK, { ...headers, ...followed })).status).toBe(303);
  });

  it.each(['en', 'ja', 'ko', 'zh', 'zh-TW'])('says in %s where the link is', async (language) => {
    const { ask } = await house({ local: true });
    const page = await ask('/sign-in', { host: 'localhost', 'accept-language': language });
    expect(await page.text()).toContain('npm run link');
  });

  it('a link is no way in where the token is the operator’s', async () => {
    expect((await (await house()).ask(LINK)).status).toBe(401);
  });
});
