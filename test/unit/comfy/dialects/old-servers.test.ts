/** Servers that the sandbox is not: ComfyUI of 2025, and Comfy Cloud in the shapes that its pages disagree on. */
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../../src/core/run.ts';
import { openBackend, openStub, soon, workflow } from '../backends.ts';
import { json, type Reply } from '../stub-server.ts';

const id = '43c2d344-206f-472d-a384-e48bebb125f2';
const other = 'adba089b-72b0-4c48-92a6-12510deb4f32';
const images = { '2': { images: [{ filename: 'a.png', subfolder: '', type: 'output' }] } };

/** One reply after the other; the last one stays. */
const series = (...replies: Reply[]): Reply => {
  let next = 0;
  return (response, seen) => {
    replies[Math.min(next, replies.length - 1)]?.(response, seen);
    next += 1;
  };
};

const entry = (status: object, outputs: object = {}) => json({ [id]: { outputs, status } });
const queue = (running: string[], pending: string[] = []) =>
  json({
    queue_running: running.map((each, at) => [at, each, {}, {}, []]),
    queue_pending: pending.map((each, at) => [100 + at, each, {}, {}, []]),
  });

async function ending(routes: Record<string, Reply>, apiKey?: string) {
  const stub = await openStub(routes);
  const { backend } = openBackend({ url: stub.url, apiKey });
  const events: RunEvent[] = [];
  const end = await backend.follow(id, (event) => events.push(event), soon());
  return { end, events, stub };
}

describe('ComfyUI 0.3.64, which has no /api/jobs', () => {
  it('is followed by queue and history, and not asked again for what it lacks', async () => {
    const { end, events, stub } = await ending({
      [`GET /api/history/${id}`]: series(
        ...Array.from({ length: 5 }, () => json({})),
        entry({ status_str: 'success', completed: true, messages: [] }, images),
      ),
      'GET /api/queue': series(queue([other], [id]), queue([other], [id]), queue([id])),
    });
    expect(end).toMatchObject({ kind: 'success', outputs: [{ filename: 'a.png' }] });
    expect(events.filter(({ kind }) => kind !== 'asked')).toEqual([
      { kind: 'queued', ahead: 1 },
      { kind: 'started' },
    ]);
    expect(stub.seen.filter(({ url }) => url.pathname.startsWith('/api/jobs'))).toHaveLength(1);
  });

  it.each([
    ['some', [['execution_cached', { nodes: ['1.0.0.1', '2'] }]], ['1', '2']],
    ['none', [['execution_cached', { nodes: [] }]], []],
    ['it does not say', [], ['2']],
    ['it says so oddly', [['execution_cached', { nodes: 7 }], 'x', ['execution_cached']], ['2']],
  ])('tells which nodes it remembered instead of running them: %s', async (_name, messages, cached) => {
    const { end } = await ending({
      [`GET /api/history/${id}`]: entry({ status_str: 'success', completed: true, messages }, images),
    });
    expect(end).toMatchObject({ kind: 'success', cached });
  });

  it('counts who is ahead by number: the queue comes as a heap', async () => {
    const item = (number: number, which: string) => [number, which, {}, {}, []];
    const { events } = await ending({
      [`GET /api/history/${id}`]: series(
        json({}),
        json({}),
        entry({ status_str: 'success', completed: true, messages: [] }, images),
      ),
      'GET /api/queue': json({
        queue_running: [item(1, 'a')],
        queue_pending: [item(-5, 'b'), item(9, id), item(7, 'c'), item(12, 'd')],
      }),
    });
    expect(events.filter(({ kind }) => kind !== 'asked')).toEqual([{ kind: 'queued', ahead: 3 }]);
  });

  it('tells an interrupt from an error by the messages of its history', async () => {
    const told = (name: string, facts: object) =>
      entry({
        status_str: 'error',
        completed: false,
        messages: [
          ['execution_start', {}],
          [name, facts],
        ],
      });
    const stopped = await ending({
      [`GET /api/history/${id}`]: told('execution_interrupted', { node_id: '1' }),
    });
    expect(stopped.end).toEqual({ kind: 'cancelled', outputs: [] });
    const failed = await ending({
      [`GET /api/history/${id}`]: told('execution_error', {
        node_id: 2,
        node_type: 'RaiseError',
        exception_type: 'ValueError',
        exception_message: 'boom: node failed on purpose\n',
      }),
    });
    expect(failed.end).toEqual({
      kind: 'failure',
      problem: { code: 'run-failed', node: 'RaiseError', id: '2', detail: 'boom: node failed on purpose' },
      detail: 'RaiseError #2: ValueError: boom: node failed on purpose',
      outputs: [],
    });
  });

  it('stops exactly one run by an interrupt that names it', async () => {
    const stub = await openStub({
      [`GET /api/history/${id}`]: json({}),
      'GET /api/queue': queue([id]),
      [`POST /api/jobs/${id}/cancel`]: json('405: Method Not Allowed', 405),
      'POST /api/interrupt': json({}),
    });
    const { backend } = openBackend({ url: stub.url });
    expect(await backend.cancel(id, soon())).toBe('stopping');
    expect(stub.seen.at(-1)).toMatchObject({ method: 'POST', body: JSON.stringify({ prompt_id: id }) });
  });

  it('is found by the mark where it chose its own id', async () => {
    const item = (mark: string) => [3, other, workflow, { easel_prompt_id: mark }, ['2']];
    const stub = await openStub({
      [`GET /api/history/${id}`]: json({}),
      'GET /api/queue': json({ queue_running: [], queue_pending: [item('not this'), item(id)] }),
    });
    expect(await openBackend({ url: stub.url }).backend.find(id, soon())).toEqual({ promptId: other });
  });
});

describe('Comfy Cloud, tolerantly', () => {
  const detail = (status: string, more: object = {}) => json({ id, status, ...more });

  it('waits through every word that is not an end', async () => {
    const { end } = await ending(
      {
        [`GET /api/jobs/${id}`]: series(
          detail('waiting_to_dispatch'),
          detail('a word from next year'),
          detail('in_progress'),
          detail('success', { outputs: images }),
        ),
        'GET /api/queue': json({ queue_running: [], queue_pending: [] }),
      },
      'key',
    );
    expect(end).toMatchObject({ kind: 'success', outputs: [{ filename: 'a.png' }] });
  });

  it.each([
    ['keyed by the prompt id', json({ [id]: { outputs: images } })],
    ['flat', json({ prompt_id: id, outputs: images })],
  ])('reads the outputs from history_v2 when jobs have none, %s', async (_name, history) => {
    const { end } = await ending(
      {
        [`GET /api/job/${id}/status`]: detail('completed'),
        [`GET /api/history_v2/${id}`]: series(json({}, 404), history),
      },
      'key',
    );
    expect(end).toMatchObject({ kind: 'success', outputs: [{ filename: 'a.png' }] });
  });

  it('ends a run that made nothing, after asking a few times', async () => {
    const { end } = await ending({ [`GET /api/jobs/${id}`]: detail('completed', { outputs: {} }) }, 'key');
    expect(end).toEqual({ kind: 'success', outputs: [] });
  });

  it.each(['WebSocketError: gone away', 'retryable_error', 'lost'])(
    'says why a run failed where only its status does: %s',
    async (words) => {
      const { end } = await ending(
        {
          [`GET /api/jobs/${id}`]: detail('failed', { outputs: images }),
          [`GET /api/job/${id}/status`]: detail('error', { error_message: words }),
        },
        'key',
      );
      expect(end).toMatchObject({
        kind: 'failure',
        problem: { code: 'backend-crashed', words },
        outputs: [{ filename: 'a.png' }],
      });
    },
  );

  it.each([
    ['OOMError', { code: 'out-of-memory', node: 'KSampler' }],
    ['torch.OutOfMemoryError', { code: 'out-of-memory', node: 'KSampler' }],
    ['ModelDownloadError', { code: 'model-download-failed', detail: 'because' }],
    ['ImageDownloadError', { code: 'image-download-failed', detail: 'because' }],
    ['InsufficientFundsError', { code: 'no-credits', backend: 'it' }],
    ['InactiveSubscriptionError', { code: 'subscription-inactive', backend: 'it' }],
    ['ValidationError', { code: 'workflow-refused', detail: 'because' }],
    ['PanicError', { code: 'backend-crashed', backend: 'it' }],
    ['ServiceError', { code: 'backend-crashed', backend: 'it' }],
    ['DispatcherError', { code: 'backend-crashed', backend: 'it' }],
    ['WebSocketError', { code: 'backend-crashed', backend: 'it' }],
    ['RuntimeError', { code: 'run-failed', node: 'KSampler', detail: 'because' }],
  ])('says what a person can do about %s', async (type, problem) => {
    const error = {
      node_id: '3',
      node_type: 'KSampler',
      exception_type: type,
      exception_message: 'because\nof this',
    };
    const stub = await openStub({ [`GET /api/jobs/${id}`]: detail('failed', { execution_error: error }) });
    const { backend } = openBackend({ url: stub.url, apiKey: 'key', name: 'it' });
    expect(await backend.follow(id, () => undefined, soon())).toMatchObject({ kind: 'failure', problem });
  });

  it('names the node of the graph, whatever that was expanded to', async () => {
    const error = { node_id: '3.0.0.1', node_type: 'Inner', exception_type: 'ValueError' };
    const { end } = await ending(
      { [`GET /api/jobs/${id}`]: detail('failed', { execution_error: error }) },
      'key',
    );
    expect(end).toMatchObject({ problem: { code: 'run-failed', node: 'Inner', id: '3' } });
  });

  it('takes an error from the status alone', async () => {
    const { end } = await ending(
      { [`GET /api/job/${id}/status`]: detail('error', { error_message: 'InsufficientFundsError: top up' }) },
      'key',
    );
    expect(end).toMatchObject({ kind: 'failure', problem: { code: 'no-credits' } });
  });
});

describe('a server that does not know the run', () => {
  const unknown = json({ error: 'Job not found' }, 404);

  it('is believed only when it says so several times in a row', async () => {
    const { end, stub } = await ending({
      [`GET /api/jobs/${id}`]: series(
        unknown,
        unknown,
        json({ status: 'in_progress' }),
        unknown,
        unknown,
        unknown,
        unknown,
      ),
    });
    expect(end).toEqual({ kind: 'lost' });
    expect(stub.seen).toHaveLength(7);
  });

  it('is not taken for a tunnel without a server behind it', async () => {
    const stub = await openStub({});
    const { backend } = openBackend({ url: stub.url, name: 'it' });
    const told = Promise.withResolvers<unknown>();
    const over = new AbortController();
    const onEvent = (event: RunEvent) => event.kind === 'silent' && told.resolve(event.error);
    const following = backend.follow(id, onEvent, over.signal);
    expect(await told.promise).toMatchObject({ problem: { code: 'backend-broken', backend: 'it' } });
    over.abort(new Error('enough'));
    await expect(following).rejects.toThrow('enough');
  });
});
