/** What is special about Comfy Cloud: the key, files on another host, and an interrupt that hits everybody. */
import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Backend } from '../../../../src/core/backend.ts';
import type { Workflow } from '../../../../src/core/workflow.ts';
import { follow } from '../../../contract/backend.ts';
import { soon } from '../backends.ts';
import { KEY, openPair, partner, steps } from '../sandboxes.ts';
import { fetchWhole } from '../../../fakes/disk.ts';

async function submit(backend: Backend, workflow: Workflow): Promise<string> {
  return (await backend.submit({ promptId: randomUUID(), workflow }, soon())).promptId;
}

it('fetches from the other host without the key, and logs neither key nor signed URL', async () => {
  const { backend, log, sandbox } = await openPair({ dialect: 'cloud' });
  const end = await follow(backend, await submit(backend, steps(1))).end;
  const output = end.kind === 'success' ? end.outputs[0] : undefined;
  expect((await fetchWhole(backend, output!, soon())).type).toBe('image/png');
  sandbox.faults.signedUrlMs = -1;
  await expect(fetchWhole(backend, output!, soon())).rejects.toMatchObject({
    problem: { backend: backend.name },
  });
  sandbox.dropSockets();
  await log.saw('socket lost');
  expect(sandbox.stats.keysSeenOnFilesOrigin).toBe(0);
  expect(sandbox.stats.redirects).toBeGreaterThan(1);
  expect(log.text()).not.toContain(KEY);
  expect(log.text()).not.toContain(sandbox.filesUrl);
});

it('puts the key into a run only if it has partner nodes', async () => {
  const { backend, sandbox } = await openPair({ dialect: 'cloud' });
  const end = await follow(backend, await submit(backend, partner('a fox'))).end;
  expect(end).toMatchObject({ kind: 'success', outputs: [{ kind: 'text', text: 'a fox' }] });
  await submit(backend, steps(1));
  const keys = sandbox.stats.bodies.map((body) => JSON.stringify(body['extra_data']).includes(KEY));
  expect(keys).toEqual([true, false]);
});

it('sends the key along when the node classes cannot be read, so that partner nodes still work', async () => {
  const { backend, sandbox } = await openPair({ dialect: 'cloud' }, { timing: { catalogueMs: 0 } });
  sandbox.faults.http.push({ route: 'GET /object_info', answer: { status: 503 } });
  expect(await follow(backend, await submit(backend, partner('a fox'))).end).toMatchObject({
    kind: 'success',
  });
});

it('lets a run go on when stopping it would stop another one too', async () => {
  const { backend, sandbox } = await openPair({ dialect: 'cloud', parallel: 2 });
  const ours = await submit(backend, steps(40));
  const theirs = await submit(backend, steps(40));
  const run = follow(backend, ours);
  const other = follow(backend, theirs);
  await Promise.all([run.saw('step'), other.saw('step')]);
  expect(await backend.cancel(ours, soon())).toBe('unstoppable');
  expect(sandbox.stats.interrupts).toBe(0);
  expect(await run.end).toMatchObject({ kind: 'success' });
  expect(await other.end).toMatchObject({ kind: 'success' });
});

it('stops one run of a self-hosted server and leaves the next one alone', async () => {
  const { backend, sandbox } = await openPair();
  const ours = await submit(backend, steps(10_000));
  const theirs = await submit(backend, steps(2));
  const run = follow(backend, ours);
  await run.saw('step');
  expect(await backend.cancel(ours, soon())).toBe('stopping');
  expect(await run.end).toMatchObject({ kind: 'cancelled' });
  expect(await follow(backend, theirs).end).toMatchObject({ kind: 'success' });
  expect(sandbox.stats.interrupts).toBe(1);
});
