import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createHttp } from '../../../src/comfy/http.ts';
import { isPrivateAddress, lookupPublic } from '../../../src/comfy/public-address.ts';
import { nextHop } from '../../../src/comfy/redirect.ts';
import { defaultTiming } from '../../../src/comfy/timing.ts';
import { openStub } from './backends.ts';
import { json } from './stub-server.ts';

const PRIVATE = [
  '127.0.0.1',
  '127.1',
  '0x7f000001',
  '2130706433',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '169.254.169.254',
  '172.31.0.1',
  '192.168.1.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[::ffff:10.0.0.1]',
  '[::ffff:a9fe:a9fe]',
  '[64:ff9b::a00:1]',
  '[fd00::1]',
  '[fe80::1]',
];
const PUBLIC = ['1.1.1.1', '172.32.0.1', '100.128.0.1', '[2606:4700::1111]', 'storage.example', '10.example'];
const cloud = new URL('https://cloud.comfy.org/');

describe('an address of our own network', () => {
  it.each(PRIVATE)('is %s, and no redirect of a backend on the internet leads there', (host) => {
    expect(isPrivateAddress(new URL(`https://${host}/`).hostname)).toBe(true);
    expect(nextHop(`https://${host}/a.png`, cloud, cloud)).toBeUndefined();
  });

  it.each(PUBLIC)('is not %s', (host) => {
    expect(isPrivateAddress(new URL(`https://${host}/`).hostname)).toBe(false);
    expect(nextHop(`https://${host}/a.png`, cloud, cloud)?.host).toBe(host);
  });

  it('may be the backend itself, and where one in plain http leads', () => {
    const proxied = new URL('https://10.0.0.5/comfy/');
    expect(nextHop('/files/a.png', proxied, proxied)?.href).toBe('https://10.0.0.5/files/a.png');
    const plain = new URL('http://10.0.0.5:8188/');
    expect(nextHop('http://10.0.0.6/a.png', plain, plain)?.href).toBe('http://10.0.0.6/a.png');
  });
});

describe('a name that leads into our own network', () => {
  it('is not resolved', async () => {
    await expect(promisify(lookupPublic)('localhost', {})).rejects.toThrow('a private address');
    await expect(promisify(lookupPublic)('localhost', { all: true })).rejects.toThrow('a private address');
  });

  it('is not connected to for a backend on the internet', async () => {
    const inside = await openStub({ 'GET /': json({}) });
    const url = new URL(inside.url.replace('127.0.0.1', 'localhost'));
    const ask = { signal: AbortSignal.timeout(5000) };
    const abroad = createHttp(cloud, {}, defaultTiming);
    await expect(abroad.get(url, ask)).rejects.toMatchObject({ reason: 'unreached' });
    expect(inside.seen).toEqual([]);
    const ours = createHttp(new URL('http://127.0.0.1:8188/'), {}, defaultTiming);
    expect((await ours.get(url, ask)).status).toBe(200);
    await Promise.all([abroad.close(), ours.close()]);
  });
});
