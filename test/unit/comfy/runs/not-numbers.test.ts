/** A server whose records hold NaN and Infinity, as Python writes them: runs end all the same, and say why they failed. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { follow } from '../../../contract/backend.ts';
import { soon } from '../backends.ts';
import { openPair, raise, steps, type Pair } from '../sandboxes.ts';
import { fetchWhole } from '../../../fakes/disk.ts';

const LACKING = { status: 404, contentType: 'text/plain' } as const;
const DIALECTS = [
  ['ComfyUI', 'comfyui', undefined],
  ['ComfyUI without /api/jobs', 'comfyui', /^GET \/jobs/],
  ['Comfy Cloud', 'cloud', undefined],
  ['Comfy Cloud without /api/jobs', 'cloud', /^GET \/jobs/],
] as const;

async function open(dialect: 'comfyui' | 'cloud', lacks: RegExp | undefined): Promise<Pair> {
  const pair = await openPair({ dialect });
  pair.sandbox.faults.notNumbers = true;
  if (lacks) pair.sandbox.faults.http.push({ route: lacks, answer: LACKING });
  return pair;
}

describe.each(DIALECTS)('%s', (_name, dialect, lacks) => {
  it('ends a run with its picture', async () => {
    const { backend } = await open(dialect, lacks);
    const { promptId } = await backend.submit({ promptId: randomUUID(), workflow: steps(3) }, soon());
    const run = follow(backend, promptId);
    const end = await run.end;
    expect(end).toMatchObject({ kind: 'success', outputs: [{ node: '7' }] });
    const [output] = end.kind === 'success' ? end.outputs : [];
    expect((await fetchWhole(backend, output!, soon())).bytes.length).toBeGreaterThan(0);
  });

  it('says why a run failed', async () => {
    const { backend } = await open(dialect, lacks);
    const workflow = raise('ValueError', 'the value is NaN, not a number');
    const { promptId } = await backend.submit({ promptId: randomUUID(), workflow }, soon());
    expect(await follow(backend, promptId).end).toMatchObject({
      kind: 'failure',
      problem: { code: 'run-failed', detail: 'the value is NaN, not a number' },
    });
  });

  it('finds a run that waits, by the queue', async () => {
    const { backend, sandbox } = await open(dialect, lacks);
    const promptId = randomUUID();
    sandbox.faults.http.push({ route: 'POST /prompt', times: 1, answer: 'lose' });
    await expect(backend.submit({ promptId, workflow: steps(200) }, soon())).rejects.toThrow('backend');
    expect(await backend.find(promptId, soon())).toBeDefined();
  });
});

it('is how the sandbox spells it, in records and in events', async () => {
  const { backend, sandbox } = await open('comfyui', undefined);
  const heard: string[] = [];
  const socket = new WebSocket(`${sandbox.url.replace('http', 'ws')}/ws?clientId=me`);
  socket.addEventListener('message', ({ data }) => heard.push(String(data)));
  await new Promise((resolve) => socket.addEventListener('open', resolve));
  const prompt = raise('ValueError', 'no');
  const submitted = await fetch(`${sandbox.url}/prompt`, {
    method: 'POST',
    body: JSON.stringify({ prompt, client_id: 'me', prompt_id: randomUUID() }),
  });
  const { prompt_id: id } = (await submitted.json()) as { prompt_id: string };
  await follow(backend, id).end;
  const said = async (path: string): Promise<string> => (await fetch(`${sandbox.url}${path}`)).text();
  for (const path of [`/history/${id}`, `/api/jobs/${id}`]) {
    const text = await said(path);
    expect(text).toContain('"is_changed":[NaN]');
    expect(text).toContain('"patience":Infinity');
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
  }
  expect(heard.find((each) => each.includes('execution_error'))).toContain('[NaN,-Infinity]');
  socket.close();
});
