/** What people attach, on its way into the graph of a job: the real client against the sandbox. */
import { describe, expect, it } from 'vitest';
import type { Job } from '../../../src/core/job.ts';
import type { JobRequest } from '../../../src/jobs/intake/intake.ts';
import type { SandboxOptions } from '../../../src/sandbox/index.ts';
import type { NodeClass } from '../../../src/sandbox/nodes/node.ts';
import { flat } from '../../../src/sandbox/nodes/pictures.ts';
import { presentEnd } from '../../../src/commands/present.ts';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { openPair, PNG, type Pair } from '../comfy/sandboxes.ts';
import { sampleRequest } from './sample.ts';
import { createStage } from './stage.ts';

/** It takes what it lists, and knows nothing of folders. */
const listed = (folders: readonly ('input' | 'output')[]): NodeClass => ({
  title: 'Listed Image',
  category: 'test',
  required: { image: [[]] },
  choices: (files) => ({
    image: folders.flatMap((folder) =>
      files.names(folder).map((name) => (folder === 'input' ? name : `${name} [${folder}]`)),
    ),
  }),
  outputs: ['IMAGE'],
  run: async () => ({ values: [{ type: 'IMAGE', pictures: [flat(8, 8, 0)] }] }),
});

const extraNodes = { ListedImage: listed(['input']), ListedOutputs: listed(['input', 'output']) };

interface Ran extends Pair {
  job: Job;
  /** What the backend was given for the picture. */
  named: string | undefined;
}

async function run(
  loader: string,
  uploadsTo: 'output' | 'temp' | undefined,
  options: SandboxOptions = {},
): Promise<Ran> {
  const pair = await openPair({ ...options, extraNodes });
  pair.sandbox.faults.uploadsTo = uploadsTo;
  const stage = await createStage();
  const { manager } = stage.open({ backend: pair.backend });
  await manager.start();
  const graph = {
    '1': { class_type: loader, inputs: { image: 'mine.png' } },
    '2': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'it' } },
  };
  const image = { name: 'photo.png', type: 'image/png', bytes: PNG };
  const images: JobRequest['images'] = [{ slot: 'photo', into: [['1', 'image']] }];
  const { id } = await manager.submit(sampleRequest({}, { graph, images, files: { photo: image } }));
  const job = await stage.ended(id);
  const named = /"image":"([^"]+)"/.exec(JSON.stringify(pair.sandbox.stats.bodies))?.[1];
  return { ...pair, job, named };
}

const photo = { name: 'photo.png', type: 'image/png', bytes: Buffer.alloc(100, 'x') };

/** A job with a file of 100 bytes for a backend that takes so many of them. */
async function attached(bytes: number, type?: 'video', failing = false) {
  const stage = await createStage();
  stage.backend.limits = { bytes };
  stage.backend.auto = success();
  stage.maker.failing = failing;
  const { manager } = stage.open();
  await manager.start();
  const images: JobRequest['images'] = [{ slot: 'photo', into: [['3', 'image']], ...(type && { type }) }];
  const { id } = await manager.submit(sampleRequest({}, { images, files: { photo } }));
  return { ...stage, job: await stage.ended(id) };
}

const tooLarge = (bytes: number) => ({
  kind: 'failed',
  problem: { code: 'too-large-for-backend', backend: 'the test backend', limit: 'bytes', max: bytes },
});

describe('a file that is too large for the backend', () => {
  it('goes up smaller where it is a picture, and its person is told', async () => {
    const { backend, job, maker } = await attached(99);
    expect(job.state).toBe('succeeded');
    const [sent] = backend.uploads;
    expect([sent?.name.slice(-4), String(Buffer.from(sent?.bytes ?? []))]).toEqual(['.jpg', 'photo.png']);
    expect(maker.made).toEqual(['small.jpg of 1']);
    expect(job.shrunk).toEqual([{ slot: 'photo', width: 12, height: 8 }]);
    const { notes } = presentEnd(job, { texts: [], missing: [], files: [], sent: async () => undefined }, 0);
    expect(notes).toContain('Your picture for “photo” was too large, so I made it smaller: 12×8.');
  });

  it('goes up as it is where there is just room for it', async () => {
    const { backend, job, maker } = await attached(100);
    expect([job.state, maker.made, backend.uploads.length]).toEqual(['succeeded', [], 1]);
    expect(job.shrunk).toBeUndefined();
  });

  it.each([
    ['it is a video', 'video', false],
    ['no smaller one can be made', undefined, true],
  ] as const)('is not sent where %s, and the limit is told', async (_why, type, failing) => {
    const { backend, job } = await attached(99, type, failing);
    expect(job.end).toMatchObject(tooLarge(99));
    expect([backend.uploads.length, backend.calls.submit]).toEqual([0, 0]);
  });
});

describe('an upload that the backend puts elsewhere', () => {
  it.each(['output', 'temp'] as const)(
    'into %s is named with its folder where that is read',
    async (folder) => {
      const { job, named } = await run('LoadImage', folder);
      expect(job.state).toBe('succeeded');
      expect(named).toMatch(new RegExp(String.raw`^easel/[0-9a-f]{48}\.png \[${folder}\]$`));
    },
  );

  it('is named with it too where the class lists it so', async () => {
    const { job, named } = await run('ListedOutputs', 'output');
    expect(job.state).toBe('succeeded');
    expect(named).toMatch(/^easel-[0-9a-f]{48}\.png \[output\]$/);
  });

  it('ends the job with a sentence, and runs nothing, where its node could not read it', async () => {
    const { job, sandbox } = await run('ListedImage', 'output');
    expect(job.end).toMatchObject({
      kind: 'failed',
      problem: {
        code: 'upload-misplaced',
        slot: 'photo',
        node: 'Listed Image',
        name: expect.stringMatching(/^easel-[0-9a-f]{48}\.png \[output\]$/) as string,
      },
    });
    expect(sandbox.stats.requests['POST /prompt']).toBeUndefined();
  });

  it('is where it belongs for who lists the input folder', async () => {
    const { job, named, sandbox } = await run('ListedImage', undefined);
    expect(job.state).toBe('succeeded');
    expect(named).toMatch(/^easel-[0-9a-f]{48}\.png$/);
    // only what is in doubt is looked up
    expect(sandbox.stats.requests['GET /object_info']).toBe(1);
  });

  it('on Comfy Cloud is named by its name alone, whatever folder the answer names', async () => {
    const { job, named } = await run('LoadImage', 'output', { dialect: 'cloud' });
    expect(job.state).toBe('succeeded');
    expect(named).toMatch(/^[0-9a-f]{64}\.png$/);
  });
});
