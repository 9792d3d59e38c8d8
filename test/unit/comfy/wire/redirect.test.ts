import { expect, it } from 'vitest';
import { createFileHosts } from '../../../../src/comfy/wire/file-hosts.ts';
import { nextHop as hop } from '../../../../src/comfy/wire/redirect.ts';
import { isRedirect } from '../../../../src/comfy/wire/status.ts';

const cloud = new URL('https://cloud.comfy.org/');
const local = new URL('http://127.0.0.1:8188/');
const view = (base: URL): URL => new URL('api/view?filename=a.png', base);

const nextHop = (location: string | undefined, from: URL, base: URL, named: string[] = []) =>
  hop(location, from, base, createFileHosts(base, named));

it.each([
  ['https://storage.googleapis.com/b/a.png?sig=1', 'https://storage.googleapis.com/b/a.png?sig=1'],
  ['//files.comfy.org/a.png', 'https://files.comfy.org/a.png'],
  ['/files/a.png', 'https://cloud.comfy.org/files/a.png'],
])('from an https backend to %s', (location, next) => {
  expect(nextHop(location, view(cloud), cloud)?.href).toBe(next);
});

it.each([
  ['http://storage.googleapis.com/a.png'],
  ['https://user:pass@storage.googleapis.com/a.png'],
  ['https://cloud.comfy.org@evil.example/a.png'],
  ['file:///etc/passwd'],
  ['data:image/png;base64,AAAA'],
  ['javascript:alert(1)'],
  ['https://'],
  ['\\\\evil@host'],
  [undefined],
])('never from an https backend to %s', (location) => {
  expect(nextHop(location, view(cloud), cloud)).toBeUndefined();
});

it('goes to plain http only from a plain http backend, and not after an https hop', () => {
  expect(nextHop('http://files.example/a.png', view(local), local)?.host).toBe('files.example');
  expect(nextHop('http://files.example/a.png', new URL('https://files.example/'), local)).toBeUndefined();
});

it('knows a redirect', () => {
  expect([301, 302, 303, 307, 308].every(isRedirect)).toBe(true);
  expect([200, 300, 304, 404].some(isRedirect)).toBe(false);
});
