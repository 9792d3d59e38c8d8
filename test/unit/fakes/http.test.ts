import { EventEmitter, once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { asObject, parseJson, readBytes, readParts } from '../../fakes/http/bodies.ts';
import { letIn, type Logged, type Trouble } from '../../fakes/http/door.ts';
import { listen } from '../../fakes/http/listen.ts';
import { createPlan } from '../../fakes/http/plan.ts';
import { until } from '../../fakes/until.ts';

async function serve(answer: RequestListener) {
  const listening = await listen(createServer(answer));
  onTestFinished(() => listening.close());
  return listening;
}

describe('a server of a test', () => {
  it('ends with all of its connections, upgraded and idle ones too, and can be ended twice', async () => {
    const server = createServer();
    server.on('upgrade', (_request, socket) => void socket.on('error', () => undefined));
    const { port, close } = await listen(server);
    const clients = ['', 'GET / HTTP/1.1\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n'].map((said) => {
      const client = connect(port, '127.0.0.1', () => client.write(said));
      return client.on('error', () => undefined);
    });
    await Promise.all(clients.map((client) => once(client, 'connect')));
    await Promise.all([close(), close()]);
    await until(() => clients.every((client) => client.closed));
    await close();
  });

  it('says so when its port is taken', async () => {
    const { port } = await serve(() => undefined);
    await expect(listen(createServer(), port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});

describe('a plan', () => {
  type Target = { times?: number; path: string };
  const meets = (path: string) => ({
    target: (target: Target) => target.path === path,
    outage: (outage: { paths: string }) => (outage.paths.includes(path) ? 'away' : undefined),
  });

  it('is for as many requests as it says, of those that are meant, in turn', () => {
    const plan = createPlan<Target, string, { paths: string }>();
    plan.add({ path: 'a' }, 'once');
    plan.add({ path: 'a', times: 2 }, 'twice');
    const taken = ['b', 'a', 'a', 'a', 'a'].map((path) => plan.take(meets(path)));
    expect(taken).toEqual([undefined, 'once', 'twice', 'twice', undefined]);
  });

  it('waits while there is an outage, which lasts until it is ended; all goes when it is cleared', () => {
    const plan = createPlan<Target, string, { paths: string }>();
    plan.add({ path: 'a', times: Infinity }, 'rule');
    const end = plan.outage({ paths: 'ab' });
    const same = plan.outage({ paths: 'ab' });
    expect([plan.take(meets('a')), plan.take(meets('c'))]).toEqual(['away', undefined]);
    end();
    expect(plan.take(meets('b'))).toBe('away');
    same();
    expect([plan.take(meets('a')), plan.take(meets('b'))]).toEqual(['rule', undefined]);
    plan.outage({ paths: 'a' });
    plan.clear();
    expect(plan.take(meets('a'))).toBeUndefined();
  });
});

describe('the door', () => {
  /** Asks once; what became of it, and whether it was acted upon. */
  async function met(fault: Trouble | { kind: 'answer'; answer: () => { status: number } } | undefined) {
    const entry: Logged = { at: 0, status: 0, fault: false };
    const house = { faults: { latencyMs: 0 }, changes: new EventEmitter() };
    let acted = 0;
    const { url } = await serve((incoming, outgoing) => {
      const act = async () => {
        acted += 1;
        return { status: 200 };
      };
      void letIn(house, { entry, wire: { incoming, outgoing }, fault: () => fault, act }).then(
        (answer) => answer && outgoing.writeHead(answer.status).end(),
      );
    });
    const gone = new AbortController();
    const asked = fetch(url, { signal: gone.signal }).then(
      ({ status }) => status,
      ({ cause }: { cause?: { code: string } }) => cause?.code ?? 'aborted',
    );
    return { entry, asked, gone, acted: () => acted };
  }

  it('lets in', async () => {
    const { asked, entry, acted } = await met(undefined);
    expect(await asked).toBe(200);
    expect([entry.status, entry.fault, acted()]).toEqual([200, false, 1]);
  });

  it('gives the answer that was planned, and nothing is done', async () => {
    const { asked, entry, acted } = await met({ kind: 'answer', answer: () => ({ status: 429 }) });
    expect(await asked).toBe(429);
    expect([entry.status, entry.fault, acted()]).toEqual([429, true, 0]);
  });

  it.each([
    { after: false, reset: true, says: 'ECONNRESET', done: 0 },
    { after: true, reset: true, says: 'ECONNRESET', done: 1 },
    { after: true, reset: false, says: 'UND_ERR_SOCKET', done: 1 },
  ])('cuts: $after, $reset', async ({ after, reset, says, done }) => {
    const { asked, entry, acted } = await met({ kind: 'cut', after, reset });
    expect(await asked).toBe(says);
    await until(() => entry.status === 499);
    expect([entry.fault, acted()]).toEqual([true, done]);
  });

  it('hangs until the client gives up', async () => {
    const { asked, gone, entry, acted } = await met({ kind: 'hang' });
    await until(() => entry.fault);
    expect(entry.status).toBe(0);
    gone.abort();
    expect(await asked).toBe('aborted');
    await until(() => entry.status === 499);
    expect(acted()).toBe(0);
  });

  it('holds until it is let go', async () => {
    const { promise: released, resolve } = Promise.withResolvers<void>();
    const { asked, entry, acted } = await met({ kind: 'hold', released });
    await until(() => entry.fault);
    expect(acted()).toBe(0);
    resolve();
    expect(await asked).toBe(200);
  });
});

describe('a body', () => {
  it('is read whole, and rejects when it is broken off', async () => {
    const read = Promise.withResolvers<number>();
    const { port } = await serve((request) => {
      void readBytes(request).then(({ length }) => read.resolve(length), read.reject);
    });
    const client = connect(port, '127.0.0.1', () => {
      client.write('POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 9\r\n\r\nfour', () =>
        client.resetAndDestroy(),
      );
    });
    await expect(read.promise).rejects.toThrow(/aborted|reset/i);
  });

  it('has its parts in their order', async () => {
    const form = new FormData();
    form.append('payload', '{"a":1}');
    form.append('files[0]', new File(['ab'], 'ä.png', { type: 'image/png' }));
    const parts = await readParts(new Response(form));
    expect(parts).toEqual([
      { name: 'payload', text: '{"a":1}' },
      { name: 'files[0]', filename: 'ä.png', type: 'image/png', bytes: Buffer.from('ab') },
    ]);
    const headers = { 'content-type': 'multipart/form-data; boundary=x' };
    await expect(readParts(new Response('--x\r\ncut off', { headers }))).rejects.toThrow(TypeError);
  });

  it('is JSON or nothing', () => {
    expect(parseJson('{"a":[1]}')).toEqual({ a: [1] });
    expect(parseJson('{')).toBeUndefined();
    expect([asObject({ a: 1 }), asObject([1]), asObject(null), asObject('a')]).toEqual([
      { a: 1 },
      undefined,
      undefined,
      undefined,
    ]);
  });
});
