/** The network of the chaos scenarios while the backend is away. */
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { startNetwork, type Network } from '../../chaos/network.ts';

let sandbox: Sandbox;
let network: Network;

beforeEach(async () => {
  sandbox = await startSandbox();
  network = await startNetwork(sandbox.url);
});

afterEach(async () => {
  await network.stop();
  await sandbox.stop();
});

const status = async (path: string, signal?: AbortSignal) =>
  (await fetch(network.url + path, signal ? { signal } : {})).status;

async function openSocket(): Promise<WebSocket> {
  const socket = new WebSocket(`${network.url.replace('http', 'ws')}/ws?clientId=a`);
  await once(socket, 'open');
  return socket;
}

describe('A backend that is away', () => {
  it.each(['refuse', 'reset', 502] as const)('is there again at the end: %s', async (how) => {
    const socket = await openSocket();
    const closed = once(socket, 'close');
    const back = network.away({ how });
    await closed;
    const failed = { refuse: 'ECONNREFUSED', reset: 'ECONNRESET', 502: 502 }[how];
    const met = await status('/queue').catch((error: Error) => (error.cause as { code: string }).code);
    expect(met).toBe(failed);
    await expect(openSocket()).rejects.toThrow(/ECONNREFUSED|hang up|502/);
    await back();
    await back();
    expect(await status('/queue')).toBe(200);
    (await openSocket()).terminate();
    expect(sandbox.stats.requests['GET /queue']).toBe(1);
  });

  it('never answers, and its socket is silent', async () => {
    const socket = await openSocket();
    const back = network.away({ how: 'hang' });
    let pongs = 0;
    socket.on('pong', () => (pongs += 1));
    socket.ping();
    await expect(status('/queue', AbortSignal.timeout(100))).rejects.toThrow('timeout');
    // the network can be stopped all the same
    const late = openSocket();
    late.catch(() => undefined);
    await back();
    expect(pongs).toBe(0);
    socket.ping();
    await once(socket, 'pong');
    socket.terminate();
  });

  it('is away for some routes only, and what it was asked is counted', async () => {
    const socket = await openSocket();
    const back = network.away({ how: 401, routes: /\/queue$/, body: '{"error":"no"}' });
    const refused = await fetch(`${network.url}/queue`);
    expect([refused.status, await refused.text()]).toEqual([401, '{"error":"no"}']);
    expect(await status('/system_stats?a=1')).toBe(200);
    await back();
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
    expect(network.requests.map(({ at: _at, ...rest }) => rest)).toEqual([
      { route: 'GET /queue', address: '/queue', fault: true, status: 401 },
      { route: 'GET /system_stats', address: '/system_stats?a=1', fault: false, status: 200 },
    ]);
  });

  it('answers byte by byte until it is told otherwise', async () => {
    const back = network.away({ how: 'trickle', routes: /stats/ });
    const answer = await fetch(`${network.url}/system_stats`);
    const text = answer.text();
    expect(network.requests[0]?.status).toBe(0);
    await back();
    expect(JSON.parse(await text)).toHaveProperty('system');
    expect(network.requests[0]).toMatchObject({ fault: true, status: 200 });
  });
});
