/** Strangers who share a backend reach for each other's pictures: nobody sees what another guild has sent. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createDriftWatch } from '../../src/commands/operator/drift.ts';
import type { Caller } from '../../src/core/caller.ts';
import { filesNamed } from '../../src/core/file-inputs.ts';
import type { Json } from '../../src/core/json.ts';
import type { InputInfo, NodeClasses } from '../../src/core/nodes.ts';
import { newest } from '../../src/templates/library/index.ts';
import { picture, success } from '../fakes/comfy/scripted-backend.ts';
import { until } from '../fakes/until.ts';
import { ada, ann, attached, classes, commandStage, forever, refused } from '../unit/commands/stage.ts';
import { FILES } from '../unit/jobs/stage.ts';
import { sampleRequest } from '../unit/jobs/sample.ts';

const MALLORY: Caller = { ...ada, guild: 'guild-b', user: 'mallory', channel: 'b' };
const COMBO = { type: 'COMBO', required: true };

/** The backend's classes with one more, whose one input is given. */
function withLoader(name: string, inputs: Record<string, Partial<InputInfo>>): NodeClasses {
  const known: [string, InputInfo][] = Object.entries(inputs).map(([input, info]) => [
    input,
    { ...COMBO, ...info },
  ]);
  return new Map([
    ...classes(),
    [name, { title: name, isOutput: false, inputs: new Map(known), outputs: ['IMAGE', 'MASK'] }],
  ]);
}
const LOAD_IMAGE = withLoader('LoadImage', { image: { options: ['image.png'], upload: true } });

function graph(loader: string, inputs: Record<string, Json>): Record<string, object> {
  return {
    '1': { class_type: loader, inputs },
    '9': { class_type: 'SaveImage', inputs: { images: ['1', 0], filename_prefix: 'x' } },
  };
}
const file = (workflow: object) => attached('spy.json', JSON.stringify(workflow));
const slots = (given: object) => attached('t.json', JSON.stringify({ description: 'Spy', slots: given }));

async function stage(nodes: NodeClasses | undefined = LOAD_IMAGE) {
  const room = await commandStage();
  room.backend.classes = nodes;
  return room;
}

/** What the stranger is told by Test run, by Publish, and whether anything has run. */
async function tries(nodes: NodeClasses | undefined, workflow: object, settings?: object) {
  const { commands, backend } = await stage(nodes);
  const more = settings && { settings: slots(settings) };
  const { draft } = await commands.editor.add(MALLORY, file(workflow), { name: 'spy', ...more }, forever);
  // what the editor suggests is a picture that must be sent: the stranger takes it away
  if (!settings)
    for (const { name, slot } of draft.slots)
      if (slot.type === 'image')
        await commands.editor.change(MALLORY, draft.id, { kind: 'drop', slot: name });
  const test = await refused(commands.editor.prepareTest(MALLORY, draft.id));
  const publish = await refused(commands.editor.publish(MALLORY, draft.id));
  expect(backend.queued).toEqual([]);
  return { test, publish };
}
const named = (value: string) => ({
  code: 'not-publishable',
  findings: expect.arrayContaining([expect.objectContaining({ code: 'foreign-file', value })]) as unknown,
});

describe("another guild's picture", () => {
  it.each<[string, string]>([
    ['a plain name', 'image.png'],
    ['a name in the input folder', 'image.png [input]'],
    ['an output', 'x_00001_.png [output]'],
    ['a preview', 'ComfyUI_temp_abcde_00001_.png [temp]'],
    ['a path', '../output/x_00001_.png'],
  ])('is not shown by a workflow that names it: %s', async (_, value) => {
    const said = await tries(LOAD_IMAGE, graph('LoadImage', { image: value }));
    expect(said.test).toMatchObject(named(value));
    expect(said.publish).toMatchObject(named(value));
  });

  it('is not shown by a name in a wrapping, which ComfyUI takes off', async () => {
    const said = await tries(LOAD_IMAGE, graph('LoadImage', { image: { __value__: 'image.png' } }));
    expect(said.test).toMatchObject(named('{"__value__":"image.png"}'));
  });

  it('is not shown by a name that another node brings', async () => {
    const workflow = {
      ...graph('LoadImage', { image: ['2', 0] }),
      '2': { class_type: 'AnyText', inputs: { text: 'image.png' } },
    };
    const nodes = new Map([
      ...LOAD_IMAGE,
      [
        'AnyText',
        {
          title: 'Any text',
          isOutput: false,
          inputs: new Map([['text', { type: 'STRING', required: true }]]),
          outputs: ['*'],
        },
      ],
    ]);
    expect((await tries(nodes, workflow)).test).toMatchObject(named('["2",0]'));
  });

  it.each<[string, NodeClasses | undefined, Record<string, object>, string]>([
    [
      'a class that says so',
      withLoader('Gallery', { which: { upload: true } }),
      graph('Gallery', { which: 'a.png' }),
      'a.png',
    ],
    [
      'a class that lists such files and does not say so',
      withLoader('Gallery', { which: { options: ['a.png', 'b.mp4', 'none'] } }),
      graph('Gallery', { which: 'a.png' }),
      'a.png',
    ],
    [
      'a path that somebody may type',
      withLoader('VHS_LoadVideoPath', { video: { type: 'STRING' } }),
      graph('VHS_LoadVideoPath', { video: 'input/a.mp4' }),
      'input/a.mp4',
    ],
    ['a loader, while the classes are unknown', undefined, graph('LoadImage', { image: 'a.png' }), 'a.png'],
    ['a video loader, while they are unknown', undefined, graph('LoadVideo', { file: 'a.mp4' }), 'a.mp4'],
    ['a sound loader, while they are unknown', undefined, graph('LoadAudio', { audio: 'a.mp3' }), 'a.mp3'],
    ['a mask loader, while they are unknown', undefined, graph('LoadImageMask', { image: 'a.png' }), 'a.png'],
  ])('is found by %s', async (_, nodes, workflow, value) => {
    expect((await tries(nodes, workflow)).test).toMatchObject(named(value));
  });

  it.each<[string, object]>([
    ['words that people type', { which: { type: 'text', into: [['1', 'image']], required: true } }],
    ['words in a pattern', { which: { type: 'text', into: [['1', 'image']], format: '{value} [output]' } }],
    ['a list that the backend has', { which: { type: 'choice', into: [['1', 'image']] } }],
    ['a list of its own', { which: { type: 'choice', into: [['1', 'image']], choices: ['a.png', 'b.png'] } }],
    ['what a choice sets', { which: { type: 'choice', choices: { one: [[['1', 'image'], 'a.png']] } } }],
    ['a picture that need not be sent', { which: { type: 'image', into: [['1', 'image']] } }],
  ])('is not shown by a slot: %s', async (_, settings) => {
    const said = await tries(LOAD_IMAGE, graph('LoadImage', { image: 'image.png' }), settings);
    expect(said.test.code).toBe('not-publishable');
    expect(JSON.stringify(said.publish)).toContain('foreign-file');
  });

  it('is not among what can be chosen, completed or suggested', async () => {
    const nodes = withLoader('LoadImage', { image: { options: ['secret.png'], upload: true } });
    const { commands, library, clock, store } = await stage(nodes);
    const settings = { which: { type: 'choice', into: [['1', 'image']] } };
    const documents = {
      template: JSON.stringify({ description: 'Spy', slots: settings }),
      workflow: JSON.stringify(graph('LoadImage', { image: 'old.png' })),
    };
    // published before names were judged
    await oldVersion({ library, store, clock }, documents);
    expect(await commands.complete(MALLORY, 'spy', 'which', '', 25)).toEqual([]);
    expect(JSON.stringify(await commands.templates(MALLORY))).not.toContain('secret.png');
    const edited = await commands.editor.edit(MALLORY, 'spy');
    expect(JSON.stringify(edited)).not.toContain('secret.png');
    // and what nobody lists is not taken when it is typed
    expect(await refused(commands.prepare(MALLORY, 'spy', { which: 'secret.png' }))).toMatchObject({
      code: 'foreign-file',
      value: 'secret.png',
    });
  });

  it('is stopped before the backend even where a version was published unjudged', async () => {
    const { manager, backend, ended } = await stage();
    const job = await manager.submit(
      sampleRequest(
        { guild: 'guild-b' },
        {
          graph: graph('LoadImage', { image: 'image.png' }) as never,
        },
      ),
    );
    expect((await ended(job.id)).end).toMatchObject({ problem: { code: 'foreign-file' } });
    expect(backend.queued).toEqual([]);
  });
});

describe('a picture that somebody sends', () => {
  async function sent(caller: Caller, bytes: Uint8Array) {
    const room = await stage();
    room.backend.auto = success(picture());
    const image = { name: 'image.png', load: async () => bytes };
    const prepared = await room.commands.prepare(caller, 'imagine', { prompt: 'x', image });
    const job = await room.commands.run(prepared, null, forever);
    const run = await until(() => room.backend.runs.get(job.id));
    return run.workflow['10']?.inputs['image'];
  }

  it('has a name that cannot be guessed, the same for the same picture here, another one elsewhere', async () => {
    const background = 'red';
    const bytes = await sharp({ create: { width: 4, height: 4, channels: 3, background } })
      .png()
      .toBuffer();
    const here = await sent(ann, bytes);
    expect(here).toMatch(/^easel\/[0-9a-f]{48}\.png$/);
    expect(await sent({ ...ann, user: 'bob' }, bytes)).toBe(here);
    expect(await sent(MALLORY, bytes)).not.toBe(here);
  });

  it('may be named again by its own guild, and by no other that has seen its name', async () => {
    const name = `easel/${FILES.nameOf('guild-a', 'a', 'a.png')}`;
    const said = await tries(LOAD_IMAGE, graph('LoadImage', { image: name }));
    expect(said.test).toMatchObject(named(name));
    const { commands } = await stage();
    const settings = slots({ n: { type: 'text', into: [['9', 'filename_prefix']] } });
    const { draft } = await commands.editor.add(
      ada,
      file(graph('LoadImage', { image: name })),
      { name: 'mine', settings },
      forever,
    );
    await commands.editor.publish(ada, draft.id);
  });
});

describe('what was there before', () => {
  it("keeps the files that it names: the operator's templates, and versions that are published", async () => {
    const room = await stage();
    const { commands, library, store, clock } = room;
    expect((await commands.prepare(MALLORY, 'imagine', { prompt: 'x' })).mayName).toEqual(['example.png']);
    const template = JSON.stringify({ description: 'Old', slots: {} });
    const workflow = JSON.stringify(graph('LoadImage', { image: 'old.png' }));
    await oldVersion({ library, store, clock }, { template, workflow });
    expect((await commands.prepare(MALLORY, 'spy', {})).mayName).toEqual(['old.png']);
    // a version that comes back is as it was
    const back = await library.rollback(MALLORY.guild, 'spy', 1, 'mallory');
    expect(back.head && newest(back.head).ownFiles).toBe(false);
    // who runs Easel is shown each version once
    const watch = createDriftWatch({ ...room.room, clock, everyMs: 1000 });
    watch.start();
    await until(() => room.notices.length > 0);
    await clock.pass(5000);
    await watch.stop();
    const place = { kind: 'foreign-files', platform: 'test', guild: 'guild-b' };
    expect(room.notices.map(({ notice }) => notice)).toEqual([
      { ...place, template: 'spy', files: ['old.png'] },
    ]);
    // edited, it gets the finding
    const edited = await commands.editor.edit(MALLORY, 'spy');
    expect(edited.findings).toMatchObject([
      { blocking: true, problem: { code: 'foreign-file', value: 'old.png' } },
    ]);
  });
});

type Shelves = Pick<Awaited<ReturnType<typeof stage>>, 'library' | 'store' | 'clock'>;

async function oldVersion({ library, store }: Shelves, documents: { template: string; workflow: string }) {
  const about = { name: 'spy', description: 'Spy', by: 'mallory', platform: 'test', accepted: [] };
  await library.publish(MALLORY.guild, { ...about, documents });
  const shelf = await store.shelf(MALLORY.guild);
  for (const version of shelf?.own[0]?.versions ?? []) version.ownFiles = false;
  if (shelf) await store.saveShelf(MALLORY.guild, shelf);
  // read anew
  await library.limit(MALLORY.guild, 'test', 'spy', { roles: [], channels: [], ageRestricted: false });
}

describe('what declares itself to be something else', () => {
  const LOADERS: [name: string, input: string, info: Partial<InputInfo>, value: Json][] = [
    ['WebcamCapture', 'image', { type: 'WEBCAM' }, 'ComfyUI_00001_.png [output]'],
    ['RecordAudio', 'audio', { type: 'AUDIO_RECORD' }, 'voice.flac'],
    ['Load3D', 'image', { type: 'LOAD_3D' }, { image: 'x_00001_.png [output]', mask: '' }],
    ['LoadTrainingDataset', 'folder_name', { type: 'STRING' }, 'training_dataset'],
    ['Painter', 'canvas', { type: 'STRING' }, 'x_00001_.png [output]'],
    ['Painter', 'canvas', { options: ['easel', 'image.png'] }, 'image.png'],
    ['Painter', 'canvas', { options: ['clipspace', '3d', 'easel-00.png'] }, 'clipspace'],
  ];
  it.each(LOADERS)('is a file all the same: %s of %s', async (name, input, info, value) => {
    const said = await tries(withLoader(name, { [input]: info }), graph(name, { [input]: value }));
    expect(said.publish).toMatchObject({ code: 'not-publishable' });
    expect(JSON.stringify(said.publish)).toContain('foreign-file');
    expect(JSON.stringify(said.test)).toContain('foreign-file');
  });

  it('is none where it is a format, a link that brings pictures, or a prompt', () => {
    const nodes = new Map([
      ...withLoader('LoadAndResizeImage', { image: { type: 'IMAGE' } }),
      ...withLoader('Painter', { format: { options: ['.png', '.jpg'] }, prompt: { type: 'STRING' } }),
    ]);
    const inputs = { format: '.png', prompt: 'a file called image.png [sic]' };
    const workflow = {
      '1': { class_type: 'Painter', inputs },
      '2': { class_type: 'LoadAndResizeImage', inputs: { image: ['1', 0] } },
    };
    expect(filesNamed(workflow, nodes)).toEqual([]);
  });
});
