/** What a backend minds, by the names of nodes and slots that its person knows, also where it minds only a part. */
import { describe, expect, it } from 'vitest';
import type { Workflow } from '../../../src/core/workflow.ts';
import { presentEnd } from '../../../src/commands/present.ts';
import { named } from '../../../src/jobs/runner/named.ts';
import { picture } from '../../fakes/comfy/scripted-backend.ts';
import { openPair } from '../comfy/sandboxes.ts';
import { sampleRequest } from './sample.ts';
import { startStage } from './stage.ts';

const GRAPH: Workflow = {
  '1': { class_type: 'EmptyImage', inputs: { width: 64, height: 48, batch_size: 1, color: 1 } },
  '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'a' } },
  '3': {
    class_type: 'EmptyImage',
    inputs: { height: 48, batch_size: 1, color: 1 },
    _meta: { title: 'Canvas (large)' },
  },
  '4': {
    class_type: 'SaveImage',
    inputs: { images: ['3', 0], filename_prefix: 'b' },
    _meta: { title: 'Large' },
  },
};

const nothing = { files: [], texts: [], missing: [], sent: async () => undefined };

describe('a submit that is taken in part', () => {
  it('says which output is missing and why, to each reader in their language', async () => {
    const { backend } = await openPair();
    const { manager, ended } = await startStage({ backend });
    const job = await ended((await manager.submit(sampleRequest({}, { graph: GRAPH }))).id);
    expect(job.end).toMatchObject({ kind: 'succeeded', outputs: [{ node: '2' }] });
    const problem = { code: 'workflow-refused', node: '3', title: 'Canvas (large)', input: 'width' };
    expect(job.unmade).toMatchObject([{ node: '4', title: 'Large', problem }]);
    const notes = (more: object) => presentEnd({ ...job, ...more }, nothing, 0).notes.join('\n');
    expect(notes({})).toBe(
      'Not made: "Large". "width" of "Canvas (large)" is required, and nothing is connected to it. An admin should look at the template.',
    );
    expect(notes({ rank: 'admin' })).toMatch(/It has to be connected or filled in the workflow/);
    expect(notes({ locale: 'ja' })).toBe(
      '作成できなかったもの：「Large」。「Canvas (large)」の「width」は必須ですが、何も指定されていません。管理者がテンプレートを確認する必要があります。',
    );
    expect(notes({ locale: 'ko' })).toContain('"Canvas (large)" 노드의 "width" 값이 필요한데 비어 있어요.');
    expect(notes({ locale: 'zh' })).toContain('“Canvas (large)”的“width”是必填的');
  });

  it('names the slot that a person filled, and the model that is not there', async () => {
    const { backend } = await openPair();
    const { manager, ended } = await startStage({ backend });
    const loader = { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'none.safetensors' } };
    const graph: Workflow = {
      ...GRAPH,
      '3': loader,
      '5': { class_type: 'VAEDecode', inputs: { samples: ['6', 0], vae: ['3', 2] } },
      '6': { class_type: 'EmptyLatentImage', inputs: { width: 64, height: 64, batch_size: 1 } },
      '4': { class_type: 'SaveImage', inputs: { images: ['5', 0], filename_prefix: 'b' } },
    };
    const request = sampleRequest({}, { graph, inputs: { model: [['3', 'ckpt_name']] } });
    const job = await ended((await manager.submit(request)).id);
    expect(job.unmade).toMatchObject([
      { node: '4', problem: { code: 'model-missing', slot: 'model', value: 'none.safetensors' } },
    ]);
    expect(presentEnd(job, nothing, 0).notes.join()).toContain('for "model"');
  });

  it('has failed for that reason where the rest is not what is posted', async () => {
    const { backend } = await openPair();
    const { manager, ended } = await startStage({ backend });
    const request = sampleRequest({}, { graph: GRAPH, outputNodes: ['4'] });
    const job = await ended((await manager.submit(request)).id);
    expect(job.end).toMatchObject({ kind: 'failed', problem: { code: 'workflow-refused', node: '3' } });
    const view = presentEnd(job, nothing, 0);
    expect(view.status).toMatch(/^"width" of "Canvas \(large\)" is required/);
    expect(view.notes).toEqual(['Not made: "Large".']);
  });

  it('keeps the reason when the rest fails after something was saved', async () => {
    const { manager, backend, ended } = await startStage();
    const submit = backend.submit.bind(backend);
    const problem = { code: 'workflow-refused', detail: 'no' } as const;
    backend.submit = async (run, signal) => ({
      ...(await submit(run, signal)),
      unmade: [{ node: '12', problem }],
    });
    const boom = { code: 'run-failed', node: 'KSampler', id: '3', detail: 'boom' } as const;
    backend.auto = { kind: 'failure', problem: boom, outputs: [picture('a.png')] };
    const job = await ended((await manager.submit(sampleRequest({}, { outputNodes: ['9', '12'] }))).id);
    expect(job.unmade).toEqual([{ node: '12', title: '12', problem }]);
  });
});

describe('an error of a node', () => {
  const titled = (title?: string): Workflow => ({
    '1': {
      class_type: 'Raise',
      inputs: { type: 'ValueError', message: 'boom' },
      ...(title !== undefined && { _meta: { title } }),
    },
  });

  it.each([
    ['Raise (hires)', 'Raise (hires)'],
    [undefined, 'Raise'],
  ])('names the node as progress does: %s', async (title, node) => {
    const { backend } = await openPair();
    const { manager, ended } = await startStage({ backend });
    const { end } = await ended((await manager.submit(sampleRequest({}, { graph: titled(title) }))).id);
    expect(end).toMatchObject({ kind: 'failed', problem: { code: 'run-failed', node, id: '1' } });
  });

  it('names the node of the graph that a node was expanded from, and keeps what it cannot know', () => {
    const graph = titled('Loop');
    const inside = { code: 'run-failed', node: 'Inner', id: '1', detail: 'no' } as const;
    expect(named(inside, graph)).toEqual({ ...inside, node: 'Loop' });
    const stranger = { code: 'out-of-memory', node: 'KSampler', id: 'constructor' } as const;
    expect(named(stranger, graph)).toEqual(stranger);
    const model = {
      code: 'model-missing',
      input: 'ckpt_name',
      value: 'a',
      node: '1',
      title: 'Raise (#1)',
    } as const;
    expect(named(model, graph)).toEqual({ ...model, title: 'Loop' });
    expect(named(model, {})).toEqual(model);
    expect(named({ code: 'missing-node', node: 'Raise' }, graph)).toMatchObject({ title: 'Loop' });
    expect(named({ code: 'missing-node', node: 'Raise' }, titled('Raise'))).toEqual({
      code: 'missing-node',
      node: 'Raise',
    });
  });
});
