import { describe, expect, it } from 'vitest';
import { MAX_STREAMS } from '../../../../src/platforms/web/streams.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { settleDown } from '../../../fakes/until.ts';
import { delivered, done, sent, view, webJob, webStage, type WebStage } from './stage.ts';

/** Reads as a browser does: one event at a time. */
async function openPage({ routes }: Pick<WebStage, 'routes'>, path = '/api/events', language = 'en') {
  const answer = await routes.request(path, { headers: { 'accept-language': language } });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return {
    status: answer.status,
    headers: answer.headers,
    /** The next block; undefined at the end. */
    async block(): Promise<string | undefined> {
      while (!text.includes('\n\n')) {
        const read = await reader?.read();
        if (!read || read.done) return undefined;
        text += read.value;
      }
      const [block = ''] = text.split('\n\n', 1);
      text = text.slice(block.length + 2);
      return block;
    },
    async event(): Promise<{ name: string; data: unknown }> {
      let block = await this.block();
      // comments between events
      while (block?.startsWith(':') === true) block = await this.block();
      const [, name = ''] = /^event: (.*)$/m.exec(block ?? '') ?? [];
      return { name, data: JSON.parse(/^data: (.*)$/m.exec(block ?? '')?.[1] ?? 'null') };
    },
    leave: async () => reader?.cancel(),
  };
}

describe('Events of the page', () => {
  it('begin with what was said and what can be typed', async () => {
    const stage = await webStage();
    const message = await delivered(stage.replies, []);
    const page = await openPage(stage);
    expect(page.headers.get('content-type')).toBe('text/event-stream');
    const { name, data } = await page.event();
    expect(name).toBe('history');
    expect(data).toMatchObject({ messages: [message] });
    expect(data).toMatchObject({
      commands: [
        { name: 'imagine', kind: 'template' },
        { name: 'upscale', kind: 'template' },
        { name: 'queue', kind: 'verb', description: 'Show what is running and waiting here', fields: [] },
        { name: 'cancel' },
        { name: 'again' },
        { name: 'help' },
        { name: 'template' },
        { name: 'settings' },
      ],
    });
    await page.leave();
  });

  it('tell every page the same, each in its language', async () => {
    const stage = await webStage();
    const pages = await Promise.all([openPage(stage), openPage(stage, '/api/events', 'ja-JP')]);
    const [first, second] = await Promise.all(pages.map((page) => page.event()));
    expect(JSON.stringify(first?.data)).toContain('Show what is running');
    expect(JSON.stringify(second?.data)).not.toContain('Show what is running');
    const job = webJob();
    stage.replies.show(job, view({ status: '1 %' }));
    for (const page of pages)
      expect(await page.event()).toMatchObject({
        name: 'message',
        data: { id: job.id, reply: { status: '1 %' } },
      });
    stage.replies.commandsChanged();
    for (const page of pages) expect((await page.event()).name).toBe('commands');
    await Promise.all(pages.map((page) => page.leave()));
  });

  it('skip what a slow page would only see late', async () => {
    const stage = await webStage();
    const page = await openPage(stage);
    await page.event();
    const jobs = [webJob(), webJob({ times: { queued: 2 } })];
    for (let step = 1; step <= 300; step += 1) {
      for (const job of jobs) stage.replies.show(job, view({ status: `${step}` }));
      // every sleep of this clock ends at once, so that each state is told
      await settleDown();
    }
    const [first, second] = jobs;
    if (first) await stage.replies.deliver(first, done, [], sent);
    if (second) await stage.replies.deliver(second, done, [], sent);
    const seen: string[] = [];
    while (seen.filter((status) => status === 'Done in 1 s').length < 2)
      seen.push(/"status":"([^"]*)"/.exec((await page.block()) ?? '')?.[1] ?? 'nothing');
    expect(seen.length).toBeLessThan(10);
    await page.leave();
  });

  it('refuse one page too many, and take it once another has gone', async () => {
    const stage = await webStage({ clock: createManualClock() });
    const pages = await Promise.all(Array.from({ length: MAX_STREAMS }, () => openPage(stage)));
    expect((await openPage(stage)).status).toBe(503);
    const refusal = await stage.routes.request('/api/events');
    expect(await refusal.json()).toEqual({
      error: 'You already have 50 pages open. Please close one of them.',
    });
    // it waits for news now
    await pages[3]?.event();
    await settleDown();
    await pages[3]?.leave();
    await settleDown();
    const next = await openPage(stage);
    expect(next.status).toBe(200);
    stage.replies.close();
  });

  it('count nobody who asks for no more than headers', async () => {
    const stage = await webStage();
    const asked = Array.from({ length: MAX_STREAMS + 1 }, async () =>
      stage.routes.request('/api/events', { method: 'HEAD' }),
    );
    for (const answer of await Promise.all(asked)) {
      expect(answer.status).toBe(200);
      expect(answer.headers.get('content-type')).toBe('text/event-stream');
    }
    const page = await openPage(stage);
    expect(page.status).toBe(200);
    await page.leave();
  });

  it('end when Easel stops', async () => {
    const stage = await webStage();
    const page = await openPage(stage);
    await page.event();
    stage.closing.abort();
    stage.replies.close();
    expect(await page.block()).toBeUndefined();
    expect((await openPage(stage)).status).toBe(503);
  });

  it('keep a silent connection with a comment', async () => {
    const stage = await webStage();
    const page = await openPage(stage);
    await page.event();
    expect(await page.block()).toBe(': still here');
    expect(stage.clock.sleeps).toContain(15_000);
    await page.leave();
  });

  it('are only those of test runs where the chat is off', async () => {
    const stage = await webStage({ chat: false });
    await delivered(stage.replies, []);
    const page = await openPage(stage);
    expect((await page.event()).data).toEqual({ commands: [], messages: [] });
    stage.replies.show(webJob(), view());
    const trial = webJob({ reply: { draft: 'd1' } });
    stage.replies.show(trial, view());
    expect(await page.event()).toMatchObject({ name: 'message', data: { id: trial.id, draft: 'd1' } });
    await page.leave();

    const studio = await openPage(stage, '/api/events?draft=d1');
    expect((await studio.event()).data).toMatchObject({ commands: [], messages: [{ id: trial.id }] });
    stage.replies.show(webJob({ reply: { draft: 'd2' } }), view());
    stage.replies.commandsChanged();
    await stage.replies.deliver(trial, done, [], sent);
    expect(await studio.event()).toMatchObject({ name: 'message', data: { id: trial.id } });
    await studio.leave();
  });
});
