import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/core/json.ts';
import { startSandbox, type Sandbox } from '../../../src/sandbox/index.ts';
import { str } from '../../../src/sandbox/engine/python.ts';
import { testNodes } from '../../fakes/comfy/test-nodes.ts';
import { recording } from './fixtures.ts';
import { Listener } from './listener.ts';
import { normal, normalEvent } from './normal-form.ts';
import { get, post } from './requests.ts';

describe('the sandbox beside a recorded ComfyUI', () => {
  let sandbox: Sandbox;
  beforeAll(async () => {
    sandbox = await startSandbox({ stepMs: 0, nodeMs: 0, extraNodes: testNodes });
    // the recorded server had none
    sandbox.models.set('checkpoints', []);
  });
  afterAll(() => sandbox.stop());

  describe('runs: the same events in the same order, the same history, the same job', () => {
    for (const [index, run] of recording('runs').entries()) {
      const request = run['request'] as JsonObject & { prompt: JsonObject };
      const classes = Object.values(request.prompt).map((node) => str((node as JsonObject)['class_type']!));
      it(`${str(run['scenario'] ?? null)} ${index}: ${classes.join(' → ')}`, async () => {
        const me = await Listener.open(sandbox.url, `/ws?clientId=me${index}`);
        const answer = await post(`${sandbox.url}/prompt`, { ...request, client_id: `me${index}` });
        expect(answer.status).toBe(run['status']);
        const id = str(answer.json['prompt_id'] ?? null);
        await me.untilEnd(id);
        const events = me.heard.slice(1).map(normalEvent);
        expect(events).toEqual((run['events'] as JsonObject[]).map(normal));

        const { json: history } = await get(`${sandbox.url}/history/${id}`);
        const entry = history[id] as JsonObject & {
          status: JsonObject;
          prompt: [unknown, unknown, unknown, unknown, string[]];
        };
        expect(
          normal({
            outputs: entry['outputs'] ?? null,
            meta: entry['meta'] ?? null,
            status_str: entry.status['status_str'] ?? null,
            completed: entry.status['completed'] ?? null,
            messages: (entry.status['messages'] as [string][]).map(([name]) => name),
            targets: entry.prompt[4].toSorted(),
          }),
        ).toEqual(normal(run['history'] as JsonObject));

        if (run['job'] === undefined) return;
        const { keys, ...shown } = run['job'] as JsonObject;
        const { json: job } = await get(`${sandbox.url}/api/jobs/${id}`);
        expect(Object.keys(job).toSorted()).toEqual(keys);
        expect(normal(job)).toMatchObject(normal(shown));
        me.socket.terminate();
      });
    }
  });

  describe('POST /prompt: the same status and body, word for word', () => {
    for (const refusal of recording('refusals'))
      it(`refuses or takes: ${str(refusal['label']!)}`, async () => {
        const answer = await post(`${sandbox.url}/prompt`, str(refusal['raw'] ?? null));
        expect([answer.status, answer.type]).toEqual([refusal['status'], refusal['type']]);
        const { body } = refusal;
        const seen = typeof body === 'string' ? { text: answer.text } : normal(answer.json);
        expect(seen).toEqual(typeof body === 'string' ? { text: body } : normal(body as JsonObject));
      });
  });

  it('GET /view: the same status and type for good and bad names', async () => {
    const prompt = {
      '1': { class_type: 'EmptyImage', inputs: { width: 64, height: 48, batch_size: 1, color: 526344 } },
      '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'viewme/v' } },
    };
    const me = await Listener.open(sandbox.url);
    const { json } = await post(`${sandbox.url}/prompt`, { prompt, client_id: 'me' });
    await me.untilEnd(str(json['prompt_id'] ?? null));
    const seen = [];
    const wanted = [];
    for (const { headers, label, method, path, range, status, type } of recording('view')) {
      const response = await fetch(sandbox.url + str(path!), {
        method: str(method!),
        headers: headers as Record<string, string>,
      });
      const part = response.headers.get('content-range')?.split('/')[0] ?? null;
      seen.push([label, response.status, response.headers.get('content-type'), part]);
      wanted.push([label, status, type, range]);
      await response.arrayBuffer();
    }
    expect(seen).toEqual(wanted);
  });

  it('POST /upload/image: the same names for clashes, the same refusals', async () => {
    const own = await startSandbox();
    const seen = [];
    const wanted = [];
    for (const { body, fields, filename, label, size, status } of recording('upload')) {
      const content = new Uint8Array(Number(size ?? 0)).fill(
        label === 'same name, same content' ? 0 : seen.length,
      );
      const form = new FormData();
      const name = label === 'wrong field name' ? 'picture' : 'image';
      if (label !== 'no file at all') form.append(name, new Blob([content]), str(filename ?? ''));
      for (const [key, value] of Object.entries((fields ?? {}) as Record<string, string>))
        form.append(key, label === 'absolute subfolder' ? '/etc' : value);

      const multipart = fields !== undefined;
      const response = await fetch(`${own.url}/upload/image`, {
        method: 'POST',
        body: multipart ? form : '{"a":1}',
      });
      seen.push([label, response.status, response.status === 200 ? await response.json() : null]);
      wanted.push([label, status, body]);
    }
    await own.stop();
    expect(seen).toEqual(wanted);
  });
});
