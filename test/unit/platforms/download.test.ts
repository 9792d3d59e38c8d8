import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { download } from '../../../src/platforms/download.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const get = (url: string, given: Partial<Parameters<typeof download>[1]> = {}) =>
  download(url, {
    origins: [new URL(url).origin],
    maxBytes: 1000,
    signal: AbortSignal.timeout(10_000),
    ...given,
  });
const SIGNED = '/a/cat.png?ex=1&hm=feedbeef';

describe('a download', () => {
  it('brings the bytes, up to the limit', async () => {
    const origin = await serve((_request, response) => response.end(Buffer.alloc(1000, 7)));
    expect(Buffer.from(await get(origin + SIGNED))).toEqual(Buffer.alloc(1000, 7));
  });

  it('from another origin is not begun', async () => {
    let asked = 0;
    const origin = await serve((_request, response) => {
      asked += 1;
      response.end('x');
    });
    const others = ['https://cdn.discordapp.com', `${origin}0`];
    await expect(get(origin + SIGNED, { origins: others })).rejects.toThrow(/own hosts/);
    expect(asked).toBe(0);
  });

  it('follows no redirect', async () => {
    const paths: (string | undefined)[] = [];
    const origin = await serve((request, response) => {
      paths.push(request.url);
      response.writeHead(302, { location: '/elsewhere' }).end();
    });
    await expect(get(`${origin}/a`)).rejects.toThrow(/fetch failed/);
    expect(paths).toEqual(['/a']);
  });

  it('stops as soon as it is too large, however long it would go on', async () => {
    const closed = Promise.withResolvers<void>();
    const origin = await serve((_request, response) => {
      response.on('close', () => closed.resolve());
      const more = (): void =>
        void (response.write(Buffer.alloc(400)) ? setImmediate(more) : response.once('drain', more));
      more();
    });
    await expect(get(origin)).rejects.toThrow(/more than 1000 bytes/);
    await closed.promise;
  });

  it('that is cut off rejects', async () => {
    const origin = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('x', () => response.destroy());
    });
    await expect(get(origin)).rejects.toThrow(/terminated|aborted|closed/);
  });

  it('ends with its signal', async () => {
    const abort = new AbortController();
    const origin = await serve(() => abort.abort(new Error('stopping')));
    await expect(get(origin, { signal: abort.signal })).rejects.toThrow('stopping');
  });

  it('never names the query in an error', async () => {
    const origin = await serve((_request, response) => response.writeHead(404).end('gone'));
    const errors = await Promise.allSettled([
      get(origin + SIGNED),
      get(origin + SIGNED, { origins: [] }),
      get(`http://127.0.0.1:1${SIGNED}`),
    ]);
    for (const error of errors) expect(error.status).toBe('rejected');
    const texts = errors.map((error) => (error.status === 'rejected' ? String(error.reason) : ''));
    expect(texts[0]).toMatch(/HTTP 404 from .*cat\.png$/);
    expect(texts.join()).not.toContain('feedbeef');
  });
});
