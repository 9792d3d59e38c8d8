import { readFile } from 'node:fs/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startSandbox } from '../../../src/sandbox/index.ts';
import { clean, type Exchange } from '../../record/cleaned.ts';
import { startPassThrough } from '../../record/pass-through.ts';
import { runWorkflow } from '../../record/run.ts';
import { until } from '../../fakes/until.ts';

const LONG_MS = 30_000;

async function stage() {
  const sandbox = await startSandbox({ stepMs: 0, nodeMs: 0 });
  onTestFinished(() => sandbox.stop());
  const through = await startPassThrough(new URL(sandbox.url));
  onTestFinished(() => through.stop());
  const recorded = () =>
    clean(through, { hosts: [new URL(sandbox.url).host, new URL(through.url).host], secrets: [] });
  return { sandbox, through, recorded };
}

const answer = (body: string, more: Partial<Exchange> = {}): Exchange => {
  return { method: 'GET', path: '/', status: 200, type: 'application/json', body, ...more };
};
const cleaned = (exchanges: Exchange[], secrets: string[] = [], hosts: string[] = []) =>
  clean({ exchanges, frames: [] }, { hosts, secrets }).http.join('\n');

describe('a recording', () => {
  it('has the answers and the frames of a run, with each step of a node no more than three times', async () => {
    const { through, recorded } = await stage();
    await runWorkflow(through.url, await readFile('templates/imagine/workflow.json', 'utf8'), LONG_MS);
    const { http, frames, binary } = recorded();
    const paths = http.map((line) => (JSON.parse(line) as Exchange).path);
    expect(paths.map((path) => path.replace(/[-\d]+$|\?.*/, ''))).toEqual(['/prompt', '/history/', '/view']);
    expect(http[0]).toContain('"status":200');
    expect(http[2]).toMatch(/"body":\{"bytes":\d+\}/);

    const types = frames.map((frame) => (JSON.parse(frame) as { type: string }).type);
    expect(types).toEqual(
      expect.arrayContaining(['status', 'execution_start', 'executed', 'execution_success']),
    );
    expect(types.filter((type) => type === 'progress')).toHaveLength(3);
    expect(frames.some((frame) => frame.includes('"value":20,"max":20'))).toBe(true);
    expect([...binary.keys()].every((event) => event === 1 || event === 4)).toBe(true);
    expect([http, frames].flat().join('\n')).not.toMatch(/127\.0\.0\.1|[1-9a-f][\da-f]{7}-[\da-f]{4}-/);
  });

  it('has a refusal, and nothing after it', async () => {
    const { through, recorded } = await stage();
    await runWorkflow(through.url, '{"1":{"class_type":"NoSuchNode","inputs":{}}}', LONG_MS);
    const { http } = recorded();
    expect(http).toHaveLength(1);
    expect(JSON.parse(http[0] ?? '')).toMatchObject({
      path: '/prompt',
      status: 400,
      body: { node_errors: {} },
    });
  });

  it('is the same for two runs, but for what they drew and when', async () => {
    const { through, recorded } = await stage();
    const graph = await readFile('templates/blank/workflow.json', 'utf8');
    await runWorkflow(through.url, graph, LONG_MS);
    const other = await stage();
    await runWorkflow(other.through.url, graph, LONG_MS);
    const timeless = (lines: string[]) => lines.map((line) => line.replaceAll(/\d{13}|"bytes":\d+/g, 'N'));
    expect(timeless(recorded().http)).toEqual(timeless(other.recorded().http));
    expect(timeless(recorded().frames)).toEqual(timeless(other.recorded().frames));
  });

  it('is made of what any client says: both directions pass, and a backend that goes away ends both', async () => {
    const { sandbox, through } = await stage();
    const socket = new WebSocket(`${through.url.replace('http', 'ws')}/ws?clientId=any`);
    let closed = false;
    socket.on('close', () => (closed = true)).on('error', () => (closed = true));
    await until(() => through.frames.length > 0);
    await sandbox.stop();
    await until(() => closed);
    await expect(fetch(`${through.url}/queue`)).rejects.toThrow('fetch failed');
  });
});

describe('what must not be kept', () => {
  it('is taken out: keys in every form, by name, in addresses and in home folders', () => {
    const text = cleaned(
      [
        answer(
          '{"a":"sk-12345678","b":["c2stMTIzNDU2Nzg="],"auth_token_comfy_org":"eyJ","at":"http://gpu.lan:8188/x"}',
          {
            path: '/view?filename=a.png&token=eyJabc&X-Amz-Signature=0f0f&type=output',
            request: '{"extra_data":{"api_key_comfy_org":"comfyui-1"}}',
          },
        ),
        answer(String.raw`{"traceback":["File \"/home/ann/ComfyUI/a.py\"","C:\\Users\\Ann\\ComfyUI\\b.py"]}`),
      ],
      ['sk-12345678'],
      ['gpu.lan:8188', 'gpu.lan'],
    );
    for (const secret of ['sk-1', 'c2st', 'eyJ', '0f0f', 'comfyui-1', 'gpu.lan', 'ann', 'Ann'])
      expect(text).not.toContain(secret);
    expect(text).toContain('filename=a.png');
    expect(text).toContain('http://backend.example/x');
    expect(text).toContain('/home/somebody/ComfyUI/a.py');
    expect(text).toContain('type=output');
  });

  it('is what nobody reads: other node classes, and answers that are too long', () => {
    const all =
      '{"KSampler":{"input":{}},"Other":{"input":{"required":{"ckpt":[["my-model.safetensors"]]}}}}';
    const prompt = '{"prompt":{"1":{"class_type":"KSampler","inputs":{}}}}';
    const text = cleaned([
      answer(all, { path: '/api/object_info' }),
      answer('{}', { method: 'POST', path: '/prompt', request: prompt }),
      answer(`["${'x'.repeat(100_000)}"]`),
    ]);
    expect(text).toContain('KSampler');
    expect(text).not.toContain('my-model');
    expect(text).toMatch(/"trimmed":100004/);
    expect(text.length).toBeLessThan(2000);
  });

  it('leaves a large seed and what is no JSON as they are, and lengths in binary frames true', () => {
    const id = '3b35b4b1-38ab-4175-a6c9-4337921bcc58';
    const frame = Buffer.concat([Buffer.of(0, 0, 0, 4, 0, 0, 0, 36), Buffer.from(id), Buffer.of(255, 216)]);
    const { http, binary } = clean(
      {
        exchanges: [answer('{"seed":18446744073709551615}'), answer('{"a": NaN}')],
        frames: [{ data: frame }],
      },
      { hosts: [], secrets: [] },
    );
    expect(http[0]).toContain('"seed":18446744073709551615');
    expect(http[1]).toContain(String.raw`{\"a\": NaN}`);
    const kept = binary.get(4) ?? Buffer.of();
    expect(kept).toHaveLength(frame.length);
    expect(kept.subarray(0, 8).equals(frame.subarray(0, 8))).toBe(true);
    expect(kept.subarray(-2).equals(Buffer.of(255, 216))).toBe(true);
    expect(kept.toString('latin1')).not.toContain(id);
  });
});
