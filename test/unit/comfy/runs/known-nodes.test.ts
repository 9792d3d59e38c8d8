/** When a backend's node classes are read: once for all who ask, again when they may have changed, never in a storm. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createManualClock, JUMPS } from '../../../fakes/manual-clock.ts';
import { openBackend, openStub, soon } from '../backends.ts';
import { KEY, openPair, openSandbox, steps, type Pair } from '../sandboxes.ts';
import { hang, json, page, reset } from '../stub-server.ts';
import { holds } from '../../../fakes/until.ts';

const ROUTE = 'GET /object_info';

const reads = ({ sandbox }: Pick<Pair, 'sandbox'>): number => sandbox.stats.requests[ROUTE] ?? 0;

/** The checkpoints that the backend knows of. */
const checkpoints = ({ backend }: Pick<Pair, 'backend'>): unknown =>
  backend.knownNodes()?.get('CheckpointLoaderSimple')?.inputs.get('ckpt_name')?.options;

describe('node classes', () => {
  it('are read at the start, once for all who ask', async () => {
    const pair = await openPair();
    const all = await Promise.all([1, 2, 3].map(async () => pair.backend.nodes(soon())));
    expect(new Set(all).size).toBe(1);
    expect(all[0]?.has('KSampler')).toBe(true);
    expect(reads(pair)).toBe(1);
  });

  it('are asked for once by all who want them now', async () => {
    const clock = createManualClock();
    const pair = await openPair({}, { clock });
    const before = await pair.backend.nodes(soon());
    const all = await Promise.all([1, 2, 3].map(async () => pair.backend.nodes(soon(), 0)));
    expect(all[0]).not.toBe(before);
    expect(new Set(all).size).toBe(1);
    expect(reads(pair)).toBe(2);
  });

  it('are asked for again when the request under way is older than wanted', async () => {
    const clock = createManualClock();
    const pair = await openPair({}, { clock });
    await pair.backend.nodes(soon());
    const first = pair.backend.nodes(soon(), 0);
    clock.advance(1);
    const second = pair.backend.nodes(soon(), 0);
    expect(await second).not.toBe(await first);
    expect(reads(pair)).toBe(3);
  });

  it('are looked at as they are, and read again behind that when they are old', async () => {
    const clock = createManualClock();
    const pair = await openPair({}, { clock });
    const before = await pair.backend.nodes(soon());
    pair.sandbox.models.set('checkpoints', ['other.safetensors']);
    clock.advance(60_000);
    expect(pair.backend.knownNodes()).toBe(before);
    expect(reads(pair)).toBe(1);
    clock.advance(1);
    expect(pair.backend.knownNodes()).toBe(before);
    await holds(() => expect(checkpoints(pair)).toEqual(['other.safetensors']));
    expect(reads(pair)).toBe(2);
  });

  it.each(JUMPS)('are as old as they are also when the wall clock jumps by %i ms', async (jump) => {
    const clock = createManualClock();
    const pair = await openPair({}, { clock });
    await pair.backend.nodes(soon());
    clock.jump(jump);
    clock.advance(59_999);
    await pair.backend.nodes(soon(), 60_000);
    pair.backend.knownNodes();
    await pair.backend.check(soon());
    expect(reads(pair)).toBe(1);
    clock.advance(1);
    await pair.backend.nodes(soon(), 60_000);
    expect(reads(pair)).toBe(2);
  });

  it('are read again when the server is back after a loss of its socket, unless that is Comfy Cloud', async () => {
    const pair = await openPair();
    await pair.backend.nodes(soon());
    pair.sandbox.models.set('checkpoints', ['other.safetensors']);
    await pair.sandbox.restart();
    await holds(() => expect(checkpoints(pair)).toEqual(['other.safetensors']));

    const cloud = await openPair({ dialect: 'cloud' });
    await cloud.backend.nodes(soon());
    cloud.sandbox.dropSockets();
    await holds(() => {
      expect(cloud.log.lines.filter(({ message }) => message === 'socket open')).toHaveLength(2);
    });
    await cloud.backend.check(soon());
    expect(reads(cloud)).toBe(1);
  });

  it('are read when the server turns up later than we do', async () => {
    const sandbox = await openSandbox();
    sandbox.faults.socket.refuse = true;
    sandbox.faults.http.push({ route: ROUTE, times: 1, answer: 'reset' });
    const { backend, log } = openBackend({ url: sandbox.url });
    await backend.start();
    await log.saw('node classes not read');
    expect(backend.knownNodes()).toBeUndefined();
    sandbox.faults.socket.refuse = false;
    await holds(() => expect(backend.knownNodes()?.has('KSampler')).toBe(true));
  });
});

describe('a failed reading', () => {
  it.each(JUMPS)(
    'keeps the background quiet for a minute also when the wall clock jumps by %i ms',
    async (jump) => {
      const clock = createManualClock();
      const sandbox = await openSandbox();
      sandbox.faults.socket.refuse = true;
      sandbox.faults.http.push({ route: ROUTE, answer: { status: 503 } });
      const { backend, log } = openBackend({ url: sandbox.url, clock });
      await backend.start();
      await log.saw('node classes not read');
      clock.jump(jump);
      clock.advance(60_000);
      backend.knownNodes();
      await backend.check(soon());
      expect(reads({ sandbox })).toBe(1);
      clock.advance(1);
      backend.knownNodes();
      await holds(() => expect(reads({ sandbox })).toBe(2));
    },
  );

  it('is repeated for whoever waits, but not in the background for a minute', async () => {
    const clock = createManualClock();
    const sandbox = await openSandbox();
    // an open socket would be a reason to try again
    sandbox.faults.socket.refuse = true;
    sandbox.faults.http.push({ route: ROUTE, answer: { status: 503 } });
    const { backend, log } = openBackend({ url: sandbox.url, clock });
    await backend.start();
    await log.saw('node classes not read');
    expect([backend.knownNodes(), backend.knownNodes()]).toEqual([undefined, undefined]);
    await backend.check(soon());
    expect(reads({ sandbox })).toBe(1);
    await expect(backend.nodes(soon())).rejects.toMatchObject({
      problem: { code: 'backend-broken', status: 503 },
    });
    expect(reads({ sandbox })).toBe(2);
    expect(log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
    sandbox.faults.http.length = 0;
    clock.advance(60_001);
    expect(backend.knownNodes()).toBeUndefined();
    await holds(() => expect(backend.knownNodes()).toBeDefined());
    expect(reads({ sandbox })).toBe(3);
  });

  it.each([
    ['a page', page(), 'backend-broken'],
    ['no class', json({}), 'backend-broken'],
    ['something else', json({ error: 'no such route' }), 'backend-broken'],
    ['a missing route', page(404), 'backend-broken'],
    ['a login that is wanted', json({}, 401), 'login-refused'],
    ['too much', json({ a: 'x'.repeat(2_000) }), 'backend-broken'],
    ['nothing', hang, 'backend-timeout'],
    ['a hang-up', reset, 'backend-unreachable'],
  ])('says why: %s', async (_what, reply, code) => {
    const stub = await openStub({ 'GET /api/object_info': reply });
    const { backend } = openBackend({ url: stub.url, timing: { nodesMs: 200, maxNodesBytes: 1_000 } });
    await expect(backend.nodes(soon())).rejects.toMatchObject({ code });
  });

  it('is no news after the stop, and does not keep it waiting', async () => {
    const stub = await openStub({ 'GET /api/object_info': hang });
    const { backend, log } = openBackend({ url: stub.url, timing: { nodesMs: 60_000 } });
    await backend.start();
    const asked = backend.nodes(soon());
    await Promise.all([
      expect(asked).rejects.toMatchObject({ code: 'shutting-down' }),
      holds(() => expect(stub.seen.length).toBeGreaterThan(0)).then(async () => backend.stop()),
    ]);
    await expect(backend.nodes(soon())).rejects.toMatchObject({ code: 'shutting-down' });
    expect(backend.knownNodes()).toBeUndefined();
    expect(log.text()).not.toContain('node classes');
  });

  it('does not come of one who stops waiting: the others get theirs', async () => {
    const sandbox = await openSandbox();
    sandbox.faults.http.push({ route: ROUTE, delayMs: 50 });
    const { backend } = openBackend({ url: sandbox.url });
    const control = new AbortController();
    const hasty = backend.nodes(control.signal);
    const patient = backend.nodes(soon());
    const reason = new Error('enough');
    control.abort(reason);
    await expect(hasty).rejects.toBe(reason);
    expect((await patient).has('KSampler')).toBe(true);
    expect(reads({ sandbox })).toBe(1);
  });

  it('does not hold up a run on Comfy Cloud', async () => {
    const sandbox = await openSandbox({ dialect: 'cloud' });
    sandbox.faults.http.push({ route: ROUTE, answer: 'hang' });
    const timing = { nodesMs: 60_000, requestMs: 100 };
    const { backend } = openBackend({ url: sandbox.url, apiKey: KEY, timing });
    await backend.submit({ promptId: randomUUID(), workflow: steps(1) }, soon());
    expect(JSON.stringify(sandbox.stats.bodies[0]?.['extra_data'])).toContain(KEY);
  });
});
