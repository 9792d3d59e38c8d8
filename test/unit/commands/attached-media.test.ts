/** Videos and recordings: what is attached is judged by how it begins, and goes up as pictures do. */
import { describe, expect, it } from 'vitest';
import { catalogue, sentence } from '../../../src/i18n/index.ts';
import { MAX_FILE_BYTES } from '../../../src/templates/slots/file.ts';
import type { Attachment, RawValues } from '../../../src/templates/values.ts';
import { success } from '../../fakes/comfy/scripted-backend.ts';
import { until } from '../../fakes/until.ts';
import { parse } from '../templates/sources.ts';
import { ann, attached, commandStage, forever, refused } from './stage.ts';

const NODES = {
  '1': { class_type: 'LoadVideo', inputs: { file: 'a.mp4' } },
  '2': { class_type: 'LoadAudio', inputs: { audio: 'a.wav' } },
  '3': { class_type: 'SaveVideo', inputs: { video: ['1', 0] } },
};
const dub = parse(
  {
    clip: { type: 'video', into: [['1', 'file']], required: true },
    voice: { type: 'audio', into: [['2', 'audio']], required: true },
  },
  {},
  NODES,
  'dub',
);
const MP4 = Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0isommp42 and a film', 'latin1');
const WAV = Buffer.from('RIFF\x10\0\0\0WAVEfmt and a sound', 'latin1');
const clip = attached('My Film.MOV', MP4);
const voice = attached('me.mp3', WAV);

async function stage() {
  const found = await commandStage({}, [dub]);
  const run = async (raw: RawValues) =>
    found.commands.run(await found.commands.prepare(ann, 'dub', raw), null, forever);
  return { ...found, run };
}
const inWords = async (work: Promise<unknown>) => sentence(catalogue('en'), await refused(work), 'person');

describe('a video and a recording', () => {
  it('go up under names of their own, which the graph then has', async () => {
    const { run, backend } = await stage();
    const job = await run({ clip, voice });
    const { workflow } = await until(() => backend.runs.get(job.id));
    expect(workflow['1']?.inputs['file']).toMatch(/^easel-[0-9a-f]{48}\.mp4$/);
    expect(workflow['2']?.inputs['audio']).toMatch(/^easel-[0-9a-f]{48}\.wav$/);
    // by what they are, whatever they were called
    expect(backend.uploads.map(({ type, bytes }) => [type, bytes.length])).toEqual([
      ['video/mp4', MP4.length],
      ['audio/wav', WAV.length],
    ]);
    expect(job.values).toEqual({ clip: 'My Film.MOV', voice: 'me.mp3' });
    expect(job.images).toEqual([
      { slot: 'clip', type: 'video' },
      { slot: 'voice', type: 'audio' },
    ]);
  });

  it('are refused in words that say what is taken', async () => {
    const { run, manager, backend } = await stage();
    const png = attached('cat.png', Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
    expect(await inWords(run({ clip: png, voice }))).toBe(
      '"clip" needs a video (MP4, MOV, WebM, or MKV); "cat.png" isn’t one that I can read.',
    );
    expect(await inWords(run({ clip, voice: png }))).toMatch(/^"voice" needs an audio file \(WAV, MP3, /);
    expect(await inWords(run({ clip: voice, voice }))).toContain('"clip" needs a video');
    expect(await inWords(run({ clip: 'a.mp4', voice }))).toContain('"clip" needs a video');
    expect(await inWords(run({ clip }))).toBe('"voice" is required. Please give it a value.');
    expect(await manager.list('guild-a')).toEqual([]);
    expect(backend.calls.upload).toBe(0);
  });

  it('are refused for their size, before and after they were fetched', async () => {
    const { run, commands } = await stage();
    const large: Attachment = { ...clip, size: MAX_FILE_BYTES + 1 };
    const problem = { code: 'attached-too-large', slot: 'clip', type: 'video', maxSize: MAX_FILE_BYTES };
    expect(await refused(commands.prepare(ann, 'dub', { clip: large, voice }))).toMatchObject(problem);
    const swollen = { name: 'a.mp4', load: async () => new Uint8Array(MAX_FILE_BYTES + 1) };
    expect(await refused(run({ clip: swollen, voice }))).toMatchObject(problem);
  });

  it('that do not come are told as what they are', async () => {
    const { run } = await stage();
    const problem = { code: 'attached-unreachable', slot: 'clip', type: 'video', name: 'My Film.MOV' };
    const lost = { ...clip, load: () => Promise.reject(new TypeError('fetch failed')) };
    expect(await refused(run({ clip: lost, voice }))).toEqual(problem);
  });

  it('are not kept for another run of a job that went well', async () => {
    const { run, commands, backend, ended } = await stage();
    const job = await run({ clip, voice });
    await until(() => backend.runs.get(job.id));
    backend.finish(job.id, success());
    await ended(job.id);
    expect(await refused(commands.prepareAgain(ann, job.id))).toEqual({
      code: 'again-needs-file',
      slot: 'clip',
      type: 'video',
    });
  });
});
