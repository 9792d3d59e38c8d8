/** The API key goes to the configured origin and nowhere else, however a server tries to send it there. */
import { createServer, type IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Backend } from '../../src/core/backend.ts';
import type { DialectName } from '../../src/comfy/dialects/index.ts';
import { openBackend, openStub, soon, workflow } from '../unit/comfy/backends.ts';
import { json, type Reply } from '../unit/comfy/stub-server.ts';
import { fetchWhole, stored } from '../fakes/disk.ts';
import { listen } from '../fakes/http/listen.ts';

const KEY = 'comfyui-0123456789abcdef';
const PASSWORD = 'open-sesame';
const ID = '05258fc9-b553-42a5-a6ba-352d87d9205e';
const picture = { name: 'a.png', type: 'image/png', bytes: new Uint8Array(8) };
const output = { node: '2', kind: 'image', filename: 'a.png', subfolder: '', type: 'output' } as const;

const VERBS: Record<string, (backend: Backend) => Promise<unknown>> = {
  check: (backend) => backend.check(soon()),
  nodes: (backend) => backend.nodes(soon()),
  upload: async (backend) => backend.upload(await stored(picture), soon()),
  submit: (backend) => backend.submit({ promptId: ID, workflow }, soon()),
  find: (backend) => backend.find(ID, soon()),
  follow: (backend) => backend.follow(ID, () => undefined, soon(200)),
  fetch: (backend) => fetchWhole(backend, output, soon()),
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
  let url = '';
  const server = createServer((request, response) => {
    asked.push(request);
    request.resume();
    response.writeHead(302, { location: location(url) }).end();
  });
  server.on('upgrade', (request, socket) => {
    socket.on('error', () => undefined); // it may hang up first
    asked.push(request);
    socket.end(`HTTP/1.1 302 Found\r\nLocation: ${location(url).replace('http', 'ws')}\r\n\r\n`);
  });
  const listening = await listen(server);
  onTestFinished(listening.close);
  ({ url } = listening);
  return { url, asked };
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

  it.each<[string, (secret: string) => string]>([
    ['as it is', (secret) => secret],
    ['encoded for an address', encodeURIComponent],
    [
      'so in lower case',
      (secret) => encodeURIComponent(secret).replaceAll(/%../g, (hex) => hex.toLowerCase()),
    ],
    ['in base64', (secret) => Buffer.from(secret).toString('base64')],
    ['in base64url', (secret) => Buffer.from(secret).toString('base64url')],
    ['in a header for who signs in', (secret) => Buffer.from(`x:${secret}`).toString('base64')],
  ])('is not in what a server says that knows it, and says it %s', async (how, form) => {
    const key = 'key/0123+secret?ÿ';
    const pair = Buffer.from(`ann:${PASSWORD}`).toString('base64');
    const message = `bad key ${form(key)} and ${form(PASSWORD)}, Basic ${pair}, at https://x/?sig=${form(key)}`;
    const says: Reply = json({ error: { type: 'x', message } }, 400);
    const stub = await openStub({ 'GET /': says, 'POST /': says });
    const url = stub.url.replace('//', `//ann:${PASSWORD}@`);
    const { backend, log } = openBackend({ url, apiKey: key, dialect });
    // what is before it in base64 decides upon its first and last character
    const inner = (text: string) => (how.includes('header') ? text.slice(3, -3) : text);
    const secrets = [inner(form(key)), inner(form(PASSWORD)), pair];
    for (const verb of Object.values(VERBS)) {
      const error: unknown = await verb(backend).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      const said = `${String(error)} ${JSON.stringify(error)}`;
      for (const secret of secrets) expect(said).not.toContain(secret);
    }
    for (const secret of secrets) expect(log.text()).not.toContain(secret);
  });
});
