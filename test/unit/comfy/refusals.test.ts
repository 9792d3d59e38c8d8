import { describe, expect, it } from 'vitest';
import { EaselError, UncertainSubmit, type Problem } from '../../../src/core/errors.ts';
import { openBackend, openStub, soon, workflow } from './backends.ts';
import { recordedRefusal } from './fixtures.ts';
import { hang, json, page, reset, type Reply } from './stub-server.ts';

const promptId = '3b35b4b1-38ab-4175-a6c9-4337921bcc58';

interface Failed {
  problem: Problem;
  uncertain: boolean;
  logged: string;
}

async function submitTo(reply: Reply, apiKey?: string): Promise<Failed> {
  const stub = await openStub({ 'POST /api/prompt': reply, 'GET /api/object_info': json({}) });
  const { backend, log } = openBackend({ url: stub.url, apiKey, name: 'it', timing: { submitMs: 100 } });
  const error: unknown = await backend
    .submit({ promptId, workflow }, soon())
    .catch((thrown: unknown) => thrown);
  if (!(error instanceof EaselError)) throw new Error('it was accepted', { cause: error });
  const logged = `${log.text()} ${error.message}`;
  return { problem: error.problem, uncertain: error instanceof UncertainSubmit, logged };
}

const recorded = (label: string): Reply => {
  const { status, body } = recordedRefusal(label);
  return json(body, status);
};

describe('a workflow that the server refuses, as recorded', () => {
  it.each([
    ['unknown node class', { code: 'missing-node', node: 'NoSuchNode' }],
    ['unknown node class (0.3.64)', { code: 'missing-node', node: 'NoSuchNode' }],
    [
      'missing checkpoint',
      { code: 'model-missing', input: 'ckpt_name', value: 'sd_xl_base_1.0.safetensors' },
    ],
    [
      'required input missing',
      { code: 'workflow-refused', detail: 'EmptyImage (#1): Required input is missing: width' },
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
    expect(problem).toMatchObject({ code: 'workflow-refused' });
    expect('detail' in problem && problem.detail).toContain('KSampler (#3)');
  });

  it('is taken, with a warning, when some of its outputs are good', async () => {
    const { status, body } = recordedRefusal('one good, one bad output');
    const stub = await openStub({ 'POST /api/prompt': json(body, status) });
    const { backend, log } = openBackend({ url: stub.url });
    await expect(backend.submit({ promptId, workflow }, soon())).resolves.toEqual({
      promptId: body['prompt_id'],
    });
    expect(log.lines).toContainEqual(expect.objectContaining({ level: 'warn', message: 'queued in part' }));
  });

  it('is not even sent when it is no graph in API format', async () => {
    const stub = await openStub({});
    const { backend } = openBackend({ url: stub.url });
    const nonsense = JSON.parse('{"nodes":[],"links":[]}') as typeof workflow;
    await expect(backend.submit({ promptId, workflow: nonsense }, soon())).rejects.toMatchObject({
      code: 'workflow-refused',
    });
    expect(stub.seen).toEqual([]);
  });
});

describe('a refusal by status', () => {
  it.each([
    [401, {}, { code: 'wrong-api-key', backend: 'it' }],
    [403, {}, { code: 'wrong-api-key', backend: 'it' }],
    [402, {}, { code: 'no-credits', backend: 'it' }],
    [413, {}, { code: 'too-large-for-backend', backend: 'it' }],
    [429, { message: 'User has not paid' }, { code: 'subscription-inactive', backend: 'it' }],
    [429, { message: 'Too many requests' }, { code: 'backend-busy', backend: 'it' }],
    [404, {}, { code: 'backend-broken', backend: 'it', status: 404 }],
    [302, {}, { code: 'backend-broken', backend: 'it', status: 302 }],
  ] as const)('%i %j on Comfy Cloud', async (status, body, problem) => {
    expect(await submitTo(json(body, status), 'the-key')).toMatchObject({ problem, uncertain: false });
  });

  it('429 means busy on a server of one’s own', async () => {
    expect((await submitTo(json({}, 429))).problem).toEqual({ code: 'backend-busy', backend: 'it' });
  });

  it('never repeats the key, even if the server does', async () => {
    const body = { error: { type: 'bad', message: 'key the-key at https://x.example/a?sig=hush is bad' } };
    const { problem, logged } = await submitTo(json(body, 400), 'the-key');
    expect(problem).toMatchObject({ code: 'workflow-refused' });
    expect(JSON.stringify(problem) + logged).not.toMatch(/the-key|hush/);
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
