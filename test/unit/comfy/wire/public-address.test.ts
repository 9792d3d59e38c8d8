import type { lookup as resolve } from 'node:dns';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createFileHosts } from '../../../../src/comfy/wire/file-hosts.ts';
import { createTransport } from '../../../../src/comfy/wire/transport.ts';
import { isAddress, judgedLookup, reachOf } from '../../../../src/comfy/wire/public-address.ts';
import { nextHop } from '../../../../src/comfy/wire/redirect.ts';
import { defaultTiming } from '../../../../src/comfy/timing.ts';
import { openStub } from '../backends.ts';
import { json } from '../stub-server.ts';
import { PATIENCE_MS } from '../../../fakes/patience.ts';

const PRIVATE = [
  '127.0.0.1',
  '127.1',
  '0x7f000001',
  '2130706433',
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '172.31.0.1',
  '192.168.1.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::]',
  '[::1]',
  '[::ffff:10.0.0.1]',
  '[64:ff9b::a00:1]',
  '[fd00::1]',
];
const FORBIDDEN = [
  '169.254.169.254',
  '169.254.1.1',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '[::ffff:a9fe:a9fe]',
  '[64:ff9b::a9fe:a9fe]',
  '[2002:a9fe:a9fe::1]',
  '[fe80::1]',
  '[fd00:ec2::254]',
  '100.100.100.200',
  '168.63.129.16',
  'metadata.google.internal',
  'METADATA.google.internal.',
];
const PUBLIC = ['1.1.1.1', '172.32.0.1', '100.128.0.1', '[2606:4700::1111]', 'storage.example', '10.example'];
const cloud = new URL('https://cloud.comfy.org/');
const lan = new URL('http://10.0.0.5:8188/');
const hop = (location: string, base: URL, named: string[] = []) =>
  nextHop(location, base, base, createFileHosts(base, named));

describe('a redirect', () => {
  it.each(PRIVATE)('leads to %s only where the operator has named it', (host) => {
    expect(reachOf(new URL(`https://${host}/`).hostname)).toBe('private');
    for (const base of [cloud, lan]) {
      expect(hop(`https://${host}/a.png`, base)).toBeUndefined();
      expect(hop(`https://${host}/a.png`, base, [host])?.pathname).toBe('/a.png');
      expect(hop(`https://${host}/a.png`, base, [`${host}:443`])?.pathname).toBe('/a.png');
      expect(hop(`https://${host}:9000/a.png`, base, [`${host}:443`])).toBeUndefined();
    }
  });

  it.each(FORBIDDEN)('never leads to %s', (host) => {
    for (const base of [cloud, lan, new URL(`http://${host}/`)])
      expect(hop(`http://${host}/latest/meta-data/`, base, [host, new URL(`http://${host}`).host])).toBe(
        undefined,
      );
  });

  it.each(PUBLIC)('may lead to %s', (host) => {
    expect(isAddress(host) ? reachOf(host) : 'public').toBe('public');
    expect(hop(`https://${host}/a.png`, cloud)?.host).toBe(host);
    expect(hop(`https://${host}/a.png`, lan)?.host).toBe(host);
  });

  it('may lead back to the backend, and to no other port of it', () => {
    const proxied = new URL('https://10.0.0.5/comfy/');
    expect(hop('/files/a.png', proxied)?.href).toBe('https://10.0.0.5/files/a.png');
    expect(hop('/files/a.png', lan)?.href).toBe('http://10.0.0.5:8188/files/a.png');
    for (const other of [
      'http://10.0.0.5/x',
      'http://10.0.0.5:22/',
      'http://10.0.0.6:8188/',
      'http://[::1]:8188/',
    ])
      expect(hop(other, lan)).toBeUndefined();
  });
});

describe('a name that leads into our own network', () => {
  const lookup = promisify(judgedLookup((reach) => reach === 'public'));

  it('is not resolved', async () => {
    await expect(lookup('localhost', {})).rejects.toThrow('no address that may be asked');
    await expect(lookup('localhost', { all: true })).rejects.toThrow('no address that may be asked');
  });

  it('is not connected to unless the operator has named it', async () => {
    const inside = await openStub({ 'GET /': json({}) });
    const url = new URL(inside.url.replace('127.0.0.1', 'localhost'));
    const ask = { signal: AbortSignal.timeout(PATIENCE_MS) };
    const open = (base: URL, hosts: string[] = []) =>
      createTransport({
        server: { name: 'it' },
        base,
        credentials: {},
        hosts: createFileHosts(base, hosts),
        timing: defaultTiming,
      });
    const [abroad, ours, named] = [open(cloud), open(lan), open(lan, [url.host])];
    await expect(abroad.get(url, ask)).rejects.toMatchObject({ reason: 'unreached' });
    await expect(ours.get(url, ask)).rejects.toMatchObject({ reason: 'unreached' });
    // also where nobody judged the address before
    await expect(ours.get(new URL(inside.url), ask)).rejects.toMatchObject({ reason: 'unreached' });
    expect(inside.seen).toEqual([]);
    expect((await named.get(url, ask)).status).toBe(200);
    await Promise.all([abroad, ours, named].map((http) => http.close()));
  });

  it('is asked for once, and what was judged is what is connected to', async () => {
    const answers = [['8.8.8.8', '10.0.0.1'], ['10.0.0.1']];
    let asked = 0;
    const rebinding = ((_name: string, _options: object, callback: (...said: unknown[]) => void) => {
      callback(
        null,
        answers[asked]?.map((address) => ({ address, family: 4 })),
      );
      asked += 1;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only this of its many forms is used
    }) as unknown as typeof resolve;
    const pinned = judgedLookup((reach) => reach === 'public', rebinding);
    const found = await new Promise((resolve) => {
      pinned('evil.example', { all: true }, (_error, addresses) => resolve(addresses));
    });
    expect(found).toEqual([{ address: '8.8.8.8', family: 4 }]);
    expect(asked).toBe(1);
    await expect(promisify(pinned)('evil.example', {})).rejects.toMatchObject({ code: 'EHOSTUNREACH' });
  });
});
