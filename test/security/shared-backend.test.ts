/** Two guilds on one real server: their pictures arrive, and what they send and save stays apart. */
import { onTestFinished, describe, expect, it } from 'vitest';
import sharp from 'sharp';
import { systemClock } from '../../src/core/time.ts';
import type { Workflow } from '../../src/core/workflow.ts';
import { graphKey } from '../../src/jobs/store/graphs.ts';
import type { JobDeps } from '../../src/jobs/live-job.ts';
import { inputKey } from '../../src/jobs/job-files.ts';
import { readied } from '../../src/jobs/runner/readied.ts';
import { JOB_TIMING } from '../../src/jobs/timing.ts';
import { imageNodes } from '../../src/sandbox/nodes/images.ts';
import type { NodeClass, NodeTable } from '../../src/sandbox/nodes/node.ts';
import { follow } from '../contract/backend.ts';
import { createStage, FILES } from '../unit/jobs/stage.ts';
import { sampleLive } from '../unit/jobs/sample.ts';
import { openPair } from '../unit/comfy/sandboxes.ts';
import { fetchWhole } from '../fakes/disk.ts';
import { PATIENCE_MS } from '../fakes/patience.ts';

/** As node packs have them: it takes what it lists, and it lists the top of the input folder. */
const { check: _, ...listed } = imageNodes['LoadImage'] as NodeClass;
const extraNodes: NodeTable = { PackLoader: { ...listed, title: 'Load an image' } };

const soon = () => AbortSignal.timeout(PATIENCE_MS);

async function picture(): Promise<Uint8Array> {
  const create = { width: 8, height: 8, channels: 3, background: 'red' } as const;
  return sharp({ create }).png().toBuffer();
}

function graph(loader: string): Workflow {
  return {
    '1': { class_type: loader, inputs: { image: 'example.png' } },
    '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: '../guest/me' } },
  };
}

async function open(dialect: 'comfyui' | 'cloud') {
  const { backend, sandbox } = await openPair({ dialect, extraNodes, nodeMs: 0 });
  const stage = await createStage();
  await backend.nodes(soon());
  const bytes = await picture();
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what getting ready takes
  const room = {
    ...stage,
    backend,
    guildFiles: FILES,
    timing: JOB_TIMING,
    clock: systemClock,
  } as unknown as JobDeps;

  async function run(guild: string, loader: string) {
    const images = [{ slot: 'image', into: [['1', 'image'] as [string, string]] }];
    const base = graph(loader);
    const live = sampleLive({ guild, graph: graphKey(base), images, mayName: [] });
    await stage.store.saveGraph(live.job, base, { changes: [], images });
    await stage.files.put(inputKey(live.job.id, 'image'), { name: 'image.png', type: 'image/png' }, [bytes]);
    const workflow = await readied(live, room, soon(), () => undefined);
    const { promptId } = await backend.submit({ promptId: live.job.id, workflow }, soon());
    const end = await follow(backend, promptId).end;
    const [output] = end.kind === 'success' ? end.outputs : [];
    if (!output) throw new Error(JSON.stringify(end));
    return { name: workflow['1']?.inputs['image'], output, file: await fetchWhole(backend, output, soon()) };
  }
  onTestFinished(() => backend.stop());
  return { run, sandbox, backend };
}

describe('one backend for two guilds', () => {
  it.each([
    ['LoadImage', /^easel\/[0-9a-f]{48}\.png$/],
    ['PackLoader', /^easel-[0-9a-f]{48}\.png$/],
  ])('runs with pictures under names that %s takes', async (loader, names) => {
    const { run } = await open('comfyui');
    const ours = await run('guild-a', loader);
    const theirs = await run('guild-b', loader);
    const again = await run('guild-a', loader);
    expect(ours.name).toMatch(names);
    expect(theirs.name).toMatch(names);
    expect(theirs.name).not.toBe(ours.name);
    expect(again.name).toBe(ours.name);
    // what is saved is apart, found again, and well named
    expect(ours.output.subfolder).toBe(`${FILES.folderOf('guild-a')}/guest`);
    expect(theirs.output.subfolder).toBe(`${FILES.folderOf('guild-b')}/guest`);
    expect(ours.file.name).toMatch(/^me_\d+_\.png$/);
  });

  it('leaves the top of the input folder as it was where a loader reads folders', async () => {
    const { run, backend } = await open('comfyui');
    await run('guild-a', 'LoadImage');
    const nodes = await backend.nodes(soon(), 0);
    expect(JSON.stringify(nodes.get('LoadImage')?.inputs.get('image'))).not.toMatch(/[0-9a-f]{48}/);
  });

  it('takes the name that Comfy Cloud gives, which has no folders', async () => {
    const { run } = await open('cloud');
    const { name, file } = await run('guild-a', 'LoadImage');
    // it finds what is saved by its name alone
    expect((await run('guild-b', 'LoadImage')).file.name).not.toBe(file.name);
    expect(name).toMatch(/^[0-9a-f]{64}\.png$/);
    expect(file.bytes.length).toBeGreaterThan(0);
  });
});
