/** Whoever opens connections and says nothing takes nobody's place, and only a few handles. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Hono } from 'hono';
import { stream } from 'hono/streaming';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../src/core/time.ts';
import { limitConnections } from '../../src/connections.ts';
import { startHttp, type HttpOptions } from '../../src/http.ts';
import { createRecordingLog } from '../fakes/recording-log.ts';
import { idleParty } from './idle-party.ts';
import { askPort } from './web-house.ts';

/** `/endless` goes on until its reader leaves. */
async function house(more: Partial<HttpOptions> = {}) {
  const rest = new Hono();
  let reading = 0;
  rest.get('/endless', (context) =>
    stream(context, async (page) => {
      reading += 1;
      page.onAbort(() => {
        reading -= 1;
      });
      while (!page.aborted) {
        await page.write('here ');
        await page.sleep(20);
      }
    }),
  );
  rest.post('/slow', async (context) => context.text(await context.req.text()));
  // who is cut off has nothing to say
  rest.onError((_error, context) => context.text('', 500));
  const log = createRecordingLog();
  const readiness = async () => ({ ok: true, platforms: {}, backend: true });
  const server = await startHttp({
    host: '127.0.0.1',
    port: 0,
    readiness,
    rest,
    clock: systemClock,
    log,
    ...more,
  });
  onTestFinished(() => server.stop());
  const party = async (
    ...given: Parameters<typeof idleParty> extends [number, ...infer Rest] ? Rest : never
  ) => {
    const guests = await idleParty(server.port, ...given);
    onTestFinished(() => guests.leave());
    return guests;
  };
  const isWell = async (from?: string) =>
    (await askPort(server.port, '/healthz', from === undefined ? {} : { from })).status === 200;
  /** A reader that notices when it is cut off. */
  async function read(from: string) {
    const socket = connect({ port: server.port, host: '127.0.0.1', localAddress: from });
    onTestFinished(() => void socket.destroy());
    socket.on('error', () => undefined);
    socket.write('GET /endless HTTP/1.1\r\nhost: x\r\n\r\n');
    await once(socket, 'data');
    socket.resume();
    return { isCutOff: () => socket.closed };
  }
  return { port: server.port, party, isWell, read, reading: () => reading };
}

const HALF = 'POST /slow HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n';

describe('300 connections', () => {
  it.each([
    ['that say nothing', ''],
    ['that never end their headers', HALF],
    ['that never end their body', `${HALF}\r\nonly this`],
    ['that have had an answer', 'GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n'],
  ])('%s leave room for others, from the same address too', async (_what, words) => {
    const { party, isWell, read } = await house();
    const reader = await read('127.0.0.1');
    const guests = await party(300, words);
    await expect.poll(() => guests.open()).toBeLessThanOrEqual(64);
    for (let count = 0; count < 20; count += 1) expect(await isWell()).toBe(true);
    expect(await isWell('127.0.0.2')).toBe(true);
    expect(reader.isCutOff()).toBe(false);
  });

  it('from many addresses are bounded as well, and end nobody who is served', async () => {
    const { party, isWell, read } = await house();
    const reader = await read('127.0.0.1');
    const guests = await party(300, '', (index) => `127.0.1.${1 + (index % 250)}`);
    await expect.poll(() => guests.open()).toBeLessThanOrEqual(256);
    expect(await isWell()).toBe(true);
    expect(reader.isCutOff()).toBe(false);
  });

  it('of one guest do not end the idle ones of another', async () => {
    const { party } = await house({ limits: { all: 40, perClient: 64 } });
    const mine = await party(3, '', () => '127.0.0.9');
    const theirs = await party(100);
    await expect.poll(() => theirs.open()).toBeLessThanOrEqual(37);
    expect(mine.open()).toBe(3);
  });

  it('may come through a declared proxy, as far as there is room for all', async () => {
    const { party, isWell } = await house({ proxies: ['127.0.0.0/8'] });
    const guests = await party(200);
    expect(await isWell()).toBe(true);
    expect(guests.open()).toBe(200);
  });

  it('that are all served take no more than their part', async () => {
    const { party, reading, isWell } = await house();
    const guests = await party(300, 'GET /endless HTTP/1.1\r\nhost: x\r\n\r\n');
    await expect.poll(() => guests.open()).toBeLessThanOrEqual(64);
    expect(reading()).toBeLessThanOrEqual(64);
    expect(await isWell('127.0.0.2')).toBe(true);
  });
});

describe('One connection', () => {
  it('does not send requests without end before it reads an answer', async () => {
    const { party, isWell, reading } = await house();
    const guests = await party(1, 'GET /endless HTTP/1.1\r\nhost: x\r\n\r\n'.repeat(100));
    await expect.poll(() => guests.open()).toBe(0);
    await expect.poll(reading).toBe(0);
    expect(await isWell()).toBe(true);
  });
});

describe('A server that cannot accept', () => {
  it('goes on, ends what does nothing, and says so once', async () => {
    const server = createServer((_request, response) => response.end('well'));
    const log = createRecordingLog();
    limitConnections(server, { clock: systemClock, log });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const guests = await idleParty(port, 20);
    onTestFinished(() => guests.leave());
    for (let count = 0; count < 2; count += 1)
      server.emit('error', Object.assign(new Error('accept EMFILE'), { code: 'EMFILE' }));
    await expect.poll(() => guests.open()).toBe(4);
    expect((await askPort(port, '/')).text).toBe('well');
    expect(log.lines).toHaveLength(1);
  });
});
