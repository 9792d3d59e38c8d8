import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { StoredFile } from '../../../../src/core/files.ts';
import type { Offer } from '../../../../src/core/links.ts';
import { catalogue } from '../../../../src/i18n/index.ts';
import { createFitter, withNotes } from '../../../../src/platforms/kit/fit-files.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { createRecordingLog } from '../../../fakes/recording-log.ts';
import { until } from '../../../fakes/until.ts';
import { sampleJob } from '../../jobs/sample.ts';
import { temporaryFolder } from '../../temporary.ts';
import { createFiles } from '../../../../src/files/index.ts';

const LIMIT = 1000;
const { signal } = new AbortController();
const words = catalogue('en').files;

type Answer = number | 'cannot' | Error;

/** A maker whose results are of these sizes, and links that are there or not. */
async function stage(
  answers: Answer | (() => Answer) = 500,
  link: Offer['kind'] = 'off',
  gate?: Promise<void>,
) {
  const directory = await temporaryFolder();
  const log = createRecordingLog();
  const clock = createManualClock(1_000_000);
  const files = createFiles({ directory, clock, log });
  const asked: { kind: string; name: string; limit: number }[] = [];
  const offered: string[] = [];
  const make =
    (kind: string, ending: string) => async (file: StoredFile, given: { folder: string; limit: number }) => {
      asked.push({ kind, name: file.name, limit: given.limit });
      await gate;
      const answer = typeof answers === 'function' ? answers() : answers;
      if (answer instanceof Error) throw answer;
      if (answer === 'cannot') return { trouble: 'cannot' as const };
      const path = join(given.folder, crypto.randomUUID());
      await writeFile(path, Buffer.alloc(answer));
      return { file: { name: `made.${ending}`, type: `made/${ending}`, size: answer, path } };
    };
  const folder = join(directory, 'made');
  const fitter = createFitter({
    maker: { shrink: make('picture', 'webp'), fitVideo: make('video', 'mp4') },
    links: {
      async offer(_file, { job, name }) {
        offered.push(`${job}/${name}`);
        if (link !== 'link') return { kind: link };
        return { kind: 'link', url: `https://easel.example/files/${name}`, until: 2_000_000 };
      },
    },
    files,
    folder,
    log,
  });
  const job = sampleJob();
  let made = 0;
  const file = async (name: string, type: string, size: number) => {
    made += 1;
    return files.put({ shelf: 'outbox', owner: job.id, name: String(made) }, { name, type }, [
      Buffer.alloc(size),
    ]);
  };
  const wanted = { job, limit: LIMIT, words, signal };
  const left = async () => readdir(folder).catch(() => []);
  return { fitter, wanted, job, file, asked, offered, log, left };
}

describe('files for a chat', () => {
  it('that fit are left as they are, and nobody is asked', async () => {
    const { fitter, wanted, file, asked, offered } = await stage();
    const files = [await file('a.png', 'image/png', LIMIT), await file('b.mp4', 'video/mp4', 0)];
    const text = { name: 'text.txt', type: 'text/plain', bytes: Buffer.from('a') };
    const fitted = await fitter.fit([...files, text], wanted);
    expect(fitted).toEqual({ files: [...files, text], notes: [] });
    expect([asked, offered.length]).toEqual([[], 0]);
  });

  it('that are pictures are made smaller, once for all tries, and told', async () => {
    const { fitter, wanted, file, asked, left } = await stage();
    const fox = await file('fox.v2.png', 'image/png', LIMIT + 1);
    for (let time = 0; time < 2; time += 1) {
      const { files, notes } = await fitter.fit([{ ...fox, name: 'picture-1.png' }], wanted);
      expect(files).toMatchObject([{ name: 'picture-1.webp', type: 'made/webp', size: 500 }]);
      expect(notes).toEqual([{ text: words.shrunk('picture-1.png', LIMIT + 1) }]);
    }
    expect(asked).toHaveLength(1);
    // a smaller limit is another file
    await fitter.fit([fox], { ...wanted, limit: 700 });
    expect(asked.map(({ limit }) => limit)).toEqual([LIMIT, 700]);
    expect(await left()).toEqual([]);
  });

  it('are there as they were made, where there can be a link', async () => {
    const { fitter, wanted, file, asked } = await stage(500, 'link');
    const fox = await file('fox.png', 'image/png', LIMIT + 1);
    const clip = await file('clip.mp4', 'video/mp4', LIMIT + 1);
    const { files, notes } = await fitter.fit([fox, clip], wanted);
    expect(files.map(({ name }) => name)).toEqual(['fox.webp']);
    expect(asked.map(({ kind }) => kind)).toEqual(['picture']);
    const view = withNotes(
      { tone: 'done', title: '', status: '', facts: [], notes: ['a'], buttons: [] },
      notes,
    );
    expect(view.links).toEqual([
      'https://easel.example/files/output-1',
      'https://easel.example/files/output-2',
    ]);
    expect(view.notes[1]).toContain(
      'attached at a smaller size. Original: https://easel.example/files/output-1',
    );
    expect(view.notes[2]).toContain(
      '"clip.mp4" (1,001 bytes) is too large for this chat: https://easel.example/files/output-2',
    );
  });

  it('that are videos are encoded anew where there can be none', async () => {
    const { fitter, wanted, file, asked } = await stage();
    const { files, notes } = await fitter.fit([await file('clip.mov', 'video/quicktime', LIMIT + 1)], wanted);
    expect(asked).toMatchObject([{ kind: 'video', name: 'clip.mov' }]);
    expect(files).toMatchObject([{ name: 'clip.mp4', size: 500 }]);
    expect(notes[0]?.text).toContain('smaller size');
  });

  it.each(['cannot', new Error('killed')] as const)(
    'that cannot be made to fit are told: %s',
    async (answer) => {
      const { fitter, wanted, file, left } = await stage(answer);
      const small = await file('small.txt', 'text/plain', 1);
      const { files, notes } = await fitter.fit([await file('big.png', 'image/png', 5000), small], wanted);
      expect(files).toEqual([small]);
      expect(notes).toEqual([
        { text: words.tooLarge('big.png', 5000, { kind: 'off' }), offer: { kind: 'off' } },
      ]);
      expect(await left()).toEqual([]);
    },
  );

  it('of a job that has ended Easel twice are not made into anything', async () => {
    const { fitter, wanted, file, asked, job } = await stage();
    job.heavy = 3;
    const { files } = await fitter.fit([await file('big.png', 'image/png', 5000)], wanted);
    expect([files, asked]).toEqual([[], []]);
  });

  it('are all left out where none may go, a long text too', async () => {
    const { fitter, wanted, offered, job } = await stage(500, 'link');
    const text = { name: 'text.txt', type: 'text/plain', bytes: Buffer.from('long') };
    const { files, notes } = await fitter.fit([text], { ...wanted, limit: 0 });
    expect(files).toEqual([]);
    expect(notes[0]?.text).toContain('text.txt');
    expect(offered).toEqual([`${job.id}/output-text`]);
  });

  it('that are many and large have their addresses in one file', async () => {
    const { fitter, wanted, file } = await stage(500, 'link');
    const clips = await Promise.all(
      Array.from({ length: 14 }, (_, n) => file(`${n}.glb`, 'model/gltf-binary', 2000)),
    );
    const { files, notes } = await fitter.fit(clips, wanted);
    expect(notes).toEqual([{ text: words.listed(14, 'files.txt') }]);
    expect(files).toMatchObject([{ name: 'files.txt', type: 'text/plain' }]);
  });

  it('that fill a message with smaller ones leave no room for a list', async () => {
    const { fitter, wanted, file } = await stage(500, 'link');
    const pictures = await Promise.all(
      Array.from({ length: 10 }, (_, n) => file(`a long name of a picture ${n}.png`, 'image/png', 2000)),
    );
    const { files, notes } = await fitter.fit(pictures, { ...wanted, most: 10 });
    expect(files).toHaveLength(10);
    expect(notes.length).toBeGreaterThan(3);
    expect(notes.length).toBeLessThan(10);
  });

  it('go on being made when a try is given up, for the next one, and what was in vain is not begun again', async () => {
    const gate = Promise.withResolvers<void>();
    const { fitter, wanted, file, asked } = await stage('cannot', 'off', gate.promise);
    const big = await file('big.mp4', 'video/mp4', 5000);
    const stop = new AbortController();
    const first = fitter.fit([big], { ...wanted, signal: stop.signal });
    await until(() => asked.length === 1);
    stop.abort(new Error('too late'));
    await expect(first).rejects.toThrow('too late');
    const second = fitter.fit([big], wanted);
    gate.resolve();
    expect((await second).files).toEqual([]);
    expect((await fitter.fit([big], wanted)).files).toEqual([]);
    expect(asked).toHaveLength(1);
  });

  it('that were not made for a reason that may pass are made at the next try', async () => {
    const troubles: Answer[] = [new Error('ENOSPC: no space left on device'), 500];
    const { fitter, wanted, file, asked, log } = await stage(() => troubles.shift() ?? 500);
    const big = await file('big.png', 'image/png', 5000);
    expect((await fitter.fit([big], wanted)).files).toEqual([]);
    expect(log.lines.map(({ message }) => message)).toContain('a file could not be made smaller');
    expect((await fitter.fit([big], wanted)).files.map(({ size }) => size)).toEqual([500]);
    expect(asked).toHaveLength(2);
  });

  it('that a chat did not take have a link, if there are any', async () => {
    const linked = await stage(500, 'link');
    const fox = await linked.file('fox.png', 'image/png', 1);
    expect((await linked.fitter.linkTo(fox, linked.job, words))?.text).toContain('https://easel.example/');
    const none = await stage(500, 'off');
    expect(await none.fitter.linkTo(fox, none.job, words)).toBeUndefined();
  });
});
