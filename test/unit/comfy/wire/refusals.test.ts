import { describe, expect, it } from 'vitest';
import { EaselError, UncertainSubmit, type Problem } from '../../../../src/core/errors.ts';
import { catalogue, languages, sentence } from '../../../../src/i18n/index.ts';
import { openBackend, openStub, soon, workflow } from '../backends.ts';
import { recordedRefusal } from '../fixtures.ts';
import { hang, json, page, refuseWith, reset, text, type Reply } from '../stub-server.ts';
import { fetchWhole, stored } from '../../../fakes/disk.ts';

const promptId = '3b35b4b1-38ab-4175-a6c9-4337921bcc58';

interface Failed {
  problem: Problem;
  uncertain: boolean;
  retryAfterMs: number | undefined;
  logged: string;
}

async function submitTo(reply: Reply, apiKey?: string): Promise<Failed> {
  const stub = await openStub({ 'POST /api/prompt': reply, 'GET /api/object_info': json({}) });
  const { backend, log } = openBackend({
    url: stub.url,
    apiKey,
    name: 'it',
    timing: { submitMs: reply === hang ? 100 : 5_000 },
  });
  const error: unknown = await backend
    .submit({ promptId, workflow }, soon())
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof EaselError)) throw new Error('it was accepted', { cause: error });
  const logged = `${log.text()} ${error.message}`;
  const { problem, retryAfterMs } = error;
  return { problem, retryAfterMs, uncertain: error instanceof UncertainSubmit, logged };
}

const recorded = (label: string): Reply => {
  const { status, body } = recordedRefusal(label);
  return json(body, status);
};

describe('a workflow that the server refuses, as recorded', () => {
  it.each([
    ['unknown node class', { code: 'missing-node', node: 'NoSuchNode', id: '1' }],
    ['unknown node class (0.3.64)', { code: 'missing-node', node: 'NoSuchNode' }],
    [
      'missing checkpoint',
      { code: 'model-missing', input: 'ckpt_name', value: 'sd_xl_base_1.0.safetensors' },
    ],
    [
      'required input missing',
      {
        code: 'workflow-refused',
        detail: 'Required input is missing: width',
        node: '1',
        title: 'EmptyImage (#1)',
        input: 'width',
        why: 'required_input_missing',
      },
    ],
    ['no output node', { code: 'workflow-refused', detail: 'Prompt has no outputs' }],
  ] as const)('%s', async (label, problem) => {
    expect(await submitTo(recorded(label))).toMatchObject({ problem, uncertain: false });
  });

  it('is not a missing model when only a choice is wrong', async () => {
    const errors = [
      {
        type: 'value_not_in_list',
        message: 'Value not in list',
        details: "sampler_name: 'nope' not in ['euler']",
        extra_info: { input_name: 'sampler_name', received_value: 'nope' },
      },
    ];
    const body = {
      error: { type: 'prompt_outputs_failed_validation' },
      node_errors: { '3': { class_type: 'KSampler', errors } },
    };
    const { problem } = await submitTo(json(body, 400));
    expect(problem).toMatchObject({ code: 'workflow-refused', node: '3', title: 'KSampler (#3)' });
  });

  it('is taken, with a warning, when some of its outputs are good', async () => {
    const { status, body } = recordedRefusal('one good, one bad output');
    const stub = await openStub({ 'POST /api/prompt': json(body, status) });
    const { backend, log } = openBackend({ url: stub.url });
    await expect(backend.submit({ promptId, workflow }, soon())).resolves.toEqual({
      promptId: body['prompt_id'],
      // the output nodes that do not run for it, and why
      unmade: [{ node: '10', problem: expect.objectContaining({ code: 'workflow-refused', node: '9' }) }],
    });
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: 'queued in part' }));
  });

  it('is not even sent when it is no graph in API format', async () => {
    const stub = await openStub({});
    const { backend } = openBackend({ url: stub.url });
    const nonsense = JSON.parse('{"nodes":[],"links":[]}') as typeof workflow;
    await expect(backend.submit({ promptId, workflow: nonsense }, soon())).rejects.toMatchObject({
      code: 'not-api-format',
    });
    expect(stub.seen).toEqual([]);
  });
});

describe('a refusal by status', () => {
  it.each([
    [401, {}, { code: 'wrong-api-key', backend: 'it' }],
    [403, {}, { code: 'backend-forbids', backend: 'it' }],
    [
      403,
      { message: 'Not in your plan' },
      { code: 'backend-forbids', backend: 'it', words: 'Not in your plan' },
    ],
    [401, { code: 'UNAUTHORIZED' }, { code: 'wrong-api-key', backend: 'it', words: 'UNAUTHORIZED' }],
    [402, { error: 'top up' }, { code: 'no-credits', backend: 'it', words: 'top up' }],
    [402, {}, { code: 'no-credits', backend: 'it' }],
    [413, {}, { code: 'too-large-for-backend', backend: 'it' }],
    [429, { message: 'User has not paid' }, { code: 'subscription-inactive', backend: 'it' }],
    [429, { message: 'Too many requests' }, { code: 'backend-busy', backend: 'it' }],
    [404, {}, { code: 'backend-broken', backend: 'it', status: 404 }],
    [302, {}, { code: 'backend-broken', backend: 'it', status: 302 }],
  ] as const)('%i %j on Comfy Cloud', async (status, body, problem) => {
    expect(await submitTo(json(body, status), 'the-key')).toMatchObject({ problem, uncertain: false });
  });

  it('says nothing in words where the body has none', async () => {
    for (const status of [401, 402, 403, 429])
      for (const reply of [json({}, status), page(status), text(`${status}: Forbidden`, status)]) {
        const { problem } = await submitTo(reply, 'the-key');
        expect(problem).not.toHaveProperty('words');
      }
  });

  it('takes a proxy’s sentence for words, on one line and not for ever', async () => {
    expect((await submitTo(text('Your address\n is \u202enot known here', 403))).problem).toEqual({
      code: 'backend-forbids',
      backend: 'it',
      words: 'Your address is not known here',
    });
    const { problem } = await submitTo(json({ message: 'no '.repeat(1_000) }, 402));
    expect('words' in problem && problem.words?.length).toBe(300);
  });

  it('tells people what their plan lacks, in short, and nothing else of the backend’s words', async () => {
    const { problem: barred } = await submitTo(json({ message: `PLAN-WORDS ${'long '.repeat(50)}` }, 403));
    for (const { tag } of languages()) {
      expect(sentence(catalogue(tag), barred, 'person')).toContain('PLAN-WORDS');
      expect(sentence(catalogue(tag), barred, 'operator').length).toBeGreaterThan(
        sentence(catalogue(tag), barred, 'person').length,
      );
    }
    for (const status of [401, 402, 429, 503]) {
      const { problem } = await submitTo(
        refuseWith(status, { 'retry-after': '5' }, { message: 'QUOTA-WORDS' }),
      );
      expect('words' in problem && problem.words).toBe('QUOTA-WORDS');
      for (const { tag } of languages())
        expect(sentence(catalogue(tag), problem, 'person')).not.toContain('QUOTA');
    }
  });

  it('429 means busy on a server of one’s own', async () => {
    expect((await submitTo(json({}, 429))).problem).toEqual({ code: 'backend-busy', backend: 'it' });
  });

  it('never repeats the key, even if the server does', async () => {
    const body = { error: { type: 'bad', message: 'key the-key at https://x.example/a?sig=hush is bad' } };
    const { problem, logged } = await submitTo(json(body, 400), 'the-key');
    expect(problem).toMatchObject({ code: 'workflow-refused' });
    expect(JSON.stringify(problem) + logged).not.toMatch(/the-key|hush/);
    for (const status of [401, 402, 403, 429]) {
      const refused = await submitTo(json(body, status), 'the-key');
      expect(refused.problem).toHaveProperty('words');
      expect(JSON.stringify(refused.problem) + refused.logged).not.toMatch(/the-key|hush/);
    }
  });
});

describe('a 200 that says that it is an error', () => {
  const refused = { type: 'no_plan', message: 'Not in your plan', details: 'tier Free' };

  it.each([
    ['a sentence', { error: 'the workflow is too large' }, 'the workflow is too large'],
    ['without a run', { error: 'no such node pack', prompt_id: null }, 'no such node pack'],
    ['ComfyUI’s shape', { error: refused, node_errors: {} }, 'Not in your plan: tier Free'],
    ['no words', { error: {} }, 'HTTP 200'],
  ])('is a certain refusal with its text: %s', async (_name, body, detail) => {
    expect(await submitTo(json(body))).toMatchObject({
      problem: { code: 'workflow-refused', detail },
      uncertain: false,
    });
  });

  it('names the node and the input as a 400 does', async () => {
    const { body } = recordedRefusal('missing checkpoint');
    expect(await submitTo(json(body))).toMatchObject({
      problem: { code: 'model-missing', input: 'ckpt_name' },
      uncertain: false,
    });
  });

  it('is none where the error is empty: then it is unreadable', async () => {
    for (const error of [null, '', ' '])
      expect(await submitTo(json({ error }))).toMatchObject({
        problem: { code: 'backend-broken', status: 200 },
        uncertain: true,
      });
  });

  it('is that error on every other route too, and never "no such run"', async () => {
    const sorry = json({ error: 'the database is asleep' });
    const missingJob = json({ error: 'Job not found' }, 404);
    const stub = await openStub({
      'GET /': sorry,
      'POST /': sorry,
      'GET /api/jobs/': missingJob,
      'GET /api/queue': json({ queue_running: [], queue_pending: [] }),
    });
    const { backend } = openBackend({ url: stub.url, name: 'it', timing: { fetchAttempts: 1 } });
    const said = {
      problem: { code: 'backend-broken', backend: 'it', status: 200, words: 'the database is asleep' },
    };
    const image = { name: 'a.png', type: 'image/png', bytes: new Uint8Array(4) };
    const output = { node: '2', kind: 'image', filename: 'a.png', subfolder: '', type: 'output' } as const;
    await expect(backend.upload(await stored(image), soon())).rejects.toMatchObject(said);
    await expect(fetchWhole(backend, output, soon())).rejects.toMatchObject(said);
    await expect(backend.nodes(soon(), 0)).rejects.toMatchObject(said);
    // the list of ended runs
    await expect(backend.find(promptId, soon())).rejects.toMatchObject(said);
    // one of them
    const old = await openStub({ 'GET /': sorry, 'GET /api/jobs/': page(404) });
    await expect(
      openBackend({ url: old.url, name: 'it' }).backend.find(promptId, soon()),
    ).rejects.toMatchObject(said);
  });

  it('leaves a file that is JSON a file', async () => {
    const stub = await openStub({ 'GET /api/view': json({ error: 'of the scene' }) });
    const { backend } = openBackend({ url: stub.url });
    const output = { node: '2', kind: 'file', filename: 'a.json', subfolder: '', type: 'output' } as const;
    const file = await fetchWhole(backend, output, soon());
    expect(Buffer.from(file.bytes).toString()).toBe('{"error":"of the scene"}');
  });
});

describe('a refusal that says when to come again', () => {
  const soonAfter = (date: string, retry: string): Reply =>
    refuseWith(429, { date, 'retry-after': retry }, {});
  const noon = 'Fri, 27 Nov 2026 12:00:00 GMT';

  it.each([
    ['seconds', refuseWith(429, { 'retry-after': '7' }, {}), 7_000],
    ['a date, by the server’s own clock', soonAfter(noon, 'Fri, 27 Nov 2026 12:01:30 GMT'), 90_000],
    ['a date that has passed', soonAfter(noon, 'Fri, 27 Nov 2026 11:00:00 GMT'), 0],
    ['an hour at most', refuseWith(429, { 'retry-after': '999999999' }, {}), 3_600_000],
    ['an hour at most, by date', soonAfter(noon, 'Sat, 28 Nov 2026 12:00:00 GMT'), 3_600_000],
    ['nonsense', refuseWith(429, { 'retry-after': 'soon 5' }, {}), undefined],
    ['a negative number', refuseWith(429, { 'retry-after': '-5' }, {}), undefined],
    ['nothing', json({}, 429), undefined],
  ])('%s', async (_name, reply, expected) => {
    const failed = await submitTo(reply);
    expect(failed).toMatchObject({ problem: { code: 'backend-busy' }, uncertain: false });
    expect(failed.retryAfterMs).toBe(expected);
  });

  it('is busy with 503, and was not queued; without such a word that is uncertain', async () => {
    expect(await submitTo(refuseWith(503, { 'retry-after': '3' }, { message: 'later' }))).toMatchObject({
      problem: { code: 'backend-busy', backend: 'it', words: 'later' },
      uncertain: false,
      retryAfterMs: 3_000,
    });
    expect(await submitTo(json({}, 503))).toMatchObject({
      problem: { code: 'backend-broken', status: 503 },
      uncertain: true,
    });
    // something in front of the server may have handed it on
    expect(await submitTo(refuseWith(502, { 'retry-after': '3' }, {}))).toMatchObject({
      problem: { code: 'backend-broken', status: 502 },
      uncertain: true,
      retryAfterMs: 3_000,
    });
  });

  it('is a rate limit on Comfy Cloud too, unless it is about the subscription', async () => {
    const limit = { 'retry-after': '3' };
    const said = async (body: object) =>
      (await submitTo(refuseWith(429, limit, body), 'the-key')).problem.code;
    expect(await said({})).toBe('backend-busy');
    expect(await said({ message: 'Your subscription is inactive' })).toBe('subscription-inactive');
  });

  it('is kept by every question', async () => {
    const busy = refuseWith(429, { 'retry-after': '9' }, {});
    const stub = await openStub({ 'GET /': busy, 'POST /': busy });
    const { backend } = openBackend({ url: stub.url, timing: { fetchAttempts: 1 } });
    const image = { name: 'a.png', type: 'image/png', bytes: new Uint8Array(4) };
    const output = { node: '2', kind: 'image', filename: 'a.png', subfolder: '', type: 'output' } as const;
    const refused = { code: 'backend-busy', retryAfterMs: 9_000 };
    await expect(backend.upload(await stored(image), soon())).rejects.toMatchObject(refused);
    await expect(fetchWhole(backend, output, soon())).rejects.toMatchObject(refused);
    await expect(backend.find(promptId, soon())).rejects.toMatchObject(refused);
    await expect(backend.cancel(promptId, soon())).rejects.toMatchObject(refused);
  });
});

describe('an answer that was lost', () => {
  it.each([
    ['500', json({}, 500), 'backend-broken'],
    ['a gateway’s page', page(502), 'backend-broken'],
    ['a page with 200', page(200), 'backend-broken'],
    ['a reset', reset, 'backend-unreachable'],
    ['no answer in time', hang, 'backend-timeout'],
  ] as const)('%s leaves it uncertain whether the run was queued', async (_name, reply, code) => {
    expect(await submitTo(reply)).toMatchObject({ problem: { code }, uncertain: true });
  });

  it('is not uncertain when nobody was there to ask', async () => {
    const stub = await openStub({});
    await stub.stop();
    const { backend } = openBackend({ url: stub.url });
    const error: unknown = await backend
      .submit({ promptId, workflow }, soon())
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(EaselError);
    expect(error).not.toBeInstanceOf(UncertainSubmit);
    expect(error).toMatchObject({ code: 'backend-unreachable' });
  });

  it('is the caller’s own reason when the caller gave up', async () => {
    const stub = await openStub({ 'POST /api/prompt': hang });
    const { backend } = openBackend({ url: stub.url });
    const reason = new Error('changed my mind');
    const control = new AbortController();
    const submitted = backend.submit({ promptId, workflow }, control.signal);
    setImmediate(() => {
      control.abort(reason);
    });
    await expect(submitted).rejects.toBe(reason);
  });
});

describe('a check', () => {
  it('passes when the server answers', async () => {
    const stub = await openStub({ 'GET /api/system_stats': json({ system: {} }) });
    await expect(openBackend({ url: stub.url }).backend.check(soon())).resolves.toBeUndefined();
  });

  it('fails for a wrong key, a sign-in page, and silence', async () => {
    const wrong = await openStub({ 'GET /api/user': json({}, 401) });
    await expect(openBackend({ url: wrong.url, apiKey: 'k' }).backend.check(soon())).rejects.toMatchObject({
      code: 'wrong-api-key',
    });
    const signIn = await openStub({ 'GET /api/system_stats': page() });
    await expect(openBackend({ url: signIn.url }).backend.check(soon())).rejects.toMatchObject({
      code: 'backend-broken',
    });
    const silent = await openStub({ 'GET /api/system_stats': hang });
    const { backend } = openBackend({ url: silent.url, timing: { requestMs: 50 } });
    await expect(backend.check(soon())).rejects.toMatchObject({ code: 'backend-timeout' });
  });

  it('reaches a server below a path, with the user and password of its URL', async () => {
    const stub = await openStub({ 'GET /comfy/api/system_stats': json({}) });
    const url = stub.url.replace('http://', 'http://me:p%40ss@');
    await openBackend({ url: `${url}/comfy` }).backend.check(soon());
    expect(stub.seen[0]?.headers.authorization).toBe(`Basic ${btoa('me:p@ss')}`);
  });
});
