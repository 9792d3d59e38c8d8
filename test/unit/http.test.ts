import { Hono } from 'hono';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/core/time.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { startHttp, type HttpOptions, type Mount, type Readiness } from '../../src/http.ts';

const PARTS = { clock: systemClock, log: createRecordingLog() };

async function start(readiness: () => Promise<Readiness>, more: Partial<HttpOptions> = {}) {
  const server = await startHttp({ host: '127.0.0.1', port: 0, readiness, ...PARTS, ...more });
  onTestFinished(() => server.stop());
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return { status: response.status, body: await response.text() };
  };
  return { server, get };
}

describe('the HTTP side', () => {
  it.each<[Readiness, number]>([
    [{ ok: true, platforms: { discord: true }, backend: true }, 200],
    [{ ok: true, platforms: { discord: true, slack: false }, backend: false }, 200],
    [{ ok: false, platforms: { discord: false }, backend: true }, 503],
  ])('tells %j on /readyz as %i, and on /healthz that it lives', async (state, status) => {
    const { get } = await start(async () => state);
    const answer = await get('/readyz');
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual(state);
    expect(await get('/healthz')).toEqual({ status: 200, body: '{"ok":true}' });
  });

  it('has nothing else', async () => {
    const { get } = await start(async () => ({ ok: true, platforms: {}, backend: true }));
    expect((await get('/')).status).toBe(404);
  });

  it('gives everything else to the page, but never what is its own', async () => {
    const rest = new Hono().all('*', (context) => context.text(`the page: ${context.req.path}`));
    const mount: Mount = { path: '/hook', listener: (_request, response) => response.end('the hook') };
    const methods: string[] = [];
    const below: Mount = {
      path: '/below/*',
      listener({ url, method }, response) {
        methods.push(method ?? '');
        response.end(`below: ${url} ${methods.join(' ')}`);
      },
    };
    const ready = async () => ({ ok: true, platforms: {}, backend: true });
    const { get, server } = await start(ready, { rest, mounts: [mount, below] });
    await fetch(`http://127.0.0.1:${server.port}/below/`, { method: 'HEAD' });
    expect((await get('/')).body).toBe('the page: /');
    expect((await get('/a/b')).body).toBe('the page: /a/b');
    expect((await get('/hook')).body).toBe('the hook');
    expect((await get('/hook?a=/b')).body).toBe('the hook');
    expect((await get('/hook/a')).body).toBe('the page: /hook/a');
    expect((await get('/below/a/b?c')).body).toBe('below: /below/a/b?c HEAD GET');
    expect((await get('/below')).body).toBe('the page: /below');
    expect((await get('/healthz')).body).toBe('{"ok":true}');
    expect((await get('/readyz')).status).toBe(200);
  });

  it('says everywhere else why there is no page', async () => {
    const { get } = await start(async () => ({ ok: true, platforms: {}, backend: true }), {
      rest: 'No page.',
    });
    expect(await get('/studio')).toEqual({ status: 404, body: 'No page.' });
    expect((await get('/healthz')).status).toBe(200);
  });

  it('rejects when the port is taken', async () => {
    const readiness = async () => ({ ok: true, platforms: {}, backend: true });
    const { server } = await start(readiness);
    await expect(
      startHttp({ host: '127.0.0.1', port: server.port, readiness, ...PARTS }),
    ).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });

  it('stops also while somebody keeps a connection open', async () => {
    const asked = Promise.withResolvers<void>();
    const { server, get } = await start(() => {
      asked.resolve();
      return new Promise(() => undefined);
    });
    const hanging = Promise.allSettled([get('/readyz')]);
    await asked.promise;
    await server.stop();
    expect((await hanging)[0].status).toBe('rejected');
    await expect(get('/healthz')).rejects.toThrow(/fetch failed/);
  });
});
