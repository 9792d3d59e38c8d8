/** The real client against a real server that misbehaves: results must arrive all the same. */
import { randomUUID } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Backend } from '../../../../src/core/backend.ts';
import { UncertainSubmit } from '../../../../src/core/errors.ts';
import type { Workflow } from '../../../../src/core/workflow.ts';
import { follow } from '../../../contract/backend.ts';
import { openBackend, soon } from '../backends.ts';
import { KEY, openPair, openSandbox, steps } from '../sandboxes.ts';
import { holds } from '../../../fakes/until.ts';

async function submit(backend: Backend, workflow: Workflow): Promise<string> {
  return (await backend.submit({ promptId: randomUUID(), workflow }, soon())).promptId;
}

describe('the socket', () => {
  it('shows nothing of strangers', async () => {
    const { backend, sandbox } = await openPair();
    sandbox.faults.socket.strangers = true;
    const run = follow(backend, await submit(backend, steps(3)));
    expect(await run.end).toMatchObject({ kind: 'success' });
    const told = run.events.filter(({ kind }) => kind === 'step' || kind === 'preview');
    expect(told).toHaveLength(6);
    expect(told.every((event) => event.kind !== 'step' || event.node === '7')).toBe(true);
  });

  it('takes garbage and half frames, and keeps its connection', async () => {
    const { backend, sandbox } = await openPair();
    sandbox.faults.socket.garbage = true;
    sandbox.faults.socket.cutBinary = true;
    const run = follow(backend, await submit(backend, steps(3)));
    expect(await run.end).toMatchObject({ kind: 'success' });
    const kinds = run.events.map(({ kind }) => kind);
    expect(kinds).toContain('step');
    expect(kinds).not.toContain('preview');
    expect(sandbox.stats.sockets.opened).toBe(1);
  });

  it('is dialled again when it is silent, and the run ends meanwhile', async () => {
    const { backend, log, sandbox } = await openPair({}, { timing: { pingMs: 150 } });
    sandbox.faults.socket.silent = true;
    const run = follow(backend, await submit(backend, steps(3)));
    expect(await run.end).toMatchObject({ kind: 'success' });
    expect(run.events.filter(({ kind }) => kind === 'step')).toEqual([]);
    await log.saw('socket lost');
    sandbox.faults.socket.silent = false;
    await holds(() => {
      expect(log.lines.filter(({ message }) => message === 'socket open').length).toBeGreaterThan(1);
    });
    expect(log.lines.find(({ message }) => message === 'socket lost')?.facts['reason']).toBe(
      'no sign of life',
    );
  });

  it('may drop as often as it likes: results come, and there is no storm', async () => {
    const { backend, sandbox } = await openPair();
    sandbox.faults.socket.dropAfterMs = 10;
    sandbox.dropSockets();
    const begun = Date.now();
    const runs = [1, 2, 3].map(async () => follow(backend, await submit(backend, steps(20))).end);
    for (const end of await Promise.all(runs)) expect(end).toMatchObject({ kind: 'success' });
    // after the first few, one dial in 50 to 100 ms
    expect(sandbox.stats.requests['GET /ws']).toBeLessThan(6 + (Date.now() - begun) / 50);
  });

  it('may be refused altogether', async () => {
    const sandbox = await openSandbox();
    sandbox.faults.socket.refuse = true;
    const { backend, log } = openBackend({ url: sandbox.url });
    await backend.start();
    const run = follow(backend, await submit(backend, steps(5)));
    expect(await run.end).toMatchObject({ kind: 'success', outputs: [{ node: '7' }] });
    expect(run.events).toContainEqual({ kind: 'started' });
    expect(sandbox.stats.sockets.opened).toBe(0);
    expect(log.lines.some(({ level }) => level === 'error')).toBe(false);
  });

  it('is given up on when the handshake hangs, and dialled again', async () => {
    let dialled = 0;
    const deaf = createServer((stream) => {
      dialled += 1;
      stream.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void deaf.close());
    const { port } = deaf.address() as AddressInfo;
    const { backend, log } = openBackend({ url: `http://127.0.0.1:${port}`, timing: { handshakeMs: 50 } });
    await backend.start();
    // one of them asks for the node classes
    await holds(() => {
      expect(dialled).toBeGreaterThan(2);
    });
    expect(log.text()).toContain('handshake has timed out');
  });

  it('tells by its return that another server may be there, with routes that the old one lacked', async () => {
    const { backend, log, sandbox } = await openPair();
    const asked = (): number => sandbox.stats.requests['GET /jobs/{id}'] ?? 0;
    sandbox.faults.http.push({ route: 'GET /jobs/{id}', answer: { status: 404 } });
    await follow(backend, await submit(backend, steps(1))).end;
    expect(asked()).toBe(1);
    sandbox.faults.http.length = 0;
    sandbox.dropSockets();
    await log.saw('socket lost');
    await holds(() => {
      expect(sandbox.stats.sockets.open).toBe(1);
      expect(log.lines.filter(({ message }) => message === 'socket open')).toHaveLength(2);
    });
    await follow(backend, await submit(backend, steps(1))).end;
    expect(asked()).toBeGreaterThan(1);
  });

  it('has a fresh client id after a loss; runs of the old one end by polling, new ones are heard', async () => {
    const { backend, log, sandbox } = await openPair();
    const old = follow(backend, await submit(backend, steps(40)));
    await old.saw('step');
    sandbox.dropSockets();
    await log.saw('socket lost');
    await holds(() => {
      expect(sandbox.stats.sockets.open).toBe(1);
    });
    const young = follow(backend, await submit(backend, steps(3)));
    expect(await old.end).toMatchObject({ kind: 'success' });
    expect(await young.end).toMatchObject({ kind: 'success' });
    expect(young.events.filter(({ kind }) => kind === 'step')).toHaveLength(3);
    const ids = sandbox.stats.bodies.map((body) => body['client_id']);
    expect(new Set(ids).size).toBe(2);
  });

  it('is not waited for when it is lost: the backend is asked at once', async () => {
    const { backend, sandbox } = await openPair({}, { timing: { pollMs: 60_000, silenceMs: 60_000 } });
    const run = follow(backend, await submit(backend, steps(20)));
    await run.saw('step');
    sandbox.faults.socket.refuse = true;
    sandbox.dropSockets();
    expect(await run.end).toMatchObject({ kind: 'success' });
  });

  it('does not matter to a run that another process submitted', async () => {
    const { backend, sandbox } = await openPair();
    const promptId = await submit(backend, steps(20));
    const { backend: successor } = openBackend({ url: sandbox.url });
    await successor.start();
    expect(await follow(successor, promptId).end).toMatchObject({ kind: 'success' });
  });
});

describe('the answers', () => {
  it.each(['comfyui', 'cloud'] as const)(
    'may be lost after a submit: %s finds the one run',
    async (dialect) => {
      const { backend, sandbox } = await openPair({ dialect });
      const promptId = randomUUID();
      sandbox.faults.http.push({ route: 'POST /prompt', times: 1, answer: 'lose' });
      await expect(backend.submit({ promptId, workflow: steps(3) }, soon())).rejects.toBeInstanceOf(
        UncertainSubmit,
      );
      const found = await holds(
        async () => (await backend.find(promptId, soon())) ?? Promise.reject(new Error('not found yet')),
      );
      expect(found.promptId === promptId).toBe(dialect === 'comfyui');
      expect(await follow(backend, found.promptId).end).toMatchObject({ kind: 'success' });
      expect(sandbox.stats.submitted).toBe(1);
    },
  );

  it('may have been lost before the run was queued: then it is not found', async () => {
    const { backend, sandbox } = await openPair();
    const promptId = randomUUID();
    sandbox.faults.http.push({ route: 'POST /prompt', times: 1, answer: 'reset' });
    await expect(backend.submit({ promptId, workflow: steps(3) }, soon())).rejects.toBeInstanceOf(
      UncertainSubmit,
    );
    expect(await backend.find(promptId, soon())).toBeUndefined();
    expect(await backend.submit({ promptId, workflow: steps(1) }, soon())).toMatchObject({ promptId });
  });

  it.each([
    ['resets', 'reset'],
    ['half bodies', 'truncate'],
    ['500s', { status: 500 }],
    ['a proxy’s pages', { status: 200, body: '<!doctype html>', contentType: 'text/html' }],
    ['a tunnel’s 404s', { status: 404, body: '<!doctype html>', contentType: 'text/html' }],
  ] as const)('may be %s every second time', async (_name, answer) => {
    const { backend, sandbox } = await openPair();
    const promptId = await submit(backend, steps(15));
    sandbox.faults.http.push({ route: /^GET \/(jobs|history|queue)/, share: 0.5, answer });
    expect(await follow(backend, promptId).end).toMatchObject({ kind: 'success', outputs: [{ node: '7' }] });
  });

  it('may come late: an announced end is believed only when the outputs are there', async () => {
    const { backend, sandbox } = await openPair();
    sandbox.faults.settleMs = 120;
    const run = follow(backend, await submit(backend, steps(2)));
    expect(await run.end).toMatchObject({ kind: 'success', outputs: [{ node: '7' }] });
  });

  it('may stay away for as long as they like, and each that is missing is told', async () => {
    const { backend, log, sandbox } = await openPair();
    const promptId = await submit(backend, steps(2));
    const outage = { route: /^GET/, answer: 'reset' } as const;
    sandbox.faults.http.push(outage);
    const run = follow(backend, promptId);
    await log.saw('state of a run not read');
    sandbox.faults.http.length = 0;
    expect(await run.end).toMatchObject({ kind: 'success' });
    const silent = run.events.filter((event) => event.kind === 'silent');
    expect(silent.length).toBeGreaterThan(0);
    expect(silent[0]).toMatchObject({ error: { code: 'backend-unreachable' } });
  });

  it('come fast after an announced end, without waiting for the next poll', async () => {
    const { backend, sandbox } = await openPair({}, { timing: { pollMs: 60_000, silenceMs: 60_000 } });
    const run = follow(backend, await submit(backend, steps(10)));
    expect(await run.end).toMatchObject({ kind: 'success' });
    expect(sandbox.stats.requests['GET /jobs/{id}']).toBeLessThan(8);
  });
});

it('ends a fully cached run, with the old outputs', async () => {
  const { backend } = await openPair();
  const workflow = steps(2, 11);
  await follow(backend, await submit(backend, workflow)).end;
  const again = follow(backend, await submit(backend, workflow));
  expect(await again.end).toMatchObject({ kind: 'success', outputs: [{ filename: 'steps_00001_.png' }] });
  expect(again.events).toContainEqual({ kind: 'cached', nodes: ['7'] });
});

it('carries a seed of 2^64−1 digit for digit', async () => {
  const { backend, sandbox } = await openPair();
  const run = follow(backend, await submit(backend, steps(1, 18_446_744_073_709_551_615n)));
  expect(await run.end).toMatchObject({ kind: 'success' });
  expect(sandbox.stats.bodies[0]).toMatchObject({
    prompt: { '7': { inputs: { seed: 18_446_744_073_709_551_615n } } },
  });
});

it('goes on when whoever takes the events fails', async () => {
  const { backend, log } = await openPair();
  const promptId = await submit(backend, steps(2));
  const end = await backend.follow(
    promptId,
    () => {
      throw new Error('a bug upstairs');
    },
    soon(),
  );
  expect(end).toMatchObject({ kind: 'success' });
  expect(log.text()).toContain('a bug upstairs');
});

it('is not fooled by a wrong key, and tells it to nobody', async () => {
  const sandbox = await openSandbox({ dialect: 'cloud' });
  const { backend, log } = openBackend({
    url: sandbox.url,
    apiKey: 'not-the-key',
    timing: { reconnectBaseMs: 60_000, reconnectCapMs: 60_000 },
  });
  await backend.start();
  await expect(backend.check(soon())).rejects.toMatchObject({ code: 'wrong-api-key' });
  await expect(submit(backend, steps(1))).rejects.toMatchObject({ code: 'wrong-api-key' });
  await log.saw('no socket');
  expect(log.text()).not.toMatch(new RegExp(`not-the-key|${KEY}`));
});
