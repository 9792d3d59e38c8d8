import { describe, expect, it } from 'vitest';
import { changeRoutes } from '../../../../src/platforms/web/operator/changes.ts';
import { MAX_STREAMS } from '../../../../src/platforms/web/streams.ts';
import { createManualClock } from '../../../fakes/manual-clock.ts';
import { settleDown, settleStores, until } from '../../../fakes/until.ts';
import { sampleRequest } from '../../jobs/sample.ts';
import { webStage } from './stage.ts';

/** The page's own clock stands still. */
async function changesStage() {
  const clock = createManualClock();
  const stage = await webStage({ clock }, { concurrency: 1 });
  const { deps } = stage;
  let watching = 0;
  const listeners = new Set<() => void>();
  const routes = changeRoutes({
    ...deps,
    operator: {
      ...deps.operator,
      watch(listener) {
        watching += 1;
        listeners.add(listener);
        const leave = deps.operator.watch(listener);
        return () => {
          watching -= 1;
          listeners.delete(listener);
          leave();
        };
      },
    },
  });
  async function open() {
    const answer = await routes.request('/api/operator/events');
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    let over = false;
    void (async () => {
      for (let read = await reader?.read(); read && !read.done; read = await reader?.read())
        text += read.value;
      over = true;
    })();
    return {
      answer,
      told: () => text.split('event: changed').length - 1,
      text: () => text,
      over: () => over,
      leave: async () => reader?.cancel(),
    };
  }
  const change = () => listeners.forEach((listener) => listener());
  return { ...stage, clock, routes, open, change, watching: () => watching };
}

describe('Events of the operator’s page', () => {
  it('come at first, then at most once a second, and only when something has changed', async () => {
    const { backend, clock, manager, open, change } = await changesStage();
    const page = await open();
    expect(page.answer.headers.get('content-type')).toBe('text/event-stream');
    await until(() => page.told() === 1);
    await settleDown();
    for (let n = 0; n < 50; n += 1) change();
    const job = await manager.submit(sampleRequest());
    // what it goes through on its way to the backend is written down, by another thread
    await until(() => backend.followers(job.id) === 1);
    await settleStores();
    clock.advance(999);
    await settleDown();
    expect(page.told()).toBe(1);
    clock.advance(1);
    await until(() => page.told() === 2);
    clock.advance(5000);
    await settleDown();
    expect(page.told()).toBe(2);
    // after a quiet second at once
    change();
    await until(() => page.told() === 3);
    await page.leave();
  });

  it('keep a silent connection with a comment', async () => {
    const { clock, open } = await changesStage();
    const page = await open();
    await until(() => page.told() === 1);
    await settleDown();
    clock.advance(1000);
    await settleDown();
    clock.advance(15_000);
    await until(() => page.text().endsWith(': still here\n\n'));
    expect(page.told()).toBe(1);
    await page.leave();
  });

  it('cost nothing while no page is open, and leave nothing behind', async () => {
    const { clock, open, watching } = await changesStage();
    expect(watching()).toBe(0);
    const pages = await Promise.all([open(), open()]);
    await until(() => pages.every((page) => page.told() === 1));
    expect(watching()).toBe(2);
    for (const page of pages) await page.leave();
    await until(() => watching() === 0);
    await settleDown();
    expect(clock.sleeping).toBe(0);
  });

  it('end when Easel stops, and begin no more', async () => {
    const { closing, clock, open, watching } = await changesStage();
    const page = await open();
    await until(() => page.told() === 1);
    closing.abort();
    await until(page.over);
    expect(watching()).toBe(0);
    await settleDown();
    expect(clock.sleeping).toBe(0);
    expect((await open()).answer.status).toBe(503);
  });

  it('refuse one page too many, take it once another has gone, and count no HEAD', async () => {
    const { routes, open } = await changesStage();
    for (let n = 0; n < MAX_STREAMS; n += 1)
      expect((await routes.request('/api/operator/events', { method: 'HEAD' })).status).toBe(200);
    const pages = await Promise.all(Array.from({ length: MAX_STREAMS }, () => open()));
    expect((await routes.request('/api/operator/events')).status).toBe(503);
    await until(() => pages.every((page) => page.told() === 1));
    await pages[3]?.leave();
    await settleDown();
    const next = await open();
    expect(next.answer.status).toBe(200);
    for (const page of [...pages, next]) await page.leave();
  });
});
