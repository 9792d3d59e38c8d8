/** Links to large files: whoever has one has that file, and nothing else; and strangers who fetch keep nobody out. */
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { DAY, FACTS, linkOf, linkStage, pathOf } from '../unit/links/stage.ts';
import { askPort, type Asked } from './web-house.ts';

const SAFE = {
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-frame-options': 'DENY',
};
const FILE = {
  ...SAFE,
  'content-type': 'application/octet-stream',
  'cache-control': 'private, no-cache, no-transform',
  'accept-ranges': 'bytes',
};

async function stage(...given: Parameters<typeof linkStage>) {
  const parts = await linkStage(...given);
  const ask = (path: string, asked: Asked = {}) => askPort(parts.port, path, asked);
  return { ...parts, ask };
}

/** Without what is another one each time. */
function shown({ status, headers, text }: Awaited<ReturnType<typeof askPort>>) {
  const { date: _date, ...rest } = headers;
  return { status, headers: rest, text };
}

describe('A link', () => {
  it('is the file as it is, to be kept and not to be shown', async () => {
    const { ask, offered } = await stage();
    const path = await offered({}, '狐 page.html', '<script>alert(1)</script>');
    const answer = await ask(path, { headers: { cookie: 'easel=x', origin: 'https://evil.example' } });
    expect(answer).toMatchObject({ status: 200, text: '<script>alert(1)</script>' });
    expect(answer.headers).toMatchObject({
      ...FILE,
      'content-length': '25',
      'content-disposition': "attachment; filename*=UTF-8''%E7%8B%90%20page.html",
    });
    expect(answer.headers).not.toHaveProperty('set-cookie');
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
    expect(answer.headers['etag']).toMatch(/^"[\w-]+"$/);
  });

  it('tells without the bytes what it would give', async () => {
    const { ask, offered } = await stage();
    const path = await offered();
    const [head, get] = [await ask(path, { method: 'HEAD' }), await ask(path)];
    expect(head.text).toBe('');
    expect({ ...shown(head), text: '' }).toEqual({ ...shown(get), text: '' });
  });

  it('gives parts, goes on only with the same version, and refuses what is not there', async () => {
    const { ask, offered } = await stage();
    const path = await offered();
    const { etag = '' } = (await ask(path)).headers;
    const get = async (headers: Record<string, string>) => {
      const { status, text, headers: told } = await ask(path, { headers });
      expect(told).toMatchObject(FILE);
      return [status, told['content-range'], text];
    };
    expect(await get({ range: 'bytes=2-4' })).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await get({ range: 'bytes=-3' })).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await get({ range: 'bytes=10-' })).toEqual([416, 'bytes */10', '']);
    expect(await get({ range: 'bytes=7-', 'if-range': etag })).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await get({ range: 'bytes=7-', 'if-range': '"x"' })).toEqual([200, undefined, '0123456789']);
    expect(await get({ 'if-none-match': etag })).toEqual([304, undefined, '']);
    // no answer is larger than the file, however much is asked for
    const many = `bytes=${Array.from({ length: 1000 }, () => '0-').join(',')}`;
    expect(await get({ range: many })).toEqual([200, undefined, '0123456789']);
  });

  it('to nothing is an empty file', async () => {
    const { ask, offered } = await stage();
    const answer = await ask(await offered({}, 'empty.txt', ''));
    expect([answer.status, answer.text, answer.headers['content-length']]).toEqual([200, '', '0']);
  });

  it('is there under the prefix of the public address, and where a proxy takes that away', async () => {
    const { ask, links, make } = await stage({ publicUrl: 'https://easel.example/a/bot' });
    const path = pathOf(await links.offer(await make(), FACTS));
    expect(path).toMatch(/^\/a\/bot\/files\//);
    expect((await ask(path)).status).toBe(200);
    expect((await ask(path.replace('/a/bot', ''))).status).toBe(200);
    expect((await ask(`/a${path}`)).status).toBe(404);
  });
});

describe('Everything that is wrong with a link', () => {
  it('is answered alike, word for word, and fills no log', async () => {
    const { ask, offered, addresses, files, clock, log, directory } = await stage();
    const path = await offered();
    const other = await offered({ name: 'output-1' }, 'other.mp4', 'another one', '1');
    await writeFile(join(directory, 'links', 'secret.txt'), 'secret');
    const [, owner = '', until = '', signature = ''] = /files\/(\w+)\.(\w+)\.([\w-]+)\//.exec(path) ?? [];
    const later = (Number.parseInt(until, 36) + 1).toString(36);
    const otherOwner = addresses.ownerOf({ ...FACTS, name: 'output-1' });
    const never = addresses.ownerOf({ ...FACTS, job: 'another' });
    const gone = await offered({ job: 'gone' });
    await files.drop('links', addresses.ownerOf({ ...FACTS, job: 'gone' }));
    const over = addresses.pathOf(owner, Math.floor(clock.now() / 1000), 'clip.mp4');
    const wrong = [
      path.replace(
        signature,
        signature.replace(/^./, (one) => (one === 'A' ? 'B' : 'A')),
      ),
      path.replace(signature, signature.slice(1)),
      path.replace(signature, `${signature}A`),
      path.replace(signature, 'A'.repeat(22)),
      path.replace(`.${until}.`, `.${later}.`),
      path.replace(`.${until}.`, '.zzzzzzz.'),
      path.replace(owner, otherOwner),
      path.replace(owner, owner.toUpperCase()),
      other.replace(otherOwner, owner),
      addresses.pathOf(never, Number.parseInt(until, 36), 'clip.mp4'),
      gone,
      over,
      '/files/',
      '/files/secret.txt',
      '/files/..%2f..%2fsecret',
      `/files/${owner}`,
      `/files/${owner}/file.bin`,
      path.replace(/\/[^/]*$/, ''),
      path.replace(/[^/]*$/, ''),
      `${path}/`,
      `${path}/more`,
      path.replace('/clip.mp4', '%2fclip.mp4'),
      path.replace('.', '%2e'),
      path.replaceAll('/', '%2f').replace(/^%2fbot%2ffiles%2f/, '/bot/files/'),
      `${path}${'x'.repeat(400)}`,
      `/bot/files/${'a'.repeat(8000)}`,
      `/files/${'%00'.repeat(50)}`,
      '/files/%ff%fe/%zz',
      '/files/__proto__/constructor',
    ];
    const expected = shown(await ask('/files/nothing/x'));
    expect(expected).toMatchObject({ status: 404, headers: { ...SAFE, 'cache-control': 'no-store' } });
    expect(expected.text).toBe('There is no file here: the link is incomplete or has expired.');
    for (const given of wrong) expect(shown(await ask(given)), given).toEqual(expected);
    const head = await ask(wrong[0]!, { method: 'HEAD' });
    expect([head.status, head.text]).toEqual([404, '']);
    expect(log.lines.filter(({ level }) => level !== 'debug')).toEqual([]);
    // and it is still there for whoever has it
    expect((await ask(path)).status).toBe(200);
  });

  it('is no way out of the folder', async () => {
    const { ask, offered } = await stage();
    const path = await offered();
    for (const given of [
      '/files/../../../../etc/passwd',
      '/files/%2e%2e/%2e%2e/easel.sqlite',
      '/files/..;/secret',
      String.raw`/files/..\..\secret`,
      `${path}/../../../secret`,
      '/files//etc/passwd',
      '//evil.example/files/x',
    ]) {
      const answer = await ask(given);
      expect(answer.status, given).toBe(404);
      expect(answer.text, given).toMatch(/^There is no file here|^No page\.$/);
    }
    // what browsers and proxies make of the way there leads to the same file, or to nothing
    expect((await ask(path.replace('/files/', '/files/x/../'))).status).toBe(404);
  });

  it('is the same in other languages, and for whoever asks with whatever header', async () => {
    const { ask } = await stage();
    expect((await ask('/files/x', { headers: { 'accept-language': 'ja,en;q=0.8' } })).text).toContain(
      'リンク',
    );
    for (const header of ['', '*', 'x'.repeat(5000), '../../ja', '__proto__'])
      expect((await ask('/files/x', { headers: { 'accept-language': header } })).text).toMatch(/^There is/);
  });

  it('includes time: it is over at its end, not a moment later', async () => {
    const { ask, links, make, clock } = await stage();
    const offer = linkOf(await links.offer(await make(), FACTS));
    const path = pathOf({ kind: 'link', ...offer });
    clock.advance(7 * DAY - 1);
    expect((await ask(path)).status).toBe(200);
    clock.advance(1);
    expect((await ask(path)).status).toBe(404);
  });

  it.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('includes %s', async (method) => {
    const { ask, offered } = await stage();
    const answers = [];
    for (const path of [await offered(), '/files/wrong/x'])
      answers.push(shown(await ask(path, { method, headers: { 'content-length': '5' } })));
    expect(answers[0]).toMatchObject({ status: 405, headers: { ...SAFE, allow: 'GET, HEAD' } });
    expect(answers[1]).toEqual(answers[0]);
  });
});

const MB = 1024 * 1024;

/** Asks and never reads. Resolves once the head of the answer is there. */
async function slowReader(port: number, path: string, from = '127.0.0.1'): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  onTestFinished(() => void socket.destroy());
  socket.on('error', () => undefined);
  socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`);
  await once(socket, 'readable');
  return socket;
}

describe('Readers who do not read', () => {
  it('hold one piece each: 40 of them take no more memory than few', async () => {
    const { offered, port, ask } = await stage();
    const path = await offered({}, 'film.mp4', Buffer.alloc(64 * MB, 'film'));
    global.gc?.();
    const before = process.memoryUsage();
    for (let index = 0; index < 40; index += 1) await slowReader(port, path, `127.0.0.${2 + (index % 4)}`);
    // so much has been given that nothing moves any more
    let moved = -1;
    await expect
      .poll(async () => {
        const { external, heapUsed } = process.memoryUsage();
        const last = moved;
        moved = external + heapUsed;
        return Math.abs(moved - last);
      })
      .toBeLessThan(MB);
    const after = process.memoryUsage();
    expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(12 * MB);
    expect((await ask('/healthz')).status).toBe(200);
  });

  it('are cut off after a while in which nothing moves, and give their place back', async () => {
    const { offered, port, ask } = await stage({ stallMs: 150, limits: { all: 2, perClient: 2 } });
    const path = await offered({}, 'film.mp4', Buffer.alloc(64 * MB, 'film'));
    const small = await offered({ name: 'small' }, 'small', 'small', '1');
    const readers = [await slowReader(port, path), await slowReader(port, path)];
    await expect.poll(async () => (await ask(small)).status).toBe(200);
    for (const reader of readers) {
      reader.resume();
      await expect.poll(() => reader.closed).toBe(true);
    }
  });

  it('of one address leave places to others, of all leave the page alone, and are told to come again', async () => {
    const { offered, port, ask } = await stage({ limits: { all: 5, perClient: 3 } });
    const path = await offered({}, 'film.mp4', Buffer.alloc(32 * MB, 'film'));
    const small = await offered({ name: 'small' }, 'small', 'small', '1');
    for (let count = 0; count < 3; count += 1) await slowReader(port, path, '127.0.0.2');
    const busy = await ask(small, { from: '127.0.0.2' });
    expect(busy).toMatchObject({ status: 503, headers: { ...SAFE, 'retry-after': '30' } });
    expect(busy.text).toContain('Try again');
    expect((await ask(small, { from: '127.0.0.3' })).status).toBe(200);
    // what takes no place is answered, and a wrong link is wrong all the same
    expect((await ask(small, { from: '127.0.0.2', method: 'HEAD' })).status).toBe(200);
    expect((await ask(`${small}/x`, { from: '127.0.0.2' })).status).toBe(404);
    for (let count = 0; count < 2; count += 1) await slowReader(port, path, '127.0.0.4');
    expect((await ask(small, { from: '127.0.0.5' })).status).toBe(503);
    expect((await ask('/healthz', { from: '127.0.0.2' })).status).toBe(200);
  });

  it('who leave give their place back', async () => {
    const { offered, port, ask } = await stage({ limits: { all: 1, perClient: 1 } });
    const path = await offered({}, 'film.mp4', Buffer.alloc(32 * MB, 'film'));
    const small = await offered({ name: 'small' }, 'small', 'small', '1');
    for (let count = 0; count < 3; count += 1) {
      const reader = await slowReader(port, path);
      expect((await ask(small)).status).toBe(503);
      reader.destroy();
      await expect.poll(async () => (await ask(small)).status).toBe(200);
    }
  });

  it('behind a declared proxy are told apart by what it says, and behind others not', async () => {
    const limits = { all: 9, perClient: 1 };
    const ask2 = async (proxies: string[]) => {
      const { offered, port, ask } = await stage({ limits, proxies });
      const path = await offered({}, 'film.mp4', Buffer.alloc(32 * MB, 'film'));
      const small = await offered({ name: 'small' }, 'small', 'small', '1');
      await slowReader(port, path);
      return (await ask(small, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status;
    };
    expect(await ask2(['127.0.0.1'])).toBe(200);
    expect(await ask2([])).toBe(503);
  });
});

describe('A large file', () => {
  it('comes whole and unchanged, to several at once', async () => {
    const { offered, port } = await stage();
    const bytes = Buffer.from(Array.from({ length: 1_000_003 }, (_none, at) => (at * 31 + (at >> 8)) % 256));
    const path = await offered({}, 'film.mp4', bytes);
    const all = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const answer = await fetch(`http://127.0.0.1:${port}${path}`);
        return Buffer.from(await answer.arrayBuffer()).equals(bytes);
      }),
    );
    expect(all).toEqual([true, true, true, true]);
    const part = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { range: 'bytes=65530-131080' } });
    expect(Buffer.from(await part.arrayBuffer()).equals(bytes.subarray(65_530, 131_081))).toBe(true);
  });
});
