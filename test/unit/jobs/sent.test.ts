/** Jobs whose pictures come over the socket and are saved nowhere, on the real client and a sandbox. */
import { describe, expect, it } from 'vitest';
import { EaselError } from '../../../src/core/errors.ts';
import type { FileKey, Files } from '../../../src/core/files.ts';
import type { Job } from '../../../src/core/job.ts';
import { systemClock } from '../../../src/core/time.ts';
import type { Workflow } from '../../../src/core/workflow.ts';
import { createFiles } from '../../../src/files/index.ts';
import type { SandboxOptions } from '../../../src/sandbox/index.ts';
import { testNodes } from '../../fakes/comfy/test-nodes.ts';
import { createRecordingLog } from '../../fakes/recording-log.ts';
import { settleStores, until } from '../../fakes/until.ts';
import { openPair } from '../comfy/sandboxes.ts';
import { temporaryFolder } from '../temporary.ts';
import { sampleRequest } from './sample.ts';
import { createStage } from './stage.ts';

const WEBSOCKET = 'SaveImageWebsocket';
const TOOLING = 'ETN_SendImageWebSocket';

/** Sends a batch, and saves one picture too where that is wanted. */
function sending({ type = WEBSOCKET, count = 2, saves = false, color = 65_280 } = {}): Workflow {
  return {
    '1': { class_type: 'EmptyImage', inputs: { width: 24, height: 16, batch_size: count, color } },
    '2': {
      class_type: type,
      inputs: { images: ['1', 0], ...(type !== WEBSOCKET && { format: 'PNG' }) },
      _meta: { title: 'To the app' },
    },
    ...(saves && {
      '3': { class_type: 'EmptyImage', inputs: { width: 8, height: 8, batch_size: 1, color } },
      '4': { class_type: 'SaveImage', inputs: { images: ['3', 0], filename_prefix: 'a' } },
    }),
  };
}

/** The same, with time before it sends. */
function slowly(graph: Workflow, ms: number): Workflow {
  const slow = { class_type: 'SlowNoProgress', inputs: { ms, image: ['1', 0] } };
  return {
    ...graph,
    '0': slow,
    '2': { ...graph['2']!, inputs: { ...graph['2']!.inputs, images: ['0', 0] } },
  };
}

/** `refuses`: files for which there is no room. */
async function openStage(options: SandboxOptions = {}, refuses?: (key: FileKey) => boolean) {
  const pair = await openPair({ extraNodes: testNodes, ...options });
  const log = createRecordingLog();
  const disk = createFiles({ directory: await temporaryFolder(), clock: systemClock, log });
  const put: Files['put'] = async (key, ...more) => {
    if (refuses?.(key)) throw new EaselError({ code: 'data-full' });
    return disk.put(key, ...more);
  };
  const stage = await createStage({ ...disk, put });
  const open = () => stage.open({ backend: pair.backend });
  const process = open();
  await process.manager.start();
  /** Resolves to the record, and the reply's files by name, once it has ended. */
  async function run(graph: Workflow, given: Partial<Parameters<typeof sampleRequest>[1]> = {}) {
    const { id } = await process.manager.submit(sampleRequest({}, { graph, ...given }));
    return { job: await stage.ended(id), ...replyOf(id) };
  }
  function replyOf(id: string) {
    const messages = stage.audience.reply(id);
    return {
      files: messages.flatMap(({ files }) => files),
      missing: messages.at(-1)?.missing.map(({ problem }) => problem) ?? [],
    };
  }
  return { ...pair, stage, open, process, run, replyOf };
}

const isPng = ({ bytes }: { bytes: Uint8Array }) => Buffer.from(bytes).subarray(1, 4).toString() === 'PNG';

describe.each<[string, SandboxOptions, string]>([
  ['SaveImageWebsocket', {}, WEBSOCKET],
  ['SaveImageWebsocket of a server before July 2025', { oldFrames: true }, WEBSOCKET],
  ['SaveImageWebsocket on Comfy Cloud', { dialect: 'cloud' }, WEBSOCKET],
  ['a pack’s node that never says whose they are', {}, TOOLING],
])('what %s sends', (_, options, type) => {
  it('is delivered: the whole batch, of one run', async () => {
    const { run, sandbox } = await openStage(options);
    const { job, files, missing } = await run(sending({ type }));
    expect(job.end).toMatchObject({ kind: 'succeeded', outputs: [{ node: '2' }, { node: '2' }] });
    expect(files.map(({ name }) => name)).toEqual(['picture-1.png', 'picture-2.png']);
    expect(files.every(isPng)).toBe(true);
    expect(missing).toEqual([]);
    expect(sandbox.stats.submitted).toBe(1);
  });

  it('is delivered again where ComfyUI has cached everything', async () => {
    const { run, sandbox } = await openStage(options);
    await run(sending({ type }));
    const { files } = await run(sending({ type }));
    expect(files).toHaveLength(2);
    expect(sandbox.stats.submitted).toBe(2);
  });
});

describe('beside saved files', () => {
  it('stands in the order of the graph', async () => {
    const { run } = await openStage();
    const { job, files } = await run(sending({ saves: true }));
    expect(job.end?.kind === 'succeeded' && job.end.outputs.map(({ node }) => node)).toEqual(['2', '2', '4']);
    expect(files).toHaveLength(3);
  });

  it('is left out where the template posts other nodes only', async () => {
    const { run, sandbox } = await openStage();
    sandbox.faults.socket.loseBinary = 2;
    const { job, files, missing } = await run(sending({ saves: true }), { outputNodes: ['4'] });
    expect(job.end).toMatchObject({ kind: 'succeeded', outputs: [{ node: '4' }] });
    expect(files).toHaveLength(1);
    expect(missing).toEqual([]);
    expect(sandbox.stats.submitted).toBe(1);
  });
});

it('is sent by a second run where the socket was away, and comes over the new one', async () => {
  const { run, sandbox } = await openStage();
  void until(() => sandbox.stats.executed === 1).then(() => sandbox.dropSockets());
  const { job, files, missing } = await run(slowly(sending(), 300));
  expect(job.end?.kind).toBe('succeeded');
  expect(files).toHaveLength(2);
  expect(missing).toEqual([]);
  expect(sandbox.stats.submitted).toBe(2);
});

it('says that the disk had no room, and runs nothing for it', async () => {
  const { run, sandbox, stage } = await openStage({}, (key) => key.name.startsWith('sent-'));
  const { job, files, missing } = await run(sending({ saves: true }));
  expect(job.end?.kind).toBe('succeeded');
  expect(files).toHaveLength(1);
  expect(missing).toEqual([{ code: 'pictures-missed', node: 'To the app', got: 0, of: 2, why: 'disk' }]);
  expect(sandbox.stats.submitted).toBe(1);
  expect(stage.log.lines.some(({ message }) => message.includes('was not kept'))).toBe(true);
});

describe.each([WEBSOCKET, TOOLING])('what %s sends and the socket loses', (type) => {
  it('is sent by a second run, and nothing is posted twice', async () => {
    const { run, sandbox } = await openStage();
    sandbox.faults.socket.loseBinary = 1;
    const { job, files, missing } = await run(sending({ type, saves: true }));
    expect(job.end?.kind).toBe('succeeded');
    expect(files).toHaveLength(3);
    expect(missing).toEqual([]);
    expect(sandbox.stats.submitted).toBe(2);
    expect(Object.values(sandbox.stats.runs)).toEqual([1, 1]);
  });

  it('is named as missing where that does not bring it either, and the rest is posted', async () => {
    const { run, sandbox } = await openStage();
    sandbox.faults.socket.cutBinary = true;
    const { job, files, missing } = await run(sending({ type, saves: true }));
    expect(job.end?.kind).toBe('succeeded');
    expect(files).toHaveLength(1);
    expect(missing).toEqual([
      { code: 'pictures-missed', node: 'To the app', got: 0, of: 2, why: 'lost', again: true },
    ]);
    expect(sandbox.stats.submitted).toBe(2);
  });

  it('is the failure where there is nothing else', async () => {
    const { run, sandbox } = await openStage();
    sandbox.faults.socket.silent = true;
    const { job, missing } = await run(sending({ type }));
    expect(job.end).toMatchObject({
      kind: 'failed',
      problem: { code: 'pictures-missed', node: 'To the app', got: 0, why: 'lost' },
    });
    expect(missing).toEqual([]);
    expect(sandbox.stats.submitted).toBe(2);
  });
});

it('keeps what the first run left, and what came of it, when the second is refused', async () => {
  const { run, sandbox } = await openStage();
  sandbox.faults.socket.loseBinary = 1;
  void until(() => sandbox.stats.submitted === 1).then(() =>
    sandbox.faults.http.push({ route: 'POST /prompt', answer: { status: 400, body: '{}' } }),
  );
  const { job, files, missing } = await run(slowly(sending({ saves: true }), 300));
  expect(job.end?.kind).toBe('succeeded');
  expect(files).toHaveLength(2);
  expect(missing).toEqual([
    { code: 'pictures-missed', node: 'To the app', got: 1, of: 2, why: 'lost', again: true },
  ]);
  expect(sandbox.stats.submitted).toBe(1);
});

it('names what a node of an unknown class says that it has sent', async () => {
  const { run, sandbox } = await openStage({ extraNodes: { ...testNodes, Sender: testNodes[TOOLING]! } });
  const { job } = await run(sending({ type: 'Sender' }));
  const problem = { code: 'pictures-missed', node: 'To the app', got: 0, of: 2, why: 'lost' };
  expect(job.end).toEqual({ kind: 'failed', problem });
  expect(sandbox.stats.submitted).toBe(1);
});

it('comes once, as all else does, where somebody clears the history as it ends', async () => {
  const { run, sandbox } = await openStage();
  sandbox.faults.forgetHistory = true;
  const { job, files, missing } = await run(sending({ saves: true }));
  expect(job.end?.kind).toBe('succeeded');
  expect(files).toHaveLength(3);
  expect(missing).toEqual([]);
  expect(sandbox.stats.submitted).toBe(1);
});

it('survives a process that dies between the picture and the reply', async () => {
  const { stage, sandbox, process, open, replyOf } = await openStage();
  stage.audience.held = true;
  const { id } = await process.manager.submit(sampleRequest({}, { graph: sending() }));
  await until(() => stage.saved(id).includes('delivering') && stage.audience.deliveries > 0);
  process.life.die();
  await settleStores();
  stage.audience.release();
  await open().manager.start();
  expect((await stage.ended(id)).end).toMatchObject({ kind: 'succeeded' });
  expect(replyOf(id).files).toHaveLength(2);
  expect(sandbox.stats.submitted).toBe(1);
});

it('is made once more after a process that died while it ran, and not twice', async () => {
  const { stage, sandbox, process, open, replyOf } = await openStage();
  const graph = slowly(sending(), 400);
  const { id } = await process.manager.submit(sampleRequest({}, { graph }));
  await until(() => stage.saved(id).includes('running') && sandbox.stats.executed === 1);
  process.life.die();
  sandbox.faults.socket.loseBinary = 2;
  await settleStores();
  await open().manager.start();
  expect((await stage.ended(id)).end).toMatchObject({ kind: 'succeeded' });
  expect(replyOf(id).files).toHaveLength(2);
  expect(sandbox.stats.submitted).toBe(2);
});

it('takes no more than its bounds, and says so', async () => {
  const { run } = await openStage();
  const { job, missing } = await run(sending({ count: 260 }));
  expect(job.end?.kind === 'succeeded' && job.end.outputs).toHaveLength(250);
  expect(missing).toMatchObject([{ code: 'pictures-missed', got: 250, of: 260, why: 'limit' }]);
});

it('is not taken for a job that its person cancels', async () => {
  const { stage, process, sandbox } = await openStage();
  const graph = slowly(sending(), 200);
  const { id } = await process.manager.submit(sampleRequest({}, { graph }));
  await until(() => sandbox.stats.executed === 1);
  await process.manager.cancel(id, { ...sampleRequest().caller });
  const job: Job = await stage.ended(id);
  expect(job.end).toEqual({ kind: 'cancelled' });
  expect(sandbox.stats.submitted).toBe(1);
});
