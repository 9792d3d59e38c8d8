import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { JsonObject } from '../../../src/core/json.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { testNodes } from '../../fakes/comfy/test-nodes.ts';
import { Listener } from './listener.ts';
import { get, post, slow, submit } from './requests.ts';

describe('faults', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ stepMs: 0, nodeMs: 0, extraNodes: testNodes });
  });
  afterEach(() => sandbox.stop());

  const prompt = () => get(`${sandbox.url}/prompt`);

  it('answers the next requests of a route badly, with and without /api, and then well again', async () => {
    sandbox.faults.http.push({
      route: 'GET /prompt',
      times: 2,
      answer: { status: 502, body: '<html>', contentType: 'text/html' },
    });
    expect((await prompt()).status).toBe(502);
    expect((await get(`${sandbox.url}/queue`)).status).toBe(200);
    expect(await get(`${sandbox.url}/api/prompt`)).toMatchObject({
      status: 502,
      type: 'text/html',
      text: '<html>',
    });
    expect((await prompt()).status).toBe(200);
    expect(sandbox.stats.requests['GET /prompt']).toBe(3);
  });

  it('spreads a share of bad answers evenly', async () => {
    sandbox.faults.http.push({ route: /^GET/, share: 0.5, answer: { status: 500 } });
    const seen = [];
    for (let count = 0; count < 6; count += 1) seen.push((await prompt()).status);
    expect(seen).toEqual([200, 500, 200, 500, 200, 500]);
  });

  it('can lose the answer of a submit after it took effect', async () => {
    const me = await Listener.open(sandbox.url);
    const promptId = crypto.randomUUID();
    sandbox.faults.http.push({ route: 'POST /prompt', times: 1, answer: 'lose' });
    await expect(submit(sandbox.url, slow(1, 1), { prompt_id: promptId })).rejects.toThrow('fetch failed');
    await me.untilEnd(promptId);
    expect(sandbox.stats).toMatchObject({ submitted: 1, runs: { [promptId]: 1 } });
  });

  it('can reset before anything happens, cut a body short, or never answer', async () => {
    sandbox.faults.http.push({ route: 'POST /prompt', times: 1, answer: 'reset' });
    await expect(submit(sandbox.url, slow(1, 1))).rejects.toThrow('fetch failed');
    expect(sandbox.stats.submitted).toBe(0);
    sandbox.faults.http.push({ route: 'GET /object_info', times: 1, answer: 'truncate' });
    await expect(get(`${sandbox.url}/object_info`)).rejects.toThrow('terminated');
    sandbox.faults.http.push({ route: 'GET /queue', times: 1, answer: 'hang' });
    await expect(fetch(`${sandbox.url}/queue`, { signal: AbortSignal.timeout(50) })).rejects.toThrow(
      'timeout',
    );
  });

  it('can refuse, silence, drop and garble sockets', async () => {
    sandbox.faults.socket.refuse = true;
    await expect(Listener.open(sandbox.url)).rejects.toThrow('503');
    sandbox.faults.socket.refuse = false;

    sandbox.faults.socket.silent = true;
    const mute = await Listener.open(sandbox.url, '/ws?clientId=mute', { greeted: false });
    mute.socket.ping();
    await prompt();
    expect(mute.heard).toEqual([]);
    sandbox.faults.socket.silent = false;

    expect(sandbox.dropSockets()).toBe(1);
    expect(await mute.closed).toBe(1006);

    sandbox.faults.socket.dropAfterMs = 20;
    const short = await Listener.open(sandbox.url);
    expect(await short.closed).toBe(1006);
    sandbox.faults.socket.dropAfterMs = undefined;

    Object.assign(sandbox.faults.socket, { garbage: true, strangers: true, cutBinary: true });
    const me = await Listener.open(sandbox.url);
    const id = await submit(sandbox.url, slow(1, 1, { preview: true }));
    await me.untilEnd(id);
    expect(me.types()).toContain('junk');
    expect(me.heard.some(({ data }) => data['prompt_id'] !== undefined && data['prompt_id'] !== id)).toBe(
      true,
    );
    const frames = me.heard.flatMap(({ binary }) => binary ?? []);
    expect(frames.map((frame) => frame.length)).toEqual([expect.any(Number), expect.any(Number), 6]);
    me.socket.terminate();
  });

  it('can lose what it has made until now, and remembers it all the same, but for a node that is asked otherwise', async () => {
    const me = await Listener.open(sandbox.url);
    const made = async (inputs: JsonObject = {}) => {
      const save = { images: ['1', 0], filename_prefix: 'slow', ...inputs };
      const id = await submit(sandbox.url, {
        ...slow(1, 7),
        '2': { class_type: 'SaveImage', inputs: save },
      });
      await me.untilEnd(id);
      const { text } = await get(`${sandbox.url}/history/${id}`);
      return `${sandbox.url}/view?filename=${/"filename": ?"(.*?)"/.exec(text)?.[1]}`;
    };
    const first = await made();
    expect((await get(first)).status).toBe(200);
    sandbox.removeOutputs();
    expect(await made()).toBe(first);
    expect((await get(first)).status).toBe(404);
    expect((await get(await made({ nobody_knows: 1 }))).status).toBe(200);
    me.socket.terminate();
  });

  it('can keep a finished run from the history for a while, and lose its files', async () => {
    sandbox.faults.settleMs = 150;
    sandbox.faults.forgetFiles = true;
    const me = await Listener.open(sandbox.url);
    const id = await submit(sandbox.url, slow(1, 1));
    await me.untilEnd(id);
    expect((await get(`${sandbox.url}/history/${id}`)).json).toEqual({});
    expect((await get(`${sandbox.url}/api/jobs/${id}`)).json['status']).toBe('in_progress');
    await expect
      .poll(async () => (await get(`${sandbox.url}/api/jobs/${id}`)).json['status'])
      .toBe('completed');
    expect((await get(`${sandbox.url}/view?filename=slow_00001_.png`)).status).toBe(404);
    me.socket.terminate();
  });

  it('loses queue, history, temp files and sockets in a restart, and keeps port, outputs and inputs', async () => {
    const me = await Listener.open(sandbox.url);
    const done = await submit(sandbox.url, slow(1, 1));
    await me.untilEnd(done);
    const running = await submit(sandbox.url, slow(2000, 2));
    const pending = await submit(sandbox.url, slow(1, 3));
    await me.until(({ data, type }) => type === 'progress' && data['prompt_id'] === running);
    await sandbox.restart();
    expect(await me.closed).toBe(1006);
    for (const id of [done, running, pending])
      expect((await get(`${sandbox.url}/api/jobs/${id}`)).status).toBe(404);

    expect((await get(`${sandbox.url}/view?filename=slow_00001_.png`)).status).toBe(200);
    const again = await Listener.open(sandbox.url);
    const next = await submit(sandbox.url, slow(1, 4));
    await again.untilEnd(next);
    again.socket.terminate();
  });

  it('ignores prompt ids when it chooses its own', async () => {
    const own = await startSandbox({ chooseOwnIds: true, nodeMs: 0, extraNodes: testNodes });
    const promptId = crypto.randomUUID();
    expect(await submit(own.url, slow(1, 1), { prompt_id: promptId })).not.toBe(promptId);
    expect(own.stats.bodies.at(-1)).toMatchObject({ prompt_id: promptId });
    await own.stop();
    await own.stop();
    await expect(post(`${own.url}/prompt`, {})).rejects.toThrow('fetch failed');
    const late = new WebSocket(own.url.replace('http', 'ws'));
    await once(late, 'error');
  });
});
