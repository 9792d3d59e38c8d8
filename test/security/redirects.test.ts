/** A backend's redirect does not make Easel fetch, and post to a channel, what only Easel's machine can reach. */
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/core/backend.ts';
import { openBackend, openStub, soon } from '../unit/comfy/backends.ts';
import { redirectTo, type Reply, type Stub } from '../unit/comfy/stub-server.ts';
import { fetchWhole } from '../fakes/disk.ts';

const output = { node: '2', kind: 'text', filename: 'a.txt', subfolder: '', type: 'output' } as const;
const SECRET = 'what only this machine may read';
const secret: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'text/plain' }).end(SECRET);
};
const fetched = (backend: Backend) => fetchWhole(backend, { ...output, kind: 'image' }, soon());
const portOf = ({ url }: Stub) => new URL(url).port;

/** Ways to name another port of this machine. */
const HERE: [name: string, host: string][] = [
  ['the same address', '127.0.0.1'],
  ['a shorter form', '127.1'],
  ['decimal', '2130706433'],
  ['octal', '0177.0.0.1'],
  ['hexadecimal', '0x7f.0x0.0x0.0x1'],
  ['nothing but zeros', '0.0.0.0'],
  ['zero', '0'],
  ['IPv6', '[::1]'],
  ['IPv4 in IPv6', '[::ffff:127.0.0.1]'],
  ['IPv4 in IPv6, in hexadecimal', '[::ffff:7f00:1]'],
  ['percent signs', '%31%32%37.0.0.1'],
  ['full width in UTF-8', '%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1'],
];

describe('a redirect to another port of this machine', () => {
  it.each(HERE)('is not followed, called by %s', async (_name, host) => {
    const inside = await openStub({ 'GET /': secret });
    const stub = await openStub({ 'GET /api/view': redirectTo(`http://${host}:${portOf(inside)}/`) });
    const { backend } = openBackend({ url: stub.url });
    // judged as it stands, and not by what comes of asking
    await expect(fetched(backend)).rejects.toMatchObject({
      problem: { code: 'backend-broken', status: 302 },
    });
    expect(inside.seen).toEqual([]);
  });

  it('is not followed, called by a name', async () => {
    const inside = await openStub({ 'GET /': secret });
    const stub = await openStub({ 'GET /api/view': redirectTo(`http://localhost:${portOf(inside)}/`) });
    const { backend } = openBackend({ url: stub.url });
    await expect(fetched(backend)).rejects.toMatchObject({ code: 'backend-unreachable' });
    expect(inside.seen).toEqual([]);
  });

  it('is not followed behind one that may be, nor by a backend that is called by a name', async () => {
    const inside = await openStub({ 'GET /': secret });
    const between = await openStub({ 'GET /': redirectTo(`${inside.url}/`) });
    const stub = await openStub({ 'GET /api/view': redirectTo(`${between.url}/`) });
    const named = openBackend({ url: stub.url, fileHosts: [new URL(between.url).host] });
    await expect(fetched(named.backend)).rejects.toMatchObject({ name: 'EaselError' });
    expect(between.seen).toHaveLength(1);
    const front = await openStub({ 'GET /api/view': redirectTo(`http://localhost:${portOf(inside)}/`) });
    const local = openBackend({ url: front.url.replace('127.0.0.1', 'localhost') });
    await expect(fetched(local.backend)).rejects.toMatchObject({ name: 'EaselError' });
    expect(inside.seen).toEqual([]);
  });

  it('is followed where the operator named that host, and by the backend to itself', async () => {
    const inside = await openStub({ 'GET /': secret });
    const stub = await openStub({
      'GET /api/view': redirectTo(() => `${inside.url}/`),
      'GET /files': secret,
    });
    const { backend } = openBackend({ url: stub.url, fileHosts: [new URL(inside.url).host] });
    expect(Buffer.from((await fetched(backend)).bytes).toString()).toBe(SECRET);
    const own = await openStub({ 'GET /api/view': redirectTo('/files/a.txt'), 'GET /files': secret });
    expect(Buffer.from((await fetched(openBackend({ url: own.url }).backend)).bytes).toString()).toBe(SECRET);
  });
});

it.each([
  'http://169.254.169.254/latest/meta-data/',
  'http://[::ffff:a9fe:a9fe]/latest/meta-data/',
  'http://[fd00:ec2::254]/latest/meta-data/',
  'http://100.100.100.200/latest/meta-data/',
  'http://metadata.google.internal/computeMetadata/v1/',
])('a redirect to %s is refused at once, also to an operator who named it', async (location) => {
  const stub = await openStub({ 'GET /api/view': redirectTo(location) });
  const { backend } = openBackend({ url: stub.url, fileHosts: [new URL(location).host] });
  await expect(fetched(backend)).rejects.toMatchObject({ problem: { code: 'backend-broken', status: 302 } });
});
