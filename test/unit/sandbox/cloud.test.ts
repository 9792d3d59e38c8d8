import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { str } from '../../../src/sandbox/engine/python.ts';
import { testNodes } from '../../fakes/comfy/test-nodes.ts';
import { Listener } from './listener.ts';
import { get, picture, post, slow } from './requests.ts';

const KEY = 'secret-key';
const AUTH = { 'x-api-key': KEY };

describe('the cloud dialect', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({
      dialect: 'cloud',
      apiKey: KEY,
      parallel: 2,
      stepMs: 0,
      nodeMs: 0,
      extraNodes: testNodes,
    });
  });
  afterEach(() => sandbox.stop());

  const socket = (name: string) => Listener.open(sandbox.url, `/ws?clientId=${name}&token=${KEY}`);
  const run = async (prompt: JsonObject): Promise<string> => {
    const answer = await post(`${sandbox.url}/api/prompt`, { prompt }, AUTH);
    return str(answer.json['prompt_id'] ?? null);
  };
  const api = (path: string) => get(`${sandbox.url}/api${path}`, AUTH);

  it('never works without the key, and knows no path without /api', async () => {
    for (const path of ['/api/prompt', '/api/queue', '/api/user', '/api/object_info', '/api/view?filename=x'])
      for (const headers of [{}, { 'x-api-key': 'wrong' }, { authorization: `Bearer ${KEY}` }])
        expect([path, (await get(sandbox.url + path, headers)).status]).toEqual([path, 401]);

    expect((await post(`${sandbox.url}/api/prompt`, { prompt: slow(1, 1) })).status).toBe(401);
    await expect(Listener.open(sandbox.url, '/ws?clientId=a')).rejects.toThrow('401');
    await expect(Listener.open(sandbox.url, '/ws?clientId=a&token=wrong')).rejects.toThrow('401');
    expect(sandbox.stats).toMatchObject({ submitted: 0, sockets: { opened: 0 } });
    expect((await get(`${sandbox.url}/prompt`, AUTH)).status).toBe(404);
    expect((await api('/user')).json).toEqual({ status: 'active' });
    expect((await get(`${sandbox.url}/api/system_stats`)).status).toBe(200);
  });

  it('tells every socket of the account everything, and says how a job stands', async () => {
    const [one, two] = [await socket('one'), await socket('one')];
    const id = await run(slow(3, 1));
    await Promise.all([one, two].map((client) => client.until(({ type }) => type === 'execution_success')));
    expect(two.types()).toEqual(one.types());
    await expect.poll(async () => (await api(`/job/${id}/status`)).json['status']).toBe('completed');
    expect((await api(`/history_v2/${id}`)).json[id]).toMatchObject({
      prompt: { prompt_id: id, prompt: slow(3, 1) },
      outputs: { '2': { images: [{ filename: 'slow_00001_.png' }] } },
    });
    expect((await api(`/jobs/${id}`)).json).toMatchObject({ id, status: 'completed', outputs: { '2': {} } });
    expect((await api(`/job/${crypto.randomUUID()}/status`)).status).toBe(404);
    one.socket.terminate();
    two.socket.terminate();
  });

  it('hands files out through a signed URL on another origin, which expires', async () => {
    const me = await socket('me');
    await run(picture('a red fox'));
    await me.until(({ type }) => type === 'execution_success');
    const view = `${sandbox.url}/api/view?filename=out_00001_.png&type=output`;
    const redirect = await fetch(view, { headers: AUTH, redirect: 'manual' });
    const location = redirect.headers.get('location')!;
    expect(redirect.status).toBe(302);
    expect(new URL(location).origin).toBe(sandbox.filesUrl);
    expect(new URL(location).origin).not.toBe(sandbox.url);
    expect(location).not.toContain(KEY);
    const file = await fetch(location);
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(sandbox.stats).toMatchObject({ redirects: 1, views: 1, keysSeenOnFilesOrigin: 0 });

    expect((await get(location.replace('signature=', 'signature=x'))).status).toBe(403);
    sandbox.faults.signedUrlMs = -1;
    const late = await fetch(view, { headers: AUTH, redirect: 'manual' });
    expect((await get(late.headers.get('location')!)).status).toBe(403);

    await get(location, AUTH);
    await get(`${location}&token=${KEY}`);
    expect(sandbox.stats.keysSeenOnFilesOrigin).toBe(2);
    me.socket.terminate();
  });

  it('runs several at once, and an interrupt stops them all but leaves the pending ones', async () => {
    const me = await socket('me');
    const ids = [
      await run(slow(2000, 1)),
      await run(slow(2000, 2)),
      await run(slow(2, 3)),
      await run(slow(2, 4)),
    ];
    for (const id of ids.slice(0, 2))
      await me.until(({ data, type }) => type === 'progress' && data['prompt_id'] === id);

    expect((await post(`${sandbox.url}/api/queue`, { delete: [ids[0], ids[2]] }, AUTH)).json).toEqual({
      deleted: [ids[2]],
      cleared: false,
    });
    await post(`${sandbox.url}/api/interrupt`, { prompt_id: ids[0] }, AUTH);
    await me.until(({ data, type }) => type === 'execution_success' && data['prompt_id'] === ids[3]);
    const state = async (id: string) => (await api(`/job/${id}/status`)).json['status'];
    await expect
      .poll(() => Promise.all([state(ids[0]!), state(ids[1]!), state(ids[3]!)]))
      .toEqual(['cancelled', 'cancelled', 'completed']);
    expect(sandbox.stats).toMatchObject({ mostAtOnce: 2, interrupts: 2 });
    me.socket.terminate();
  });

  it('names uploads by their content and refuses what is no picture', async () => {
    const upload = async (bytes: Uint8Array<ArrayBuffer>): Promise<Response> => {
      const form = new FormData();
      form.append('image', new Blob([bytes]), 'mine.png');
      return fetch(`${sandbox.url}/api/upload/image`, { method: 'POST', headers: AUTH, body: form });
    };
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg==',
      'base64',
    );
    const [one, two] = [await upload(Uint8Array.from(png)), await upload(Uint8Array.from(png))];
    const { name } = (await one.json()) as { name: string };
    expect(name).toMatch(/^[0-9a-f]{64}\.png$/);
    expect(await two.json()).toMatchObject({ name });
    expect((await upload(new Uint8Array(10))).status).toBe(400);
  });
});
