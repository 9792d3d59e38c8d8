/**
 * The backend's answers over REST: recorded ones, bent, in the place of the wire. Everything above the transport
 * is the real client: submit, look, find, queue, cancel, upload, fetch, and the node classes.
 */
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { cancelRun } from '../../src/comfy/runs/cancel.ts';
import { createKnownNodes } from '../../src/comfy/runs/known-nodes.ts';
import { askDialect } from '../../src/comfy/dialects/ask.ts';
import { dialects } from '../../src/comfy/dialects/index.ts';
import { fixedKind } from '../../src/comfy/dialects/kind.ts';
import { findRun } from '../../src/comfy/runs/find.ts';
import type { RunDeps } from '../../src/comfy/runs/deps.ts';
import { createStatusReader } from '../../src/comfy/runs/status-reader.ts';
import { createHttp } from '../../src/comfy/wire/http.ts';
import { getQueue } from '../../src/comfy/wire/queue.ts';
import { Unanswered, type Answer, type Transport } from '../../src/comfy/wire/transport.ts';
import { defaultTiming } from '../../src/comfy/timing.ts';
import { createFileHosts } from '../../src/comfy/wire/file-hosts.ts';
import { fetchOutput } from '../../src/comfy/runs/fetch.ts';
import type { Save } from '../../src/core/backend.ts';
import type { Problem } from '../../src/core/errors.ts';
import type { Output } from '../../src/core/run.ts';
import type { Workflow } from '../../src/core/workflow.ts';
import type { Random } from '../fakes/random.ts';
import { hasSentence, type Border, type Feed, type Outcome } from './harness.ts';
import { bend, bendBytes, oddity, written } from './mutate.ts';

const WIRE = new URL('../fixtures/comfy-wire/', import.meta.url);
const ID = '05258fc9-b553-42a5-a6ba-352d87d9205e';
const SIGNAL = new AbortController().signal;
const WORKFLOW: Workflow = {
  '1': { class_type: 'EmptyImage', inputs: { width: 64 } },
  '2': { class_type: 'SaveImage', inputs: { images: ['1', 0] } },
};

/** Right answers by a word of their path. */
function recordings(): [path: RegExp, bodies: unknown[]][] {
  const lines = (name: string): Record<string, unknown>[] =>
    readFileSync(new URL(name, WIRE), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const history = lines('runs.jsonl').flatMap(({ history: entry }) => entry ?? []);
  const refusals = lines('refusals.jsonl').flatMap(({ body }) => body ?? []);
  const uploads = lines('upload.jsonl').flatMap(({ body }) => body ?? []);
  const classes: unknown = JSON.parse(readFileSync(new URL('object-info.json', WIRE), 'utf8'));
  const item = [4, ID, WORKFLOW, { easel_prompt_id: ID }, ['2']];
  const outputs = {
    '2': { images: [{ filename: 'a_1_.png', subfolder: 'x', type: 'output' }], text: ['hi'] },
  };
  const error = {
    node_id: '2',
    node_type: 'KSampler',
    exception_type: 'torch.OutOfMemoryError',
    exception_message: 'Allocation on device\nsee https://storage.example/a.png?sig=1',
  };
  const messages = [
    ['execution_start', { prompt_id: ID }],
    ['execution_error', error],
  ];
  const job = { id: ID, status: 'completed', outputs, outputs_count: 1, execution_status: { messages } };
  const failed = { id: ID, status: 'failed', execution_error: error };
  const keyed = history.map((entry) => ({ [ID]: entry }));
  const recent = { history: [{ prompt_id: ID, prompt: item }] };
  return [
    [/object_info/, [classes]],
    [/queue/, [{ queue_running: [item], queue_pending: [[7, 'other', WORKFLOW, {}], item] }]],
    [/upload/, uploads],
    [/prompt/, [{ prompt_id: ID, number: 1, node_errors: {} }, ...refusals]],
    [/cancel/, [{ cancelled: true }, { cancelled: false }]],
    [/status/, [{ status: 'success' }, { status: 'error', error_message: 'ValidationError: no' }]],
    [/jobs\?/, [{ jobs: [{ id: ID }, { id: 'other' }] }]],
    [/jobs/, [job, failed, { ...job, status: 'in_progress', outputs: null }]],
    [/history/, [...keyed, ...history, recent, {}]],
    [/./, [{}]],
  ];
}

type Ask = (deps: RunDeps, random: Random) => Promise<unknown>;

const ASKS: readonly Ask[] = [
  (deps) => createStatusReader(deps).read(ID, SIGNAL),
  (deps) => findRun(deps, createStatusReader(deps), ID, SIGNAL),
  (deps) => cancelRun(deps, createStatusReader(deps), ID, SIGNAL),
  (deps) => getQueue(deps.http, SIGNAL),
  (deps) => askDialect(deps.http, SIGNAL),
  (deps) => createKnownNodes(deps, SIGNAL).nodes(SIGNAL, 0),
  (deps) =>
    deps.kind
      .latest()
      .upload(deps, { name: 'a.png', type: 'image/png', size: 0, path: '/dev/null' }, undefined, SIGNAL),
  async (deps) => {
    const submission = { promptId: ID, workflow: WORKFLOW, clientId: 'c' };
    const nodes = createKnownNodes(deps, SIGNAL);
    const { promptId: id } = await deps.kind.latest().submit(deps, nodes, submission, SIGNAL);
    // the id that it chose is asked for from now on
    const status = await createStatusReader(deps).read(id, SIGNAL);
    if (!('outputs' in status)) return;
    for (const output of status.outputs.slice(0, 3)) await fetchOutput(deps, output, save, SIGNAL);
  },
  (deps, random) => fetchOutput(deps, oddOutput(random), save, SIGNAL),
];

export const answers: Border = {
  name: 'answers',
  async open() {
    const recorded = recordings();
    return {
      async feed(feed): Promise<Outcome> {
        const deps = createDeps(feed, recorded);
        const status = await feed.random.pick(ASKS)(deps, feed.random);
        const problem =
          status && typeof status === 'object' && 'problem' in status ? status.problem : undefined;
        if (problem && !hasSentence(problem as Problem)) throw new TypeError('a failure without words');
        return 'accepted';
      },
    };
  },
};

function createDeps({ random, show }: Feed, recorded: ReturnType<typeof recordings>): RunDeps {
  const fed: unknown[] = [];
  const reply = async (path: string): Promise<Answer> => {
    if (random.below(60) === 0)
      throw new Unanswered('the backend', random.pick(['unreached', 'timeout', 'lost', 'too-large']), null);
    const answer = answerTo(random, path, recorded);
    fed.push({ path, ...answer, bytes: Buffer.from(answer.bytes.subarray(0, 3000)).toString() });
    show(fed);
    return answer;
  };
  const transport: Transport = {
    ask: async (path, ask) => kept(await reply(path), ask),
    get: async (_url, ask) => kept(await reply('elsewhere'), ask),
    close: async () => undefined,
  };
  const base = new URL(random.pick(['https://cloud.example/', 'http://127.0.0.1:8188/sub/']));
  const dialect = dialects[random.pick(['cloud', 'comfyui'] as const)];
  const server = {
    name: 'the backend',
    address: 'the backend',
    blot: String,
    base,
    refusals: dialect.refusals,
  };
  return {
    server,
    base,
    apiKey: random.pick([undefined, 'secret-key']),
    partnerKey: random.pick([undefined, 'partner-key']),
    credentials: {},
    kind: fixedKind(dialect),
    http: createHttp(transport, server),
    hosts: createFileHosts(base, []),
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    clock: { now: () => 0, monotonic: () => 0, sleep: async () => undefined },
    timing: defaultTiming,
  };
}

/** As the client does it: who wants the body takes it. */
async function kept(
  answer: Answer,
  { keep }: Pick<Parameters<Transport['ask']>[1], 'keep'>,
): Promise<Answer> {
  if (answer.status !== 200) return answer;
  const file = await keep?.(answer.contentType, Readable.from([answer.bytes]));
  return file ? { ...answer, file } : answer;
}

const save: Save = async (about, bytes) => {
  const { length } = Buffer.concat(await Array.fromAsync(bytes));
  return { ...about, size: length, path: '/dev/null' };
};

function answerTo(random: Random, path: string, recorded: ReturnType<typeof recordings>): Answer {
  const bodies = recorded.find(([pattern]) => pattern.test(path))?.[1] ?? [{}];
  const bent = written(bend(random, random.pick(bodies)));
  const text = Buffer.from(random.below(4) === 0 ? pythonic(random, bent) : bent);
  return {
    status:
      random.below(4) > 0
        ? 200
        : random.pick([200, 201, 204, 302, 400, 401, 403, 404, 405, 410, 413, 429, 500, 503]),
    contentType: random.pick(['application/json', 'application/json', '', 'text/html', 'image/png', 'x\ny']),
    location: random.pick([
      undefined,
      '/x',
      '//evil.example/',
      'https://a:b@c/',
      'http://[',
      'javascript:0',
      '?',
      '\ud800',
    ]),
    retryAfterMs: random.pick([undefined, undefined, 0, 1_000, 3_600_000]),
    bytes: random.below(4) === 0 ? bendBytes(random, text) : text,
  };
}

/** Some of its numbers are what Python writes and JSON does not have. */
function pythonic(random: Random, json: string): string {
  return json.replaceAll(/(?<=[:[,])-?\d+(?=[,\]}])/g, (number) =>
    random.below(3) === 0 ? random.pick(['NaN', 'Infinity', '-Infinity']) : number,
  );
}

function oddOutput(random: Random): Output {
  const text = (): string => {
    const odd = oddity(random);
    return typeof odd === 'string' ? odd : 'a.png';
  };
  const kind = random.pick(['image', 'file', 'text'] as const);
  return { node: text(), kind, filename: text(), subfolder: text(), type: text(), text: text() };
}
