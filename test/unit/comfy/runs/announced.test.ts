/** Runs whose record somebody removes the moment that they end: they end as their frames have announced. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { createAnnounced } from '../../../../src/comfy/runs/announced.ts';
import { parseFrame, type Frame } from '../../../../src/comfy/wire/frames.ts';
import type { Backend } from '../../../../src/core/backend.ts';
import type { Workflow } from '../../../../src/core/workflow.ts';
import { follow } from '../../../contract/backend.ts';
import { soon } from '../backends.ts';
import { recordedFrames } from '../fixtures.ts';
import { openPair, raise, steps } from '../sandboxes.ts';

async function submit(backend: Backend, workflow: Workflow): Promise<string> {
  return (await backend.submit({ promptId: randomUUID(), workflow }, soon())).promptId;
}

async function pairThatForgets() {
  const pair = await openPair();
  pair.sandbox.faults.forgetHistory = true;
  return pair;
}

it('succeeds with what was announced, and its files are fetched as ever', async () => {
  const { backend } = await pairThatForgets();
  const end = await follow(backend, await submit(backend, steps(3))).end;
  expect(end).toMatchObject({ kind: 'success', outputs: [{ node: '7', kind: 'image', type: 'output' }] });
  const [output] = end.kind === 'success' ? end.outputs : [];
  if (!output) throw new Error('no output');
  let fetched = 0;
  await backend.fetch(
    output,
    async (about, bytes) => {
      for await (const piece of bytes) fetched += piece.length;
      return { ...about, size: fetched, path: '/nowhere' };
    },
    soon(),
  );
  expect(fetched).toBeGreaterThan(0);
});

it('fails with the error that was announced', async () => {
  const { backend } = await pairThatForgets();
  const end = await follow(backend, await submit(backend, raise('ValueError', 'no such thing'))).end;
  expect(end).toMatchObject({ kind: 'failure', problem: { code: 'run-failed', detail: 'no such thing' } });
});

it('was cancelled where that was announced, whoever did it', async () => {
  const { backend, sandbox } = await pairThatForgets();
  const run = follow(backend, await submit(backend, steps(500)));
  await run.saw('step');
  await fetch(`${sandbox.url}/interrupt`, { method: 'POST', body: '{}' });
  expect(await run.end).toMatchObject({ kind: 'cancelled' });
});

it('is lost where the socket was away meanwhile: nothing is known of what it left', async () => {
  const { backend, log, sandbox } = await pairThatForgets();
  const run = follow(backend, await submit(backend, steps(100)));
  await run.saw('step');
  sandbox.dropSockets();
  await log.saw('socket lost');
  expect(await run.end).toEqual({ kind: 'lost' });
});

it('is not touched by a history that is cleared while it runs', async () => {
  const { backend, sandbox } = await openPair();
  const run = follow(backend, await submit(backend, steps(40)));
  await run.saw('step');
  await fetch(`${sandbox.url}/history`, { method: 'POST', body: '{"clear": true}' });
  expect(await run.end).toMatchObject({ kind: 'success', outputs: [{ node: '7' }] });
});

function frames(name: string): Frame[] {
  return recordedFrames(name).flatMap((data) => parseFrame(data, false) ?? []);
}

const server = { name: 'the server', blot: (text: string) => text };

function announcedBy(...heard: Frame[]) {
  const announced = createAnnounced(server);
  for (const frame of heard) announced.hear(frame);
  return announced;
}

it('reads the ends that were recorded', () => {
  expect(announcedBy(...frames('success.jsonl')).status()).toMatchObject({
    state: 'success',
    outputs: [{ kind: 'image' }],
  });
  expect(announcedBy(...frames('error.jsonl')).status()).toMatchObject({ state: 'failure' });
  expect(announcedBy(...frames('interrupted.jsonl')).status()).toMatchObject({ state: 'cancelled' });
});

it('believes no end of which it heard only a part', () => {
  const [first, ...rest] = frames('success.jsonl');
  if (!first) throw new Error('no frames');
  expect(announcedBy(...rest).status()).toBeUndefined();
  const cut = announcedBy(first);
  cut.gap();
  for (const frame of rest) cut.hear(frame);
  expect(cut.status()).toBeUndefined();
  // it begins anew
  for (const frame of [first, ...rest]) cut.hear(frame);
  expect(cut.status()).toMatchObject({ state: 'success', outputs: [{}] });
});

it('believes none that says more than is kept', () => {
  const [started, ...rest] = frames('success.jsonl');
  if (!started) throw new Error('no frames');
  const huge = { node: '9', output: { text: ['x'] }, bytes: 9 * 1024 * 1024 };
  const announced = announcedBy(started, { ...started, events: [], executed: huge }, ...rest);
  expect(announced.status()).toBeUndefined();
});
