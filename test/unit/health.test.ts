import { describe, expect, it, onTestFinished } from 'vitest';
import { startHttp, type Readiness } from '../../src/health.ts';

async function start(readiness: () => Promise<Readiness>) {
  const server = await startHttp('127.0.0.1', 0, readiness);
  onTestFinished(() => server.stop());
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
    return { status: response.status, body: await response.text() };
  };
  return { server, get };
}

describe('the HTTP side', () => {
  it.each<[Readiness, number]>([
    [{ platforms: { discord: true }, backend: true }, 200],
    [{ platforms: { discord: false }, backend: true }, 503],
    [{ platforms: { discord: true, slack: false }, backend: true }, 503],
    [{ platforms: { discord: true }, backend: false }, 503],
  ])('tells %j on /readyz as %i, and on /healthz that it lives', async (state, status) => {
    const { get } = await start(async () => state);
    const answer = await get('/readyz');
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toEqual({ ok: status === 200, ...state });
    expect(await get('/healthz')).toEqual({ status: 200, body: '{"ok":true}' });
  });

  it('has nothing else', async () => {
    const { get } = await start(async () => ({ platforms: {}, backend: true }));
    expect((await get('/')).status).toBe(404);
  });

  it('rejects when the port is taken', async () => {
    const { server } = await start(async () => ({ platforms: {}, backend: true }));
    await expect(
      startHttp('127.0.0.1', server.port, async () => ({ platforms: {}, backend: true })),
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
