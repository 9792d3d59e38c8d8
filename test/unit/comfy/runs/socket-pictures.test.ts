/** Pictures that a run sends over the socket and saves nowhere: they are told from previews, whatever the server's age. */
import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSocketPictures } from '../../../../src/comfy/runs/socket-pictures.ts';
import { barePicture } from '../../../../src/comfy/wire/nameless.ts';
import type { Backend } from '../../../../src/core/backend.ts';
import type { MediaFile, RunEvent } from '../../../../src/core/run.ts';
import type { Workflow } from '../../../../src/core/workflow.ts';
import type { SandboxOptions } from '../../../../src/sandbox/index.ts';
import { follow } from '../../../contract/backend.ts';
import { testNodes } from '../../../fakes/comfy/test-nodes.ts';
import { soon } from '../backends.ts';
import { recordedBytes } from '../fixtures.ts';
import { openPair, PNG } from '../sandboxes.ts';

const open = (options: SandboxOptions = {}) => openPair({ extraNodes: testNodes, ...options });

async function submit(backend: Backend, workflow: Workflow): Promise<string> {
  return (await backend.submit({ promptId: randomUUID(), workflow }, soon())).promptId;
}

function sending(type = 'SaveImageWebsocket', count = 2): Workflow {
  return {
    '1': { class_type: 'EmptyImage', inputs: { width: 24, height: 16, batch_size: count, color: 65_280 } },
    '2': {
      class_type: type,
      inputs: { images: ['1', 0], ...(type.startsWith('ETN') && { format: 'PNG' }) },
    },
  };
}

function picturesOf(events: readonly RunEvent[], node: string): MediaFile[] {
  return events.flatMap((event) => (event.kind === 'preview' && event.node === node ? [event.image] : []));
}

describe.each<[string, SandboxOptions]>([
  ['a server that says whose they are', {}],
  ['a server before July 2025', { old: true }],
  ['Comfy Cloud', { dialect: 'cloud' }],
])('on %s', (_, options) => {
  it('brings each picture of a batch, with its node', async () => {
    const { backend } = await open(options);
    const run = follow(backend, await submit(backend, sending()));
    expect(await run.end).toMatchObject({ kind: 'success', outputs: [] });
    const pictures = picturesOf(run.events, '2');
    expect(pictures).toHaveLength(2);
    for (const { bytes } of pictures) expect([...bytes.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47]);
  });

  it('keeps those that overtake the answer to the submit', async () => {
    const { backend, sandbox } = await open(options);
    const promptId = await submit(backend, sending());
    // all of it is over before anybody follows
    for (let ended = false; !ended;) {
      const headers = { 'x-api-key': 'the-secret-key' };
      const history = await fetch(`${sandbox.url}/api/history_v2/${promptId}`, { headers });
      const own = await fetch(`${sandbox.url}/api/history/${promptId}`, { headers });
      ended = `${await history.text()} ${await own.text()}`.includes('execution_success');
    }
    const run = follow(backend, promptId);
    await run.end;
    expect(picturesOf(run.events, '2')).toHaveLength(2);
  });
});

describe.each<[string, SandboxOptions]>([
  ['a server that says whose previews are', {}],
  ['a server before July 2025', { old: true }],
])('a node that never says whose its pictures are, on %s', (_, options) => {
  it('is known by its class, and its record counts them', async () => {
    const { backend } = await open(options);
    const run = follow(backend, await submit(backend, sending('ETN_SendImageWebSocket')));
    const sent = { node: '2', kind: 'image', type: 'websocket' };
    expect(await run.end).toMatchObject({ kind: 'success', outputs: [sent, sent] });
    expect(picturesOf(run.events, '2')).toHaveLength(2);
  });
});

it('takes nothing of what strangers send meanwhile', async () => {
  const { backend, sandbox } = await open({ old: true });
  sandbox.faults.socket.strangers = true;
  const run = follow(backend, await submit(backend, sending()));
  await run.end;
  expect(picturesOf(run.events, '2')).toHaveLength(2);
  expect(run.events.filter(({ kind }) => kind === 'preview')).toHaveLength(2);
});

it('leaves pictures without an owner alone on an account that others use', async () => {
  const { backend } = await open({ dialect: 'cloud' });
  const run = follow(backend, await submit(backend, sending('ETN_SendImageWebSocket')));
  await run.end;
  expect(picturesOf(run.events, '2')).toEqual([]);
});

describe('a picture that does not say whose it is', () => {
  const frame = Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 2]), PNG]);
  const node = (promptId: string, id: string) => ({
    promptId,
    events: [{ kind: 'node' as const, node: id }],
    ended: false,
  });

  function expecting() {
    const pictures = createSocketPictures();
    pictures.expect('ours', sending())('ours');
    return pictures;
  }

  it('belongs to the node that our own run has begun, if that sends any', () => {
    const pictures = expecting();
    pictures.hear(node('ours', '2'));
    expect(pictures.attribute(frame)).toMatchObject({ promptId: 'ours', events: [{ node: '2' }] });
  });

  it('belongs to nobody else', () => {
    const pictures = expecting();
    expect(pictures.attribute(frame)).toBeUndefined();
    pictures.hear(node('ours', '1'));
    expect(pictures.attribute(frame)).toBeUndefined();
    pictures.hear(node('a stranger’s', '2'));
    expect(pictures.attribute(frame)).toBeUndefined();
    pictures.hear(node('ours', '2'));
    pictures.hear({ promptId: 'ours', events: [], ended: true });
    expect(pictures.attribute(frame)).toBeUndefined();
    pictures.hear(node('ours', '2'));
    pictures.reset();
    expect(pictures.attribute(frame)).toBeUndefined();
  });

  it('is a preview if it is JPEG, unless the node is told to send that', () => {
    const jpeg = Buffer.concat([Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 0xff, 0xd8, 0xff]), PNG]);
    const told = (inputs: Workflow[string]['inputs']) => {
      const graph = sending('ETN_SendImageWebSocket');
      const pictures = createSocketPictures();
      pictures.expect('ours', { ...graph, '2': { ...graph['2']!, inputs } })('ours');
      pictures.hear(node('ours', '2'));
      return pictures.attribute(jpeg) !== undefined;
    };
    expect(
      [{}, { format: 'PNG' }, { format: 'JPEG' }, { format: ['7', 0] }, { jpeg_quality: 90 }].map(told),
    ).toEqual([false, false, true, true, true]);
  });

  it('may be of a run whose id the server chooses, before that is known', () => {
    const pictures = createSocketPictures();
    const taken = pictures.expect('ours', sending());
    pictures.hear(node('theirs', '2'));
    expect(pictures.attribute(frame)).toBeDefined();
    taken('theirs');
    expect(pictures.attribute(frame)).toMatchObject({ promptId: 'theirs' });
  });

  it('is read by its bytes, and any other frame is none', () => {
    expect(barePicture(recordedBytes('preview-legacy.bin'))).toMatchObject({ type: 'image/jpeg' });
    expect(barePicture(recordedBytes('preview-metadata.bin'))).toBeUndefined();
    for (let end = 0; end < 12; end += 1) expect(barePicture(frame.subarray(0, end))).toBeUndefined();
    expect(barePicture(Buffer.from('\0\0\0\u0001\0\0\0\u0002no picture'))).toBeUndefined();
  });
});
