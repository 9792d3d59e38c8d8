import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { str } from '../../../src/sandbox/engine/python.ts';
import { testNodes } from '../../fakes/comfy/test-nodes.ts';
import { recording } from './fixtures.ts';
import { Listener, type Heard } from './listener.ts';
import { get, post, slow, submit } from './requests.ts';

const isStep = ({ type }: Heard): boolean => type === 'progress';

describe('sockets', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ stepMs: 0, nodeMs: 0, extraNodes: testNodes });
  });
  afterAll(() => sandbox.stop());

  describe('who hears what, as recorded with three clients', () => {
    const interrupted = 50;
    for (const [index, { events, owner, request }] of recording('clients').slice(0, 7).entries())
      it(`run ${index} of ${owner === null ? 'nobody' : str(owner!)}`, async () => {
        const clients = {
          A: await Listener.open(sandbox.url, '/ws?clientId=A'),
          B: await Listener.open(sandbox.url, '/ws?clientId=B'),
          C: await Listener.open(sandbox.url, '/ws'),
        };
        const { prompt } = structuredClone(request) as { prompt: Record<string, { inputs: JsonObject }> };
        prompt['1']!.inputs['delay_ms'] = 5;
        await post(`${sandbox.url}/prompt`, { prompt, ...(owner === null ? {} : { client_id: owner! }) });
        if (prompt['1']!.inputs['steps'] === interrupted) {
          await clients[owner === null ? 'B' : 'A'].until(isStep);
          await post(`${sandbox.url}/interrupt`, '');
        }
        const idle = ({ data, type }: Heard): boolean =>
          type === 'status' && JSON.stringify(data).includes(':0}');
        for (const [name, client] of Object.entries(clients)) {
          const wanted = (events as Record<string, string[]>)[name]!;
          await client.until(idle, 1);
          if (wanted.at(-1) === 'executing null') await client.until(({ data }) => data['node'] === null);
          const heard = client.types(1).filter((type) => type !== 'binary');
          const once = heard.filter((type, at) => !type.startsWith('progress') || heard.indexOf(type) === at);
          expect([name, once]).toEqual([name, wanted]);
          client.socket.terminate();
        }
      });
  });

  it('tells a client that comes back where its run is, without a prompt id', async () => {
    const first = await Listener.open(sandbox.url, '/ws?clientId=back');
    const id = await submit(sandbox.url, slow(500, 11), { client_id: 'back' });
    await first.until(isStep);
    first.socket.terminate();
    await first.closed;
    const second = await Listener.open(sandbox.url, '/ws?clientId=back');
    await second.until(isStep);
    expect(second.heard[0]?.data['sid']).toBe('back');
    expect(second.heard[1]).toEqual({ type: 'executing', data: { node: '1' } });
    await post(`${sandbox.url}/interrupt`, { prompt_id: id });
    await second.untilEnd(id);
    second.socket.terminate();
  });

  it('forgets the newer of two sockets with one clientId when the older closes, as ComfyUI does', async () => {
    const older = await Listener.open(sandbox.url, '/ws?clientId=twice');
    const newer = await Listener.open(sandbox.url, '/ws?clientId=twice');
    const other = await Listener.open(sandbox.url, '/ws?clientId=other');
    older.socket.close();
    await older.closed;
    const before = newer.heard.length;
    const id = await submit(sandbox.url, slow(2, 12), { client_id: 'twice' });
    await other.until(({ data }) => JSON.stringify(data).includes(':0}'), 1);
    expect((await get(`${sandbox.url}/api/jobs/${id}`)).json['status']).toBe('completed');
    expect(newer.heard).toHaveLength(before);
    newer.socket.terminate();
    other.socket.terminate();
  });

  it('answers feature_flags only as the first message, and then says whose a preview is', async () => {
    const flags = { type: 'feature_flags', data: { supports_preview_metadata: true } };
    const modern = await Listener.open(sandbox.url, '/ws?clientId=modern', { first: flags });
    await modern.until(({ type }) => type === 'feature_flags');
    const late = await Listener.open(sandbox.url, '/ws?clientId=late', { first: { type: 'hello' } });
    late.socket.send(JSON.stringify(flags));
    late.socket.send('not json');

    const id = await submit(sandbox.url, slow(2, 13, { preview: true }), { client_id: 'modern' });
    await modern.untilEnd(id);
    const { binary } = await modern.until(({ type }) => type === 'binary');
    expect(binary!.readUInt32BE(0)).toBe(4);
    const length = binary!.readUInt32BE(4);
    expect(JSON.parse(binary!.toString('utf8', 8, 8 + length))).toEqual({
      node_id: '1',
      prompt_id: id,
      display_node_id: '1',
      parent_node_id: null,
      real_node_id: '1',
      image_type: 'image/jpeg',
    });
    expect([...binary!.subarray(8 + length, 8 + length + 3)]).toEqual([0xff, 0xd8, 0xff]);
    // with metadata the preview goes before `progress`, without it after
    const order = modern.types().filter((type) => ['progress_state', 'binary', 'progress'].includes(type));
    expect(order.join(' ')).toContain('progress_state binary progress');

    const lateId = await submit(sandbox.url, slow(2, 14, { preview: true }), { client_id: 'late' });
    await late.untilEnd(lateId);
    expect(late.types()).not.toContain('feature_flags');
    const legacy = await late.until(({ type }) => type === 'binary');
    expect([legacy.binary!.readUInt32BE(0), legacy.binary!.readUInt32BE(4)]).toEqual([1, 1]);
    modern.socket.terminate();
    late.socket.terminate();
  });
});
