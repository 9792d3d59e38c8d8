import { getEventListeners } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { download } from '../../../../src/platforms/kit/download.ts';
import { listen } from '../../../fakes/http/listen.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { until } from '../../../fakes/until.ts';
import { PATIENCE_MS } from '../../../fakes/patience.ts';

async function serve(listener: RequestListener): Promise<string> {
  const { url, close } = await listen(createServer(listener));
  onTestFinished(close);
  return url;
}
const get = (url: string, given: Partial<Parameters<typeof download>[1]> = {}) =>
  download(url, {
    origins: [new URL(url).origin],
    maxBytes: 1000,
    signal: AbortSignal.timeout(PATIENCE_MS),
    clock: createManualClock(0, { skipping: true }),
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
    await expect(get(`${origin}/a`)).rejects.toThrow(/HTTP 302/);
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

/** A CDN that does each of these once, in their order, the last one again and again. */
async function trouble(...answers: RequestListener[]) {
  let asked = 0;
  const origin = await serve((request, response) => {
    const answer = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    answer?.(request, response);
  });
  return { url: origin + SIGNED, asked: () => asked };
}
const BYTES = Buffer.alloc(900, 7);
const whole: RequestListener = (_request, response) => response.end(BYTES);
const TROUBLES: Record<string, RequestListener> = {
  'answers 502': (_request, response) => response.writeHead(502).end('bad gateway'),
  'answers 429': (_request, response) => response.writeHead(429).end(),
  resets: (_request, response) => response.socket?.resetAndDestroy(),
  'cuts in the middle': (_request, response) => {
    response.writeHead(200, { 'content-length': '900' });
    response.write(BYTES.subarray(0, 400), () => response.destroy());
  },
  'states less than there is': (_request, response) => {
    response.writeHead(200, { 'content-length': '400' });
    response.write(BYTES.subarray(0, 400), () => response.destroy());
  },
  'states more than there is': (_request, response) => {
    response.writeHead(200, { 'content-length': '5000' });
    response.end(BYTES);
    response.socket?.end();
  },
  trickles: (_request, response) => {
    response.writeHead(200, { 'content-length': '900' });
    const drip = setInterval(() => response.write('x'), 20);
    response.on('close', () => clearInterval(drip));
  },
  'never answers': () => undefined,
};

/** Nothing but the watch ends these; by whatever else is tried the watch is not to mind a busy machine. */
const SLOW = ['trickles', 'never answers'];

describe('a CDN that', () => {
  const trickleFor = (name: string) => ({ bytes: 100, ms: SLOW.includes(name) ? 150 : 30_000 });
  const size = BYTES.length;

  it.each(Object.entries(TROUBLES))('%s is asked again', async (name, answer) => {
    const cdn = await trouble(answer, answer, whole);
    expect(Buffer.from(await get(cdn.url, { size, trickle: trickleFor(name) }))).toEqual(BYTES);
    // what is whole may be slow here too
    expect(SLOW.includes(name) ? [3, 4] : [3]).toContain(cdn.asked());
  });

  it.each(Object.entries(TROUBLES))('%s all the time is given up', async (name, answer) => {
    const cdn = await trouble(answer);
    await expect(get(cdn.url, { size, trickle: trickleFor(name) })).rejects.not.toThrow('feedbeef');
    expect(cdn.asked()).toBe(4);
  });

  it.each([403, 404, 410])('answers %i is believed', async (status) => {
    const cdn = await trouble((_request, response) => response.writeHead(status).end());
    await expect(get(cdn.url)).rejects.toThrow(`HTTP ${status}`);
    expect(cdn.asked()).toBe(1);
  });

  it('has too much is not asked again', async () => {
    const cdn = await trouble((_request, response) => response.end(Buffer.alloc(1001)));
    await expect(get(cdn.url)).rejects.toThrow('more than 1000');
    expect(cdn.asked()).toBe(1);
  });

  it('is slow, but not too slow, is waited for', async () => {
    const cdn = await trouble((_request, response) => {
      let sent = 0;
      const drip = setInterval(() => {
        response.write(BYTES.subarray(0, 100));
        sent += 1;
        if (sent === 9) response.end();
      }, 150);
      response.on('close', () => clearInterval(drip));
    });
    expect(await get(cdn.url, { size, trickle: { bytes: 100, ms: 1000 } })).toHaveLength(900);
    expect(cdn.asked()).toBe(1);
  });

  it('is in trouble is left with the signal, also between two tries', async () => {
    const clock = createManualClock();
    const abort = new AbortController();
    const cdn = await trouble((_request, response) => response.writeHead(502).end());
    const loading = get(cdn.url, { signal: abort.signal, clock });
    loading.catch(() => undefined); // looked at below
    await until(() => clock.sleeping === 1);
    abort.abort(new Error('stopping'));
    await expect(loading).rejects.toThrow('stopping');
    expect(getEventListeners(abort.signal, 'abort')).toHaveLength(0);
  });
});
