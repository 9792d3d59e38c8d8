/** Servers older and newer than the recorded one: what the sandbox leaves out, or says besides. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { startSandbox, type Sandbox, type SandboxOptions } from '../../../src/sandbox/index.ts';
import { testNodes } from '../../fakes/comfy/test-nodes.ts';
import { Listener } from './listener.ts';
import { get, slow, submit } from './requests.ts';

const first = {
  type: 'feature_flags',
  data: { supports_preview_metadata: true, supports_progress_text_metadata: true },
};

async function open(options: SandboxOptions): Promise<{ sandbox: Sandbox; me: Listener }> {
  const sandbox = await startSandbox({ stepMs: 0, nodeMs: 0, extraNodes: testNodes, ...options });
  onTestFinished(() => sandbox.stop());
  const me = await Listener.open(sandbox.url, '/ws?clientId=me', { first });
  return { sandbox, me };
}

const events = (me: Listener): (number | undefined)[] =>
  me.heard.flatMap(({ binary }) => (binary ? [binary.readUInt32BE(0)] : []));

const text = {
  '1': { class_type: 'EmptyImage', inputs: { width: 8, height: 8, batch_size: 1, color: 1 } },
  '2': { class_type: 'TextProgress', inputs: { image: ['1', 0], text: 'half' } },
  '3': { class_type: 'PreviewImage', inputs: { images: ['2', 0] } },
};

describe('a ComfyUI before July 2025', () => {
  it('knows neither jobs nor feature flags nor progress_state, and says of no preview whose it is', async () => {
    const { sandbox, me } = await open({ old: true });
    const given = crypto.randomUUID();
    const id = await submit(sandbox.url, slow(2, 1, { preview: true }), { prompt_id: given });
    expect(id).not.toBe(given);
    await me.untilEnd(id);
    expect(me.types()).not.toContain('feature_flags');
    expect(me.types()).not.toContain('progress_state');
    expect(me.types()).toContain('progress');
    expect(events(me)).toEqual([1, 1]);
    expect((await get(`${sandbox.url}/api/jobs/${id}`)).status).toBe(404);
    expect((await get(`${sandbox.url}/features`)).status).toBe(404);
    expect((await get(`${sandbox.url}/history/${id}`)).json).toHaveProperty([id]);
  });
});

describe('a ComfyUI of 2026', () => {
  it.each([true, false])('says of a text whose it is to who asks for it: %j', async (namedTexts) => {
    const { sandbox, me } = await open({ namedTexts });
    const id = await submit(sandbox.url, text);
    await me.untilEnd(id);
    const frame = me.heard.find(({ binary }) => binary?.readUInt32BE(0) === 3)?.binary;
    const named = Buffer.concat([Buffer.of(0, 0, 0, 36), Buffer.from(id)]);
    const rest = Buffer.concat([Buffer.of(0, 0, 0, 1), Buffer.from('2half')]);
    expect(frame).toEqual(Buffer.concat([Buffer.of(0, 0, 0, 3), ...(namedTexts ? [named] : []), rest]));
  });
});

describe('faults of what is told', () => {
  it('leave out what a preview is, or call it something else', async () => {
    const { sandbox, me } = await open({});
    for (const [seed, imageType] of [null, 'image/odd', undefined].entries()) {
      sandbox.faults.socket.imageType = imageType;
      await me.untilEnd(await submit(sandbox.url, slow(1, seed, { preview: true })));
    }
    const said = me.heard.flatMap(({ binary }) =>
      binary?.readUInt32BE(0) === 4 ? [binary.toString('latin1', 8, 8 + binary.readUInt32BE(4))] : [],
    );
    expect(said.map((json) => JSON.parse(json)['image_type'])).toEqual([
      undefined,
      'image/odd',
      'image/jpeg',
    ]);
  });

  it('put any word for how a run is', async () => {
    const { sandbox, me } = await open({});
    const id = await submit(sandbox.url, slow(1, 1));
    await me.untilEnd(id);
    sandbox.faults.statusWords = { job: null, history: ' Half-Done ' };
    expect((await get(`${sandbox.url}/api/jobs/${id}`)).json).toMatchObject({ id, status: null });
    expect((await get(`${sandbox.url}/history/${id}`)).json).toMatchObject({
      [id]: { status: { status_str: ' Half-Done ', completed: true } },
    });
  });

  it('tell of a run that waits', async () => {
    const { sandbox, me } = await open({});
    sandbox.faults.socket.notification = 'Waiting for a machine';
    const id = await submit(sandbox.url, slow(1, 1));
    const { data } = await me.until(({ type }) => type === 'notification');
    expect(data).toEqual({ value: 'Waiting for a machine', id });
    await me.untilEnd(id);
  });
});
