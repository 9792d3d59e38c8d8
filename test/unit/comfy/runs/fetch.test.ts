import { describe, expect, it } from 'vitest';
import type { Output } from '../../../../src/core/run.ts';
import { openBackend, openStub, soon } from '../backends.ts';
import { hang, json, page, redirectTo, reset, type Reply } from '../stub-server.ts';
import { fetchWhole, stored } from '../../../fakes/disk.ts';

/** Its beginning and its end: what stands between is nobody's business here. */
const PNG = Buffer.from('89504e470d0a1a0a0000000d494844520000000049454e44ae426082', 'hex');

const output: Output = {
  node: '2',
  kind: 'image',
  filename: 'a fox & co.png',
  subfolder: 'deep/er',
  type: 'output',
};

const hostOf = ({ url }: { url: string }) => new URL(url).host;

const png =
  (contentType = 'image/png'): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': contentType }).end(PNG);
  };

/** So many bytes every so many ms, up to `size`, or until nobody listens any more. */
const drip =
  (bytes: number, everyMs: number, size = Infinity): Reply =>
  (response) => {
    response.writeHead(200, { 'content-type': 'text/plain' });
    let sent = 0;
    const timer = setInterval(() => {
      sent += bytes;
      response.write(Buffer.alloc(bytes));
      if (sent < size) return;
      clearInterval(timer);
      response.end();
    }, everyMs);
    response.on('close', () => clearInterval(timer));
  };

const stall: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'image/png', 'content-length': '99999' }).write(PNG);
};

const cut: Reply = (response) => {
  response.writeHead(200, { 'content-type': 'image/png', 'content-length': '99999' });
  response.write(PNG, () => response.destroy());
};

describe('fetching an output', () => {
  it('asks for exactly this file, with the key', async () => {
    const stub = await openStub({ 'GET /api/view': png() });
    const { backend } = openBackend({ url: stub.url, apiKey: 'the-key' });
    const file = await fetchWhole(backend, output, soon());
    expect(file).toMatchObject({ name: 'a fox & co.png', type: 'image/png' });
    expect(Buffer.from(file.bytes)).toEqual(PNG);
    expect(Object.fromEntries(stub.seen[0]!.url.searchParams)).toEqual({
      filename: 'a fox & co.png',
      subfolder: 'deep/er',
      type: 'output',
    });
    expect(stub.seen[0]?.headers['x-api-key']).toBe('the-key');
  });

  it('follows a redirect to another host without the key, and keeps the signed URL to itself', async () => {
    const files = await openStub({ 'GET /signed': png('application/octet-stream') });
    const stub = await openStub({ 'GET /api/view': redirectTo(`${files.url}/signed/a.png?sig=hush`) });
    const { backend, log } = openBackend({ url: stub.url, apiKey: 'the-key', fileHosts: [hostOf(files)] });
    const file = await fetchWhole(backend, output, soon());
    expect(file.type).toBe('image/png');
    expect(JSON.stringify(files.seen)).not.toContain('the-key');
    expect(log.text()).not.toMatch(/hush|the-key/);
  });

  it.each([
    ['a loop', () => redirectTo('/api/view?again')],
    ['a file on disk', () => redirectTo('file:///etc/passwd')],
    ['credentials in the URL', () => redirectTo('http://a:b@127.0.0.1:1/x')],
  ])('does not follow %s', async (_name, reply) => {
    const stub = await openStub({ 'GET /api/view': reply() });
    const { backend } = openBackend({ url: stub.url });
    await expect(fetchWhole(backend, output, soon())).rejects.toMatchObject({ code: 'backend-broken' });
    expect(stub.seen.length).toBeLessThanOrEqual(4);
  });

  it('says that a file is gone, at the server or behind it', async () => {
    const files = await openStub({});
    const stub = await openStub({ 'GET /api/view': redirectTo(`${files.url}/gone`) });
    for (const url of [files.url, stub.url]) {
      const { backend } = openBackend({ url, fileHosts: [hostOf(files)] });
      await expect(fetchWhole(backend, output, soon())).rejects.toMatchObject({
        problem: { code: 'output-gone', name: 'a fox & co.png' },
      });
    }
  });

  it('does not take a storage’s 403 for a wrong key', async () => {
    const files = await openStub({ 'GET /': json({}, 403) });
    const stub = await openStub({ 'GET /api/view': redirectTo(`${files.url}/expired?sig=hush`) });
    const { backend } = openBackend({ url: stub.url, apiKey: 'k', fileHosts: [hostOf(files)] });
    const error: unknown = await fetchWhole(backend, output, soon()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'backend-broken' });
    expect(String(error)).not.toContain('hush');
  });

  it.each([
    ['by its content-length', (response) => response.writeHead(200, { 'content-length': '99999' }).end()],
    ['while it streams', (response) => response.writeHead(200).end(Buffer.alloc(99_999))],
  ] satisfies [string, Reply][])('stops at the size limit, %s', async (_name, reply) => {
    const stub = await openStub({ 'GET /api/view': reply });
    const { backend } = openBackend({ url: stub.url, timing: { maxFileBytes: 1_000 } });
    await expect(fetchWhole(backend, output, soon())).rejects.toMatchObject({
      problem: { code: 'output-too-large', name: 'a fox & co.png', maxSize: 1_000 },
    });
  });

  it('outlives small outages, but not for ever', async () => {
    const replies: Reply[] = [reset, json({}, 503), png()];
    const stub = await openStub({
      'GET /api/view': (response, seen) => replies.shift()?.(response, seen),
    });
    expect((await fetchWhole(openBackend({ url: stub.url }).backend, output, soon())).type).toBe('image/png');
    const down = await openStub({ 'GET /api/view': reset });
    await expect(fetchWhole(openBackend({ url: down.url }).backend, output, soon())).rejects.toMatchObject({
      code: 'backend-unreachable',
    });
    expect(down.seen).toHaveLength(3);
  });

  describe.each([
    ['at the server', (reply: Reply) => openStub({ 'GET /api/view': reply })],
    [
      'behind it',
      async (reply: Reply) => {
        const files = await openStub({ 'GET /signed': reply });
        const front = await openStub({ 'GET /api/view': redirectTo(`${files.url}/signed`) });
        return { ...front, seen: files.seen };
      },
    ],
  ])('a download that goes wrong %s', (_where, open) => {
    const timing = { fetchMs: 300, fetchIdleMs: 150, fetchBytesPerSecond: 10_000 };
    const failing = async (reply: Reply, code: string) => {
      const stub = await open(reply);
      // what ends by itself is not to be ended by a busy machine
      const patience = code === 'backend-timeout' ? { timing } : {};
      const { backend } = openBackend({ url: stub.url, name: 'it', ...patience, fileHosts: ['127.0.0.1'] });
      const error: unknown = await fetchWhole(backend, output, soon()).catch((thrown: unknown) => thrown);
      return { error, asked: stub.seen.length };
    };

    it.each([
      ['trickles', drip(1, 20), 'backend-timeout'],
      ['stalls in the middle', stall, 'backend-timeout'],
      ['never begins', hang, 'backend-timeout'],
      ['is cut in the middle', cut, 'backend-unreachable'],
      ['is reset', reset, 'backend-unreachable'],
    ])('is tried again when it %s, and then called what it is', async (_name, reply, code) => {
      const { error, asked } = await failing(reply, code);
      expect(error).toMatchObject({ name: 'EaselError', problem: { code, backend: 'it' } });
      expect(asked).toBe(3);
    });

    it.each([
      ['stalled', stall],
      ['was cut', cut],
    ])('is taken when it %s but once', async (_name, bad) => {
      const replies: Reply[] = [bad, png()];
      const stub = await open((response, seen) => replies.shift()?.(response, seen));
      const { backend } = openBackend({ url: stub.url, timing, fileHosts: ['127.0.0.1'] });
      expect(Buffer.from((await fetchWhole(backend, output, soon())).bytes)).toEqual(PNG);
    });
  });

  it('does not use up its whole time when nothing comes', async () => {
    const stub = await openStub({ 'GET /api/view': stall });
    const timing = { fetchMs: 60_000, fetchIdleMs: 50 };
    const { backend } = openBackend({ url: stub.url, timing });
    await expect(fetchWhole(backend, output, soon())).rejects.toMatchObject({ code: 'backend-timeout' });
  });

  it('lets a large file on a slow line take its time', async () => {
    const size = 40_000;
    const stub = await openStub({ 'GET /api/view': drip(2_000, 75, size) });
    // twenty drips take 1.5 s, which is more than an attempt has without them
    const timing = { fetchMs: 1_000, fetchIdleMs: 10_000, fetchBytesPerSecond: 5_000 };
    const { backend } = openBackend({ url: stub.url, timing });
    const begun = performance.now();
    expect((await fetchWhole(backend, output, soon())).bytes).toHaveLength(size);
    expect(performance.now() - begun).toBeGreaterThan(1_000);
    expect(stub.seen).toHaveLength(1);
  });

  it('is the caller’s own reason when the caller gave up in the middle', async () => {
    const stub = await openStub({ 'GET /api/view': stall });
    const { backend } = openBackend({ url: stub.url });
    const reason = new Error('changed my mind');
    const control = new AbortController();
    const fetched = fetchWhole(backend, output, control.signal);
    setTimeout(() => control.abort(reason), 50);
    await expect(fetched).rejects.toBe(reason);
    expect(stub.seen).toHaveLength(1);
  });

  it('does not wait for ever, and not for a page instead of a picture', async () => {
    const silent = await openStub({ 'GET /api/view': hang });
    const { backend } = openBackend({ url: silent.url, timing: { fetchMs: 50 } });
    await expect(fetchWhole(backend, output, soon())).rejects.toMatchObject({ code: 'backend-timeout' });
    const signIn = await openStub({ 'GET /api/view': page() });
    await expect(fetchWhole(openBackend({ url: signIn.url }).backend, output, soon())).rejects.toMatchObject({
      code: 'backend-broken',
    });
  });
});

describe('uploading an image', () => {
  const image = { name: '../../etc/fox one.png', type: 'image/png', bytes: new Uint8Array(PNG) };

  it('sends it as multipart under a harmless name, and uses the name that it was given', async () => {
    const stub = await openStub({
      'POST /api/upload/image': json({ name: 'fox_one (1).png', subfolder: '', type: 'input' }),
    });
    const { backend } = openBackend({ url: stub.url });
    expect(await backend.upload(await stored(image), soon())).toEqual({ name: 'fox_one (1).png' });
    const seen = stub.seen.at(-1);
    expect(seen?.headers['content-type']).toContain('multipart/form-data');
    expect(seen?.body).toContain('name="image"; filename="fox_one.png"');
    expect(seen?.body).toContain('name="type"\r\n\r\ninput');
  });

  it('says where the server put it elsewhere; what Comfy Cloud says of folders is for show', async () => {
    const stub = await openStub({
      'POST /api/upload/image': json({ name: 'fox.png', subfolder: 'guests', type: 'temp' }),
    });
    const own = openBackend({ url: stub.url }).backend;
    expect(await own.upload(await stored(image), soon())).toEqual({
      name: 'guests/fox.png',
      elsewhere: 'temp',
    });
    const cloud = openBackend({ url: stub.url, dialect: 'cloud', apiKey: 'the-key' }).backend;
    expect(await cloud.upload(await stored(image), soon())).toEqual({ name: 'fox.png' });
  });

  it.each([
    [413, undefined, 'too-large-for-backend'],
    [400, 'the-key', 'too-large-for-backend'],
    [401, 'the-key', 'wrong-api-key'],
    [500, undefined, 'backend-broken'],
  ])('answers %i with %s by %s', async (status, apiKey, code) => {
    const stub = await openStub({ 'POST /api/upload/image': json({}, status) });
    const { backend } = openBackend({ url: stub.url, apiKey });
    await expect(backend.upload(await stored(image), soon())).rejects.toMatchObject({ code });
  });
});
