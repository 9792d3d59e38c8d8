/** The API key goes to the configured origin and nowhere else, however a server tries to send it there. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Backend } from '../../src/core/backend.ts';
import type { DialectName } from '../../src/comfy/dialects.ts';
import { openBackend, openStub, soon, workflow } from '../unit/comfy/backends.ts';
import { json, type Reply } from '../unit/comfy/stub-server.ts';

const KEY = 'comfyui-0123456789abcdef';
const PASSWORD = 'open-sesame';
const ID = '05258fc9-b553-42a5-a6ba-352d87d9205e';
const picture = { name: 'a.png', type: 'image/png', bytes: new Uint8Array(8) };
const output = { node: '2', kind: 'image', filename: 'a.png', subfolder: '', type: 'output' } as const;

const VERBS: Record<string, (backend: Backend) => Promise<unknown>> = {
  check: (backend) => backend.check(soon()),
  nodes: (backend) => backend.nodes(soon()),
  upload: (backend) => backend.upload(picture, soon()),
  submit: (backend) => backend.submit({ promptId: ID, workflow }, soon()),
  find: (backend) => backend.find(ID, soon()),
  follow: (backend) => backend.follow(ID, () => undefined, soon(200)),
  fetch: (backend) => backend.fetch(output, soon()),
  cancel: (backend) => backend.cancel(ID, soon()),
};

/** Ways to name another host in a Location; `port` is another server's. */
const ELSEWHERE: [name: string, location: (port: string, own: string) => string][] = [
  ['another port', (port) => `http://127.0.0.1:${port}/x`],
  ['another host', (port) => `http://localhost:${port}/x`],
  ['a protocol-relative address', (port) => `//127.0.0.1:${port}/x`],
  ['back slashes', (port) => `\\\\127.0.0.1:${port}\\x`],
  ['our own host as user name', (port, own) => `http://${new URL(own).hostname}@127.0.0.1:${port}/x`],
  ['our own host as user and port', (port, own) => `http://${new URL(own).host}@127.0.0.1:${port}/x`],
];

/** A server that answers everything, upgrades too, with a redirect; what it was asked. */
async function redirecting(
  location: (own: string) => string,
): Promise<{ url: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const own = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const server = createServer((request, response) => {
    asked.push(request);
    request.resume();
    response.writeHead(302, { location: location(own()) }).end();
  });
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => undefined); // it may hang up first
    asked.push(request);
    socket.end(`HTTP/1.1 302 Found\r\nLocation: ${location(own()).replace('http', 'ws')}\r\n\r\n`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: own(), asked };
}

describe.each(['cloud', 'comfyui'] satisfies DialectName[])('the key of a %s backend', (dialect) => {
  it.each(ELSEWHERE)('is not taken along by a redirect to %s, whatever is asked', async (_name, location) => {
    const other = await openStub({ 'GET /': json({}), 'POST /': json({}) });
    const { url, asked } = await redirecting((own) => location(new URL(other.url).port, own));
    const withPassword = url.replace('//', `//ann:${PASSWORD}@`);
    const { backend, log } = openBackend({ url: withPassword, apiKey: KEY, dialect });
    await backend.start();
    const told: string[] = [];
    const fail = (error: unknown) => void told.push(String(error), String((error as Error).cause));
    await Promise.all(Object.values(VERBS).map((verb) => verb(backend).catch(fail)));
    await expect.poll(() => asked.some(({ headers }) => headers.upgrade === 'websocket')).toBe(true);
    // our own server was given it with every question, or the test would prove nothing
    const plain = asked.filter(({ headers }) => headers.upgrade === undefined);
    expect(plain.every(({ headers }) => headers['x-api-key'] === KEY)).toBe(true);
    expect(plain.length).toBeGreaterThan(Object.keys(VERBS).length / 2);
    const basic = Buffer.from(`ann:${PASSWORD}`).toString('base64');
    for (const text of [JSON.stringify(other.seen), told.join(), log.text()])
      for (const secret of [KEY, PASSWORD, basic]) expect(text).not.toContain(secret);
    // only an output's redirect is followed at all, by a GET
    expect(other.seen.map(({ method }) => method).filter((method) => method !== 'GET')).toEqual([]);
  });

  it('is not in what a server says that knows it, and says it', async () => {
    const says: Reply = json(
      { error: { type: 'x', message: `bad key ${KEY} at https://x/?sig=${KEY}` } },
      400,
    );
    const stub = await openStub({ 'GET /': says, 'POST /': says });
    const { backend, log } = openBackend({ url: stub.url, apiKey: KEY, dialect });
    for (const verb of Object.values(VERBS)) {
      const error: unknown = await verb(backend).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(KEY);
    }
    expect(log.text()).not.toContain(KEY);
  });
});
