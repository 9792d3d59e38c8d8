/** No other website comes through a visitor's browser, and nobody without the token: judged over real HTTP. */
import { chmod, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { localToken } from '../../src/local-token.ts';
import { loadAssets } from '../../src/platforms/web/assets.ts';
import { TOKEN, webHouse, type Answer, type Asked, type House } from './web-house.ts';
import { createFairClock } from '../fakes/fair-clock.ts';

const IMAGE = { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
const FETCHED = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' };
const FOLLOWED = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
const FRAMED = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
const { addressOf } = loadAssets({});
const FILES = ['operator/page.js', 'lib/preact.js'].map(addressOf);
const SITES = ['cross-site', 'same-site'];

/** What every answer has to say. */
function expectSafe({ headers }: { headers: NodeJS.Dict<string | string[]> }): void {
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
  });
  expect(headers['referrer-policy']).toMatch(/^(no-referrer|same-origin)$/);
  expect(headers['cache-control']).toBeDefined();
  expect(headers['access-control-allow-origin']).toBeUndefined();
}

describe('The page on this machine', () => {
  const house = webHouse();
  const key = () => new URL(house.easel.app.link ?? '').searchParams.get('key') ?? '';
  const accepted = () => house.easel.logs.filter((line) => line.includes('job accepted')).length;

  it('is open to whoever has its link', async () => {
    expect((await house.ask('/')).status).toBe(200);
    expect((await house.post('/api/say', { text: '/help' })).status).toBe(200);
  });

  it.each(['evil.example', 'evil.example:3000', 'localhost.evil.example'])(
    'is not %s, whatever that name resolves to',
    async (host) => {
      for (const path of ['/', '/api/home', addressOf('shared/frame.css')]) {
        const answer = await house.ask(path, { headers: { host } });
        expect(answer.status).toBe(403);
        expect(answer.text).not.toContain('<');
      }
      const post = await house.post('/api/say', { text: '/help' }, { host, origin: `http://${host}` });
      expect(post.status).toBe(403);
    },
  );

  it('is not there for who comes through a bare proxy: every request looks local, and only the link lets in', async () => {
    // as nginx with `proxy_pass http://127.0.0.1:3000` and nothing else
    const proxied = { cookie: '', host: house.host, connection: 'close' };
    const pages = ['/', '/studio', '/operator'];
    for (const path of pages)
      expect((await house.ask(path, { headers: proxied })).headers.location).toBe(
        `/sign-in?to=${encodeURIComponent(path)}`,
      );
    for (const path of ['/api/home', '/api/operator', '/api/events', '/api/screen?at=settings', ...FILES])
      expect((await house.ask(path, { headers: proxied })).status, path).toBe(401);
    const order = { text: '/sketch a fox --steps 1' };
    expect((await house.post('/api/say', order, { ...proxied, cookie: 'none=1' })).status).toBe(401);
    const form = await house.ask('/sign-in', { headers: proxied });
    expect(form.text).toContain('npm run link');
    expect(form.text).not.toContain(key());
    expectSafe(form);
  });

  it('opens by its link on any port of this machine, as through `ssh -L`, and the address does not keep the token', async () => {
    for (const host of ['127.0.0.1:4000', 'localhost:4000', '[::1]:4000']) {
      const entered = await house.ask(`/enter?key=${key()}`, { headers: { cookie: '', host } });
      expect(entered.status).toBe(303);
      expect(entered.headers.location).toBe('/');
      expect(entered.headers['referrer-policy']).toBe('no-referrer');
      expectSafe(entered);
      const [set = ''] = entered.headers['set-cookie'] ?? [];
      for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Max-Age=2592000'])
        expect(set).toContain(`; ${part}`);
      expect(set).not.toContain(key());
      const cookie = set.split(';')[0] ?? '';
      expect((await house.ask('/api/home', { headers: { cookie, host } })).status).toBe(200);
      const own = { cookie, host, origin: `http://${host}` };
      expect((await house.post('/api/say', { text: '/help' }, own)).status).toBe(200);
    }
    for (const host of ['evil.example', 'evil.example:3000'])
      expect((await house.ask(`/enter?key=${key()}`, { headers: { host } })).status).toBe(403);
    expect(house.easel.logs.join('')).not.toContain(key());
  });

  it('keeps its token in the data folder, for its owner only', async () => {
    const path = join(house.folder, 'local-token');
    expect(await readFile(path, 'utf8')).toBe(key());
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    // one that others could read is not used again
    await chmod(path, 0o644);
    const fresh = await localToken(house.folder);
    expect(fresh).not.toBe(key());
    expect(await localToken(house.folder)).toBe(fresh);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is not there for who comes through a proxy that says so', async () => {
    for (const name of ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via']) {
      const answer = await house.ask('/api/home', { headers: { [name]: '1.2.3.4' } });
      expect(answer.status, name).toBe(403);
      expect(answer.text).toContain('ADMIN_TOKEN');
    }
  });

  it.each<[string, (house: House) => Record<string, string>]>([
    ['from another website', () => ({ origin: 'https://evil.example' })],
    ['from another port of this machine', () => ({ origin: 'http://127.0.0.1:1' })],
    [
      'from this machine by another name',
      ({ host }) => ({ origin: `http://${host.replace('127.0.0.1', 'localhost')}` }),
    ],
    ['from nowhere', () => ({ origin: 'null' })],
    ['that does not say from where', () => ({ origin: '' })],
    ['that a browser calls cross-site', () => ({ 'sec-fetch-site': 'cross-site' })],
    ['that a browser calls same-site', () => ({ 'sec-fetch-site': 'same-site' })],
    ['that a person made by hand', () => ({ 'sec-fetch-site': 'none' })],
    ['that a form could send', () => ({ 'x-easel': '' })],
  ])('takes no order %s', async (_what, headers) => {
    const before = accepted();
    const order = { text: '/sketch a fox --steps 1' };
    for (const path of [
      '/api/say',
      '/api/run',
      '/api/screen',
      '/api/studio/drafts',
      '/api/operator/settings',
    ]) {
      const answer = await house.post(path, order, headers(house));
      expect(answer.status, path).toBe(403);
    }
    for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const origin = { origin: `http://${house.host}`, 'x-easel': '1', ...headers(house) };
      const given = Object.entries(origin).filter(([, value]) => value !== '');
      const answer = await house.ask('/api/say', { method, headers: Object.fromEntries(given) });
      expect(answer.status, method).toBe(403);
    }
    expect(accepted()).toBe(before);
  });

  it.each(SITES)('tells nothing to a %s request', async (site) => {
    const picture = await house.picture();
    const paths = [
      '/api/home',
      '/api/events',
      '/api/operator',
      '/api/operator/events',
      '/api/screen?at=settings',
      '/api/studio/shelf',
      picture,
    ];
    for (const path of [...paths, addressOf('chat/page.js')])
      for (const how of [FETCHED, IMAGE, FRAMED, FOLLOWED]) {
        const answer = await house.ask(path, { headers: { 'sec-fetch-site': site, ...how } });
        expect(answer.status, path).toBe(403);
      }
    expect((await house.ask(picture)).status).toBe(200);
    expect(accepted()).toBeGreaterThan(0);
  });

  it.each(SITES)('opens when a %s link is followed, but not in a frame', async (site) => {
    for (const path of ['/', '/studio', '/operator']) {
      const ask = (how: Record<string, string>) =>
        house.ask(path, { headers: { 'sec-fetch-site': site, ...how } });
      expect((await ask(FOLLOWED)).status).toBe(200);
      for (const how of [FRAMED, FETCHED, IMAGE]) expect((await ask(how)).status).toBe(403);
    }
  });

  it('says on every answer what a browser may do with it', async () => {
    const { headers: tag } = await house.ask('/');
    const asked: [string, number, Asked][] = [
      ['/', 200, {}],
      ['/studio', 200, {}],
      ['/api/home', 200, {}],
      [addressOf('shared/frame.css'), 200, {}],
      ['/', 304, { headers: { 'if-none-match': String(tag['etag']) } }],
      [addressOf('lib/preact.js'), 200, {}],
      ['/nothing', 404, {}],
      ['/api/nothing', 404, {}],
      ['/page/../api.ts', 404, {}],
      [addressOf('../api.ts'), 404, {}],
      [addressOf('chat/page.html'), 404, {}],
      ['/page/before/chat/page.js', 404, {}],
      ['/api/messages/nothing/files/0', 404, {}],
      ['/api/home', 403, { headers: { host: 'evil.example' } }],
      ['/api/home', 401, { headers: { cookie: '' } }],
      ['/enter?key=wrong', 303, { headers: { cookie: '' } }],
      ['/api/say', 403, { method: 'POST' }],
      [await house.picture(), 200, {}],
    ];
    for (const [path, status, more] of asked) {
      const answer = await house.ask(path, more);
      expect(answer.status, path).toBe(status);
      expectSafe(answer);
    }
    const refused = await house.post('/api/say', { nonsense: true });
    expect(refused.status).toBe(422);
    expectSafe(refused);
  });

  it('lets no script run but its own files and the one that names its libraries', async () => {
    const { headers, text } = await house.ask('/');
    const policy = String(headers['content-security-policy']);
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toMatch(/^'self' 'sha256-[\w+/]{43}='$/);
    expect(/style-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'");
    for (const rest of [
      "base-uri 'none'",
      "frame-ancestors 'none'",
      "form-action 'self'",
      "connect-src 'self'",
    ])
      expect(policy).toContain(rest);
    expect(text).not.toMatch(/ on\w+=| style=|<style|src="(?!\/)|href="(?!\/)/);
  });

  it.each<[string, Record<string, string>, number]>([
    ['words that are announced', { 'content-length': '2000000' }, 0],
    ['words that just come', { 'transfer-encoding': 'chunked' }, 1_100_000],
    ['an upload', { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '40000000' }, 0],
  ])('does not wait for a body that is too large: %s', async (_what, headers, length) => {
    for (const path of ['/api/say', '/api/run', '/api/studio/drafts', '/api/nothing']) {
      const own = { origin: `http://${house.host}`, 'x-easel': '1', 'content-type': 'application/json' };
      const body = 'x'.repeat(length);
      const answer = await house.ask(path, { method: 'POST', headers: { ...own, ...headers }, body });
      expect(answer.status, path).toBe(422);
      expectSafe(answer);
    }
  });
});

describe('The page with ADMIN_TOKEN', () => {
  const house = webHouse({ ADMIN_TOKEN: TOKEN });
  const host = 'easel.example';
  const signIn = (token: string, headers: Record<string, string> = {}, from = '127.0.0.1') =>
    house.ask('/sign-in', {
      method: 'POST',
      from,
      headers: {
        host,
        origin: `https://${host}`,
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      body: new URLSearchParams({ token, to: '/studio' }).toString(),
    });
  const cookieFrom = ({ headers }: Answer) => headers['set-cookie']?.[0]?.split(';')[0] ?? '';

  it('shows a stranger nothing but the form', async () => {
    for (const path of ['/', '/studio', '/operator?platform=web'])
      expect((await house.ask(path, { headers: { host } })).headers.location).toBe(
        `/sign-in?to=${encodeURIComponent(path)}`,
      );
    const form = await house.ask('/sign-in', { headers: { host } });
    expect(form.status).toBe(200);
    expectSafe(form);
    const rest = [
      '/api/home',
      '/api/events',
      '/api/operator/events',
      ...FILES,
      '/nothing',
      '/api/messages/x/files/0',
    ];
    for (const path of rest) {
      const answer = await house.ask(path, { headers: { host } });
      expect(answer.status, path).toBe(401);
      expect(JSON.parse(answer.text)).toEqual({ error: 'Sign in first.' });
      expectSafe(answer);
    }
    expect((await house.post('/api/say', { text: '/help' })).status).toBe(401);
    expect((await house.post('/api/sign-out')).status).toBe(401);
  });

  it('serves who has signed in, by any name and through a proxy', async () => {
    const answer = await signIn(TOKEN);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/studio');
    const [set = ''] = answer.headers['set-cookie'] ?? [];
    for (const part of ['HttpOnly', 'SameSite=Strict', 'Path=/', 'Secure'])
      expect(set).toContain(`; ${part}`);
    const cookie = cookieFrom(answer);
    const proxied = { host, cookie, 'x-forwarded-for': '1.2.3.4', via: '1.1 proxy' };
    expect((await house.ask('/api/home', { headers: proxied })).status).toBe(200);
    const own = { host, cookie, origin: `https://${host}` };
    expect((await house.post('/api/say', { text: '/help' }, own)).status).toBe(200);
    for (const forged of [
      { origin: 'https://evil.example' },
      { 'x-easel': '' },
      { 'sec-fetch-site': 'same-site' },
    ])
      expect((await house.post('/api/say', { text: '/help' }, { ...own, ...forged })).status).toBe(403);
  });

  it('takes the token from its own form only', async () => {
    expect((await signIn(TOKEN, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await signIn(TOKEN, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    for (const path of [`/api/home?token=${TOKEN}`, `/sign-in?token=${TOKEN}`]) {
      const answer = await house.ask(path, { headers: { host, authorization: `Bearer ${TOKEN}` } });
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('leaves the health checks open, and takes no word of them for a page', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect((await house.ask(path, { headers: { host } })).status).toBe(200);
    expect(JSON.parse((await house.ask('/readyz')).text)).toEqual({ ok: true, platforms: {}, backend: true });
  });

  it('writes neither tokens nor cookies into the log', async () => {
    const wrong = 'a-typo-that-is-near-the-token';
    expect((await signIn(wrong)).status).toBe(401);
    const cookie = cookieFrom(await signIn(TOKEN));
    expect(cookie).not.toBe('');
    await house.post('/api/say', { nonsense: true }, { host, cookie, origin: `https://${host}` });
    const logs = house.easel.logs.join('');
    expect(logs).toContain('sign-in with a wrong token');
    expect(logs).toContain('signed in');
    const [, signed = ''] = cookie.split('=');
    for (const secret of [TOKEN, wrong, signed]) expect(logs).not.toContain(secret);
  });

  it('lets the owner in while somebody behind the same proxy guesses without end', async () => {
    const leaving = new AbortController();
    // of more than 32 at once the oldest is looked at early, and how many that are is up to the machine
    const guesses = Array.from({ length: 30 }, async (_, index) => {
      for (let count = 0; !leaving.signal.aborted; count += 1)
        expect((await signIn(`wrong-${index}-${count}`)).status).toBe(401);
    });
    const wrong = () => house.easel.logs.filter((line) => line.includes('wrong token')).length;
    const clock = createFairClock();
    try {
      // all tries are slow by now
      await expect.poll(wrong).toBeGreaterThan(10);
      const owner = await signIn(TOKEN);
      expect(owner.status).toBe(303);
      expect(cookieFrom(owner)).not.toBe('');
      // and who has another address does not even wait
      const begun = clock.now();
      expect(cookieFrom(await signIn(TOKEN, {}, '127.0.0.2'))).not.toBe('');
      expect(clock.now() - begun).toBeLessThan(2000);
    } finally {
      clock.stop();
      leaving.abort();
      await Promise.all(guesses);
    }
    expect(wrong()).toBeLessThan(200);
  });

  /** From another address than who guessed. */
  const enter = async () => cookieFrom(await signIn(TOKEN, {}, '127.0.0.3'));

  it('ends a session where it is kept: a copied cookie is worth nothing, and its open streams end', async () => {
    const [cookie, other] = [await enter(), await enter()];
    const status = async (path: string, headers: Record<string, string>) =>
      (await house.ask(path, { headers: { host, ...headers } })).status;
    const follow = async (path: string, headers: Record<string, string>) => {
      const answer = await fetch(`http://${house.host}${path}`, { headers });
      expect(answer.status).toBe(200);
      let over = false;
      const ending = (async () => {
        try {
          for await (const chunk of answer.body ?? []) void chunk;
        } catch {
          over = true; // cut off
        }
        over = true;
      })();
      return { ending, isOver: () => over };
    };
    const theirs = [
      await follow('/api/events', { cookie }),
      await follow('/api/operator/events', { cookie }),
    ];
    const mine = await follow('/api/events', { cookie: other });
    const signOut = (given: string) =>
      house.post('/api/sign-out', {}, { host, cookie: given, origin: `https://${host}` });
    expect((await signOut(cookie)).status).toBe(200);
    for (const { ending } of theirs) await ending;
    for (const path of ['/api/home', '/api/events', '/api/operator'])
      expect(await status(path, { cookie }), path).toBe(401);
    expect(mine.isOver()).toBe(false);
    expect(await status('/api/home', { cookie: other })).toBe(200);
    await signOut(other);
    await mine.ending;
  });

  it('opens only so many streams in one session, and those of others stay free', async () => {
    const [cookie, other] = [await enter(), await enter()];
    const leaving = new AbortController();
    const open = async (path: string, mine: string) => {
      const address = `http://${house.host}${path}`;
      const { status } = await fetch(address, { headers: { cookie: mine }, signal: leaving.signal });
      return status;
    };
    const tries = await Promise.all(Array.from({ length: 40 }, () => open('/api/operator/events', cookie)));
    expect(tries.filter((status) => status === 200)).toHaveLength(24);
    expect(tries.filter((status) => status === 503)).toHaveLength(16);
    expect(await open('/api/events', cookie)).toBe(503);
    expect(await open('/api/operator/events', other)).toBe(200);
    leaving.abort();
    // what has gone counts no more
    await expect
      .poll(async () => {
        const address = `http://${house.host}/api/events`;
        const { status, body } = await fetch(address, { headers: { cookie } });
        await body?.cancel();
        return status;
      })
      .toBe(200);
  });
});

describe('With PLAYGROUND=off', () => {
  const house = webHouse({ PLAYGROUND: 'off' });

  it('there is no chat, and the rest stays', async () => {
    const followed = { 'sec-fetch-site': 'cross-site', ...FOLLOWED };
    expect((await house.ask('/', { headers: followed })).headers.location).toBe('/studio');
    for (const path of ['/studio', '/operator', '/api/home', '/api/studio/shelf', '/api/operator'])
      expect((await house.ask(path)).status, path).toBe(200);
    expect(JSON.parse((await house.ask('/api/home')).text)).toMatchObject({ chat: false });
    for (const path of ['/api/say', '/api/run', '/api/screen', '/api/jobs/1/again'])
      expect((await house.post(path, { text: '/help' })).status, path).toBe(404);
    for (const path of ['/api/complete', '/api/screen?at=settings'])
      expect((await house.ask(path)).status, path).toBe(404);
  });
});
