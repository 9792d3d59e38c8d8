import { access, mkdir, readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { createFolder } from '../../../../src/files/folder.ts';
import { createLedger } from '../../../../src/files/ledger.ts';
import type { Message } from '../../../../src/platforms/web/api.ts';
import { MAX_LINES } from '../../../../src/platforms/web/message-index.ts';
import { createReplies, PAGE, type Replies } from '../../../../src/platforms/web/reply.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { settleDown } from '../../../fakes/until.ts';
import { delivered, done, file, media, messagesOf, replyStage, sent, view, webJob } from './stage.ts';

const statuses = (messages: { reply?: { status: string } }[]) => messages.map(({ reply }) => reply?.status);

describe('Messages of the page', () => {
  it('live in memory while their job runs, and stay once they are final', async () => {
    const stage = await replyStage();
    const job = webJob({ reply: { asked: '/imagine a red fox --steps 4' } });
    stage.replies.show(job, view({ status: '10 %', fraction: 0.1 }));
    expect(await messagesOf(stage.replies)).toMatchObject([
      { id: job.id, reply: { status: '10 %', fraction: 0.1 } },
    ]);
    expect(await messagesOf(await stage.open())).toEqual([]);

    await stage.replies.deliver(job, done, [await file('fox.png')], sent);
    const [message] = await messagesOf(stage.replies);
    expect(message).toMatchObject({
      id: job.id,
      asked: '/imagine a red fox --steps 4',
      template: 'imagine',
      values: { prompt: 'a red fox', seed: '18446744073709551615' },
      reply: { tone: 'done', files: [{ name: 'fox.png', type: 'image/png', bytes: 7 }] },
    });
    expect(message?.reply).not.toHaveProperty('fraction');
    expect(await messagesOf(await stage.open())).toEqual([message]);
  });

  it('say what the backend says as long as it is so', async () => {
    const { replies } = await replyStage();
    const job = webJob();
    replies.show(job, view({ said: 'ComfyUI: loading' }));
    expect(await messagesOf(replies)).toMatchObject([{ reply: { said: 'ComfyUI: loading' } }]);
    await replies.deliver(job, done, [], sent);
    const [message] = await messagesOf(replies);
    expect(message?.reply).not.toHaveProperty('said');
  });

  it('keep which addresses can be followed', async () => {
    const stage = await replyStage();
    const url = 'https://easel.example/files/x/clip.mp4';
    const notes = [`"clip.mp4": ${url}`];
    const jobs = [webJob({ id: crypto.randomUUID() }), webJob({ id: crypto.randomUUID() })];
    await stage.replies.deliver(jobs[0]!, view({ ...done, notes, links: [url] }), [], sent);
    await stage.replies.deliver(jobs[1]!, view({ ...done, notes }), [], sent);
    const kept = await messagesOf(await stage.open());
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
    expect(statuses(await messagesOf(replies))).toEqual(['Done in 1 s']);
  });

  it('are one for the reader when a crash comes before it is recorded', async () => {
    const stage = await replyStage();
    const job = webJob();
    const crash = async () => Promise.reject(new Error('killed'));
    await expect(stage.replies.deliver(job, done, [await file('a.png')], crash)).rejects.toThrow('killed');
    const next = await stage.open();
    await next.deliver(job, done, [await file('a.png')], sent);
    expect(await messagesOf(next)).toHaveLength(1);
    expect(await readdir(`${stage.directory}/${job.id}`)).toEqual(['a.png']);
  });

  it('are not made again when they were sent', async () => {
    const { replies, directory } = await replyStage();
    const job = webJob({ delivered: 1 });
    replies.show(job, view({ status: '50 %' }));
    await replies.deliver(job, done, [await file('a.png')], sent);
    expect(await messagesOf(replies)).toEqual([]);
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

  it('go when there are too many words, the oldest first, and no picture goes with them', async () => {
    const { replies, open, clock } = await replyStage();
    const say = (line: string) => clock.sleep(1).then(() => replies.say([line]));
    const picture = await delivered(replies, [await file('kept.png')], { times: { queued: 1 } });
    const [first, second] = [await say('first'), await say('second')];
    for (let n = 0; n < MAX_LINES - 1; n += 1) await say(`${n}`);
    for (const each of [replies, await open()]) {
      const all = await everything(each);
      expect(all).toHaveLength(1 + MAX_LINES);
      expect(all[0]).toEqual(picture);
      expect(all.map(({ id }) => id)).not.toContain(first);
      expect(all[1]?.id).toBe(second);
      expect((await each.file(picture.id, 0))?.name).toBe('kept.png');
    }
  });

  it('are told a page at a time, also while others come', async () => {
    const { replies } = await replyStage();
    const ids: string[] = [];
    for (let n = 0; n < 2 * PAGE + 3; n += 1) ids.push(await replies.say([`${n}`]));
    // they are of one moment
    ids.sort();
    const newest = await replies.history();
    expect(newest.messages.map(({ id }) => id)).toEqual(ids.slice(-PAGE));
    const late = await delivered(replies, [], { times: { queued: 2_000_000 } });
    expect((await replies.history()).messages.at(-1)).toEqual(late);
    const older = await replies.earlier({ before: newest.earlier });
    expect(older.messages.map(({ id }) => id)).toEqual(ids.slice(3, PAGE + 3));
    const oldest = await replies.earlier({ before: older.earlier });
    expect(oldest.messages.map(({ id }) => id)).toEqual(ids.slice(0, 3));
    expect(oldest).not.toHaveProperty('earlier');
    await expect(replies.earlier({ before: '1_x' })).rejects.toMatchObject({ code: 'bad-request' });
  });

  it('stay when their job took longer than all the others', async () => {
    const { replies, clock } = await replyStage();
    const slow = webJob();
    slow.times.queued = clock.now();
    replies.show(slow, view());
    await clock.sleep(1000);
    for (let n = 0; n <= MAX_LINES; n += 1) await replies.say([`${n}`]);
    await clock.sleep(1000);
    await replies.deliver(slow, done, [await file('fox.png')], sent);
    expect(await replies.file(slow.id, 0)).toMatchObject({ name: 'fox.png' });
    expect((await everything(replies))[0]).toMatchObject({ id: slow.id, reply: { tone: 'done' } });
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
    expect(statuses(await messagesOf(replies))).toEqual(['99 %']);
    const failed = view({ tone: 'failed', status: 'lost' });
    await expect(replies.deliver(job, failed, [], sent)).rejects.toThrow('disk full');
    expect(statuses(await messagesOf(replies))).toEqual(['lost']);
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
    expect((await messagesOf(await open())).map((one) => one.id)).toEqual([message.id, id]);
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
    expect(await messagesOf(again)).toMatchObject([{ id, screen: 'add' }]);
    await again.turn(id, { lines: ['Done.'] });
    await again.turn(id, { screen: 'add' });
    await again.turn(crypto.randomUUID(), { screen: 'add' });
    const [left, ...others] = await messagesOf(again);
    expect([left, others]).toEqual([
      { id, at: expect.any(Number), asked: '/template', lines: ['Done.'] },
      [],
    ]);
  });

  it('take the files that they bring along when they go, and leave none that they do not bring', async () => {
    const { replies, directory, table } = await replyStage();
    const files = [media('../a.json', '{}', 'application/json'), media('a.json', '[]', 'application/json')];
    const id = await replies.say(['Here.'], '/template export a', { files });
    expect((await messagesOf(replies))[0]?.reply).toMatchObject({
      tone: 'done',
      status: 'Here.',
      files: [{ name: '../a.json', type: 'application/octet-stream', bytes: 2 }, { name: 'a.json' }],
    });
    const [first, second] = await Promise.all(
      [0, 1].map(async (index) => (await replies.file(id, index))?.path ?? ''),
    );
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
      .then(async () => (await messagesOf(replies, 'd1'))[0] ?? { id: '' });
    expect(page?.take().messages).toMatchObject([{ id, draft: 'd1' }]);
    expect(await messagesOf(replies)).toEqual([]);
    expect(await messagesOf(replies, 'd2')).toEqual([]);
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
      return (await messagesOf(replies))[0]?.reply?.preview;
    };
    expect(await shown('1')).toBeUndefined();
    expect(await shown('2', 'one')).toBe(`/api/messages/${job.id}/preview?v=1`);
    expect(await shown('3')).toBe(`/api/messages/${job.id}/preview?v=1`);
    expect(await shown('4', 'three')).toBe(`/api/messages/${job.id}/preview?v=2`);
    expect(Buffer.from(replies.preview(job.id)?.bytes ?? []).toString()).toBe('three');
    expect(await shown('5', undefined, 'cancelled')).toBeUndefined();
    expect(replies.preview(job.id)).toBeUndefined();
  });

  it('are those of pictures alone, or of those with a star, where these are asked for', async () => {
    const { replies, open } = await replyStage();
    const [first, second] = [
      await delivered(replies, [await file('a.png')], { id: crypto.randomUUID(), times: { queued: 1 } }),
      await delivered(replies, [await file('b.png')], { id: crypto.randomUUID(), times: { queued: 2 } }),
    ];
    await replies.say(['words']);
    await replies.star(first.id, 0, true);
    for (const each of [replies, await open()]) {
      const found = async (only: 'pictures' | 'starred') =>
        (await each.earlier({ only })).messages.map(({ id }) => id);
      expect(await found('pictures')).toEqual([first.id, second.id]);
      expect(await found('starred')).toEqual([first.id]);
    }
    await replies.star(first.id, 0, false);
    expect((await replies.earlier({ only: 'starred' })).messages).toEqual([]);
  });

  it('with a star stay when others go for want of room, until half of it is taken', async () => {
    const stage = await replyStage();
    const { directory, log, clock, table } = stage;
    const ledger = createLedger(log);
    ledger.limit = 100;
    const kept = createFolder({ directory, kind: 'pictures', ledger, log });
    const replies = await createReplies({ table, directory, kept, clock, log });
    const make = async (name: string, queued: number) =>
      delivered(replies, [await file(name, 'x'.repeat(30))], { id: crypto.randomUUID(), times: { queued } });
    const [first, second] = [await make('a.png', 1), await make('b.png', 2)];
    await replies.star(first.id, 0, true);
    await expect(replies.star(second.id, 0, true)).rejects.toMatchObject({ code: 'stars-full' });
    const [third, fourth] = [await make('c.png', 3), await make('d.png', 4)];
    // what they were fetched into is dropped only now
    await ledger.trim();
    expect((await messagesOf(replies)).map(isGone)).toEqual([false, true, false, false]);
    for (const { id } of [first, third, fourth]) expect((await readdir(`${directory}/${id}`)).length).toBe(1);
    await expect(access(`${directory}/${second.id}`)).rejects.toThrow('ENOENT');
    await replies.deleteFile(first.id, 0);
    await replies.star(third.id, 0, true);
  });

  it('lose a picture that is deleted, from the disk too, and keep the addresses of the others', async () => {
    const { replies, directory, open } = await replyStage();
    const page = replies.open();
    const { id } = await delivered(replies, [await file('a.png'), await file('b.png')]);
    page?.take();
    await replies.deleteFile(id, 0);
    const left = [{ name: 'b.png', url: `/api/messages/${id}/files/1` }];
    expect(page?.take().messages).toMatchObject([{ id, reply: { deleted: 1, files: left } }]);
    expect(await readdir(`${directory}/${id}`)).toEqual(['2-b.png']);
    expect(await replies.file(id, 0)).toBeUndefined();
    await expect(replies.deleteFile(id, 0)).rejects.toMatchObject({ code: 'file-gone' });
    await expect(replies.star(id, 0, true)).rejects.toMatchObject({ code: 'file-gone' });

    const again = await open();
    await again.deleteFile(id, 1);
    expect((await messagesOf(again))[0]?.reply).toMatchObject({ deleted: 2, files: [], tone: 'done' });
    expect(await readdir(directory)).toEqual([]);
  });

  it('of an Easel that knew no stars are there, with all of their pictures', async () => {
    const { replies, table, open, directory } = await replyStage();
    const message = await delivered(replies, [await file('a.png')]);
    const { kept: _kept, ...row } = Object(await table.get(message.id));
    // as version 0.1.0 wrote it
    await table.set(message.id, row);
    const next = await open();
    expect(await messagesOf(next)).toEqual([message]);
    await next.star(message.id, 0, true);
    expect((await messagesOf(await open()))[0]?.reply?.files).toMatchObject([{ starred: true }]);
    await access(`${directory}/${message.id}/a.png`);
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
      await expect(replies.file(message.id, index)).resolves.toMatchObject({
        path: expect.stringMatching(new RegExp(`^${directory}/${message.id}/[^/]+$`)),
      });
  });
});

const isGone = ({ reply }: Message) => reply?.files.some(({ gone }) => gone) ?? false;

async function everything(replies: Replies): Promise<Message[]> {
  let page = await replies.history();
  const all = [...page.messages];
  while (page.earlier !== undefined) {
    page = await replies.earlier({ before: page.earlier });
    all.unshift(...page.messages);
  }
  return all;
}
