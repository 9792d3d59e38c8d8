import { access, mkdir, readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { MAX_MESSAGES } from '../../../../src/platforms/web/history.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { settleDown } from '../../../fakes/until.ts';
import { delivered, done, file, media, replyStage, sent, view, webJob } from './stage.ts';

const statuses = (messages: { reply?: { status: string } }[]) => messages.map(({ reply }) => reply?.status);

describe('Messages of the page', () => {
  it('live in memory while their job runs, and stay once they are final', async () => {
    const stage = await replyStage();
    const job = webJob({ reply: { asked: '/imagine a red fox --steps 4' } });
    stage.replies.show(job, view({ status: '10 %', fraction: 0.1 }));
    expect(stage.replies.history()).toMatchObject([{ id: job.id, reply: { status: '10 %', fraction: 0.1 } }]);
    expect((await stage.open()).history()).toEqual([]);

    await stage.replies.deliver(job, done, [await file('fox.png')], sent);
    const [message] = stage.replies.history();
    expect(message).toMatchObject({
      id: job.id,
      asked: '/imagine a red fox --steps 4',
      template: 'imagine',
      values: { prompt: 'a red fox', seed: '18446744073709551615' },
      reply: { tone: 'done', files: [{ name: 'fox.png', type: 'image/png', bytes: 7 }] },
    });
    expect(message?.reply).not.toHaveProperty('fraction');
    expect((await stage.open()).history()).toEqual([message]);
  });

  it('keep which addresses can be followed', async () => {
    const stage = await replyStage();
    const url = 'https://easel.example/files/x/clip.mp4';
    const notes = [`"clip.mp4": ${url}`];
    const jobs = [webJob({ id: crypto.randomUUID() }), webJob({ id: crypto.randomUUID() })];
    await stage.replies.deliver(jobs[0]!, view({ ...done, notes, links: [url] }), [], sent);
    await stage.replies.deliver(jobs[1]!, view({ ...done, notes }), [], sent);
    const kept = (await stage.open()).history();
    const [linked, plain] = jobs.map((job) => kept.find(({ id }) => id === job.id)?.reply);
    expect(linked).toMatchObject({ notes, links: [url] });
    expect(plain).not.toHaveProperty('links');
  });

  it('are told to every open page, the latest state ten times a second', async () => {
    const clock = createManualClock();
    const { replies } = await replyStage(clock);
    const pages = [replies.open(), replies.open()];
    const job = webJob();
    const told = () => pages.map((page) => statuses(page?.take().messages ?? []));
    for (const status of ['1 %', '2 %', '3 %']) replies.show(job, view({ status }));
    await settleDown();
    expect(told()).toEqual([['1 %'], ['1 %']]);
    clock.advance(99);
    await settleDown();
    expect(told()).toEqual([[], []]);
    clock.advance(1);
    await settleDown();
    expect(told()).toEqual([['3 %'], ['3 %']]);
  });

  it('are not overtaken once they are final', async () => {
    const clock = createManualClock();
    const { replies } = await replyStage(clock);
    const page = replies.open();
    const job = webJob();
    replies.show(job, view({ status: '1 %' }));
    replies.show(job, view({ status: '99 %' }));
    await replies.deliver(job, done, [], sent);
    replies.show(job, view({ status: 'late' }));
    // another process would have another record of the job
    replies.show({ ...job }, view({ status: 'later' }));
    clock.advance(1000);
    await settleDown();
    expect(statuses(page?.take().messages ?? [])).toEqual(['Done in 1 s']);
    expect(statuses(replies.history())).toEqual(['Done in 1 s']);
  });

  it('are one for the reader when a crash comes before it is recorded', async () => {
    const stage = await replyStage();
    const job = webJob();
    const crash = async () => Promise.reject(new Error('killed'));
    await expect(stage.replies.deliver(job, done, [await file('a.png')], crash)).rejects.toThrow('killed');
    const next = await stage.open();
    await next.deliver(job, done, [await file('a.png')], sent);
    expect(next.history()).toHaveLength(1);
    expect(await readdir(`${stage.directory}/${job.id}`)).toEqual(['a.png']);
  });

  it('are not made again when they were sent', async () => {
    const { replies, directory } = await replyStage();
    const job = webJob({ delivered: 1 });
    replies.show(job, view({ status: '50 %' }));
    await replies.deliver(job, done, [await file('a.png')], sent);
    expect(replies.history()).toEqual([]);
    await expect(access(`${directory}/${job.id}`)).rejects.toThrow('ENOENT');
  });

  it('are on disk before they are recorded as sent', async () => {
    const { replies, directory, table } = await replyStage();
    const job = webJob();
    let kept: unknown;
    await replies.deliver(job, done, [await file('a.png', 'bytes')], async () => {
      kept = await table.get(job.id);
      expect(await readFile(`${directory}/${job.id}/a.png`, 'utf8')).toBe('bytes');
    });
    expect(kept).toMatchObject({ id: job.id });
  });

  it('go when there are too many, the oldest first, with their files', async () => {
    const { replies, directory, open } = await replyStage();
    const kept = await delivered(replies, [await file('kept.png')], { times: { queued: 2 } });
    const old = await delivered(replies, [await file('old.png')], { times: { queued: 1 } });
    await Promise.all(Array.from({ length: MAX_MESSAGES - 1 }, (_, n) => replies.say([`${n}`])));
    for (const history of [replies.history(), (await open()).history()]) {
      expect(history).toHaveLength(MAX_MESSAGES);
      expect(history[0]).toEqual(kept);
    }
    await expect(access(`${directory}/${old.id}`)).rejects.toThrow('ENOENT');
    await access(`${directory}/${kept.id}`);
  });

  it('stay when their job took longer than all the others', async () => {
    const { replies, clock } = await replyStage();
    const slow = webJob();
    slow.times.queued = clock.now();
    replies.show(slow, view());
    await clock.sleep(1000);
    for (let n = 0; n <= MAX_MESSAGES; n += 1) await replies.say([`${n}`]);
    await clock.sleep(1000);
    await replies.deliver(slow, done, [await file('fox.png')], sent);
    expect(replies.file(slow.id, 0)).toMatchObject({ name: 'fox.png' });
    expect(replies.history()[0]).toMatchObject({ id: slow.id, reply: { tone: 'done' } });
  });

  it('leave no folder behind that nobody knows, and touch no other', async () => {
    const { replies, directory, open, table } = await replyStage();
    const { id } = await delivered(replies, [await file('a.png')]);
    const damaged = crypto.randomUUID();
    await table.set(damaged, {});
    const stray = crypto.randomUUID();
    for (const name of [stray, damaged, 'mine']) await mkdir(`${directory}/${name}`);
    await open();
    expect((await readdir(directory)).toSorted()).toEqual([id, damaged, 'mine'].toSorted());
  });

  it('tell a failure even where it cannot be kept', async () => {
    const { replies, table, directory } = await replyStage();
    const job = webJob();
    replies.show(job, view({ status: '99 %' }));
    table.set = async () => Promise.reject(new Error('disk full'));
    await expect(replies.deliver(job, done, [await file('a.png')], sent)).rejects.toThrow('disk full');
    expect(await readdir(directory)).toEqual([]);
    expect(statuses(replies.history())).toEqual(['99 %']);
    const failed = view({ tone: 'failed', status: 'lost' });
    await expect(replies.deliver(job, failed, [], sent)).rejects.toThrow('disk full');
    expect(statuses(replies.history())).toEqual(['lost']);
  });

  it('are left out when they are damaged, which the log says', async () => {
    const { replies, table, open, log } = await replyStage();
    const id = await replies.say(['Hello']);
    const nowhere = crypto.randomUUID();
    const stored = { name: 'x', stored: '../../secret', type: 'text/plain', bytes: 1 };
    const message = await delivered(replies, [await file('a.png')]);
    const row: unknown = await table.get(message.id);
    await table.set('x', { id: 'x' });
    await table.set(nowhere, { ...Object(row), id: nowhere, reply: { ...message.reply, files: [stored] } });
    await table.set(crypto.randomUUID(), row);
    expect((await open()).history().map((one) => one.id)).toEqual([message.id, id]);
    expect(log.lines.filter((line) => line.message.includes('corrupt'))).toHaveLength(3);
  });

  it('show a screen where it was left, after a restart too', async () => {
    const { replies, open } = await replyStage();
    const page = replies.open();
    const id = await replies.say([], '/template', { screen: 'templates' });
    await replies.turn(id, { screen: 'add' });
    expect(page?.take().messages).toEqual([
      { id, at: expect.any(Number), asked: '/template', screen: 'add' },
    ]);
    const again = await open();
    expect(again.history()).toMatchObject([{ id, screen: 'add' }]);
    await again.turn(id, { lines: ['Done.'] });
    await again.turn(id, { screen: 'add' });
    await again.turn(crypto.randomUUID(), { screen: 'add' });
    const [left, ...others] = again.history();
    expect([left, others]).toEqual([
      { id, at: expect.any(Number), asked: '/template', lines: ['Done.'] },
      [],
    ]);
  });

  it('take the files that they bring along when they go, and leave none that they do not bring', async () => {
    const { replies, directory, table } = await replyStage();
    const files = [media('../a.json', '{}', 'application/json'), media('a.json', '[]', 'application/json')];
    const id = await replies.say(['Here.'], '/template export a', { files });
    expect(replies.history()[0]?.reply).toMatchObject({
      tone: 'done',
      status: 'Here.',
      files: [{ name: '../a.json', type: 'application/octet-stream', bytes: 2 }, { name: 'a.json' }],
    });
    const [first, second] = [0, 1].map((index) => replies.file(id, index)?.path ?? '');
    expect(await Promise.all([first, second].map(async (path) => readFile(path ?? '', 'utf8')))).toEqual([
      '{}',
      '[]',
    ]);
    table.set = async () => Promise.reject(new Error('disk full'));
    await expect(replies.say([], '', { files })).rejects.toThrow('disk full');
    expect(await readdir(directory)).toEqual([id]);
  });

  it('of test runs are told, and stay out of the chat', async () => {
    const { replies } = await replyStage();
    const page = replies.open();
    const { id } = await replies
      .deliver(webJob({ id: crypto.randomUUID(), reply: { draft: 'd1' } }), done, [], sent)
      .then(() => replies.history('d1')[0] ?? { id: '' });
    expect(page?.take().messages).toMatchObject([{ id, draft: 'd1' }]);
    expect(replies.history()).toEqual([]);
    expect(replies.history('d2')).toEqual([]);
  });

  it('have a new address for each preview, and none once cancelled', async () => {
    const clock = createManualClock();
    const { replies } = await replyStage(clock);
    const job = webJob();
    const shown = async (status: string, preview?: string, tone: 'working' | 'cancelled' = 'working') => {
      replies.show(
        job,
        view({ status, tone, preview: preview === undefined ? undefined : media('p.png', preview) }),
      );
      await settleDown();
      clock.advance(100);
      await settleDown();
      return replies.history()[0]?.reply?.preview;
    };
    expect(await shown('1')).toBeUndefined();
    expect(await shown('2', 'one')).toBe(`/api/messages/${job.id}/preview?v=1`);
    expect(await shown('3')).toBe(`/api/messages/${job.id}/preview?v=1`);
    expect(await shown('4', 'three')).toBe(`/api/messages/${job.id}/preview?v=2`);
    expect(Buffer.from(replies.preview(job.id)?.bytes ?? []).toString()).toBe('three');
    expect(await shown('5', undefined, 'cancelled')).toBeUndefined();
    expect(replies.preview(job.id)).toBeUndefined();
  });

  it('keep a file with a dangerous name in their folder', async () => {
    const { replies, directory } = await replyStage();
    const names = ['../../../up.png', '/etc/passwd', '..', 'a\u202egnp.html', '<b>.png'];
    const message = await delivered(replies, await Promise.all(names.map((name) => file(name))));
    const kept = await readdir(`${directory}/${message.id}`);
    expect(kept).toHaveLength(names.length);
    expect(message.reply?.files).toHaveLength(names.length);
    expect(JSON.stringify(message)).not.toContain('\u202e');
    for (const [index] of names.entries())
      expect(replies.file(message.id, index)?.path).toBe(
        `${directory}/${message.id}/${replies.file(message.id, index)?.stored}`,
      );
  });
});
