import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { testNodes } from '../../fakes/comfy/test-nodes.ts';
import { Listener, type Heard } from './listener.ts';
import { get, post, slow, submit } from './requests.ts';

const isStep = ({ type }: Heard): boolean => type === 'progress';
const LONG = 2000;

describe('stopping and deleting runs', () => {
  let sandbox: Sandbox;
  let me: Listener;
  beforeAll(async () => {
    sandbox = await startSandbox({ stepMs: 0, nodeMs: 0, extraNodes: testNodes });
  });
  afterAll(() => sandbox.stop());
  beforeEach(async () => {
    me = await Listener.open(sandbox.url);
  });
  afterEach(() => me.socket.terminate());

  const statusOf = async (id: string): Promise<unknown> =>
    (await get(`${sandbox.url}/api/jobs/${id}`)).json['status'];

  for (const [name, stop] of [
    ['a bare /interrupt', (_id: string) => post(`${sandbox.url}/interrupt`, '')],
    ['/interrupt with its id', (id: string) => post(`${sandbox.url}/api/interrupt`, { prompt_id: id })],
    ['/api/jobs/{id}/cancel', (id: string) => post(`${sandbox.url}/api/jobs/${id}/cancel`, '')],
  ] as const)
    it(`${name} ends a run as recorded`, async () => {
      const id = await submit(sandbox.url, slow(LONG, 1));
      await me.until(isStep);
      expect((await stop(id)).status).toBe(200);
      await me.untilEnd(id);
      const { data } = await me.until(({ type }) => type === 'execution_interrupted');
      expect(data).toEqual({
        prompt_id: id,
        node_id: '1',
        node_type: 'SlowSteps',
        executed: [],
        timestamp: data['timestamp'],
      });
      expect(me.types().slice(-3)).toEqual(['execution_interrupted', 'status', 'executing null']);
      expect(await statusOf(id)).toBe('cancelled');
      const entry = (await get(`${sandbox.url}/history/${id}`)).json[id];
      expect(entry).toMatchObject({ status: { status_str: 'error', completed: false } });
    });

  it('an /interrupt with another id stops nobody', async () => {
    const id = await submit(sandbox.url, slow(30, 2));
    await me.until(isStep);
    expect((await post(`${sandbox.url}/interrupt`, { prompt_id: crypto.randomUUID() })).status).toBe(200);
    await me.untilEnd(id);
    expect(await statusOf(id)).toBe('completed');
  });

  it('a node that never looks at the flag is stopped only by the next one', async () => {
    const id = await submit(sandbox.url, {
      '1': { class_type: 'EmptyImage', inputs: { width: 32, height: 32, batch_size: 1, color: 1 } },
      '2': { class_type: 'SlowNoProgress', inputs: { ms: 60, image: ['1', 0] } },
      '3': { class_type: 'SaveImage', inputs: { images: ['2', 0], filename_prefix: 'np' } },
    });
    await me.until(({ data }) => data['node'] === '2');
    await post(`${sandbox.url}/interrupt`, '');
    await me.untilEnd(id);
    const { data } = await me.until(({ type }) => type === 'execution_interrupted');
    expect(data).toMatchObject({ node_id: '3', node_type: 'SaveImage' });
  });

  it('an interrupt while nothing runs does not touch the next run', async () => {
    await post(`${sandbox.url}/interrupt`, '');
    const id = await submit(sandbox.url, slow(2, 3));
    await me.untilEnd(id);
    expect(await statusOf(id)).toBe('completed');
    expect((await post(`${sandbox.url}/interrupt`, [])).status).toBe(500);
    expect((await post(`${sandbox.url}/api/jobs/${id}/cancel`, '')).json).toEqual({ cancelled: false });
  });

  it('a pending run can be deleted, which its owner learns only from a status; a running one cannot', async () => {
    const running = await submit(sandbox.url, slow(LONG, 4));
    await me.until(isStep);
    const pending = await submit(sandbox.url, slow(2, 5));
    expect(await statusOf(running)).toBe('in_progress');
    expect((await get(`${sandbox.url}/api/jobs/${pending}`)).json).toEqual({
      id: pending,
      status: 'pending',
      priority: expect.any(Number),
      create_time: expect.any(Number),
      outputs_count: 0,
      previewable_outputs_count: 0,
    });
    expect((await get(`${sandbox.url}/history/${pending}`)).json).toEqual({});
    const { queue_pending, queue_running } = (await get(`${sandbox.url}/queue`)).json as Record<
      string,
      unknown[][]
    >;
    expect([queue_running!.map((item) => item[1]), queue_pending!.map((item) => item[1])]).toEqual([
      [running],
      [pending],
    ]);
    expect(queue_pending![0]).toHaveLength(5);

    const before = me.heard.length;
    await post(`${sandbox.url}/queue`, { delete: [running, pending] });
    await me.until(({ type }) => type === 'status', before);
    expect((await get(`${sandbox.url}/api/jobs/${pending}`)).status).toBe(404);
    expect(await statusOf(running)).toBe('in_progress');
    await post(`${sandbox.url}/interrupt`, { prompt_id: running });
    await me.untilEnd(running);
    expect(sandbox.stats.runs[pending]).toBeUndefined();
  });

  it('runs by number: front before all, ties in order of arrival', async () => {
    const ids = [await submit(sandbox.url, slow(LONG, 6))];
    await me.until(isStep);
    for (const more of [{}, { front: true }, { number: -1000 }, { number: 0.5 }])
      ids.push(await submit(sandbox.url, slow(1, 7), more));

    await post(`${sandbox.url}/interrupt`, { prompt_id: ids[0]! });
    await me.untilEnd(ids[1]!);
    const started = me.heard
      .filter(({ type }) => type === 'execution_start')
      .map(({ data }) => data['prompt_id']);
    expect(started).toEqual([0, 3, 2, 4, 1].map((index) => ids[index]));
  });

  it('a prompt id may be used twice, and both runs happen', async () => {
    const promptId = crypto.randomUUID();
    const before = me.heard.length;
    await submit(sandbox.url, slow(1, 8), { prompt_id: promptId });
    await me.untilEnd(promptId, before);
    const again = me.heard.length;
    await submit(sandbox.url, slow(1, 9), { prompt_id: promptId });
    await me.untilEnd(promptId, again);
    expect(sandbox.stats.runs[promptId]).toBe(2);
    const refused = crypto.randomUUID();
    const bad = { '1': { class_type: 'EmptyImage', inputs: {} } };
    expect((await post(`${sandbox.url}/prompt`, { prompt: bad, prompt_id: refused })).status).toBe(400);
    expect((await get(`${sandbox.url}/api/jobs/${refused}`)).status).toBe(404);
  });
});
