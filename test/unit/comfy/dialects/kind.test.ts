/** What a server is, asked of servers that answer in all sorts of ways. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBackend, type BackendOptions } from '../../../../src/comfy/index.ts';
import type { Backend } from '../../../../src/core/backend.ts';
import { follow } from '../../../contract/backend.ts';
import { startFront } from '../../../fakes/comfy/front.ts';
import { until } from '../../../fakes/until.ts';
import { openBackend, openStub, soon, workflow } from '../backends.ts';
import { createTestLog } from '../logs.ts';
import { KEY as CLOUD_KEY, openSandbox, partner, steps } from '../sandboxes.ts';
import { json, text, type Reply, type Stub } from '../stub-server.ts';

const KEY = 'comfyui-0123456789abcdef';
const STATS = { system: { os: 'posix', python_version: '3.12' }, devices: [] };
const USER = { status: 'active' };
const NO_KEY = { code: 'UNAUTHORIZED', message: 'Invalid or missing API key' };

/** Nobody says what it is. */
function open(options: Omit<BackendOptions, 'log'>): Backend {
  return openBackend({ ...options, dialect: undefined }).backend;
}

describe('a server is what it says it is', () => {
  it.each<[string, Record<string, Reply>, string]>([
    ['a ComfyUI of October 2024', { 'GET /api/system_stats': json(STATS) }, 'ComfyUI'],
    [
      'a ComfyUI with a version',
      { 'GET /api/system_stats': json({ system: { ...STATS.system, comfyui_version: '0.33.0' } }) },
      'ComfyUI',
    ],
    [
      'a ComfyUI behind something that lets few routes pass',
      { 'GET /api/system_stats': json(STATS), 'GET /api/user': text('403 Forbidden', 403) },
      'ComfyUI',
    ],
    [
      'a ComfyUI whose extension has a page of that name',
      { 'GET /api/system_stats': json(STATS), 'GET /api/user': text('<html>hello</html>', 200) },
      'ComfyUI',
    ],
    ['Comfy Cloud', { 'GET /api/system_stats': json(STATS), 'GET /api/user': json(USER) }, 'Comfy Cloud'],
    [
      'Comfy Cloud that says so at once',
      { 'GET /api/system_stats': json({ system: { ...STATS.system, cloud_version: 'abc' } }) },
      'Comfy Cloud',
    ],
    [
      'Comfy Cloud that does not know the key',
      { 'GET /api/system_stats': json(STATS), 'GET /api/user': json(NO_KEY, 401) },
      'Comfy Cloud',
    ],
    ['a gateway before Cloud that has no statistics', { 'GET /api/user': json(USER) }, 'Comfy Cloud'],
  ])('%s, with a key and without', async (_what, routes, title) => {
    const stub = await openStub(routes);
    for (const apiKey of [undefined, KEY]) {
      const backend = open({ url: stub.url, apiKey });
      await backend.check(soon()).catch(() => undefined); // a wrong key is told, and its kind is known all the same
      expect(backend.name).toBe(title);
      expect(backend.address).toBe(`${title} at ${new URL(stub.url).host}`);
    }
  });

  it.each<[string, Record<string, Reply>, object]>([
    ['nothing of the sort', {}, { code: 'backend-broken', status: 404 }],
    ['a page', { 'GET /': text('<html>', 200) }, { code: 'backend-broken' }],
    ['a password', { 'GET /': text('401 Unauthorized', 401) }, { code: 'login-refused' }],
    ['a proxy whose server is away', { 'GET /': text('502 Bad Gateway', 502) }, { code: 'backend-broken' }],
    [
      'half of it',
      { 'GET /api/system_stats': json(STATS), 'GET /api/user': text('502 Bad Gateway', 502) },
      { code: 'backend-broken', status: 502 },
    ],
  ])('what answers with %s is nothing yet, and is asked again', async (_what, routes, problem) => {
    const stub = await openStub(routes);
    const backend = open({ url: stub.url });
    await expect(backend.check(soon())).rejects.toMatchObject({ problem });
    Object.assign(routes, { 'GET /api/system_stats': json(STATS), 'GET /api/user': json(USER) });
    await backend.check(soon());
    expect(backend.name).toBe('Comfy Cloud');
  });

  it('is told once, however many ask', async () => {
    const stub = await openStub({ 'GET /api/system_stats': json(STATS) });
    const known: string[] = [];
    const backend = open({ url: stub.url, onKnown: (name) => known.push(name) });
    await Promise.all([1, 2, 3].map(() => backend.check(soon())));
    expect(known).toEqual(['comfyui']);
    expect(asked(stub, '/api/user')).toBe(1);
  });

  it('is what it was while it is down, and what it says when it is back', async () => {
    const stub = await openStub({ 'GET /': text('502 Bad Gateway', 502) });
    const backend = open({ url: stub.url, apiKey: KEY, lastKnown: 'cloud' });
    expect(backend.name).toBe('Comfy Cloud');
    await expect(backend.check(soon())).rejects.toMatchObject({ problem: { backend: 'Comfy Cloud' } });
    expect(asked(stub, '/api/user')).toBeGreaterThan(1);
    const { url } = await openStub({ 'GET /api/system_stats': json(STATS) });
    const other = open({ url, lastKnown: 'cloud' });
    await other.check(soon());
    expect(other.name).toBe('ComfyUI');
  });

  it('is not asked where somebody says it, or its host does', async () => {
    const stub = await openStub({ 'GET /api/user': json(USER) });
    const { backend } = openBackend({ url: stub.url, dialect: 'cloud' });
    await backend.check(soon());
    expect(stub.seen.map(({ url }) => url.pathname)).toEqual(['/api/user']);
    expect(createBackend({ url: 'https://cloud.comfy.org', log: createTestLog() }).name).toBe('Comfy Cloud');
  });
});

function asked({ seen }: Stub, path: string): number {
  return seen.filter(({ url }) => url.pathname === path).length;
}

describe('a key for a ComfyUI of one’s own', () => {
  it('makes pictures, and stands in no address', async () => {
    const sandbox = await openSandbox();
    const addresses: IncomingMessage['headers'][] = [];
    const upgrades: string[] = [];
    const front = await openFront(sandbox.url, (request) => {
      addresses.push(request.headers);
      upgrades.push(request.url ?? '');
      return true;
    });
    const backend = open({ url: front, apiKey: KEY });
    await backend.start();
    await until(() => sandbox.stats.sockets.open === 1);
    const { promptId } = await backend.submit({ promptId: randomUUID(), workflow }, soon());
    const end = await follow(backend, promptId).end;
    expect(end).toMatchObject({ kind: 'success', outputs: [{ kind: 'image' }] });
    expect(upgrades.join(' ')).not.toContain(KEY);
    expect(addresses.every((headers) => headers['x-api-key'] === KEY)).toBe(true);
    // it is no account's
    expect(JSON.stringify(sandbox.stats.bodies)).not.toContain(KEY);
  });

  it('stops one run alone', async () => {
    const sandbox = await openSandbox();
    const backend = open({ url: sandbox.url, apiKey: KEY });
    const own = await backend.submit({ promptId: randomUUID(), workflow: steps(200) }, soon());
    const other = openBackend({ url: sandbox.url }).backend;
    const theirs = await other.submit({ promptId: randomUUID(), workflow: steps(3) }, soon());
    await until(() => sandbox.stats.executed === 1);
    await backend.cancel(own.promptId, soon());
    expect(await follow(backend, own.promptId).end).toMatchObject({ kind: 'cancelled' });
    expect(await follow(other, theirs.promptId).end).toMatchObject({ kind: 'success' });
  });
});

describe('the key for partner nodes', () => {
  it.each([
    ['comfyui', { partnerKey: 'pays-for-partners' }, 'pays-for-partners'],
    ['cloud', { apiKey: CLOUD_KEY }, CLOUD_KEY],
    ['cloud', { apiKey: CLOUD_KEY, partnerKey: 'pays-for-partners' }, 'pays-for-partners'],
    ['comfyui', { apiKey: 'for-the-gateway' }, undefined],
  ] as const)('goes into runs that have any: %s with %j', async (dialect, keys, expected) => {
    const sandbox = await openSandbox({ dialect });
    const backend = open({ url: sandbox.url, ...keys });
    await backend.nodes(soon());
    for (const graph of [partner('a fox'), steps(1)])
      await backend.submit({ promptId: randomUUID(), workflow: graph }, soon());
    const [paid, free] = sandbox.stats.bodies.map(({ extra_data: extra }) => JSON.stringify(extra));
    const given = /"api_key_comfy_org":"([^"]*)"/.exec(paid ?? '')?.[1];
    expect(given).toBe(expected);
    expect(free).not.toContain('api_key_comfy_org');
  });
});

describe('what a gateway asks for', () => {
  const headers = { 'CF-Access-Client-Id': 'the-client.access', Cookie: 'gate=open-sesame-now' };

  it('is sent with every request, the socket’s included, and is in no log', async () => {
    const sandbox = await openSandbox();
    const front = await openFront(
      sandbox.url,
      (request) =>
        request.headers['cf-access-client-id'] === 'the-client.access' &&
        request.headers.cookie === headers.Cookie,
    );
    const { backend, log } = openBackend({ url: front, headers, dialect: undefined });
    await backend.start();
    await until(() => sandbox.stats.sockets.open === 1);
    const { promptId } = await backend.submit({ promptId: randomUUID(), workflow }, soon());
    expect(await follow(backend, promptId).end).toMatchObject({ kind: 'success' });
    expect(JSON.stringify(log)).not.toContain('open-sesame');
    const shut = open({ url: front });
    await expect(shut.check(soon())).rejects.toMatchObject({ problem: { code: 'backend-forbids' } });
  });

  it('goes to no other host', async () => {
    const sandbox = await openSandbox({ dialect: 'cloud' });
    const backend = open({
      url: sandbox.url,
      apiKey: CLOUD_KEY,
      headers: { authorization: 'Bearer for-the-gateway' },
      fileHosts: [new URL(sandbox.filesUrl ?? '').host],
    });
    const { promptId } = await backend.submit({ promptId: randomUUID(), workflow }, soon());
    const end = await follow(backend, promptId).end;
    const [output] = end.kind === 'success' ? end.outputs : [];
    if (!output) throw new Error('nothing was made');
    await backend.fetch(output, async (about) => ({ ...about, size: 0, path: '/dev/null' }), soon());
    expect(sandbox.stats).toMatchObject({ views: 1, keysSeenOnFilesOrigin: 0 });
  });
});

/** Before a server: passes on what `lets` takes, and answers 403 else. */
async function openFront(target: string, lets: (request: IncomingMessage) => boolean): Promise<string> {
  const front = await startFront(
    target,
    (request, response) => {
      if (lets(request)) return false;
      response.writeHead(403, { 'content-type': 'text/plain' }).end('the gate is shut');
      return true;
    },
    lets,
  );
  onTestFinished(() => front.stop());
  return front.url;
}
