import { rm, writeFile } from 'node:fs/promises';
import { beforeEach, describe, expect, it } from 'vitest';
import { media, delivered, file, view, webJob, webStage, type WebStage } from './stage.ts';

describe('Files of messages', () => {
  let stage: WebStage;
  beforeEach(async () => {
    stage = await webStage();
  });
  const get = async (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    stage.routes.request(path, { headers, method });
  const first = async (name: string, content: string, type: string) => {
    const message = await delivered(stage.replies, [await file(name, content, type)]);
    return message.reply?.files[0] ?? { url: '', type: '' };
  };

  it.each([
    ['a.png', 'image/png', 'image/png'],
    ['a.jpg', 'image/jpeg; charset=binary', 'image/jpeg'],
    ['a.webm', 'video/webm', 'video/webm'],
    ['a.flac', 'audio/x-flac', 'audio/flac'],
    ['a.mp3', '', 'audio/mpeg'],
    ['a.mp4', 'application/octet-stream', 'video/mp4'],
    ['a.txt', 'text/plain', 'text/plain'],
    ['a.svg', 'image/svg+xml', 'application/octet-stream'],
    ['a.png', 'text/html', 'application/octet-stream'],
    ['a.html', '', 'application/octet-stream'],
    ['a.constructor', '', 'application/octet-stream'],
  ])('shows %s, said to be %j, as %s', async (name, said, type) => {
    const { url, type: told } = await first(name, '<script>', said);
    expect(told).toBe(type);
    const { headers } = await get(url);
    expect(headers.get('content-type')?.replace('; charset=utf-8', '')).toBe(type);
    expect(headers.get('content-security-policy')).toBe("sandbox; default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
    expect(headers.get('content-disposition')?.split(';')[0]).toBe(
      type === 'application/octet-stream' ? 'attachment' : undefined,
    );
  });

  it.each([
    [undefined, 200, undefined, '0123456789'],
    ['bytes=0-3', 206, 'bytes 0-3/10', '0123'],
    ['bytes=4-', 206, 'bytes 4-9/10', '456789'],
    ['bytes=8-99', 206, 'bytes 8-9/10', '89'],
    ['bytes=-3', 206, 'bytes 7-9/10', '789'],
    ['bytes=-99', 206, 'bytes 0-9/10', '0123456789'],
    ['bytes=10-', 416, 'bytes */10', ''],
    ['bytes=5-2', 416, 'bytes */10', ''],
    ['bytes=-0', 416, 'bytes */10', ''],
    ['bytes=0-1,4-5', 200, undefined, '0123456789'],
    ['lines=1-2', 200, undefined, '0123456789'],
  ])('answers the range %s with %i', async (range, status, content, bytes) => {
    const { url } = await first('a.mp4', '0123456789', 'video/mp4');
    const answer = await get(url, range === undefined ? {} : { range });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-range') ?? undefined).toBe(content);
    expect(await answer.text()).toBe(bytes);
    expect(Number(answer.headers.get('content-length'))).toBe(bytes.length);
  });

  it('tells the length without the bytes', async () => {
    const { url } = await first('a.mp4', '0123456789', 'video/mp4');
    const answer = await get(url, {}, 'HEAD');
    expect([answer.headers.get('content-length'), await answer.text()]).toEqual(['10', '']);
  });

  it('has nothing but what a message names', async () => {
    const { id } = await delivered(stage.replies, [await file('a.png')]);
    await writeFile(`${stage.directory}/${id}/b.png`, 'secret');
    await writeFile(`${stage.directory}/c.png`, 'secret');
    const files = `/api/messages/${id}/files`;
    const paths = [
      `${files}/1`,
      `${files}/-1`,
      `${files}/b.png`,
      `${files}/0/`,
      `${files}/0/../../../c.png`,
      `${files}/..%2f..%2fc.png`,
      `${files}/0%00`,
      `${files}/__proto__`,
      `/api/messages/..%2f${id}/files/0`,
      `/api/messages/__proto__/files/0`,
      `/api/messages/%2e%2e/files/0`,
    ];
    for (const path of paths) expect((await get(path)).status, path).toBe(404);
    expect((await get(`${files}/0`)).status).toBe(200);
  });

  it('says that a file is gone', async () => {
    const { id } = await delivered(stage.replies, [await file('a.png')]);
    await rm(`${stage.directory}/${id}`, { recursive: true });
    const answer = await get(`/api/messages/${id}/files/0`, { 'accept-language': 'ja' });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({ error: 'そのファイルはもうありません。' });
  });

  it('gives a star, takes it away, and deletes for good', async () => {
    const page = stage.replies.open();
    const { url } = await first('a.png', 'picture', 'image/png');
    const star = (body: unknown, to = url) =>
      stage.routes.request(`${to}/star`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    page?.take();
    const told = () => page?.take().messages.map(({ reply }) => reply?.files);
    expect((await star({ starred: true })).status).toBe(200);
    expect(told()).toMatchObject([[{ url, starred: true }]]);
    expect((await star({ starred: false })).status).toBe(200);
    expect(told()?.[0]?.[0]).not.toHaveProperty('starred');
    for (const body of [{}, { starred: 'yes' }, { starred: true, more: 1 }])
      expect((await star(body)).status).toBe(422);
    for (const to of [url.replace(/0$/, '1'), `/api/messages/${crypto.randomUUID()}/files/0`]) {
      expect((await star({ starred: true }, to)).status).toBe(404);
      expect((await get(to, {}, 'DELETE')).status).toBe(404);
    }
    expect(told()).toEqual([]);

    expect((await get(url, {}, 'DELETE')).status).toBe(200);
    expect(told()).toEqual([[]]);
    for (const method of ['GET', 'DELETE']) expect((await get(url, {}, method)).status).toBe(404);
  });

  it('lists messages by what they have, and refuses what it does not know', async () => {
    await first('a.png', 'picture', 'image/png');
    await stage.replies.say(['words']);
    const list = async (query: string) => (await get(`/api/messages${query}`)).json();
    expect(await list('')).toMatchObject({ messages: [{ reply: {} }, { lines: ['words'] }] });
    expect(await list('?only=pictures')).toMatchObject({ messages: [{ reply: {} }] });
    expect(await list('?only=starred')).toEqual({ messages: [] });
    expect(await list('?draft=d1')).toEqual({ messages: [] });
    for (const query of ['?only=all', '?before=', '?before=1_2', '?before=1_../x'])
      expect((await get(`/api/messages${query}`)).status, query).toBe(422);
    const closed = await webStage({ chat: false });
    expect((await closed.routes.request('/api/messages')).status).toBe(422);
  });

  it('has the preview while the job runs, and not after', async () => {
    const job = webJob();
    const path = `/api/messages/${job.id}/preview?v=1`;
    expect((await get(path)).status).toBe(404);
    stage.replies.show(job, view({ preview: media('p.jpg', 'picture', 'image/jpeg') }));
    const answer = await get(path);
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toBe('picture');
    await stage.replies.deliver(job, view({ tone: 'done' }), [], async () => undefined);
    expect((await get(path)).status).toBe(404);
  });
});
